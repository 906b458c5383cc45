import { useState } from "react";
import { useTranslation } from "react-i18next";
import { enterOrEscape } from "../../keys/enterOrEscape";
import { Button } from "../../parts/Button";
import { offsetText, parseOffset } from "../../things/live/offset";
import css from "./OffsetRow.module.css";

const steps = [-1000, -100, 100, 1000] as const;

/** The offset in figures: to be read, typed, and moved in steps. */
export function OffsetRow({ offsetMs, onMove }: { offsetMs: number; onMove: (to: number) => void }) {
  const { t } = useTranslation("align");
  const [draft, setDraft] = useState<string | null>(null);
  const typed = draft === null ? null : parseOffset(draft);
  const wrong = draft !== null && typed === null;
  const done = (keep: boolean) => {
    if (keep && typed !== null && typed !== offsetMs) onMove(typed);
    if (!keep || !wrong) setDraft(null);
  };
  const step = (by: (typeof steps)[number]) => (
    <Button
      key={by}
      size="small"
      aria-label={t(`step.${by}`)}
      label={t(`step.${by}`)}
      onClick={() => onMove(offsetMs + by)}
    >
      {`${by < 0 ? "−" : "+"}${Math.abs(by) / 1000}`}
    </Button>
  );
  return (
    <div className={css.offset} role="group" aria-label={t("offset")}>
      <span className="label nowrap">{t("offset")}</span>
      {step(-1000)}
      {step(-100)}
      <input
        className={`${css.figure} input figures`}
        data-testid="align-offset"
        aria-label={t("offsetField")}
        title={t("offsetHint")}
        aria-invalid={wrong || undefined}
        value={draft ?? offsetText(offsetMs)}
        onChange={(e) => setDraft(e.target.value)}
        onFocus={(e) => e.target.select()}
        onBlur={() => done(!wrong)}
        onKeyDown={enterOrEscape(
          () => done(true),
          () => done(false),
        )}
      />
      {step(100)}
      {step(1000)}
      <span className={wrong ? "is-bad small" : `${css.hint} label`} role={wrong ? "alert" : undefined}>
        {t(wrong ? "offsetWrong" : "keys")}
      </span>
    </div>
  );
}
