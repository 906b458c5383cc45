import { useState } from "react";
import { useTranslation } from "react-i18next";
import { enterOrEscape } from "../../../keys/enterOrEscape";
import { Clash } from "../../../parts/Clash";
import { Field } from "../../../parts/Field";
import { Problem } from "../../../parts/Problem";
import type { Saved } from "../../../records/record";
import { useWritten } from "../../../records/useWritten";
import { clock, dateTimeText, parseClock, parseDateTime } from "../../../text/format";

type FactProps = {
  label: string;
  value: string;
  list?: string | undefined;
  /** What stands there while it is empty. */
  placeholder?: string | undefined;
  required?: boolean;
  rev: number;
  onSave: (value: string, rev: number) => Promise<Saved<string>>;
};

/** One line of text, saved when it is left. */
export function Fact({ label, value, list, placeholder, required, rev, onSave }: FactProps) {
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
        placeholder={placeholder}
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

type NumberProps = {
  label: string;
  value: number | null;
  rev: number;
  onSave: (value: number | null, rev: number) => Promise<Saved<number | null>>;
};

type WrittenProps = NumberProps & {
  /** How a number is written, */
  text: (value: number) => string;
  /** and read; `null` when it is none. */
  parse: (text: string) => number | null;
  format: string;
  wrongHint: string;
};

/** A text field and not a picker: web views differ too much in what they offer. */
function Written({ label, value, rev, onSave, text, parse, format, wrongHint }: WrittenProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const [readAt, setReadAt] = useState(rev);
  const written = useWritten(onSave);
  const textOf = (number: number | null) => (number === null ? "" : text(number));
  const shown = textOf(value);
  const said = draft === null || draft.trim() === "" ? null : parse(draft);
  const wrong = draft !== null && draft.trim() !== "" && said === null;
  const done = () => {
    if (wrong) return;
    if (draft !== null && draft.trim() !== shown) void written.write(said, readAt);
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
        placeholder={format}
        aria-invalid={wrong || undefined}
        {...(wrong ? { hint: wrongHint } : {})}
        onChange={(e) => type(e.target.value)}
        onBlur={done}
        onKeyDown={enterOrEscape(done, () => setDraft(null))}
      />
      <WrittenTwice {...written} text={textOf} />
    </>
  );
}

/** When something was. */
export function Moment(props: NumberProps) {
  const { t } = useTranslation("console");
  const words = { format: t("startedFormat"), wrongHint: t("startedWrong") };
  return <Written {...props} {...words} text={dateTimeText} parse={parseDateTime} />;
}

/** How long something lasted. */
export function Lasted(props: NumberProps) {
  const { t } = useTranslation("console");
  const words = { format: t("lastedFormat"), wrongHint: t("lastedWrong") };
  return <Written {...props} {...words} text={clock} parse={parseClock} />;
}

const count = (text: string) => (/^\s*\d{1,6}\s*$/.test(text) ? Number(text) : null);

/** How often. */
export function Count(props: NumberProps) {
  const { t } = useTranslation("console");
  return <Written {...props} format="" wrongHint={t("countWrong")} text={String} parse={count} />;
}
