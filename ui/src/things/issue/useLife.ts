import { useTranslation } from "react-i18next";
import type { IssueStatus, Stage } from "../../ipc";
import { wordKey } from "../../parts/words";

/** Words for stages and statuses. */
export const useLife = () => {
  const { t } = useTranslation("common");
  return {
    stage: (stage: Stage): string => t(wordKey("stage", stage)),
    status: (status: IssueStatus): string => t(wordKey("status", status)),
  };
};
