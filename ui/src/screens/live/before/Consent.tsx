import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { ConsentBasis, NoticeGiven } from "../../../ipc";
import { SectionHead } from "../../../parts/SectionHead";
import { wordKey } from "../../../parts/words";
import css from "./fields.module.css";

const bases: ConsentBasis[] = ["both_agreed", "contract", "separate", "drill"];
const notices: NoticeGiven[] = ["voice", "spoken", "written"];

type Props = {
  consent: ConsentBasis | null;
  notice: NoticeGiven | null;
  /** Somebody wanted to start without. */
  asked: boolean;
  onConsent: (consent: ConsentBasis) => void;
  onNotice: (notice: NoticeGiven) => void;
};

/** On what ground words are kept, and how people were told. Nothing is kept without both. */
export function Consent({ consent, notice, asked, onConsent, onNotice }: Props) {
  const { t } = useTranslation("live");
  const id = useId();
  return (
    <section aria-label={t("consent")}>
      <SectionHead title={t("consent")} />
      <p className={css.hint}>{t("consentMeans")}</p>
      <div className={css.pair}>
        <div className="field">
          <label className="label" htmlFor={`${id}-c`}>
            {t("basis")}
          </label>
          <select
            id={`${id}-c`}
            className={`${css.choice} drop-down`}
            required
            aria-invalid={(asked && consent === null) || undefined}
            data-missing="consent"
            data-testid="live-consent"
            value={consent ?? ""}
            onChange={(e) => onConsent(e.target.value as ConsentBasis)}
          >
            <option value="" disabled>
              {t("choose")}
            </option>
            {bases.map((basis) => (
              <option key={basis} value={basis}>
                {t(wordKey("basis", basis))}
              </option>
            ))}
          </select>
        </div>
        <div className="field">
          <label className="label" htmlFor={`${id}-n`}>
            {t("notice")}
          </label>
          <select
            id={`${id}-n`}
            className={`${css.choice} drop-down`}
            required
            aria-invalid={(asked && notice === null) || undefined}
            data-missing="notice"
            data-testid="live-notice"
            value={notice ?? ""}
            onChange={(e) => onNotice(e.target.value as NoticeGiven)}
          >
            <option value="" disabled>
              {t("choose")}
            </option>
            {notices.map((given) => (
              <option key={given} value={given}>
                {t(wordKey("notice", given))}
              </option>
            ))}
          </select>
        </div>
      </div>
    </section>
  );
}
