import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { asNote, type CaseView, ipc, type Job, onEvent, type TranscriptState } from "../../ipc";
import { Button, buttonLook, Tip } from "../../parts/Button";
import { Chip, chipLook } from "../../parts/Chip";
import { Icon } from "../../parts/Icon";
import { ProgressLine } from "../../parts/states";
import { useErrorWords } from "../../parts/words";
import { qk } from "../../records/queries";
import { useWithheld } from "../../records/withheld";
import notices from "./notices.module.css";
import { report } from "./store";
import css from "./TextJob.module.css";

/** The newest job that makes the text of a case, live. */
export function useTextJob(view: CaseView): { job: Job | null; state: TranscriptState } {
  const [live, setLive] = useState<Job | null>(null);
  const caseId = view.case.id;
  useEffect(
    () =>
      onEvent((event) => {
        if (event.type !== "job" || event.job.work.kind !== "transcribe") return;
        if (event.job.work.case_id === caseId) setLive(event.job);
      }),
    [caseId],
  );
  const job = live && (!view.job || live.updated_at >= view.job.updated_at) ? live : view.job;
  if (!job || job.state === "done" || job.state === "cancelled") {
    return { job, state: view.segment_count > 0 || job?.state === "done" ? "done" : "none" };
  }
  return { job, state: job.state };
}

const run = (work: Promise<unknown>) => void work.catch((thrown) => report(asNote(thrown)));

const transcribe = (view: CaseView) =>
  run(ipc.transcribe({ case_id: view.case.id, language: null, model: null }));

/** Whether there is a model; taken to be there until it is known. */
function useHasModel(): boolean {
  const { data } = useQuery({ queryKey: qk.workspace, queryFn: () => ipc.workspaceInfo() });
  return data?.has_model !== false;
}

/** That the sound was taken again after the text was made from it, and the way to a text of what is heard now. */
export function OlderText({ view }: { view: CaseView }) {
  const { t } = useTranslation("console");
  const { state } = useTextJob(view);
  const hasModel = useHasModel();
  const why = useWithheld()("text.ask");
  if (!view.text_is_older) return null;
  const atWork = state === "queued" || state === "running";
  return (
    <p className={notices.notice} role="status" data-testid="older-text">
      <Icon name="warn" size="tiny" />
      <span>{t("textOlderMeans")}</span>
      {atWork ? null : hasModel ? (
        <Button size="small" why={why} label={t("textOlderHint")} onClick={() => transcribe(view)}>
          {t("textOlderAgain")}
        </Button>
      ) : (
        <Link href="/settings/models" {...buttonLook({ size: "small" })}>
          {t("toModels")}
        </Link>
      )}
    </p>
  );
}

/** Where the text stands, and what to do about it. */
export function TextJob({ view, again }: { view: CaseView; again?: boolean }) {
  const { t } = useTranslation("console");
  const words = useErrorWords();
  const { job, state } = useTextJob(view);
  const hasModel = useHasModel();
  const why = useWithheld()("text.ask");
  // Said a second time in the empty transcript, it is not the one that tests look for.
  const testId = again ? undefined : "job-state";
  const start = () => transcribe(view);
  const noModel = !hasModel && state !== "running" && state !== "queued";

  if (state === "done" && view.text_is_older) {
    // The way on stands under the facts, where there is room for why.
    return (
      <Chip icon="text" tone="warn" data-testid={testId} data-state="done">
        {t("textOlder")}
      </Chip>
    );
  }
  if (state === "done") {
    return (
      <>
        <Chip icon="text" tone="ok" data-testid={testId} data-state="done">
          {t("textDone")}
        </Chip>
        {!noModel && (
          <Button
            size="small"
            tone="ghost"
            className="wide-only"
            why={why}
            label={t("textAgainHint")}
            onClick={start}
          >
            {t("textAgain")}
          </Button>
        )}
      </>
    );
  }
  if (noModel) {
    return (
      <>
        <Tip label={t("noModelHint")}>
          <span {...chipLook("warn")} data-testid={testId} data-state="no-model">
            {t("noModel")}
          </span>
        </Tip>
        <Link href="/settings/models" {...buttonLook({ size: "small" })}>
          {t("toModels")}
        </Link>
      </>
    );
  }
  if (state === "failed" && job) {
    return (
      <>
        <Tip label={words(job.error ?? { code: "speech.failed", args: {} })}>
          <span {...chipLook("bad", css.reason)} data-testid={testId} data-state="failed">
            <span className="cut">
              {t("textFailed")} {words(job.error ?? { code: "speech.failed", args: {} })}
            </span>
          </span>
        </Tip>
        <Button size="small" why={why} onClick={() => run(ipc.retryJob(job.id))}>
          {t("retry", { ns: "common" })}
        </Button>
      </>
    );
  }
  if (job && (state === "running" || state === "queued")) {
    return (
      <div className={css.progress} data-testid={testId} data-state={state}>
        <ProgressLine
          label={t(state === "queued" ? "textQueued" : "textRunning")}
          permille={state === "queued" ? 0 : job.progress_permille}
          {...(why === null && { onCancel: () => run(ipc.cancelJob(job.id)) })}
        />
      </div>
    );
  }
  return (
    <>
      <span className="label" data-testid={testId} data-state="none">
        {t("textNone")}
      </span>
      <Button size="small" icon="text" why={why} onClick={start}>
        {t("textStart")}
      </Button>
    </>
  );
}
