/** Marking a call that goes on: the host takes the moment from its own clock, less the age of the key press. */
import { create } from "zustand";
import {
  type ErrorNote,
  ipc,
  type ObservationKind,
  type ObservationView,
  type SeatNote,
  type Settings,
} from "../../ipc";
import { newId } from "../../ipc/newId";
import { qk, queryClient } from "../../records/queries";
import { useUndo } from "../../records/undo";
import { withheldNow } from "../../records/withheld";
import { clockNow, useLive } from "../../things/live/call";
import { nextTags, observationDesk, unsaved } from "../../things/mark/observationDesk";

/** A mark stays the one that tag keys speak to for this long. */
export const FRESH_MS = 10_000;
/** A press older than this was not one (a clock that jumped). */
const OLDEST_PRESS_MS = 5_000;

type Desk = {
  /** The mark that can be written on. */
  activeId: string | null;
  touchedAt: number;
  lastTag: string | null;
  /** The line to write on it is open. */
  writing: boolean;
  problem: ErrorNote | null;
};

const start: Desk = { activeId: null, touchedAt: 0, lastTag: null, writing: false, problem: null };

export const useDesk = create<Desk>()(() => start);
const { getState: get, setState: set } = useDesk;

export function clearDesk(): void {
  set(start);
}

export function report(problem: ErrorNote | null): void {
  set({ problem });
}

const desk = observationDesk({
  caseId: () => useLive.getState().status?.case.id ?? null,
  dropped: (id) => {
    if (get().activeId === id) set({ activeId: null, writing: false });
  },
  report,
});

export const { patch, remove } = desk;

type Press = { timeStamp: number };

/** How long ago a key or button went down. */
export function ageOf({ timeStamp }: Press): number {
  const age = Math.round(performance.now() - timeStamp);
  return age >= 0 && age <= OLDEST_PRESS_MS ? age : 0;
}

type Input = { kind?: ObservationKind; tags?: string[]; text?: string };

function lagMs(): number {
  return queryClient.getQueryData<Settings>(qk.settings)?.mark_lag_ms ?? 2000;
}

function markAgo(ago_ms: number, { kind, tags = [], text }: Input): string | null {
  const { status } = useLive.getState();
  if (!status) return null;
  const why = withheldNow("observation.mark");
  if (why) {
    report(why);
    return null;
  }
  const at = Math.max(0, Math.round(clockNow() - ago_ms));
  const moment = Math.max(0, at - lagMs());
  const draft = unsaved({
    case_id: status.case.id,
    recording_id: status.call.recording_id,
    session_id: status.call.session_id,
    start_ms: Math.max(0, moment - 5000),
    end_ms: moment + 10_000,
    raw_mark_ms: at,
    lag_ms: lagMs(),
    kind: kind ?? "problem",
    text: text ?? "",
    tags,
  });
  const { id } = draft.observation;
  const op_id = newId();
  // The bar here offers to take it back; a second one over the marks would say the same.
  useUndo.getState().hush(op_id);
  desk.add(draft, ipc.liveMark({ id, op_id, kind: kind ?? null, tags, text: text ?? null, ago_ms }));
  set({ activeId: id, touchedAt: Date.now(), problem: null });
  return id;
}

/** Marks the moment a key or button went down. */
export function markAt(press: Press, input: Input = {}): void {
  markAgo(ageOf(press), input);
}

/** A note of the seat becomes a mark at its own moment. */
export function markNote(note: SeatNote): void {
  // The host takes the reaction lag off; nobody reacted here, so it is given back first.
  markAgo(Math.max(0, Math.round(clockNow() - note.at_ms - lagMs())), { text: note.text });
}

export function activeMark(): ObservationView | undefined {
  return desk.rows().find((v) => v.observation.id === get().activeId);
}

/** A tag key: tags the mark that was just made, or marks with that tag. */
export function strokeTag(press: Press, tagId: string, { add = false, note = false } = {}): void {
  const mark = Date.now() - get().touchedAt < FRESH_MS ? activeMark() : undefined;
  set({ lastTag: tagId });
  if (mark) {
    const { id, tags } = mark.observation;
    void patch(id, { tags: nextTags(tags, tagId, add) }, true).catch(() => undefined);
    set({ touchedAt: Date.now() });
  } else markAt(press, { tags: [tagId] });
  if (note) write();
}

/** The mark that was made last, also after a reload. */
export function newestOf(marks: readonly ObservationView[]): ObservationView | undefined {
  return marks.reduce<ObservationView | undefined>(
    (last, v) => (last && last.observation.raw_mark_ms >= v.observation.raw_mark_ms ? last : v),
    undefined,
  );
}

/** Opens the line to write on the chosen mark, or on the last one. */
export function write(): void {
  const mark = activeMark() ?? newestOf(desk.rows());
  if (mark) choose(mark.observation.id);
}

/** Chooses a mark to write on. */
export function choose(id: string): void {
  set({ activeId: id, touchedAt: Date.now(), writing: true });
}

export function stopWriting(): void {
  set({ writing: false });
}

/** Where a mark stands: the moment that was meant. */
export function momentOf({ observation: o }: ObservationView): number {
  return Math.max(0, o.raw_mark_ms - o.lag_ms);
}
