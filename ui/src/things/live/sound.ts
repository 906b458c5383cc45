/** Levels and the shape of the last minute, as they come ten times a second. Nothing of this goes through React. */
import { useEffect, useRef } from "react";
import { type LaneLevel, type LiveLevels, onEvent } from "../../ipc";
import type { Peaks } from "../../player/peaks";

export const COLUMN_MS = 50;
export const MINUTE_MS = 60_000;
const COLUMNS = MINUTE_MS / COLUMN_MS;
const LANES = 2;

const listeners = new Set<(levels: LiveLevels) => void>();

/** The last minute of both lanes, oldest first. */
const minute: Peaks = {
  channels: LANES,
  columns: COLUMNS,
  startMs: -MINUTE_MS,
  msPerColumn: COLUMN_MS,
  values: Array.from({ length: LANES }, () => new Int8Array(COLUMNS * 2)),
};

/** What is left of the minute before `now`. */
export function lastMinute(): Peaks {
  return minute;
}

function push(levels: LiveLevels): void {
  const end = levels.position_ms;
  const before = minute.startMs + MINUTE_MS;
  // Time that was not told of (a page that was reloaded, a call that is new) is empty.
  const fresh = end < before || end - before >= MINUTE_MS;
  const steps = fresh ? COLUMNS : Math.round((end - before) / COLUMN_MS);
  minute.values.forEach((values, lane) => {
    const columns = levels.lanes[lane]?.columns ?? [];
    const pairs = Math.min(COLUMNS, columns.length >> 1);
    if (fresh) values.fill(0);
    else {
      values.copyWithin(0, steps * 2);
      values.fill(0, Math.max(0, values.length - steps * 2));
    }
    values.set(columns.slice((columns.length >> 1) * 2 - pairs * 2), values.length - pairs * 2);
  });
  minute.startMs = end - MINUTE_MS;
}

/** Follows the levels; called by the shell. */
export function followSound(): () => void {
  return onEvent((event) => {
    if (event.type !== "live_levels") return;
    if (event.levels.position_ms > 0) push(event.levels);
    for (const listener of listeners) listener(event.levels);
  });
}

/** Calls back with all levels. */
export function onLevels(callback: (levels: LiveLevels) => void): () => void {
  listeners.add(callback);
  return () => listeners.delete(callback);
}

/** Calls back with the level of one lane. */
export function useLevel(channel: number, callback: (level: LaneLevel) => void): void {
  const latest = useRef(callback);
  latest.current = callback;
  useEffect(
    () =>
      onLevels(({ lanes }) => {
        const level = lanes[channel];
        if (level) latest.current(level);
      }),
    [channel],
  );
}

/** Where a level stands on the meter, 0–1: −60 dBFS to full scale. */
export function shareOf(db: number): number {
  return Math.min(1, Math.max(0, (db + 60) / 60));
}
