/** What comes after a live call: rescued ones, those that wait for a recording, and notes of the seat. */
import type {
  AlignCandidate,
  AlignRequest,
  AlignView,
  ErrorNote,
  HelloRequest,
  LiveCall,
  Observation,
  RecoveredCall,
  SeatNote,
  SeatNoteView,
} from "../generated/types";
import { observationView } from "./observe";
import { change, contactsOf, found, refuse, state } from "./state";

const audible = (recordingId: string): boolean =>
  state.recordings.some((r) => r.id === recordingId && r.audio_sha256 !== "");

const calls = (): LiveCall[] => state.liveCalls.filter((c) => c.deleted_at === null);

const lengthOf = (call: LiveCall): number => (call.ended_at ?? call.started_at) - call.started_at;

/** Where the marks of a call stand, on the recording they stand on now. */
function marksOf(call: LiveCall): Observation[] {
  const ids = moved.get(call.id);
  return state.observations
    .filter(
      (o) =>
        o.deleted_at === null &&
        (call.alignment ? (ids?.includes(o.id) ?? false) : o.recording_id === call.recording_id),
    )
    .sort((a, b) => a.start_ms - b.start_ms);
}

/** The marks that went along when a call was put onto a recording. */
const moved = new Map<string, string[]>();

function candidatesOf(call: LiveCall): AlignCandidate[] {
  return state.cases
    .filter((c) => c.deleted_at === null && c.id !== call.case_id)
    .flatMap((c) => {
      const contact = contactsOf(c.id)[0];
      if (!contact || contact.began_at === null) return [];
      const recording = state.recordings.find((r) => r.case_id === c.id);
      const offset = call.started_at - contact.began_at;
      if (!recording || !audible(recording.id)) return [];
      if (offset < -60_000 || offset > recording.duration_ms) return [];
      const close = Math.abs(offset) < 60_000;
      const longEnough = offset + lengthOf(call) <= recording.duration_ms + 30_000;
      const reasons: ErrorNote[] = [
        { code: "align.clock", args: { seconds: String(Math.round(Math.abs(offset) / 1000)) } },
        ...(longEnough ? [{ code: "align.length", args: {} }] : []),
        ...(close ? [{ code: "align.fits", args: {} }] : []),
      ];
      return [
        {
          recording_id: recording.id,
          case: c,
          contact,
          duration_ms: recording.duration_ms,
          offset_ms: offset,
          method: "clock" as const,
          confidence: close ? 86 : 41,
          reasons,
        },
      ];
    })
    .sort((a, b) => b.confidence - a.confidence);
}

function alignView(call: LiveCall): AlignView {
  return {
    call,
    case: found(state.cases, call.case_id),
    duration_ms: lengthOf(call),
    marks: marksOf(call).map(observationView),
    candidates: candidatesOf(call),
  };
}

function noteView(note: SeatNote): SeatNoteView {
  const call = calls().find((c) => c.case_id === note.case_id || c.alignment?.case_id === note.case_id);
  return {
    note,
    author: found(state.people, note.author_id).name,
    by_mentor: note.author_id === call?.mentor_id,
  };
}

function recovered(call: LiveCall): RecoveredCall {
  const recording = found(state.recordings, call.recording_id);
  const lost = call.state === "damaged" ? 208_000 : 0;
  return {
    call,
    title: found(state.cases, call.case_id).title,
    length_ms: audible(recording.id) ? recording.duration_ms : 0,
    promised_ms: audible(recording.id) ? recording.duration_ms + lost : 0,
    has_text: state.segments.has(call.recording_id),
    observation_count: marksOf(call).length,
  };
}

/** Moves the marks and notes of a call onto a recording, or on that recording by the difference. */
function align(req: AlignRequest): AlignView {
  const call = found(calls(), req.call_id);
  const target = found(state.recordings, req.recording_id);
  if (!audible(target.id)) refuse("invalid", { field: "recording_id" });
  if (audible(call.recording_id)) refuse("live.has_audio");
  const marks = marksOf(call);
  const by = req.offset_ms - (call.alignment?.offset_ms ?? 0);
  const at = (ms: number) => Math.min(target.duration_ms, Math.max(0, ms + by));
  return change("live.align", ["live_call", "observation", "seat_note", "case", "recording"], () => {
    const from = call.alignment?.recording_id ?? call.recording_id;
    for (const note of state.seatNotes.filter((n) => n.recording_id === from)) {
      Object.assign(note, { at_ms: at(note.at_ms), recording_id: target.id, case_id: target.case_id });
    }
    for (const mark of marks) {
      Object.assign(mark, {
        start_ms: at(mark.start_ms),
        end_ms: at(mark.end_ms),
        recording_id: target.id,
        case_id: target.case_id,
      });
    }
    moved.set(
      call.id,
      marks.map((m) => m.id),
    );
    found(state.cases, call.case_id).deleted_at = Date.now();
    const { recording_id, offset_ms, method, confidence } = req;
    call.alignment = { recording_id, case_id: target.case_id, offset_ms, method, confidence };
    return alignView(call);
  });
}

function byHello({ call_id, recording_id, observation_id, heard_ms }: HelloRequest): AlignCandidate {
  const call = found(calls(), call_id);
  const mark = found(state.observations, observation_id);
  const recording = found(state.recordings, recording_id);
  const first = state.segments.get(recording_id)?.[0];
  if (heard_ms === null && !first) refuse("not_found");
  const session = mark.start_ms - (call.alignment?.offset_ms ?? 0);
  const contact = contactsOf(recording.case_id)[0] ?? refuse("not_found");
  return {
    recording_id,
    case: found(state.cases, recording.case_id),
    contact,
    duration_ms: recording.duration_ms,
    offset_ms: (heard_ms ?? first?.start_ms ?? 0) - session,
    method: "hello",
    confidence: heard_ms === null ? 78 : 95,
    reasons: [{ code: "align.hello", args: {} }],
  };
}

export const alignCommands = {
  live_recovered: () =>
    calls()
      .filter((c) => !c.acknowledged && (c.state === "recovered" || c.state === "damaged"))
      .map(recovered),
  live_acknowledge: (id: string) =>
    change("live.acknowledge", ["live_call"], () => {
      found(calls(), id).acknowledged = true;
    }),
  live_waiting: () =>
    calls()
      .filter((c) => c.state !== "listening" && c.alignment === null && !audible(c.recording_id))
      .filter((c) => found(state.cases, c.case_id).deleted_at === null)
      .map(alignView),
  align_view: (id: string) => {
    const call = found(calls(), id);
    return audible(call.recording_id) ? refuse("live.has_audio") : alignView(call);
  },
  align_by_hello: byHello,
  align,
  seat_notes_of: (caseId: string) =>
    state.seatNotes
      .filter((n) => n.case_id === caseId && n.deleted_at === null)
      .sort((a, b) => a.at_ms - b.at_ms)
      .map(noteView),
  delete_seat_note: (id: string) =>
    change("seat_note.delete", ["seat_note"], () => {
      found(state.seatNotes, id).deleted_at = Date.now();
    }),
};
