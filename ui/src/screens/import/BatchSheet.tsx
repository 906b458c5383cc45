import { useMutation } from "@tanstack/react-query";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { ImportBatch, ImportFile, ImportObstacle, ImportOutcome } from "../../ipc";
import { ipc } from "../../ipc";
import { Button } from "../../parts/Button";
import { Chip } from "../../parts/Chip";
import { Problem } from "../../parts/Problem";
import { useSoundWords } from "../../parts/soundWords";
import { ProgressLine } from "../../parts/states";
import { useErrorWords } from "../../parts/words";
import { clock } from "../../text/format";
import { shownPath } from "../../text/path";
import { fileName } from "../../things/case/import/plan";
import { batchPermille, bringInAfterAll, doneCount, hideBatch } from "../../things/case/import/store";
import { Applied } from "./Applied";
import { InBin } from "./InBin";
import { Sides } from "./Sides";
import css from "./sheets.module.css";

const look: Record<ImportOutcome, "ok" | "warn" | "bad"> = {
  imported: "ok",
  joined: "ok",
  half: "warn",
  duplicate: "warn",
  mended: "ok",
  in_bin: "warn",
  rejected: "bad",
};

/** Files listed of a large batch: the ones that need a look first. */
const rowsShown = 300;
const weight = (f: ImportFile): number =>
  f.outcome === "rejected"
    ? 0
    : f.outcome === "half" || f.outcome === "duplicate" || f.outcome === "in_bin"
      ? 1
      : 2;

/** A batch on its way in, then what became of every file. */
export function BatchSheet({ batch }: { batch: ImportBatch }) {
  const { t } = useTranslation("library");
  const { t: common } = useTranslation();
  const cancel = useMutation({ mutationFn: () => ipc.importCancel(batch.id) });
  const running = batch.state === "running";
  const count = (outcome: ImportOutcome) => batch.files.filter((f) => f.outcome === outcome).length;
  const rows = running
    ? batch.files
    : [...batch.files].sort((a, b) => weight(a) - weight(b)).slice(0, rowsShown);
  return (
    <>
      <div className={`${css.body} scroll`}>
        {running ? (
          <ProgressLine
            label={t("batch.running")}
            permille={batchPermille(batch)}
            text={common("ofTotal", { done: doneCount(batch), total: batch.files.length })}
            onCancel={() => cancel.mutate()}
          />
        ) : (
          <p role="status">
            <b>{t(batch.state === "cancelled" ? "batch.cancelled" : "batch.done")}</b>{" "}
            <span className="quiet">
              {batch.files.length === 0
                ? null
                : t("batch.tally", {
                    in: count("imported") + count("joined") + count("half"),
                    duplicate: count("duplicate"),
                    rejected: count("rejected"),
                  })}
              {count("mended") > 0 ? t("batch.tallyMended", { count: count("mended") }) : null}
              {count("in_bin") > 0 ? t("batch.tallyBin", { count: count("in_bin") }) : null}
            </span>
          </p>
        )}
        <Problem error={cancel.error} />
        <Applied batch={batch} />
        <Sides batch={batch} />
        <ul className={css.list}>
          {rows.map((file, i) => (
            <FileRow
              key={file.path}
              batch={batch}
              file={file}
              permille={
                running && batch.files.indexOf(file) === batch.current ? batch.current_permille : null
              }
              stopped={!running}
              first={i === 0}
            />
          ))}
        </ul>
        {rows.length < batch.files.length ? (
          <p className="faint small">{t("plan.notShown", { count: batch.files.length - rows.length })}</p>
        ) : null}
      </div>
      <div className={`${css.foot} row`}>
        <span className="faint small grow">{running ? t("batch.goesOn") : null}</span>
        <Button tone={running ? "ghost" : "primary"} onClick={hideBatch}>
          {running ? t("batch.hide") : common("close")}
        </Button>
      </div>
    </>
  );
}

interface RowProps {
  batch: ImportBatch;
  file: ImportFile;
  permille: number | null;
  stopped: boolean;
  first: boolean;
}

/** What a person may decide about a file that did not come in by itself. */
function obstacleOf(file: ImportFile): ImportObstacle | null {
  if (file.error?.code === "media.truncated") return "truncated";
  return file.outcome === "duplicate" && file.wordless ? "known" : null;
}

function FileRow({ batch, file, permille, stopped }: RowProps) {
  const { t } = useTranslation("library");
  const words = useErrorWords();
  const soundWords = useSoundWords();
  const name = fileName(file.path);
  const nameId = useId();
  const obstacle = stopped ? obstacleOf(file) : null;
  const decide = useMutation({
    mutationFn: (although: ImportObstacle) => bringInAfterAll(batch, file, although),
  });
  return (
    <li data-testid="import-file" data-outcome={file.outcome ?? undefined}>
      <div className="row">
        <span id={nameId} className={`${css.fileName} grow`} title={shownPath(file.path)}>
          {name}
        </span>
        {file.duration_ms !== null ? (
          <span className="figures faint small">{clock(file.duration_ms)}</span>
        ) : null}
        {file.outcome ? (
          <Chip tone={look[file.outcome]}>{t(`outcome.${file.outcome}`)}</Chip>
        ) : (
          <span className="faint small">
            {permille !== null
              ? `${Math.floor(permille / 10)}%`
              : t(stopped ? "outcome.skipped" : "outcome.waiting")}
          </span>
        )}
        {file.outcome === "in_bin" ? <InBin file={file} batch={batch} nameId={nameId} /> : null}
        {file.case_id && file.outcome !== "in_bin" ? (
          <Link className="link nowrap" href={`/case/${file.case_id}`} onClick={hideBatch}>
            {t(file.outcome === "duplicate" ? "batch.openExisting" : "batch.open")}
          </Link>
        ) : null}
      </div>
      {permille !== null && file.outcome === null ? (
        <progress max={1000} value={permille} aria-label={t("batch.reading", { name })} />
      ) : null}
      {file.error ? (
        <p className="is-bad small">{words({ ...file.error, args: { name, ...file.error.args } })}</p>
      ) : null}
      <FactsTold file={file} />
      {file.outcome === "mended" ? <p className="faint small">{t("batch.mended")}</p> : null}
      {file.outcome === "half" ? <p className="faint small">{t("batch.half")}</p> : null}
      {obstacle === "known" ? <p className="faint small">{t("batch.wordless")}</p> : null}
      {file.notices.map((notice) => (
        <p key={notice.kind} className="faint small" data-testid="sound-notice" data-kind={notice.kind}>
          {soundWords(notice)}
        </p>
      ))}
      {obstacle ? (
        <div className="row">
          <Button
            size="small"
            disabled={decide.isPending}
            aria-describedby={nameId}
            onClick={() => decide.mutate(obstacle)}
          >
            {t(obstacle === "known" ? "batch.asOwnCall" : "batch.takeWhatIsThere")}
          </Button>
        </div>
      ) : null}
      <Problem error={decide.error} {...(obstacle && { onRetry: () => decide.mutate(obstacle) })} />
    </li>
  );
}

/** What tables, side-cars and its name told of a new call. */
function FactsTold({ file }: { file: ImportFile }) {
  const { t } = useTranslation("imports");
  const facts = file.unheard.map((key) => t(`fact.${key}`)).join(t("and"));
  if (file.facts === 0 && facts === "") return null;
  return (
    <p className="faint small">
      {file.facts > 0 ? t("told.facts", { count: file.facts }) : null}
      {facts !== "" ? ` ${t("told.unheard", { facts })}` : null}
    </p>
  );
}
