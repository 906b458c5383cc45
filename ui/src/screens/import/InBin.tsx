import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { ImportBatch, ImportFile } from "../../ipc";
import { asNote, ipc } from "../../ipc";
import { Button } from "../../parts/Button";
import { useErrorWords } from "../../parts/words";
import { useWithheld } from "../../records/withheld";
import { bringInAfterAll, hideBatch } from "../../things/case/import/store";

/** `nameId`: the element that names the file, which both ways are about. */
type Props = { file: ImportFile; batch: ImportBatch; nameId: string };

/** The two ways on with a file whose call is in the bin: put that one back, or make another. */
export function InBin({ file, batch, nameId }: Props) {
  const { t } = useTranslation("library");
  const words = useErrorWords();
  const id = file.case_id ?? "";
  const back = useMutation({ mutationFn: () => ipc.restoreCase(id) });
  const anew = useMutation({ mutationFn: () => bringInAfterAll(batch, file, "known") });
  const why = useWithheld()("case.restore");
  const busy = back.isPending || anew.isPending;
  const error = back.error ?? anew.error;
  if (back.isSuccess)
    return (
      <>
        <span className="faint small">{t("batch.isBack")}</span>
        <Link className="link nowrap" href={`/case/${id}`} onClick={hideBatch}>
          {t("batch.open")}
        </Link>
      </>
    );
  return (
    <>
      <Button
        size="small"
        why={why}
        disabled={busy}
        aria-describedby={nameId}
        data-testid="import-put-back"
        onClick={() => back.mutate()}
      >
        {t("batch.putBack")}
      </Button>
      <Button
        size="small"
        tone="ghost"
        disabled={busy}
        aria-describedby={nameId}
        onClick={() => anew.mutate()}
      >
        {t("batch.asNew")}
      </Button>
      {error ? (
        <span className="is-bad small" role="alert">
          {words(asNote(error))}
        </span>
      ) : null}
    </>
  );
}
