import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { isComposing, keyName } from "../keys/chord";
import type { Saved } from "../records/record";
import { useWritten } from "../records/useWritten";
import type { Why } from "../records/withheld";
import { Button, Withheld } from "./Button";
import { Clash } from "./Clash";
import { Icon } from "./Icon";
import css from "./InlineText.module.css";
import { Problem } from "./Problem";

interface Props {
  label: string;
  value: string;
  rev: number;
  /** Several lines; then Enter is a new line. */
  long?: boolean;
  required?: boolean;
  placeholder?: string;
  suggestions?: string[];
  testId?: string;
  className?: string | undefined;
  /** On the field they turn into, and on what turns them into it. */
  fieldClassName?: string | undefined;
  openerClassName?: string | undefined;
  /** It stands in a list of facts. */
  dense?: boolean;
  /** Why it is not for who sits here to edit. */
  why?: Why | undefined;
  /** What is wrong with the words as they stand, if anything. */
  check?: (text: string) => string | null;
  /** How the words look while nobody edits them. */
  children: ReactNode;
  onSave: (text: string, rev: number) => Promise<Saved<string>>;
}

/** Words that turn into a field where they stand. Ctrl+Enter saves, Esc leaves them as they were. */
export function InlineText(props: Props) {
  const { t } = useTranslation("issues");
  const [draft, setDraft] = useState<{ was: string; rev: number } | null>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const close = () => {
    setDraft(null);
    requestAnimationFrame(() => opener.current?.focus());
  };
  if (draft && !props.why) return <Editor {...props} was={draft.was} readAt={draft.rev} onClose={close} />;
  return (
    <div
      className={[css.shown, props.className].filter(Boolean).join(" ")}
      data-dense={props.dense ? "" : undefined}
    >
      {props.children}
      <Withheld why={props.why ?? null} label={t("side.editField", { field: props.label })}>
        <button
          ref={opener}
          type="button"
          className={[css.opener, props.openerClassName].filter(Boolean).join(" ")}
          aria-label={t("side.editField", { field: props.label })}
          onClick={() => setDraft({ was: props.value, rev: props.rev })}
        >
          <Icon name="edit" size="small" />
        </button>
      </Withheld>
    </div>
  );
}

function Editor(props: Props & { was: string; readAt: number; onClose: () => void }) {
  const { t } = useTranslation("issues");
  const { t: common } = useTranslation();
  const id = useId();
  const field = useRef<HTMLTextAreaElement & HTMLInputElement>(null);
  const [text, setText] = useState(props.was);
  const { clash, error, busy, write } = useWritten(props.onSave);
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);

  const wrong = props.check?.(text.trim()) ?? null;
  const save = async (was = props.was, rev = props.readAt) => {
    const clean = props.long ? text.trimEnd() : text.trim();
    if (busy || (props.required && clean === "") || wrong !== null) return;
    if (clean === was) return props.onClose();
    if (await write(clean, rev)) props.onClose();
  };
  const onKeyDown = (e: KeyboardEvent) => {
    if (isComposing(e.nativeEvent)) return;
    const plain = !props.long && !e.shiftKey;
    if (keyName(e) === "Enter" && (e.ctrlKey || e.metaKey || plain)) {
      e.preventDefault();
      void save();
    }
    if (keyName(e) === "Escape") {
      e.stopPropagation();
      props.onClose();
    }
  };
  if (clash)
    return (
      <>
        <Clash
          fields={[{ theirs: clash.theirs, mine: text }]}
          busy={busy}
          onTheirs={props.onClose}
          onMine={() => void save(clash.theirs, clash.rev)}
        />
        <Problem error={error} />
      </>
    );
  const shared = {
    id,
    ref: field,
    className: ["input", props.fieldClassName].filter(Boolean).join(" "),
    value: text,
    "aria-label": props.label,
    "data-testid": props.testId,
    "aria-invalid": wrong !== null || undefined,
    placeholder: props.placeholder,
    onKeyDown,
    onChange: (e: { target: { value: string } }) => setText(e.target.value),
  };
  return (
    <div className={[css.editor, props.className].filter(Boolean).join(" ")}>
      {props.long ? (
        <textarea {...shared} rows={4} />
      ) : (
        <input {...shared} {...(props.suggestions && { list: `${id}-s` })} />
      )}
      {props.suggestions ? (
        <datalist id={`${id}-s`}>
          {props.suggestions.map((s) => (
            <option key={s} value={s} />
          ))}
        </datalist>
      ) : null}
      <Problem error={error} />
      <div className="row">
        <span className={wrong ? "is-bad small grow" : "faint small grow"} role="status">
          {wrong ?? t("page.saveHint")}
        </span>
        <Button size="small" onClick={props.onClose}>
          {common("cancel")}
        </Button>
        <Button
          size="small"
          tone="primary"
          disabled={busy || wrong !== null || (props.required === true && text.trim() === "")}
          onClick={() => void save()}
        >
          {common("save")}
        </Button>
      </div>
    </div>
  );
}
