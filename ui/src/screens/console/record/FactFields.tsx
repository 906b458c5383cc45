import { useState } from "react";
import { useTranslation } from "react-i18next";
import { dateTimeText, parseDateTime } from "../../../app/format";
import { enterOrEscape } from "../../../keys/enterOrEscape";
import { Field } from "../../../parts/Field";

type FactProps = {
  label: string;
  value: string;
  list?: string | undefined;
  required?: boolean;
  onSave: (value: string) => void;
};

/** One line of text, saved when it is left. */
export function Fact({ label, value, list, required, onSave }: FactProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const done = (keep: boolean) => {
    const text = draft?.trim();
    setDraft(null);
    if (!keep || text === undefined || text === value || (required && text === "")) return;
    onSave(text);
  };
  return (
    <Field
      label={label}
      value={draft ?? value}
      list={list}
      onChange={(e) => setDraft(e.target.value)}
      onBlur={() => done(true)}
      onKeyDown={enterOrEscape(
        () => done(true),
        () => done(false),
      )}
    />
  );
}

type MomentProps = { label: string; value: number | null; onSave: (value: number | null) => void };

/** A text field and not a date picker: web views differ too much in what they offer. */
export function Moment({ label, value, onSave }: MomentProps) {
  const { t } = useTranslation("console");
  const [draft, setDraft] = useState<string | null>(null);
  const shown = value === null ? "" : dateTimeText(value);
  const ms = draft === null || draft.trim() === "" ? null : parseDateTime(draft);
  const wrong = draft !== null && draft.trim() !== "" && ms === null;
  const done = () => {
    if (wrong) return;
    if (draft !== null && draft.trim() !== shown) onSave(ms);
    setDraft(null);
  };
  return (
    <Field
      label={label}
      value={draft ?? shown}
      placeholder={t("startedFormat")}
      aria-invalid={wrong || undefined}
      {...(wrong ? { hint: t("startedWrong") } : {})}
      onChange={(e) => setDraft(e.target.value)}
      onBlur={done}
      onKeyDown={enterOrEscape(done, () => setDraft(null))}
    />
  );
}
