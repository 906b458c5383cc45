/** The lines of the transcript before any words are read: turns by ordinal, and the silences between them. */
import type { ObservationView, Region, Segment } from "../../../ipc";
import { worthShowing } from "../../../player/regions";
import { lastStartedBy } from "../../../player/timeline";

/** A pause that gets a line of its own. */
export const SILENCE_ROW_MS = 3_000;

export type Rows = {
  /** Ordinal of a turn, or −1 − index of a silence. */
  lines: Int32Array;
  /** Line of each turn. */
  lineOfTurn: Int32Array;
  /** Silences, and stretches that were paused or lost. */
  silences: Region[];
};

/** Puts long silences between the turns they lie between. `starts` and `regions` are in time order. */
export function rowsOf(starts: readonly number[], regions: readonly Region[]): Rows {
  const silences = worthShowing(regions)
    .filter((r) => r.kind !== "overtalk" && (r.kind !== "silence" || r.end_ms - r.start_ms >= SILENCE_ROW_MS))
    .sort((a, b) => a.start_ms - b.start_ms);
  const lines = new Int32Array(starts.length + silences.length);
  const lineOfTurn = new Int32Array(starts.length);
  let line = 0;
  let silent = 0;
  starts.forEach((start, ordinal) => {
    // Voice activity rounds: a silence belongs before the turn that begins in its last instants.
    while (silent < silences.length && (silences[silent]?.start_ms ?? 0) < start) {
      lines[line++] = -1 - silent++;
    }
    lineOfTurn[ordinal] = line;
    lines[line++] = ordinal;
  });
  while (silent < silences.length) lines[line++] = -1 - silent++;
  return { lines, lineOfTurn, silences };
}

/** The turn that is heard at a time: the last one begun, −1 before the first. */
export function turnAt(starts: readonly number[], ms: number): number {
  return lastStartedBy(starts, ms + 40);
}

/** The part of a corrected text that differs from what the engine wrote: before, changed, after. */
export function correction(text: string, original: string): [string, string, string] {
  const now = [...text];
  const was = [...original];
  let head = 0;
  while (head < now.length && head < was.length && now[head] === was[head]) head++;
  let tail = 0;
  while (
    tail < now.length - head &&
    tail < was.length - head &&
    now[now.length - 1 - tail] === was[was.length - 1 - tail]
  ) {
    tail++;
  }
  const cut = now.length - tail;
  return [now.slice(0, head).join(""), now.slice(head, cut).join(""), now.slice(cut).join("")];
}

/** How long both sides spoke at once during a turn, ms. */
export function overtalkIn(segment: Segment, overtalk: readonly Region[]): number {
  let ms = 0;
  for (const r of overtalk) {
    if (r.start_ms >= segment.end_ms) break;
    ms += Math.max(0, Math.min(r.end_ms, segment.end_ms) - Math.max(r.start_ms, segment.start_ms));
  }
  return ms;
}

/**
 * The marks that speak of a turn, with their numbers: those that cover at least a third of it, or lie inside it. What
 * speaks of the whole stands on no turn.
 */
export function marksOn(
  segment: Segment,
  observations: readonly ObservationView[],
): { view: ObservationView; number: number }[] {
  const length = Math.max(1, segment.end_ms - segment.start_ms);
  return observations.flatMap((view, i) => {
    const { anchor, start_ms, end_ms } = view.observation;
    if (anchor === "whole") return [];
    const shared = Math.min(end_ms, segment.end_ms) - Math.max(start_ms, segment.start_ms);
    const enough =
      shared > 0 && (shared / length >= 0.34 || (start_ms >= segment.start_ms && end_ms <= segment.end_ms));
    return enough ? [{ view, number: i + 1 }] : [];
  });
}
