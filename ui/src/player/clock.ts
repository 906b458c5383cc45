/**
 * The one clock of playback. The host says where it stands some twenty times a second; in between the position is
 * carried on from the frame's time, without rendering React.
 */
import { useSyncExternalStore } from "react";
import { asNote, type ErrorNote, ipc, onEvent, type PlayerState } from "../ipc";

const idle: PlayerState = {
  recording_id: null,
  case_id: null,
  position_ms: 0,
  duration_ms: 0,
  playing: false,
  clip: null,
  speed: 1,
  skip_silence: false,
  loop_range: null,
  lanes: { muted: [], solo: null },
  device: null,
  silent: false,
  notice: null,
};

type Frame = (positionMs: number) => void;

/** What React may depend on: everything but the position. */
export type Coarse = Omit<PlayerState, "position_ms">;

let state: PlayerState = idle;
let coarse: Coarse = idle;
let heardAt = 0;
let frame = 0;
let failure: ErrorNote | null = null;
const frames = new Set<Frame>();
const watchers = new Set<() => void>();

/** Where playback stands this moment, in ms. */
export function position(now = performance.now()): number {
  if (!state.playing) return state.position_ms;
  const end = state.clip?.end_ms ?? state.duration_ms;
  // A host that has gone quiet is not guessed on for long.
  const carried = state.position_ms + Math.min(1000, Math.max(0, now - heardAt)) * state.speed;
  const loop = state.loop_range;
  if (loop && state.position_ms <= loop.end_ms && carried > loop.end_ms) return loop.end_ms;
  return Math.min(end, carried);
}

/** Where each recording was left when a clip of another one took the player over, ms. */
const left = new Map<string, number>();

/** Where a recording stands: now, while it is loaded, else where it was left. */
export function positionOf(recordingId: string): number {
  return state.recording_id === recordingId ? position() : (left.get(recordingId) ?? 0);
}

export function playerState(): PlayerState {
  return state;
}

function paint(): void {
  const at = position();
  for (const f of frames) f(at);
}

function tick(): void {
  frame = 0;
  paint();
  schedule();
}

function schedule(): void {
  if (!frame && state.playing && frames.size > 0) frame = requestAnimationFrame(tick);
}

/** Takes over a state from the host, or one that is expected from it. */
export function accept(next: PlayerState): void {
  if (state.recording_id && state.recording_id !== next.recording_id)
    left.set(state.recording_id, position());
  state = next;
  heardAt = performance.now();
  const { position_ms: _, ...rest } = next;
  if (JSON.stringify(rest) !== JSON.stringify(coarse)) {
    coarse = rest;
    for (const watch of watchers) watch();
  }
  paint();
  schedule();
}

/** Calls back on every frame while playing, and once after every change. */
export function onFrame(callback: Frame): () => void {
  frames.add(callback);
  callback(position());
  schedule();
  return () => frames.delete(callback);
}

/** As `onFrame`, with the place of one recording: a clip from elsewhere does not move it. */
export function onFrameOf(recordingId: string, callback: Frame): () => void {
  return onFrame(() => callback(positionOf(recordingId)));
}

function watch(callback: () => void): () => void {
  watchers.add(callback);
  return () => watchers.delete(callback);
}

/** A part of the player's state; renders again when that part changes, never for the position. */
export function usePlayer<T>(select: (state: Coarse) => T): T {
  return useSyncExternalStore(watch, () => select(coarse));
}

/** Why the last command to the player failed. */
export function usePlayerFailure(): ErrorNote | null {
  return useSyncExternalStore(watch, () => failure);
}

function fail(note: ErrorNote | null): void {
  if (failure === note) return;
  failure = note;
  for (const w of watchers) w();
}

export function forgetFailure(): void {
  fail(null);
}

/** Commands on their way, and what the host said meanwhile: it may be older than the command. */
let underWay = 0;
let latest: PlayerState | null = null;

/** Sends a command after assuming its outcome, so that the hand feels no delay. */
async function send(expected: Partial<PlayerState>, command: () => Promise<unknown>): Promise<void> {
  accept({ ...state, position_ms: Math.round(position()), ...expected });
  underWay += 1;
  try {
    await command();
    fail(null);
  } catch (thrown) {
    fail(asNote(thrown));
    latest = await ipc.playerState().catch(() => latest);
  }
  underWay -= 1;
  if (underWay > 0 || !latest) return;
  const heard = latest;
  latest = null;
  accept(pending === null ? heard : { ...heard, position_ms: state.position_ms });
}

let pending: number | null = null;
let seeking = false;

/** The newest place wanted; while one is on its way, only the last of those that follow is sent. */
async function sendSeek(): Promise<void> {
  if (seeking || pending === null) return;
  seeking = true;
  const to = pending;
  pending = null;
  await send({ position_ms: to }, () => ipc.playerSeek(to));
  seeking = false;
  await sendSeek();
}

export const transport = {
  open: async (caseId: string, atMs: number | null): Promise<void> => {
    try {
      accept(await ipc.playerOpen({ case_id: caseId, at_ms: atMs === null ? null : Math.round(atMs) }));
      fail(null);
    } catch (thrown) {
      fail(asNote(thrown));
    }
  },
  play: (from: number | null = null) =>
    send({ playing: true, clip: null, ...(from === null ? {} : { position_ms: Math.round(from) }) }, () =>
      ipc.playerPlay(from === null ? null : Math.round(from)),
    ),
  pause: () => send({ playing: false }, () => ipc.playerPause()),
  seek: (to: number) => {
    pending = Math.round(Math.min(Math.max(0, to), state.duration_ms));
    accept({ ...state, position_ms: pending });
    return sendSeek();
  },
  speed: (speed: number) => send({ speed }, () => ipc.playerSpeed(speed)),
  skipSilence: (on: boolean) => send({ skip_silence: on }, () => ipc.playerSkipSilence(on)),
  loop: (range: PlayerState["loop_range"]) => send({ loop_range: range }, () => ipc.playerLoop(range)),
  lanes: (lanes: PlayerState["lanes"]) => send({ lanes }, () => ipc.playerLanes(lanes)),
  device: (device: string | null) => send({ device }, () => ipc.playerDevice(device)),
  clip: (recordingId: string, start_ms: number, end_ms: number) =>
    ipc
      .playerClip({ recording_id: recordingId, start_ms, end_ms })
      .then(() => fail(null))
      .catch((thrown) => fail(asNote(thrown))),
};

/** Speeds the transport steps through. */
export const SPEEDS = [0.5, 0.75, 1, 1.1, 1.2, 1.35, 1.5, 1.75, 2, 2.5, 3];

/** The next speed up (1) or down (−1). */
export function stepSpeed(from: number, step: 1 | -1): number {
  const next =
    step > 0 ? SPEEDS.find((s) => s > from + 0.01) : [...SPEEDS].reverse().find((s) => s < from - 0.01);
  return next ?? from;
}

let following = false;

/** Listens to the host's player; the first caller starts it, and it stays. */
export function followPlayerEvents(): void {
  if (following) return;
  following = true;
  onEvent((event) => {
    if (event.type !== "player") return;
    if (underWay > 0) latest = event.state;
    // While a seek is wanted the host still tells of the place left behind.
    else accept(pending === null ? event.state : { ...event.state, position_ms: state.position_ms });
  });
}
