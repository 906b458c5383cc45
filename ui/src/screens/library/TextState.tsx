import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { CaseRow, Job } from "../../ipc";
import { ipc } from "../../ipc";
import { Button } from "../../parts/Button";
import { Chip } from "../../parts/Chip";
import { useErrorWords } from "../../parts/words";
import { useWithheld } from "../../records/withheld";
import css from "./TextState.module.css";

/** Where a call's text stands, with the one thing that can be done about it. */
export function TextState({ row, job }: { row: CaseRow; job: Job | undefined }) {
  const { t } = useTranslation("library");
  const words = useErrorWords();
  const cancel = useMutation({ mutationFn: (id: string) => ipc.cancelJob(id) });
  const retry = useMutation({ mutationFn: (id: string) => ipc.retryJob(id) });
  const why = useWithheld()("text.ask");
  const state = row.transcript;
  const stop = job ? (
    <Button
      size="small"
      tone="ghost"
      icon="x"
      why={why}
      label={t("text.cancel")}
      onClick={() => cancel.mutate(job.id)}
    />
  ) : null;
  switch (state) {
    case "running": {
      const permille = job?.progress_permille ?? 0;
      const name = t("text.running", { percent: Math.floor(permille / 10) });
      return (
        <span className={css.state} data-testid="job-state" data-state={state}>
          <span className="grow">
            {name}
            <progress max={1000} value={permille} aria-label={name} />
          </span>
          {stop}
        </span>
      );
    }
    case "queued":
      return (
        <span className={css.state} data-testid="job-state" data-state={state}>
          <span className="faint">{t("text.queued")}</span>
          {stop}
        </span>
      );
    case "failed":
      return (
        <span className={css.state} data-testid="job-state" data-state={state}>
          <Chip tone="bad" title={job?.error ? words(job.error) : undefined}>
            {t("text.failed")}
          </Chip>
          {job ? (
            <Button
              size="small"
              tone="ghost"
              icon="loop"
              why={why}
              label={t("text.retry")}
              onClick={() => retry.mutate(job.id)}
            />
          ) : null}
        </span>
      );
    default:
      return (
        <span className={state === "done" ? undefined : "faint"} data-testid="job-state" data-state={state}>
          {t(`text.${state}`)}
        </span>
      );
  }
}
