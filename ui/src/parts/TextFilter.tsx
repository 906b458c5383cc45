import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { isComposing, keyName } from "../keys/chord";
import { Icon } from "./Icon";
import css from "./TextFilter.module.css";

interface Props {
  label: string;
  value: string;
  onChange: (text: string) => void;
}

/** Narrows a list while typing; waits 120 ms, and for the input method to finish. */
export function TextFilter({ label, value, onChange }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState(value);
  const composing = useRef(false);
  const latest = useRef(onChange);
  latest.current = onChange;
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text === value || composing.current) return;
    const timer = setTimeout(() => latest.current(text), 120);
    return () => clearTimeout(timer);
  }, [text, value]);
  return (
    <span className="find">
      <Icon name="search" size="small" />
      <input
        type="search"
        aria-label={label}
        placeholder={label}
        value={text}
        onChange={(e) => setText(e.target.value)}
        onCompositionStart={() => {
          composing.current = true;
        }}
        onCompositionEnd={(e) => {
          composing.current = false;
          latest.current(e.currentTarget.value);
        }}
        onKeyDown={(e) => {
          if (keyName(e) === "Escape" && text !== "" && !isComposing(e.nativeEvent)) {
            e.stopPropagation();
            latest.current("");
          }
        }}
      />
      {text ? (
        <button
          type="button"
          className={css.clear}
          aria-label={t("clear")}
          title={t("clear")}
          onClick={() => latest.current("")}
        >
          <Icon name="x" size="tiny" />
        </button>
      ) : null}
    </span>
  );
}
