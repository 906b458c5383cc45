/** Transcripts and the jobs that make them. */
import { contains } from "../../text/alike";
import type {
  Job,
  SegmentEdit,
  SegmentQuery,
  TranscribeCase,
  TranscriptChoice,
  TranscriptSearch,
} from "../generated/types";
import { recordingOf } from "./cases";
import { modelInUse } from "./models";
import { change, checkRev, emit, found, newId, refuse, state } from "./state";

function tell(job: Job): void {
  emit({ type: "job", job });
}

function start({ case_id, language, model }: TranscribeCase): Job {
  const recording = recordingOf(case_id) ?? refuse("not_found");
  const now = Date.now();
  const job: Job = {
    id: newId(),
    work: { kind: "transcribe", case_id, recording_id: recording.id, model, language: language ?? "zh" },
    state: "running",
    progress_permille: 0,
    attempt: 1,
    error: null,
    created_at: now,
    updated_at: now,
  };
  if (!model && !modelInUse()) {
    job.state = "failed";
    job.error = { code: "speech.model_missing", args: {} };
  }
  state.jobs.push(job);
  tell(job);
  return job;
}

export const textCommands = {
  transcribe: start,
  cancel_job: (id: string) => {
    const job = found(state.jobs, id);
    job.state = "cancelled";
    tell(job);
  },
  retry_job: (id: string) => {
    const job = found(state.jobs, id);
    Object.assign(job, { state: "running", error: null, attempt: job.attempt + 1, progress_permille: 0 });
    tell(job);
    return job;
  },
  list_jobs: () => state.jobs,
  segments: ({ recording_id, offset, limit }: SegmentQuery) =>
    (state.segments.get(recording_id) ?? []).slice(offset, offset + Math.min(limit, 500)),
  segment_starts: (id: string) => (state.segments.get(id) ?? []).map((s) => s.start_ms),
  find_in_transcript: ({ recording_id, text }: TranscriptSearch) =>
    (state.segments.get(recording_id) ?? [])
      .filter((s) => text !== "" && contains([s.text], text))
      .map(({ id, ordinal, start_ms }) => ({ id, ordinal, start_ms })),
  choose_transcript: ({ id, rev }: TranscriptChoice) =>
    change("transcript.choose", ["transcript"], () => {
      const text = found(state.texts, id);
      checkRev(text, rev);
      for (const other of state.texts) {
        if (other.recording_id === text.recording_id) other.standing = "past";
      }
      return Object.assign(text, { standing: "shown", rev: rev + 1 } as const);
    }),
  edit_segment: ({ id, rev, text }: SegmentEdit) =>
    change("segment.edit", ["segment"], () => {
      const segment = [...state.segments.values()].flat().find((s) => s.id === id) ?? refuse("not_found");
      checkRev(segment, rev);
      const original = segment.text_original ?? segment.text;
      segment.text = text ?? original;
      segment.text_original = segment.text === original ? null : original;
      segment.rev += 1;
      return segment;
    }),
};
