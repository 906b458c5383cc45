/** A player that only counts time. */
import type { LaneChoice, OpenPlayer, OutputDevice, PlayClip, PlayerState, Span } from "../generated/types";
import { recordingOf } from "./cases";
import { emit, found, idlePlayer, refuse, state } from "./state";

let started = 0;
let timer: ReturnType<typeof setInterval> | undefined;

function now(): number {
  return performance.now();
}

/** Brings the position up to this moment. */
function advance(): void {
  const p = state.player;
  if (!p.playing) return;
  const t = now();
  p.position_ms = Math.round(p.position_ms + (t - started) * p.speed);
  started = t;
  if (p.loop_range && p.position_ms >= p.loop_range.end_ms) p.position_ms = p.loop_range.start_ms;
  const end = p.clip?.end_ms ?? p.duration_ms;
  if (p.position_ms >= end) {
    p.position_ms = end;
    p.playing = false;
    p.clip = null;
  }
}

function tell(): void {
  const p = state.player;
  clearInterval(timer);
  if (p.playing) {
    timer = setInterval(() => {
      advance();
      if (!state.player.playing) clearInterval(timer);
      emit({ type: "player", state: state.player });
    }, 200);
  }
  if (p.case_id) state.listen.set(p.case_id, { position_ms: p.position_ms, speed: p.speed });
  emit({ type: "player", state: p });
}

function set(change: Partial<PlayerState>): void {
  advance();
  Object.assign(state.player, change);
  tell();
}

function load(caseId: string): PlayerState {
  const recording = recordingOf(caseId) ?? refuse("media.missing");
  const kept = state.listen.get(caseId);
  return {
    ...idlePlayer(),
    recording_id: recording.id,
    case_id: caseId,
    duration_ms: recording.duration_ms,
    position_ms: kept?.position_ms ?? 0,
    speed: kept?.speed ?? 1,
  };
}

export const playerCommands = {
  player_open: ({ case_id, at_ms }: OpenPlayer) => {
    if (state.player.case_id !== case_id) state.player = load(case_id);
    if (at_ms !== null) state.player.position_ms = at_ms;
    tell();
    return state.player;
  },
  player_play: (at: number | null) => {
    advance();
    if (at !== null) state.player.position_ms = at;
    else if (!state.player.playing)
      state.player.position_ms = Math.max(0, state.player.position_ms - state.settings.back_step_ms);
    started = now();
    set({ playing: true, clip: null });
  },
  player_pause: () => set({ playing: false, clip: null }),
  player_seek: (to: number) => {
    advance();
    set({ position_ms: Math.min(to, state.player.duration_ms) });
  },
  player_speed: (speed: number) => set({ speed }),
  player_skip_silence: (skip_silence: boolean) => set({ skip_silence }),
  player_loop: (loop_range: Span | null) => set({ loop_range }),
  player_lanes: (lanes: LaneChoice) => set({ lanes }),
  player_device: (device: string | null) => set({ device }),
  player_clip: ({ recording_id, start_ms, end_ms }: PlayClip) => {
    const recording = found(state.recordings, recording_id);
    if (state.player.recording_id !== recording_id) state.player = load(recording.case_id);
    started = now();
    Object.assign(state.player, { position_ms: start_ms, clip: { start_ms, end_ms }, playing: true });
    tell();
  },
  player_state: () => {
    advance();
    return state.player;
  },
  audio_devices: (): OutputDevice[] => [
    { id: "default", name: "内置扬声器", is_default: true },
    { id: "headset", name: "USB 耳机", is_default: false },
  ],
};
