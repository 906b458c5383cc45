/** Playing the case on the screen. A clip of another case may have taken the player over; then ours is opened again. */
import type { Recording } from "../../ipc";
import { playerState, transport } from "../../player/clock";
import { lanesOf } from "../../player/draw";
import { reveal } from "../../player/timeline";
import { observationsNow, positionHere } from "./marks";
import { activate, followAgain, look, useConsole } from "./store";

/** Does something with our recording in the player. */
async function ours(work: () => unknown): Promise<void> {
  const { here } = useConsole.getState();
  if (!here?.hasAudio) return;
  if (playerState().recording_id !== here.recordingId) await transport.open(here.caseId, null);
  await work();
}

export function togglePlay(): void {
  const { here } = useConsole.getState();
  const state = playerState();
  if (state.playing && state.recording_id === here?.recordingId) void transport.pause();
  else void ours(() => transport.play());
}

export function pauseOurs(): boolean {
  if (!playerState().playing) return false;
  void transport.pause();
  return true;
}

/** Goes to a time; what plays goes on playing there. */
export function seekTo(ms: number): void {
  void ours(() => transport.seek(ms));
  const { here, view } = useConsole.getState();
  if (here) look(reveal(view, ms, ms, here.durationMs));
  followAgain();
}

/** Goes to a time and plays. */
export function playFrom(ms: number): void {
  void ours(() => transport.play(ms));
  followAgain();
}

export function seekBy(ms: number): void {
  seekTo(positionHere() + ms);
}

export function setSpeed(speed: number): void {
  void ours(() => transport.speed(speed));
}

/** Both, then only the agent, then only the customer. */
export function cycleChannel(recording: Recording): void {
  if (recording.channels < 2) return;
  const order = lanesOf(recording.roles)
    .map((l) => l.channel)
    .reverse();
  const { solo } = playerState().lanes;
  const next = solo === null ? order[0] : order[order.indexOf(solo) + 1];
  void ours(() => transport.lanes({ muted: [], solo: next ?? null }));
}

/** The word on the channel button. */
export function channelName(recording: Recording, solo: number | null) {
  if (solo === null) return "channelBoth" as const;
  switch (recording.roles[solo]) {
    case "agent":
      return "channelAgent" as const;
    case "customer":
      return "channelCustomer" as const;
    default:
      return solo === 0 ? ("channelFirst" as const) : ("channelSecond" as const);
  }
}

export function toggleMute(channel: number): void {
  const { muted, solo } = playerState().lanes;
  const next = muted.includes(channel) ? muted.filter((c) => c !== channel) : [...muted, channel];
  void ours(() => transport.lanes({ muted: next, solo }));
}

export function toggleSolo(channel: number): void {
  const { muted, solo } = playerState().lanes;
  void ours(() => transport.lanes({ muted, solo: solo === channel ? null : channel }));
}

/** Repeats the drawn range, or the active observation's; pressed again, goes on. */
export function loopHere(): void {
  const { selection, activeId } = useConsole.getState();
  if (playerState().loop_range) {
    void ours(() => transport.loop(null));
    return;
  }
  const active = observationsNow().find((v) => v.observation.id === activeId)?.observation;
  const range = selection ?? (active && { start_ms: active.start_ms, end_ms: active.end_ms });
  if (!range) return;
  void ours(async () => {
    await transport.loop(range);
    const at = positionHere();
    if (at < range.start_ms || at >= range.end_ms) await transport.seek(range.start_ms);
  });
}

/** To the next mark (1) or the one before (−1). */
export function stepMark(step: 1 | -1): void {
  const at = positionHere();
  const marks = observationsNow().filter((v) => v.observation.anchor !== "whole");
  const next =
    step > 0
      ? marks.find((v) => v.observation.start_ms > at + 300)
      : [...marks].reverse().find((v) => v.observation.start_ms < at - 1500);
  if (!next) return;
  activate(next.observation.id);
  seekTo(next.observation.start_ms);
}
