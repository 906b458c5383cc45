/** What a person did, in words: change log, undo bar. */
import { useTranslation } from "react-i18next";
import { i18nHas } from "../i18n";

/** Words an action code such as `observation.mark`. */
export function useActionWords(): (action: string) => string {
  const { t } = useTranslation("actions");
  return (action) => (i18nHas("actions", action) ? t(action as "other") : t("other"));
}
