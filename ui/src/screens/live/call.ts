/** The call that is listened to: how it stands, its clock, and its end. Followed by the shell on every screen. */
import { create } from "zustand";
import { asNote, type ErrorNote, ipc, type LiveEnded, type LiveStatus, onEvent } from "../../ipc";

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

let base = { ms: 0, at: 0 };

/** Session clock now, in milliseconds; it goes on through pauses. */
export function clockNow(): number {
  return get().status ? base.ms + (performance.now() - base.at) : 0;
}

/** Puts the clock right by what the host told. */
export function setClock(ms: number): void {
  base = { ms, at: performance.now() };
}

/** Endings that are told by [`Over`], so that they are not told twice. */
export const endings: readonly string[] = ["live.disk_closed", "live.slept"];

function take(status: LiveStatus | null): void {
  const { status: before, stopping } = get();
  if (status) {
    setClock(status.position_ms);
    set({ status, known: true });
  } else if (!stopping) {
    set({ status: null, known: true });
    if (before) set({ over: { status: before, note: before.notice } });
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
    if (event.type === "notice" && endings.includes(event.note.code)) {
      const { over } = get();
      if (over && !over.note) set({ over: { ...over, note: event.note } });
    }
  });
  ipc.liveStatus().then(
    (status) => {
      // An event may have been quicker.
      if (!get().known) take(status);
    },
    (thrown) => {
      if (asNote(thrown).code !== "internal") set({ known: true });
    },
  );
  return stop;
}

/** How long the host may be silent before it is asked, ms. */
const PATIENCE_MS = 1_500;

/** Asks how the call stands whenever nothing was told for a while: what is on disk grows every second. */
export function askWhileQuiet(): () => void {
  let told = performance.now();
  const stop = useLive.subscribe((s, before) => {
    if (s.status !== before.status) told = performance.now();
  });
  const timer = setInterval(() => {
    if (performance.now() - told < PATIENCE_MS || !get().status || get().stopping) return;
    told = performance.now();
    void ipc.liveStatus().then(
      (status) => status && !get().stopping && take(status),
      () => undefined,
    );
  }, 500);
  return () => {
    stop();
    clearInterval(timer);
  };
}
