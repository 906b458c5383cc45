/** Between time and place on the waveform. */

/** The part of the recording that is looked at, in ms. */
export type Window = { from: number; to: number };

/** Nobody needs to see less than this at once. */
export const MIN_WINDOW_MS = 2_000;

/** Where a time stands, in px from the left. */
export function xOf(ms: number, view: Window, width: number): number {
  return ((ms - view.from) / Math.max(1, view.to - view.from)) * width;
}

/** What time stands at `x` px from the left. */
export function msOf(x: number, view: Window, width: number): number {
  return view.from + (x / Math.max(1, width)) * (view.to - view.from);
}

/** A window of the same length, or shorter where the recording is, that lies inside the recording. */
export function clampWindow(view: Window, duration: number): Window {
  const length = Math.min(Math.max(view.to - view.from, Math.min(MIN_WINDOW_MS, duration)), duration);
  const from = Math.min(Math.max(0, view.from), Math.max(0, duration - length));
  return { from, to: from + length };
}

/** Zooms so that the time under `anchor` stays where it is; a factor below 1 shows less. */
export function zoom(view: Window, factor: number, anchor: number, duration: number): Window {
  const length = Math.min(
    duration,
    Math.max(Math.min(MIN_WINDOW_MS, duration), (view.to - view.from) * factor),
  );
  const share = (anchor - view.from) / Math.max(1, view.to - view.from);
  return clampWindow({ from: anchor - share * length, to: anchor + (1 - share) * length }, duration);
}

/** Moves a window by a time. */
export function pan(view: Window, by: number, duration: number): Window {
  return clampWindow({ from: view.from + by, to: view.to + by }, duration);
}

/** Turns the page when the playhead nears the right edge or is out of sight; else the window stays. */
export function follow(view: Window, position: number, duration: number): Window {
  const length = view.to - view.from;
  const share = (position - view.from) / Math.max(1, length);
  if (share >= 0 && share <= 0.94) return view;
  if (share > 0.94 && view.to >= duration) return view;
  return clampWindow({ from: position - length * 0.1, to: position + length * 0.9 }, duration);
}

/** Brings a range into sight with some room around it. */
export function reveal(view: Window, start: number, end: number, duration: number): Window {
  if (start >= view.from && end <= view.to) return view;
  const length = Math.max(view.to - view.from, (end - start) * 1.25);
  const middle = (start + end) / 2;
  return clampWindow({ from: middle - length / 2, to: middle + length / 2 }, duration);
}

const STEPS_S = [0.5, 1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1200, 1800, 3600];

/** Times for the ruler: round steps, at most one per `minPx`. */
export function ticks(view: Window, width: number, minPx = 84): number[] {
  const perPx = (view.to - view.from) / Math.max(1, width);
  const step = (STEPS_S.find((s) => (s * 1000) / perPx >= minPx) ?? 7200) * 1000;
  const first = Math.ceil(view.from / step) * step;
  const marks: number[] = [];
  for (let t = first; t <= view.to; t += step) marks.push(t);
  return marks;
}

/** Index of the last start at or before a time, −1 before the first. `starts` is in order. */
export function lastStartedBy(starts: ArrayLike<number>, ms: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= ms) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
