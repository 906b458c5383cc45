import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { ListenMode } from "../../../ipc";
import { SectionHead } from "../../../parts/SectionHead";
import { wordKey } from "../../../parts/words";
import fields from "./fields.module.css";
import css from "./Modes.module.css";

const modes: ListenMode[] = ["record", "text_only", "clock_only"];

type Props = { mode: ListenMode; hasModel: boolean; onChange: (mode: ListenMode) => void };

/** What becomes of the sound: three ways, one line each. */
export function Modes({ mode, hasModel, onChange }: Props) {
  const { t } = useTranslation("live");
  return (
    <fieldset className={css.modes}>
      <legend className="unseen">{t("modes")}</legend>
      <SectionHead title={t("modes")} />
      <div className={css.list}>
        {modes.map((value) => {
          const barred = value === "text_only" && !hasModel;
          return (
            <label key={value} data-on={mode === value || undefined} data-off={barred || undefined}>
              <input
                type="radio"
                name="live-mode"
                value={value}
                checked={mode === value}
                disabled={barred}
                data-testid={`live-mode-${value}`}
                onChange={() => onChange(value)}
              />
              <b>{t(wordKey("mode", value))}</b>
              <span>{t(barred ? "modeNeedsModel" : wordKey("modeMeans", value))}</span>
            </label>
          );
        })}
      </div>
      {!hasModel && mode === "record" && (
        <p className={fields.hint}>
          {t("noModel")}{" "}
          <Link href="/settings/models" className="link">
            {t("toModels")}
          </Link>
        </p>
      )}
    </fieldset>
  );
}
