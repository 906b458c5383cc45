import { useTranslation } from "react-i18next";
import type { Contact } from "../../../ipc";
import { Problem } from "../../../parts/Problem";
import { Seg } from "../../../parts/Seg";
import { WithheldFields } from "../../../parts/WithheldFields";
import { type RecordEdit, useRecord } from "../../../records/record";
import { useWithheld } from "../../../records/withheld";
import css from "./CaseFile.module.css";
import { Count, Fact, Lasted, Moment } from "./FactFields";
import { CustomerFact, isCustomers } from "./Whole";

/** Fields of a contact that few sources know, each with what it is called and how it is written. */
const RARE = [
  { field: "direction", word: "direction", as: "choice", of: ["inbound", "outbound", "internal"] },
  { field: "handled_by", word: "handled_by", as: "choice", of: ["bot", "human", "handed_over"] },
  { field: "number", word: "number", as: "text" },
  { field: "line", word: "line", as: "text" },
  { field: "answered_at", word: "answered_at", as: "moment" },
  { field: "ended_at", word: "ended_at", as: "moment" },
  { field: "wait_ms", word: "wait_ms", as: "lasted" },
  { field: "talk_ms", word: "talk_ms", as: "lasted" },
  { field: "hold_ms", word: "hold_ms", as: "lasted" },
  { field: "transfers", word: "transfers", as: "count" },
  { field: "csat", word: "csat", as: "text" },
  { field: "external_id", word: "call_id", as: "text" },
  { field: "previous_id", word: "previous_call_id", as: "text" },
] as const;

type Rare = (typeof RARE)[number];

const isKnown = (value: unknown) => value !== null && value !== "";

/** How many of them nobody knows anything of. */
export const unknownOf = (contact: Contact, but: readonly string[] = []): number =>
  RARE.filter(({ field }) => !but.includes(field) && !isKnown(contact[field])).length;

type Props = {
  contact: Contact;
  /** Those of which nothing is known are shown, too. */
  all: boolean;
  /** Those that stand elsewhere. */
  but?: readonly string[];
};

/** What is known of a contact besides who spoke; what is not known takes no room. */
export function RareFields({ contact: read, all, but = [] }: Props) {
  const edit = useRecord("contact", read);
  const why = useWithheld("contact", read.id)("contact.edit");
  const shown = RARE.filter(({ field }) => !but.includes(field) && (all || isKnown(edit.now[field])));
  if (shown.length === 0) return null;
  return (
    <WithheldFields why={why} quiet>
      {shown.map((rare) => (
        <RareField key={rare.field} rare={rare} edit={edit} />
      ))}
      <Problem error={edit.error} />
    </WithheldFields>
  );
}

function RareField({ rare, edit }: { rare: Rare; edit: RecordEdit<"contact"> }) {
  const { t } = useTranslation("console");
  const { now, save } = edit;
  const label = t(`field_${rare.word}`);
  const { rev } = now;
  switch (rare.as) {
    case "text": {
      const { field } = rare;
      if (isCustomers(field)) return <CustomerFact field={field} label={label} edit={edit} />;
      return (
        <Fact label={label} value={now[field]} rev={rev} onSave={(value, at) => save(field, value, at)} />
      );
    }
    case "choice":
      return <Choice rare={rare} label={label} edit={edit} />;
    default: {
      const { field } = rare;
      const As = { moment: Moment, lasted: Lasted, count: Count }[rare.as];
      return <As label={label} value={now[field]} rev={rev} onSave={(value, at) => save(field, value, at)} />;
    }
  }
}

type ChoiceProps = { rare: Extract<Rare, { as: "choice" }>; label: string; edit: RecordEdit<"contact"> };

/** One of a few words, or nothing that is known. */
function Choice({ rare, label, edit }: ChoiceProps) {
  const { t } = useTranslation("console");
  const known = rare.of.map((value) => ({
    value,
    label: t(`${rare.field}_${value}` as "direction_inbound"),
  }));
  return (
    <div className="field">
      <span className="label">{label}</span>
      <Seg<string>
        small
        className={css.choice}
        label={label}
        value={edit.now[rare.field] ?? ""}
        options={[...known, { value: "", label: t("notKnown") }]}
        onChange={(value) => void edit.set({ [rare.field]: value || null })}
      />
    </div>
  );
}
