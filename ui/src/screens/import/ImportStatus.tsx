import { useTranslation } from "react-i18next";
import { chipLook } from "../../parts/Chip";
import { Icon } from "../../parts/Icon";
import { batchPermille, doneCount, runningOf, useImport } from "../../things/case/import/store";
import css from "./ImportStatus.module.css";

/** A batch under way, in the top bar of every screen; opens its list of files. */
export function ImportStatus() {
  const { t } = useTranslation("library");
  const batch = useImport((s) => runningOf(s.batches));
  if (!batch) return null;
  const name = t("status.running", { done: doneCount(batch), total: batch.files.length });
  return (
    <button
      type="button"
      {...chipLook("info", css.status)}
      title={t("status.open")}
      data-testid="import-status"
      onClick={() => useImport.setState({ shown: batch.id })}
    >
      <Icon name="import" />
      {name}
      <progress max={1000} value={batchPermille(batch)} aria-label={name} />
    </button>
  );
}
