import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { ImportBatch, ImportFile } from "../../ipc";
import { ipc } from "../../ipc";
import { Button } from "../../parts/Button";
import { Problem } from "../../parts/Problem";
import { qk } from "../../records/queries";
import { useWithheld } from "../../records/withheld";
import { type Kind, kindsOf, remembering } from "../../things/case/import/sides";

/** Swaps who speaks on the two channels of all calls of a batch at once, and offers to remember it. */
export function Sides({ batch }: { batch: ImportBatch }) {
  const { t } = useTranslation("imports");
  const why = useWithheld()("recording.roles");
  const swap = useMutation({ mutationFn: (ids: string[]) => ipc.swapChannels(ids) });
  const ids = batch.files.flatMap((file) => file.sides?.recording_id ?? []);
  if (batch.state === "running" || ids.length === 0) return null;
  return (
    <div data-testid="batch-sides">
      <p className="row">
        <span className="grow">
          {swap.isSuccess ? t("sides.swapped", { count: swap.data }) : t("sides.hint")}
        </span>
        <Button size="small" icon="swap" why={why} disabled={swap.isPending} onClick={() => swap.mutate(ids)}>
          {t("sides.swap", { count: ids.length })}
        </Button>
      </p>
      <Problem error={swap.error} onRetry={() => swap.mutate(ids)} />
      {swap.isSuccess ? <Remember key={swap.submittedAt} files={batch.files} /> : null}
    </div>
  );
}

/** Keeps who speaks where as it is now, for calls that will come of the same sources and directions. */
function Remember({ files }: { files: ImportFile[] }) {
  const { t } = useTranslation("imports");
  const why = useWithheld()("settings.edit");
  const client = useQueryClient();
  const kinds = kindsOf(files);
  const remember = useMutation({
    mutationFn: async () => {
      const maps = await Promise.all(kinds.map(mapNow));
      const stored = await ipc.getSettings();
      return ipc.updateSettings({ ...stored, ...remembering(stored, maps.flat()) });
    },
    onSuccess: (settings) => client.setQueryData(qk.settings, settings),
  });
  const named = ({ source, direction }: Kind) =>
    [source || t("sides.anySource"), direction ? t(`direction.${direction}`) : t("sides.anyDirection")].join(
      t("sides.between"),
    );
  if (remember.isSuccess)
    return (
      <p className="faint small" role="status">
        {t("sides.remembered")}
      </p>
    );
  return (
    <>
      <p className="row">
        <span className="grow small">
          {t("sides.remember")} <bdi>{kinds.map(named).join(t("and"))}</bdi>
        </span>
        <Button size="small" why={why} disabled={remember.isPending} onClick={() => remember.mutate()}>
          {t("sides.keep")}
        </Button>
      </p>
      <Problem error={remember.error} onRetry={() => remember.mutate()} />
    </>
  );
}

/** Who speaks where in a call of its kind, as it is now: somebody may have swapped it back. */
async function mapNow({ source, direction, caseId }: Kind) {
  const { recording } = await ipc.getCase(caseId);
  const [left, right] = recording?.roles ?? [];
  return left && right ? [{ source, direction, roles: [left, right] as [typeof left, typeof right] }] : [];
}
