/** The clock of the call that goes on in the fake host: levels, words, gaps, and what tests do to it. */
import type { GapKind, LaneState, LiveStatus, Recording, Segment } from "../generated/types";
import { booth } from "./booth";
import { loudness, type Spoken, script } from "./liveScript";
import { emit, found, meta, newId, refuse, state } from "./state";

/** A final comes so long after its last word. */
const FINAL_AFTER_MS = 800;
/** What stands in doubt is settled so long after its last word. */
const SETTLED_AFTER_MS = 4000;
/** Words appear so long after they were said. */
const HEARD_AFTER_MS = 600;
/** What may still change at the end of a draft, in characters. */
const OPEN_CHARS = 9;

let timer: ReturnType<typeof setInterval> | undefined;

/** Lets time run by itself while there is something to tell. */
export function clockwork(): void {
  clearInterval(timer);
  if (booth.auto && (booth.status || booth.checking)) timer = setInterval(() => tick(100), 100);
}

/** The call that goes on, or the refusal of whoever asks for it. */
export const running = (): LiveStatus => booth.status ?? refuse("live.not_running");

/** Tells everybody how the call stands. */
export function tellLive(): void {
  emit({ type: "live", status: booth.status && { ...booth.status } });
}

function decibels(level: number): number {
  return level <= 0 ? -120 : Math.max(-120, 20 * Math.log10(level));
}

function tellLevels(position: number, spanMs: number, lanes: { quiet: boolean }[]): void {
  const step = 50;
  emit({
    type: "live_levels",
    levels: {
      position_ms: position,
      lanes: lanes.map(({ quiet }, lane) => {
        const columns: number[] = [];
        let top = 0;
        for (let t = position - spanMs; t < position; t += step) {
          const level = quiet ? 0 : loudness(lane, t);
          top = Math.max(top, level);
          columns.push(-Math.round(level * 110), Math.round(level * 120));
        }
        return { peak_db: decibels(top), rms_db: decibels(top * 0.5), clipped: false, columns };
      }),
    },
  });
}

/** Its recording. */
export function recordingNow(): Recording {
  return found(state.recordings, running().call.recording_id);
}

/** One more finished utterance. */
function finish(line: Spoken, utterance: number): Segment[] {
  const recording = recordingNow();
  const there = state.segments.get(recording.id) ?? [];
  const segment: Segment = {
    id: newId(),
    recording_id: recording.id,
    ordinal: there.length,
    start_ms: line.start,
    end_ms: line.end,
    channel: line.lane,
    text: line.text,
    text_original: null,
    role: null,
    confidence: line.unsure ? 0.3 : 0.88,
    language: "zh",
    engine: "live",
    ...meta(state.actor, Date.now()),
  };
  state.segments.set(recording.id, [...there, segment]);
  const status = running();
  status.drafts = status.drafts.filter((d) => d.utterance !== utterance || d.lane !== line.lane);
  return [segment];
}

/** What is written of a line so far. */
function draftOf(line: Spoken, utterance: number, now: number): LiveStatus["drafts"][number] | null {
  const { lane, start: start_ms, end: end_ms, misheard } = line;
  if (misheard && now >= line.end + FINAL_AFTER_MS)
    return { lane, utterance, start_ms, end_ms, committed: "", tentative: misheard, over: true };
  const heard = now - HEARD_AFTER_MS;
  const chars = [...line.text];
  const count = Math.floor(((heard - line.start) / (line.end - line.start)) * chars.length);
  if (count < 1) return null;
  const certain = Math.max(0, Math.min(count, chars.length) - OPEN_CHARS);
  return {
    lane: line.lane,
    utterance,
    start_ms: line.start,
    end_ms: Math.min(line.end, heard),
    committed: chars.slice(0, certain).join(""),
    // What is not certain yet carries no marks.
    tentative: chars
      .slice(certain, count)
      .join("")
      .replaceAll(/[，。？]/g, ""),
    over: false,
  };
}

/** Whether words of a line are taken at all: no one hears while sharing is paused. */
function heardIn(line: Spoken): boolean {
  return !running().gaps.some(
    (g) => line.start < (g.end_ms ?? Number.POSITIVE_INFINITY) && line.end > g.start_ms,
  );
}

function speak(now: number, silently: boolean): void {
  const status = running();
  if (status.text !== "on") return;
  script.forEach((line, utterance) => {
    if (line.lane >= Math.max(1, status.lanes.length) || now < line.start || !heardIn(line)) return;
    if (now >= line.end + (line.misheard ? SETTLED_AFTER_MS : FINAL_AFTER_MS)) {
      if (booth.begun.has(-1 - utterance)) return;
      booth.begun.add(-1 - utterance);
      const segments = finish(line, utterance);
      if (silently) return;
      emit({ type: "live_final", lane: line.lane, utterance, segments });
      return;
    }
    const draft = draftOf(line, utterance, now);
    if (!draft) return;
    status.drafts = [...status.drafts.filter((d) => d.utterance !== utterance), draft];
    if (!silently) emit({ type: "live_draft", draft });
  });
}

/** Lets time pass. */
export function tick(ms: number, silently = false): void {
  const { status, checking } = booth;
  if (status) {
    status.position_ms += ms;
    if (status.call.mode === "record")
      status.kept_ms = Math.floor(status.position_ms / 1000) * 1000 - (status.position_ms > 2000 ? 1000 : 0);
    const paused = status.paused_since_ms !== null;
    if (!paused) speak(status.position_ms, silently);
    if (silently || booth.status !== status) return;
    const quiet = status.lanes.map((l) => ({ quiet: paused || l.state === "lost" || l.state === "zeros" }));
    if (quiet.length > 0) tellLevels(status.position_ms, ms, quiet);
    if (Math.floor(status.position_ms / 1000) !== Math.floor((status.position_ms - ms) / 1000)) tellLive();
  } else if (checking) {
    booth.checks += 1;
    tellLevels(
      0,
      ms,
      checking.map(() => ({ quiet: false })),
    );
  }
}

/** Puts the clock of the call that goes on to a later time, with all that was said until then. */
export function skipTo(ms: number): void {
  const status = running();
  if (ms > status.position_ms) tick(ms - status.position_ms, true);
  status.call.started_at = Date.now() - ms;
  tellLive();
}

/** A stretch without sound begins. */
export function gap(kind: GapKind, channel: number | null): void {
  const status = running();
  const { recording_id } = status.call;
  const start_ms = status.position_ms;
  status.gaps.push({ recording_id, ordinal: status.gaps.length, kind, channel, start_ms, end_ms: null });
}

/** It is over. */
export function closeGap(kind: GapKind, channel: number | null): void {
  const open = running().gaps.find((g) => g.kind === kind && g.channel === channel && g.end_ms === null);
  if (open) open.end_ms = running().position_ms;
}

/** A lane's device does something. */
export function setLane(channel: number, to: LaneState): void {
  const lane = running().lanes[channel];
  if (!lane) return;
  if (to === "lost") gap("device_lost", channel);
  else if (lane.state === "lost") closeGap("device_lost", channel);
  lane.state = to;
  tellLive();
}

/** Changes what is told of the call, e.g. how far the text is behind. */
export function setLive(fields: Partial<LiveStatus>): void {
  Object.assign(running(), fields);
  tellLive();
}
