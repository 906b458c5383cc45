import { useTranslation } from "react-i18next";
import { asNote } from "../ipc";
import { ErrorNote } from "./states";

/** Whatever a command threw, worded, with a retry where there is something to retry. */
export function Problem({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation();
  if (!error) return null;
  return <ErrorNote note={asNote(error)} {...(onRetry && { action: { label: t("retry"), run: onRetry } })} />;
}
