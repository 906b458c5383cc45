/** Calls that are heard as they happen: before, while they go on, and their end. */
import type {
  Case,
  ErrorNote,
  GapKind,
  LaneState,
  LiveBegin,
  LiveCall,
  LiveChoices,
  LiveEnded,
  LiveLane,
  LiveMark,
  LiveStatus,
  NewSeatNote,
  Recording,
  SeatNote,
  SeatNoteView,
  Segment,
} from "../generated/types";
import { alignCommands } from "./align";
import { booth, boxLanes } from "./booth";
import { loudness, type Spoken, script } from "./liveScript";
import { mark } from "./observe";
import { change, emit, found, meta, newId, refuse, state } from "./state";

/** A final comes so long after its last word. */
const FINAL_AFTER_MS = 800;
/** Words appear so long after they were said. */
const HEARD_AFTER_MS = 600;
/** What may still change at the end of a draft, in characters. */
const OPEN_CHARS = 9;

let timer: ReturnType<typeof setInterval> | undefined;

function refused(command: string): void {
  const note = booth.refusals.get(command);
  booth.refusals.delete(command);
  if (note) refuse(note.code, note.args);
}

function clockwork(): void {
  clearInterval(timer);
  if (booth.auto && (booth.status || booth.checking)) timer = setInterval(() => tick(100), 100);
}

const running = (): LiveStatus => booth.status ?? refuse("live.not_running");

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

function recordingNow(): Recording {
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
    confidence: 0.88,
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
    if (now >= line.end + FINAL_AFTER_MS) {
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

function gap(kind: GapKind, channel: number | null): void {
  const status = running();
  const { recording_id } = status.call;
  const start_ms = status.position_ms;
  status.gaps.push({ recording_id, ordinal: status.gaps.length, kind, channel, start_ms, end_ms: null });
}

function closeGap(kind: GapKind, channel: number | null): void {
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

/** The call closes itself in good order. */
export function endByItself(note: ErrorNote): void {
  setLive({ notice: note });
  emit({ type: "notice", note });
  end();
}

function checkConsent(req: LiveBegin): void {
  if (req.mode !== "clock_only" && (req.consent === null || req.notice === null))
    refuse("live.consent_needed");
}

function newCase(req: LiveBegin, now: number): Case {
  const d = new Date(now);
  const two = (n: number) => String(n).padStart(2, "0");
  return {
    id: newId(),
    title:
      req.title ||
      `现场 ${two(d.getMonth() + 1)}-${two(d.getDate())} ${two(d.getHours())}:${two(d.getMinutes())}`,
    business_line: req.business_line,
    queue: "",
    agent: req.agent,
    customer: req.customer,
    customer_tier: "",
    started_at: now,
    disposition: "",
    external_id: "",
    language: "zh",
    ...meta(state.actor, now),
  };
}

function newRecording(caseId: string, req: LiveBegin): Recording {
  return {
    id: newId(),
    case_id: caseId,
    sources: [],
    audio_sha256: "",
    peaks_sha256: "",
    sample_rate_hz: 48_000,
    channels: req.lanes.length,
    frames: 0,
    duration_ms: 0,
    roles: req.lanes.map((l) => l.role),
    was_dual_mono: false,
    ...meta(state.actor, Date.now()),
  };
}

function begin(req: LiveBegin): LiveStatus {
  refused("live_begin");
  if (booth.status) refuse("live.running");
  checkConsent(req);
  const now = Date.now();
  const c = newCase(req, now);
  const recording = newRecording(c.id, req);
  const { mode, lanes, consent, notice, mentor_id, session_id, anchor } = req;
  const call: LiveCall = {
    id: newId(),
    case_id: c.id,
    recording_id: recording.id,
    session_id,
    mode,
    state: "listening",
    started_at: now,
    ended_at: null,
    consent,
    notice,
    mentor_id,
    anchor,
    lanes,
    alignment: null,
    acknowledged: false,
    ...meta(state.actor, now),
  };
  state.cases.push(c);
  state.recordings.push(recording);
  state.liveCalls.push(call);
  state.sessions.find((s) => s.id === session_id)?.cases.push(c.id);
  state.segments.set(recording.id, []);
  state.settings.live = { ...state.settings.live, lanes, mode };
  booth.checking = null;
  booth.begun.clear();
  booth.status = {
    call,
    case: c,
    mentor: state.people.find((p) => p.id === mentor_id)?.name ?? null,
    position_ms: 0,
    paused_since_ms: null,
    kept_ms: mode === "record" ? 0 : null,
    text: mode === "clock_only" || !booth.hasModel ? "off" : "on",
    behind_ms: mode === "clock_only" ? 0 : 900,
    thinned: false,
    lanes: lanes.map(({ role, name, side }, channel) => ({ channel, role, name, side, state: "running" })),
    same_on_both: false,
    gaps: [],
    disk_minutes: null,
    drafts: [],
    ending: false,
    notice: null,
  };
  clockwork();
  tellLive();
  emit({
    type: "changed",
    touched: [{ kind: "live_call", id: call.id }],
    op_id: newId(),
    action: "live.begin",
    undoable: false,
  });
  return booth.status;
}

/** What was kept becomes a recorded case. */
function end(): LiveEnded {
  const status = running();
  for (const g of status.gaps) g.end_ms ??= status.position_ms;
  const has_audio = status.call.mode === "record";
  const recording = recordingNow();
  Object.assign(recording, {
    duration_ms: status.position_ms,
    frames: status.position_ms * 48,
    audio_sha256: has_audio ? "2".repeat(64) : "",
    peaks_sha256: has_audio ? "3".repeat(64) : "",
  });
  state.regions.set(
    recording.id,
    status.gaps.map((g) => ({
      kind: g.kind === "pause" ? "paused" : "lost",
      start_ms: g.start_ms,
      end_ms: g.end_ms ?? status.position_ms,
    })),
  );
  const kept = state.liveCalls.find((c) => c.id === status.call.id);
  if (kept) Object.assign(kept, { state: "ended", ended_at: Date.now() });
  booth.status = null;
  clockwork();
  tellLive();
  const { case_id, recording_id } = status.call;
  return { case_id, recording_id, duration_ms: status.position_ms, has_audio };
}

async function stop(): Promise<LiveEnded> {
  refused("live_stop");
  setLive({ ending: true });
  await new Promise((resolve) => setTimeout(resolve, Math.min(900, booth.paceMs / 4)));
  return end();
}

function choices(): LiveChoices {
  const there = (lane: LiveLane) => booth.sources.some((s) => s.id === lane.source);
  const { lanes, mode } = state.settings.live;
  const remembered = lanes.filter(there);
  return {
    sources: booth.sources,
    no_system: booth.noSystem,
    lanes: remembered.length > 0 ? remembered : boxLanes.filter(there),
    mode: mode ?? "record",
    has_model: booth.hasModel,
    disk_minutes: booth.diskMinutes,
  };
}

function liveMark({ kind, tags, text, ago_ms }: LiveMark) {
  refused("live_mark");
  const { call, position_ms } = running();
  const session_id = call.session_id;
  const at_ms = Math.max(0, position_ms - ago_ms);
  const { recording_id } = call;
  return mark({ recording_id, at_ms, lag_ms: null, kind, tags, range: null, text, session_id });
}

function addNote({ recording_id, at_ms, author_id, kind, text }: NewSeatNote): SeatNoteView {
  refused("add_seat_note");
  const note: SeatNote = {
    id: newId(),
    case_id: found(state.recordings, recording_id).case_id,
    recording_id,
    at_ms: at_ms ?? booth.status?.position_ms ?? 0,
    author_id: author_id ?? state.actor,
    kind,
    text,
    ...meta(state.actor, Date.now()),
  };
  return change("seat_note.add", ["seat_note"], () => {
    state.seatNotes.push(note);
    const written = alignCommands.seat_notes_of(note.case_id).find((v) => v.note.id === note.id);
    return written ?? refuse("not_found");
  });
}

export const liveCommands = {
  live_choices: choices,
  live_check: (lanes: LiveLane[]) => {
    refused("live_check");
    if (booth.status) refuse("live.running");
    booth.checking = lanes;
    clockwork();
  },
  live_check_end: () => {
    booth.checking = null;
    clockwork();
  },
  live_test: async () => {
    refused("live_test");
    if (!booth.checking) refuse("live.not_running");
    const { length } = booth.checking;
    await new Promise((resolve) => setTimeout(resolve, booth.paceMs));
    return { ...booth.test, lanes: booth.test.lanes.slice(0, length) };
  },
  live_test_play: () => {
    booth.played += 1;
  },
  live_begin: begin,
  live_status: () => booth.status,
  live_pause: () => {
    const status = running();
    status.paused_since_ms ??= status.position_ms;
    gap("pause", null);
    tellLive();
    return status;
  },
  live_resume: () => {
    const status = running();
    closeGap("pause", null);
    status.paused_since_ms = null;
    tellLive();
    return status;
  },
  live_swap: () => {
    const status = running();
    const roles = status.lanes.map((l) => l.role).reverse();
    status.lanes.forEach((lane, i) => {
      lane.role = roles[i] ?? lane.role;
    });
    recordingNow().roles = roles;
    tellLive();
    return status;
  },
  live_stop: stop,
  live_mark: liveMark,
  add_seat_note: addNote,
};
