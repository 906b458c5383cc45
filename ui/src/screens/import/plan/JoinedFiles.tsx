import { useTranslation } from "react-i18next";
import type { SuffixRule } from "../../../ipc";
import { SuffixRules } from "../../../things/case/import/SuffixRules";
import { decide } from "../../../things/case/import/store";

type Props = { rules: SuffixRule[]; stored: SuffixRule[]; hasPairs: boolean };

/** How the two files of one call are recognised, changed for this import. */
export function JoinedFiles({ rules, stored, hasPairs }: Props) {
  const { t } = useTranslation("library");
  return (
    <details open={hasPairs}>
      <summary>{t("rules.title")}</summary>
      <p className="faint small">{t("rules.hint")}</p>
      <SuffixRules
        rules={rules}
        onChange={(next) => decide({ rules: JSON.stringify(next) === JSON.stringify(stored) ? null : next })}
      />
    </details>
  );
}
