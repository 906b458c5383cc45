import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CaseView, Contact, Recording } from "../../../ipc";
import { Button } from "../../../parts/Button";
import { Problem } from "../../../parts/Problem";
import { SectionHead } from "../../../parts/SectionHead";
import { Seg } from "../../../parts/Seg";
import { WithheldFields } from "../../../parts/WithheldFields";
import { useRecord } from "../../../records/record";
import { useRecordDeeds } from "../../../records/records";
import { useWithheld } from "../../../records/withheld";
import { dayTime } from "../../../text/format";
import { BasisFields } from "./BasisFields";
import css from "./CaseFile.module.css";
import { RareFields, unknownOf } from "./ContactFields";
import { Differences } from "./Differences";
import { Fact, Moment } from "./FactFields";
import { SourceFacts } from "./SourceFacts";
import { CustomerFact, isCustomers, WholeBar, WholeOf } from "./Whole";

type PartProps = { contact: Contact; quiet?: boolean };

/** Who spoke with whom, in which queue, and what came of it. */
export function Spoken({ contact: read, quiet = false }: PartProps) {
  const { t } = useTranslation("console");
  const edit = useRecord("contact", read);
  const contact = edit.now;
  const why = useWithheld("contact", contact.id)("contact.edit");
  return (
    <WithheldFields why={why} quiet={quiet}>
      {(["queue", "agent", "customer", "disposition"] as const).map((field) =>
        isCustomers(field) ? (
          <CustomerFact key={field} field={field} label={t(`field_${field}`)} edit={edit} />
        ) : (
          <Fact
            key={field}
            label={t(`field_${field}`)}
            value={contact[field]}
            rev={contact.rev}
            onSave={(value, rev) => edit.save(field, value, rev)}
          />
        ),
      )}
    </WithheldFields>
  );
}

/** Shows the fields of which nothing is known, or puts them away again. */
export function MoreFields({
  all,
  hidden,
  onChange,
}: {
  all: boolean;
  hidden: number;
  onChange: () => void;
}) {
  const { t } = useTranslation("console");
  if (!all && hidden === 0) return null;
  return (
    <div className="row">
      <Button size="small" tone="ghost" icon={all ? "up" : "down"} aria-expanded={all} onClick={onChange}>
        {all ? t("fieldsLess") : t("fieldsMore", { count: hidden })}
      </Button>
    </div>
  );
}

/** When the one call of a case began. */
export function CallBegan({ contact: read }: PartProps) {
  const { t } = useTranslation("console");
  const edit = useRecord("contact", read);
  const contact = edit.now;
  const why = useWithheld("contact", contact.id)("contact.edit");
  return (
    <WithheldFields why={why} quiet>
      <Moment
        label={t("field_started_at")}
        value={contact.began_at}
        rev={contact.rev}
        onSave={(began_at, rev) => edit.save("began_at", began_at, rev)}
      />
    </WithheldFields>
  );
}

/** The contacts of a case that has several, each by itself, and how to add one. */
export function Contacts({ view, recording }: { view: CaseView; recording: Recording }) {
  const { t } = useTranslation("console");
  const deeds = useRecordDeeds("contact");
  const why = useWithheld()("contact.add");
  const several = view.contacts.length > 1;
  const [added, setAdded] = useState<string | null>(null);
  const add = { case_id: view.case.id, kind: "chat" } as const;
  return (
    <>
      {several
        ? view.contacts.map((contact) => (
            <WholeOf key={contact.id}>
              <OneContact
                contact={contact}
                seen={view.unmasked}
                heard={contact.id === recording.contact_id}
                isNew={contact.id === added}
                onRemove={() => deeds.remove.mutate(contact.id)}
              />
            </WholeOf>
          ))
        : null}
      <div className="row">
        <Button
          size="small"
          icon="plus"
          why={why}
          disabled={deeds.add.isPending}
          onClick={() => deeds.add.mutate(add, { onSuccess: (made) => setAdded(made.id) })}
        >
          {t("addContact")}
        </Button>
      </div>
      <Problem error={deeds.add.error ?? deeds.remove.error} />
    </>
  );
}

/** What stands at the head of one of several. */
const ELSEWHERE = ["ended_at"];

/** One of several. What the recording is the sound of stays. */
function OneContact({
  contact: read,
  seen,
  heard,
  isNew,
  onRemove,
}: {
  contact: Contact;
  seen: CaseView["unmasked"];
  heard: boolean;
  /** It was added just now, and is to be filled in. */
  isNew: boolean;
  onRemove: () => void;
}) {
  const { t } = useTranslation("console");
  const edit = useRecord("contact", read);
  const contact = edit.now;
  const withheld = useWithheld("contact", contact.id);
  const section = useRef<HTMLElement>(null);
  const [all, setAll] = useState(false);
  useEffect(() => {
    if (isNew) section.current?.querySelector<HTMLElement>("input")?.focus();
  }, [isNew]);
  const kind = t(contact.kind === "phone" ? "contactPhone" : "contactChat");
  const when = contact.began_at === null ? t("contactUnknown") : dayTime(contact.began_at);
  return (
    <section ref={section} className={css.contact} aria-label={`${kind} ${when}`} data-testid="contact">
      <SectionHead title={kind} note={<span className="figures">{when}</span>} level={3}>
        {heard ? null : (
          <Button
            size="small"
            tone="ghost"
            icon="trash"
            label={t("removeContact")}
            why={withheld("contact.delete")}
            onClick={onRemove}
          />
        )}
      </SectionHead>
      <WholeBar contact={contact} seen={seen} />
      <WithheldFields why={withheld("contact.edit")}>
        <Seg
          small
          className={css.choice}
          label={t("field_contact_kind")}
          value={contact.kind}
          options={[
            { value: "phone", label: t("contactPhone") },
            { value: "chat", label: t("contactChat") },
          ]}
          onChange={(chosen) => void edit.set({ kind: chosen })}
        />
        <Problem error={edit.error} />
        <Moment
          label={t("field_began_at")}
          value={contact.began_at}
          rev={contact.rev}
          onSave={(began_at, rev) => edit.save("began_at", began_at, rev)}
        />
        <Moment
          label={t("field_ended_at")}
          value={contact.ended_at}
          rev={contact.rev}
          onSave={(ended_at, rev) => edit.save("ended_at", ended_at, rev)}
        />
      </WithheldFields>
      <Spoken contact={contact} quiet />
      <BasisFields contact={contact} />
      <RareFields contact={contact} all={all} but={ELSEWHERE} />
      <MoreFields all={all} hidden={unknownOf(contact, ELSEWHERE)} onChange={() => setAll(!all)} />
      <Differences contact={contact} />
      <SourceFacts contact={contact} />
    </section>
  );
}
