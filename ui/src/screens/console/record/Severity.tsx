import { type KeyboardEvent, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Tip } from "../../../parts/Button";
import css from "./Severity.module.css";

const levels = [0, 1, 2, 3] as const;

/** 轻重 0 to 3, as a radio group. */
export function Severity({ value, onChange }: { value: number; onChange: (value: number) => void }) {
  const { t } = useTranslation("console");
  const group = useRef<HTMLSpanElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step || event.altKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    const next = Math.min(3, Math.max(0, value + step));
    onChange(next);
    group.current?.querySelectorAll<HTMLElement>("[role=radio]")[next]?.focus();
  };
  return (
    <span className="row">
      <span className={`${css.name} label nowrap`} aria-hidden="true">
        {t("severity")}
      </span>
      <span
        ref={group}
        className={css.levels}
        role="radiogroup"
        aria-label={t("severityGroup")}
        onKeyDown={onKeyDown}
      >
        {levels.map((level) => (
          <Tip key={level} label={t(`severity${level}`)}>
            <button
              type="button"
              role="radio"
              aria-checked={value === level}
              aria-label={`${level} ${t(`severity${level}`)}`}
              tabIndex={value === level ? 0 : -1}
              onClick={() => onChange(level)}
            >
              {level}
            </button>
          </Tip>
        ))}
      </span>
    </span>
  );
}
