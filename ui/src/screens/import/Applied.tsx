import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { ImportBatch } from "../../ipc";
import { ipc } from "../../ipc";
import { Button } from "../../parts/Button";
import { Problem } from "../../parts/Problem";
import { ErrorNote } from "../../parts/states";

/** What became of facts told of calls that were here already, and the way back. */
export function Applied({ batch }: { batch: ImportBatch }) {
  const { t } = useTranslation("imports");
  const { t: common } = useTranslation();
  const undo = useMutation({ mutationFn: (op: string) => ipc.undoOp(op) });
  const { applied, not_applied } = batch;
  if (not_applied) return <ErrorNote note={not_applied} />;
  if (!applied) return null;
  const { op_id, contacts, differences, unheard } = applied;
  return (
    <div data-testid="facts-applied">
      <p className="row">
        <span className="grow">
          {contacts > 0 ? t("applied.contacts", { count: contacts }) : t("applied.nothingNew")}
          {differences > 0 ? ` ${t("applied.differences", { count: differences })}` : null}
        </span>
        {op_id !== null ? (
          <Button
            size="small"
            icon="undo"
            disabled={undo.isPending || undo.isSuccess}
            onClick={() => undo.mutate(op_id)}
          >
            {undo.isSuccess ? t("applied.undone") : common("undo")}
          </Button>
        ) : null}
      </p>
      {unheard.length > 0 ? (
        <p className="faint small">{t("applied.unheard", { count: unheard.length })}</p>
      ) : null}
      <Problem error={undo.error} />
    </div>
  );
}
