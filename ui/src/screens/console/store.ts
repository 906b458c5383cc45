/** What the console shows: which mark, which range, which part of the call. Nothing here is true beyond the screen. */
import { create } from "zustand";
import type { ErrorNote, Span } from "../../ipc";
import { clampWindow, type Window } from "../../player/timeline";

export type Tab = "text" | "record" | "notes" | "file";

/** How much of the call is shown when a case opens. */
const FIRST_WINDOW_MS = 120_000;
/** A mark stays the one that keys speak to for this long while the call plays on. */
export const MARK_FRESH_MS = 10_000;

export type Here = {
  caseId: string;
  recordingId: string;
  durationMs: number;
  /** There is sound to play; without it nothing moves and nothing is marked. */
  hasAudio: boolean;
  /** The listening session this is heard in; marks made now belong to it. */
  sessionId: string | null;
};

export type ConsoleState = {
  here: Here | null;
  tab: Tab;
  /** The observation in the composer. */
  activeId: string | null;
  /** When it was made, chosen or last tagged. */
  touchedAt: number;
  /** The observation whose end the next Enter sets. */
  openRangeId: string | null;
  /** A range drawn on the waveform, not yet a mark. */
  selection: Span | null;
  /** The active range while a handle is dragged. */
  draft: Span | null;
  /** Observations about to be filed; `null` while the panel is closed. */
  filing: string[] | null;
  /** Observations ticked to be filed together; `null` while one at a time. */
  picked: string[] | null;
  view: Window;
  viewFollows: boolean;
  textFollows: boolean;
  /** What is looked for in the transcript; `null` while the find bar is closed. */
  find: string | null;
  lastTag: string | null;
  /** Counts up when the note should take the focus. */
  noteWanted: number;
  problem: ErrorNote | null;
};

const start: ConsoleState = {
  here: null,
  tab: "record",
  activeId: null,
  touchedAt: 0,
  openRangeId: null,
  selection: null,
  draft: null,
  filing: null,
  picked: null,
  view: { from: 0, to: 1 },
  viewFollows: true,
  textFollows: true,
  find: null,
  lastTag: null,
  noteWanted: 0,
  problem: null,
};

export const useConsole = create<ConsoleState>()(() => start);

const { getState: get, setState: set } = useConsole;

/** A case comes onto the screen. */
export function enter(here: Here, positionMs: number): void {
  const view = clampWindow(
    { from: positionMs - FIRST_WINDOW_MS * 0.4, to: positionMs + FIRST_WINDOW_MS * 0.6 },
    here.durationMs,
  );
  set({ ...start, here, view });
}

/** The case leaves the screen. */
export function leave(): void {
  set(start);
}

export function look(view: Window, byHand = false): void {
  const { here } = get();
  if (!here) return;
  set({ view: clampWindow(view, here.durationMs), ...(byHand ? { viewFollows: false } : {}) });
}

/** Puts an observation into the composer. */
export function activate(id: string | null): void {
  const { activeId, openRangeId, tab } = get();
  set({
    activeId: id,
    touchedAt: Date.now(),
    draft: null,
    ...(openRangeId !== id ? { openRangeId: null } : {}),
    ...(activeId !== id ? { filing: null } : {}),
    ...(id && (tab === "file" || tab === "notes") ? { tab: "record" as const } : {}),
  });
}

/** Whether the case on the screen can be heard. */
export function useAudible(): boolean {
  return useConsole((s) => s.here?.hasAudio ?? false);
}

export function touch(): void {
  set({ touchedAt: Date.now() });
}

/** An observation is gone from the list: nothing speaks of it any more. */
export function dropped(id: string): void {
  const { activeId, openRangeId, filing, picked } = get();
  if (activeId === id) activate(null);
  const others = (ids: string[] | null) => ids?.filter((one) => one !== id) ?? null;
  set({
    openRangeId: openRangeId === id ? null : openRangeId,
    filing: others(filing),
    picked: others(picked),
  });
}

/** Follows what plays again, in the waveform and the transcript. */
export function followAgain(): void {
  set({ viewFollows: true, textFollows: true });
}

export function wantNote(): void {
  set({ noteWanted: get().noteWanted + 1 });
}

export function report(problem: ErrorNote | null): void {
  set({ problem });
}
