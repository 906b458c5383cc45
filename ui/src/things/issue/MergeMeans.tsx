import { useTranslation } from "react-i18next";
import type { IssueRow } from "../../ipc";
import css from "./MergeMeans.module.css";

/** What a merge will move, and what it will keep. */
export function MergeMeans({ from, into }: { from: IssueRow; into: IssueRow }) {
  const { t } = useTranslation("issues");
  return (
    <ul className={css.list}>
      <li>
        {t("merge.movesEvidence", {
          count: from.evidence_count,
          cases: t("of.cases", { count: from.case_count }),
        })}
      </li>
      <li>{t("merge.keepsNumber", { from: from.issue.number, into: into.issue.number })}</li>
      <li>{t("merge.keepsFacts", { into: into.issue.number, title: into.issue.title })}</li>
    </ul>
  );
}
