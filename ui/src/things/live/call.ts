/** The call that is listened to: how it stands, its clock, and its end. Followed by the shell on every screen. */
import { replaceEqualDeep } from "@tanstack/react-query";
import { create } from "zustand";
import { type ErrorNote, ipc, type LiveEnded, type LiveStatus, onEvent } from "../../ipc";

/** A call that ended without anybody ending it at this window. */
export type Over = { status: LiveStatus; note: ErrorNote | null };

type LiveState = {
  status: LiveStatus | null;
  /** The host has said whether a call goes on. */
  known: boolean;
  /** It is being ended here; what it was stays on the screen until its case opens. */
  stopping: boolean;
  over: Over | null;
};

const start: LiveState = { status: null, known: false, stopping: false, over: null };

export const useLive = create<LiveState>()(() => start);

const { getState: get, setState: set } = useLive;

let base = { ms: 0, at: 0, stands: false };

/** Call clock now, in milliseconds; it goes on through pauses and stands still once the sound has stopped. */
export function clockNow(): number {
  if (!get().status) return 0;
  return base.stands ? base.ms : base.ms + (performance.now() - base.at);
}

/** Told the same twice, that far apart, the clock stands, ms. */
const STANDING_MS = 500;

/** Puts the clock right by what the host told. */
function setClock(ms: number): void {
  const at = performance.now();
  base = ms === base.ms && at - base.at > STANDING_MS ? { ...base, stands: true } : { ms, at, stands: false };
}

/** Why a call may end by itself. */
const endings = [
  "live.disk_closed",
  "live.slept",
  "disk.full",
  "disk.denied",
  "audio.device_lost",
  "internal",
] as const;

const isEnding = (note: ErrorNote | null) => endings.some((code) => code === note?.code);

/** Whether a notice is about the call that goes on, which tells it itself. */
export function isOfTheCall(note: ErrorNote): boolean {
  const { status, over } = get();
  return isEnding(note) && (status !== null || over !== null);
}

function take(status: LiveStatus | null): void {
  const { status: before, stopping } = get();
  if (status) {
    setClock(status.position_ms);
    // It comes five times a second: a part of it that says what it said stays the same object.
    set({ status: replaceEqualDeep(before, status), known: true });
  } else if (!stopping) {
    set({ status: null, known: true });
    if (before) set({ over: { status: before, note: isEnding(before.notice) ? before.notice : null } });
  }
}

/** Puts the answer of a command that changed the call onto the screen. */
export function accept(status: LiveStatus): void {
  set({ over: null });
  take(status);
}

/** Ends the call. What it became is answered; what went wrong is thrown and the call goes on. */
export async function endCall(): Promise<LiveEnded> {
  set({ stopping: true });
  try {
    return await ipc.liveStop();
  } catch (thrown) {
    set({ stopping: false });
    take(await ipc.liveStatus().catch(() => null));
    throw thrown;
  }
}

/** The case of the ended call is on its way to the screen. */
export function leaveCall(): void {
  set({ status: null, stopping: false, over: null });
}

export function dismissOver(): void {
  set({ over: null });
}

/** Keeps the call true; called by the shell. */
export function followLive(): () => void {
  set(start);
  const stop = onEvent((event) => {
    if (event.type === "live") take(event.status);
    if (event.type === "live_levels" && get().status) setClock(event.levels.position_ms);
  });
  ipc.liveStatus().then(
    (status) => {
      // An event may have been quicker.
      if (!get().known) take(status);
    },
    // A host that cannot say has no call; beginning one tells why.
    () => set({ known: true }),
  );
  return stop;
}
