import { useState } from "react";
import { useTranslation } from "react-i18next";
import { enterOrEscape } from "../../../keys/enterOrEscape";
import { Clash } from "../../../parts/Clash";
import { Field } from "../../../parts/Field";
import { Problem } from "../../../parts/Problem";
import type { Saved } from "../../../records/record";
import { useWritten } from "../../../records/useWritten";
import { dateTimeText, parseDateTime } from "../../../text/format";

type FactProps = {
  label: string;
  value: string;
  list?: string | undefined;
  required?: boolean;
  rev: number;
  onSave: (value: string, rev: number) => Promise<Saved<string>>;
};

/** One line of text, saved when it is left. */
export function Fact({ label, value, list, required, rev, onSave }: FactProps) {
  const [draft, setDraft] = useState<{ text: string; rev: number } | null>(null);
  const written = useWritten(onSave);
  const done = (keep: boolean) => {
    const text = draft?.text.trim();
    setDraft(null);
    if (!keep || text === undefined || text === value || (required && text === "")) return;
    void written.write(text, draft?.rev ?? rev);
  };
  return (
    <>
      <Field
        label={label}
        value={draft?.text ?? value}
        list={list}
        onChange={(e) => setDraft({ text: e.target.value, rev: draft?.rev ?? rev })}
        onBlur={() => done(true)}
        onKeyDown={enterOrEscape(
          () => done(true),
          () => done(false),
        )}
      />
      <WrittenTwice {...written} text={(value) => value} />
    </>
  );
}

type TwiceProps<V> = Pick<ReturnType<typeof useWritten<V>>, "clash" | "error" | "busy" | "write" | "drop"> & {
  text: (value: V) => string;
};

/** What came of a fact that was not kept. */
function WrittenTwice<V>({ clash, error, busy, write, drop, text }: TwiceProps<V>) {
  return (
    <>
      {clash ? (
        <Clash
          fields={[{ theirs: text(clash.theirs), mine: text(clash.mine) }]}
          busy={busy}
          onTheirs={drop}
          onMine={() => void write(clash.mine, clash.rev)}
        />
      ) : null}
      <Problem error={error} />
    </>
  );
}

type MomentProps = {
  label: string;
  value: number | null;
  rev: number;
  onSave: (value: number | null, rev: number) => Promise<Saved<number | null>>;
};

const momentText = (value: number | null) => (value === null ? "" : dateTimeText(value));

/** A text field and not a date picker: web views differ too much in what they offer. */
export function Moment({ label, value, rev, onSave }: MomentProps) {
  const { t } = useTranslation("console");
  const [draft, setDraft] = useState<string | null>(null);
  const [readAt, setReadAt] = useState(rev);
  const written = useWritten(onSave);
  const shown = momentText(value);
  const ms = draft === null || draft.trim() === "" ? null : parseDateTime(draft);
  const wrong = draft !== null && draft.trim() !== "" && ms === null;
  const done = () => {
    if (wrong) return;
    if (draft !== null && draft.trim() !== shown) void written.write(ms, readAt);
    setDraft(null);
  };
  const type = (text: string) => {
    if (draft === null) setReadAt(rev);
    setDraft(text);
  };
  return (
    <>
      <Field
        label={label}
        value={draft ?? shown}
        placeholder={t("startedFormat")}
        aria-invalid={wrong || undefined}
        {...(wrong ? { hint: t("startedWrong") } : {})}
        onChange={(e) => type(e.target.value)}
        onBlur={done}
        onKeyDown={enterOrEscape(done, () => setDraft(null))}
      />
      <WrittenTwice {...written} text={momentText} />
    </>
  );
}
