import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { ImportBasis } from "../../../ipc";
import { BASIS_CHARS } from "../../../ipc/generated/limits";
import { isOfQualityAlone } from "../../../things/case/import/basis";
import css from "./Basis.module.css";

/** What is offered, to be written on: which law, which words, which version. */
const offers = {
  basis: ["consent", "contract", "duty", "interest"],
  notice: ["spoken", "policy", "terms"],
} as const;

interface Props {
  said: ImportBasis;
  onChange: (said: ImportBasis) => void;
}

/** On what calls come in, and what customers were told of it: asked once for all of an import, and may stay empty. */
export function Basis({ said, onChange }: Props) {
  const { t } = useTranslation("imports");
  const id = useId();
  const words = (field: "basis" | "notice", all: string[]) => (
    <div className={css.one}>
      <label className="label nowrap" htmlFor={`${id}-${field}`}>
        {t(`basis.${field}`)}
      </label>
      <input
        className="input"
        id={`${id}-${field}`}
        list={`${id}-${field}-offers`}
        value={said[field]}
        maxLength={BASIS_CHARS}
        autoComplete="off"
        placeholder={t("basis.notStated")}
        aria-describedby={`${id}-hint`}
        onChange={(e) => onChange({ ...said, [field]: e.target.value })}
      />
      <datalist id={`${id}-${field}-offers`}>
        {all.map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
    </div>
  );
  const isNarrow = isOfQualityAlone(said);
  const isEmpty = said.basis.trim() === "" || said.notice.trim() === "";
  return (
    <div className={css.asked} data-testid="import-basis">
      {words(
        "basis",
        offers.basis.map((one) => t(`basis.offer.${one}`)),
      )}
      {words(
        "notice",
        offers.notice.map((one) => t(`basis.offer.${one}`)),
      )}
      <p id={`${id}-hint`} className={isNarrow ? "is-warning small" : "faint small"} aria-live="polite">
        {isNarrow ? t("basis.qualityAlone") : isEmpty ? t("basis.empty") : t("basis.kept")}
      </p>
    </div>
  );
}
