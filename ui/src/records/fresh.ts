/**
 * What was read stays true: whatever changes, all that was read of records is stale, and what is on the screen is read
 * again. No list says what hangs on what, so none can be wrong.
 */
import type { Query } from "@tanstack/react-query";
import type { AppEvent, CaseView, Job } from "../ipc";
import { onEvent } from "../ipc";
import { qk, queryClient } from "./queries";

/** What is read again has this long before the next time, ms: many changes at once are one. */
export const REST_MS = 100;

const isOfRecords = ({ meta }: Query): boolean => meta?.ofMachine !== true;

let reading = false;
let again = false;

/** Makes all that was read of records stale, at once or when the rest is over. */
export function readAgain(): void {
  if (reading) {
    again = true;
    return;
  }
  reading = true;
  const read = queryClient.invalidateQueries({ predicate: isOfRecords });
  const rest = new Promise((done) => setTimeout(done, REST_MS));
  void Promise.allSettled([read, rest]).then(() => {
    reading = false;
    if (!again) return;
    again = false;
    readAgain();
  });
}

/** A job moved: its line in the list of jobs does, and nothing else until it is over. */
function moveJob(job: Job): void {
  queryClient.setQueryData<Job[]>(qk.jobs, (jobs) =>
    jobs?.some((j) => j.id === job.id)
      ? jobs.map((j) => (j.id === job.id ? job : j))
      : jobs && [job, ...jobs],
  );
}

/** Whether an event says that something is no longer as it was read. */
function isNews(event: AppEvent): boolean {
  switch (event.type) {
    case "changed":
      return true;
    case "transcript":
      return event.done;
    case "job":
      return event.job.state !== "running";
    case "import":
      return event.batch.state !== "running";
    case "download":
      return event.progress.done || event.progress.error !== null;
    case "live":
      // While it goes on the live page follows it by itself; its end is news to everybody.
      return event.status === null;
    default:
      return false;
  }
}

/** Lists hear of what is measured in the background at most so often, ms: there may be thousands of calls. */
const LISTS_MS = 5_000;

let listsWait = false;

function readListsLater(): void {
  if (listsWait) return;
  listsWait = true;
  setTimeout(() => {
    listsWait = false;
    void queryClient.invalidateQueries({ queryKey: qk.cases() });
  }, LISTS_MS);
}

function take(event: AppEvent): void {
  if (event.type === "job") moveJob(event.job);
  if (isNews(event)) readAgain();
  else if (event.type === "transcript") {
    // A text that grows is nobody else's news.
    void queryClient.invalidateQueries({ queryKey: qk.segmentStarts(event.recording_id) });
    void queryClient.invalidateQueries({ queryKey: qk.segments(event.recording_id) });
  } else if (event.type === "sound") {
    readListsLater();
    const { recording_id } = event;
    void queryClient.invalidateQueries({ queryKey: qk.soundFigures(recording_id) });
    // Its overtalk is drawn on the waveform.
    void queryClient.invalidateQueries({
      predicate: ({ queryKey, state }) =>
        queryKey[0] === "case" && (state.data as CaseView | undefined)?.recording?.id === recording_id,
    });
  } else if (event.type === "index") {
    void queryClient.invalidateQueries({ queryKey: qk.everySearch });
    void queryClient.invalidateQueries({ queryKey: qk.doctor });
  }
}

/** Keeps what was read true; call once. */
export const followEvents = (): (() => void) => onEvent(take);
