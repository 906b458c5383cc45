import { useMutation } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Contact, ipc, type UnmaskingView } from "../../../ipc";
import { Button } from "../../../parts/Button";
import { Field } from "../../../parts/Field";
import { FormFoot } from "../../../parts/FormFoot";
import { Icon } from "../../../parts/Icon";
import { Problem } from "../../../parts/Problem";
import { SectionHead } from "../../../parts/SectionHead";
import type { RecordEdit } from "../../../records/record";
import { useWithheld } from "../../../records/withheld";
import { dayTime } from "../../../text/format";
import css from "./CaseFile.module.css";
import { Fact } from "./FactFields";

/** What a customer is called and reached by. */
export type CustomerField = "customer" | "number";

export const isCustomers = (field: string): field is CustomerField =>
  field === "customer" || field === "number";

type State = {
  /** A contact as it is shown to who gave a reason, and at which revision that was; none while the beginning is shown. */
  whole: { contact: Contact; rev: number | null } | null;
  show: (contact: Contact | null) => void;
  /** Who sees it whole wrote something else. */
  wrote: (field: CustomerField, value: string) => void;
};

const Whole = createContext<State | null>(null);

/** What is inside shows one contact: by the beginning, and whole to who said what for, until it is left. */
export function WholeOf({ children }: { children: ReactNode }) {
  const [whole, setWhole] = useState<State["whole"]>(null);
  const state: State = {
    whole,
    show: (contact) => setWhole(contact && { contact, rev: contact.rev }),
    wrote: (field, value) =>
      setWhole((now) => now && { contact: { ...now.contact, [field]: value }, rev: null }),
  };
  return <Whole.Provider value={state}>{children}</Whole.Provider>;
}

/** The contact as it is to be shown here. */
export const useShown = (contact: Contact): Contact => {
  const whole = useContext(Whole)?.whole?.contact;
  return whole ? { ...contact, ...customerOf(whole), facts: whole.facts, told: whole.told } : contact;
};

const customerOf = ({ customer, number }: Contact) => ({ customer, number });

/** What a customer is called or reached by: shown by the beginning, and changed by who sees it whole. */
export function CustomerFact({
  field,
  label,
  edit,
}: {
  field: CustomerField;
  label: string;
  edit: RecordEdit<"contact">;
}) {
  const { t } = useTranslation("console");
  const state = useContext(Whole);
  const shown = useShown(edit.now)[field];
  if (!state?.whole && shown !== "")
    return (
      <Field label={label} value={shown} readOnly title={t("unmaskHint")} className={css.masked ?? ""} />
    );
  return (
    <Fact
      label={label}
      value={shown}
      rev={state?.whole?.rev ?? edit.now.rev}
      onSave={async (value, rev) => {
        const saved = await edit.save(field, value, rev);
        if (saved.state === "saved") state?.wrote(field, value);
        return saved;
      }}
    />
  );
}

type BarProps = { contact: Contact; seen: readonly UnmaskingView[] };

/** Says that a customer is shown by the beginning, who saw them whole, and leads there. */
export function WholeBar({ contact, seen }: BarProps) {
  const { t } = useTranslation("console");
  const state = useContext(Whole);
  const why = useWithheld("contact", contact.id)("contact.unmask");
  const [asking, setAsking] = useState(false);
  const mine = seen.filter(({ unmasking }) => unmasking.contact_id === contact.id);
  const [last] = mine;
  const isKnown = contact.customer !== "" || contact.number !== "" || Object.keys(contact.facts).length > 0;
  if (!isKnown || !state) return null;
  const { whole, show } = state;
  return (
    <div className={css.whole} data-testid="whole">
      <div className="row">
        <Icon name={whole ? "eye" : "eyeoff"} size="small" />
        <span className="grow">{t(whole ? "unmaskShown" : "unmaskMasked")}</span>
        {whole ? (
          <Button size="small" onClick={() => show(null)}>
            {t("unmaskHide")}
          </Button>
        ) : asking ? null : (
          <Button size="small" why={why} onClick={() => setAsking(true)}>
            {t("unmaskShow")}
          </Button>
        )}
      </div>
      {asking && !whole ? (
        <Ask
          contact={contact}
          onDone={(contact) => {
            setAsking(false);
            if (contact) show(contact);
          }}
        />
      ) : null}
      {last ? (
        <p className="faint">
          {t("unmaskSeen", { count: mine.length })} <bdi>{last.author}</bdi>{" "}
          {dayTime(last.unmasking.created_at)} <bdi>{last.unmasking.reason}</bdi>
        </p>
      ) : null}
    </div>
  );
}

const REASONS = ["unmaskCallBack", "unmaskVerify", "unmaskComplaint"] as const;

/** What for: nobody is shown a customer whole without a word. */
function Ask({ contact, onDone }: { contact: Contact; onDone: (whole: Contact | null) => void }) {
  const { t } = useTranslation("console");
  const [reason, setReason] = useState("");
  const ask = useMutation({
    mutationFn: () => ipc.unmask({ contact_id: contact.id, reason }),
    onSuccess: onDone,
  });
  const ready = reason.trim() !== "" && !ask.isPending;
  return (
    <form
      className={css.ask}
      aria-label={t("unmaskWhy")}
      onSubmit={(e) => {
        e.preventDefault();
        if (ready) ask.mutate();
      }}
      onKeyDown={(e) => {
        if (e.key !== "Escape") return;
        e.stopPropagation();
        onDone(null);
      }}
    >
      <SectionHead title={t("unmaskWhy")} level={3} />
      <div className="row">
        {REASONS.map((word) => (
          <Button
            key={word}
            size="small"
            aria-pressed={reason === t(word)}
            onClick={() => setReason(t(word))}
          >
            {t(word)}
          </Button>
        ))}
      </div>
      <Field
        label={t("unmaskReason")}
        hint={t("unmaskNoted")}
        value={reason}
        maxLength={400}
        autoFocus
        onChange={(e) => setReason(e.target.value)}
      />
      <Problem error={ask.error} />
      <FormFoot submit={t("unmaskShow")} ready={ready} onCancel={() => onDone(null)} />
    </form>
  );
}
