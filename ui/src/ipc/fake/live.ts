/** Calls that are heard as they happen: before, while they go on, and their end. */
import type {
  Case,
  Contact,
  ErrorNote,
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
} from "../generated/types";
import { alignCommands } from "./align";
import { booth, boxLanes } from "./booth";
import { clockwork, closeGap, gap, recordingNow, running, setLive, tellLive } from "./liveClock";
import { mark } from "./observe";
import { addContact, change, emit, found, meta, newId, refuse, state } from "./state";

function refused(command: string): void {
  const note = booth.refusals.get(command);
  booth.refusals.delete(command);
  if (note) refuse(note.code, note.args);
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
    customer_tier: "",
    disposition: "",
    external_id: "",
    language: "zh",
    ...meta(state.actor, now),
  };
}

function newRecording({ id, case_id }: Contact, req: LiveBegin): Recording {
  return {
    id: newId(),
    case_id,
    contact_id: id,
    sources: [],
    audio_sha256: "",
    peaks_sha256: "",
    sample_rate_hz: 48_000,
    channels: req.lanes.length,
    frames: 0,
    duration_ms: 0,
    roles: req.lanes.map((l) => l.role),
    was_dual_mono: false,
    notices: [],
    decoder: 1,
    gaps: [],
    ...meta(state.actor, Date.now()),
  };
}

function begin(req: LiveBegin): LiveStatus {
  refused("live_begin");
  if (booth.status) refuse("live.running");
  checkConsent(req);
  const now = Date.now();
  const c = newCase(req, now);
  const contact = addContact(c, { began_at: now, agent: req.agent, customer: req.customer });
  const recording = newRecording(contact, req);
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
    contact,
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
    quiet_since_ms: null,
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

function liveMark({ ago_ms, ...words }: LiveMark) {
  refused("live_mark");
  const { call, position_ms } = running();
  const session_id = call.session_id;
  const at_ms = Math.max(0, position_ms - ago_ms);
  const { recording_id } = call;
  return mark({ ...words, recording_id, at_ms, lag_ms: null, range: null, session_id });
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
  live_go_on: () => {
    refused("live_go_on");
    const status = running();
    status.quiet_since_ms = null;
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
