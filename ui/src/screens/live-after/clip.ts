import type { Recording } from "../../ipc";

/** Before and after a mark, so that one hears whether it is the right moment. */
const BEFORE_MS = 2_000;
const AFTER_MS = 5_000;

/** The stretch around a moment that is heard to check it. */
export function clipAround(recording: Recording, at: number): { start_ms: number; end_ms: number } {
  const start_ms = Math.round(Math.min(Math.max(0, at - BEFORE_MS), recording.duration_ms));
  const end_ms = Math.round(Math.min(Math.max(start_ms + 1000, at + AFTER_MS), recording.duration_ms));
  return { start_ms, end_ms };
}
