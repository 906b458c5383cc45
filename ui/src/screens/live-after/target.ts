/** Where the marks of a call would go, and how that was found. */
import type { AlignCandidate, AlignMethod, AlignView, CaseRow, ErrorNote, ObservationView } from "../../ipc";

export type Target = {
  caseId: string;
  recordingId: string;
  title: string;
  durationMs: number;
  /** Recording time = session time + this. */
  offsetMs: number;
  method: AlignMethod;
  /** 0–100. */
  confidence: number;
  reasons: ErrorNote[];
};

/** A mark with the moment it was made, on the call clock. */
export type SessionMark = { view: ObservationView; number: number; startMs: number; endMs: number };

/** A person's hand is certain of itself. */
const HAND = { method: "hand", confidence: 100, reasons: [] } as const;

export function ofCandidate(c: AlignCandidate): Target {
  return {
    caseId: c.case.id,
    recordingId: c.recording_id,
    title: c.case.title,
    durationMs: c.duration_ms,
    offsetMs: c.offset_ms,
    method: c.method,
    confidence: c.confidence,
    reasons: c.reasons,
  };
}

/** A recording somebody chose: by the clocks as far as they can be believed, else from its beginning. */
export function ofRow(row: CaseRow, view: AlignView): Target | null {
  if (row.recording_id === null || !row.has_audio) return null;
  const began = row.contact?.began_at ?? null;
  const byClock = began === null ? 0 : view.call.started_at - began;
  const believable = byClock > -view.duration_ms && byClock < row.duration_ms;
  return {
    caseId: row.case.id,
    recordingId: row.recording_id,
    title: row.case.title,
    durationMs: row.duration_ms,
    offsetMs: believable ? byClock : 0,
    ...HAND,
    reasons: [],
  };
}

/** Where the marks stand now, when they were put onto a recording before. */
export function ofAlignment({ call, candidates }: AlignView): Target | null {
  const a = call.alignment;
  if (!a) return null;
  const known = candidates.find((c) => c.recording_id === a.recording_id);
  return {
    caseId: a.case_id,
    recordingId: a.recording_id,
    title: known?.case.title ?? "",
    durationMs: known?.duration_ms ?? 0,
    offsetMs: a.offset_ms,
    method: a.method,
    confidence: a.confidence,
    reasons: [],
  };
}

/** The same recording with the marks elsewhere on it. */
export function moved(target: Target, offsetMs: number): Target {
  return { ...target, offsetMs: Math.round(offsetMs), ...HAND, reasons: [] };
}

/** The marks of a call with their time on its own clock, wherever they stand now. */
export function sessionMarks({ call, marks }: AlignView): SessionMark[] {
  const by = call.alignment?.offset_ms ?? 0;
  return marks.map((view, i) => ({
    view,
    number: i + 1,
    startMs: view.observation.start_ms - by,
    endMs: view.observation.end_ms - by,
  }));
}

/** Marks that would begin outside the recording. */
export function outside(marks: readonly SessionMark[], target: Target, durationMs: number): number {
  return marks.filter((m) => m.startMs + target.offsetMs < 0 || m.startMs + target.offsetMs >= durationMs)
    .length;
}

export const wordsOf = ({ view: { observation: o } }: SessionMark): string => o.text || o.quote;

/** What people write down for the first words of a call. */
const GREETING = /你好|您好|喂|hello/i;

/** Whether somebody marked the hello with this. */
export const isGreeting = (mark: SessionMark): boolean => GREETING.test(wordsOf(mark));
