/**
 * Marking. The key press takes the position at that instant and goes to the host at once; the pin is there before the
 * answer. Later changes to the same observation wait their turn, so that each knows the revision it changes.
 */
import { qk, queryClient } from "../../app/queries";
import { useUndo } from "../../app/undo";
import {
  asNote,
  ipc,
  type MarkRequest,
  type Observation,
  type ObservationKind,
  type ObservationPatch,
  type ObservationView,
  type Settings,
  type Span,
} from "../../ipc";
import { playerState, positionOf } from "../../player/clock";
import { activate, MARK_FRESH_MS, rename, report, touch, useConsole, wantNote } from "./store";

export type MarkInput = { kind?: ObservationKind; tags?: string[]; range?: Span | null };
export type Fields = Partial<Omit<ObservationPatch, "id" | "rev">>;

/** Length of a range whose end has not been said yet. */
const OPEN_RANGE_MS = 10_000;

let made = 0;
/** Temporary id → the lasting one, once the host has answered. */
const settled = new Map<string, Promise<string | null>>();
/** The last change to each observation, to wait for. */
const queues = new Map<string, Promise<void>>();
/** Newest revision the host has told of each observation. */
const revs = new Map<string, number>();

export function observationsNow(): ObservationView[] {
  const { here } = useConsole.getState();
  return (here && queryClient.getQueryData<ObservationView[]>(qk.observations(here.caseId))) ?? [];
}

function setObservations(caseId: string, change: (rows: ObservationView[]) => ObservationView[]): void {
  void queryClient.cancelQueries({ queryKey: qk.observations(caseId) });
  queryClient.setQueryData<ObservationView[]>(qk.observations(caseId), (rows) =>
    change(rows ?? []).sort((a, b) => a.observation.start_ms - b.observation.start_ms),
  );
}

function lagMs(): number {
  return queryClient.getQueryData<Settings>(qk.settings)?.mark_lag_ms ?? 2000;
}

/** The position in the case on the screen; a clip of another case does not count. */
export function positionHere(): number {
  const { here } = useConsole.getState();
  return here ? Math.round(positionOf(here.recordingId)) : 0;
}

function draftView(id: string, at: number, input: MarkInput): ObservationView {
  const { here } = useConsole.getState();
  const moment = Math.max(0, at - lagMs());
  const range = input.range ?? { start_ms: Math.max(0, moment - 5000), end_ms: moment + 10_000 };
  const now = Date.now();
  const observation: Observation = {
    id,
    case_id: here?.caseId ?? "",
    recording_id: here?.recordingId ?? "",
    session_id: here?.sessionId ?? null,
    ...range,
    raw_mark_ms: at,
    lag_ms: lagMs(),
    kind: input.kind ?? "problem",
    axis: "none",
    text: "",
    quote: "",
    tags: input.tags ?? [],
    severity: 0,
    created_at: now,
    created_by: "",
    updated_at: now,
    rev: 0,
    deleted_at: null,
  };
  return { observation, case_title: "", author: "", issues: [] };
}

/** Marks this instant. Answers the id to speak of the mark by; the host has it when `saved(id)` resolves. */
export function markNow(input: MarkInput = {}): string | null {
  const { here } = useConsole.getState();
  if (!here) return null;
  const at = positionHere();
  made += 1;
  const temporary = `new-${made}`;
  const request = {
    recording_id: here.recordingId,
    at_ms: at,
    lag_ms: null,
    kind: input.kind ?? null,
    tags: input.tags ?? [],
    range: input.range ?? null,
    text: null,
    session_id: here.sessionId,
  };
  const answer = keep(request);
  setObservations(here.caseId, (rows) => [...rows, draftView(temporary, at, input)]);
  activate(temporary);
  useConsole.setState({ selection: null });
  settled.set(
    temporary,
    answer.then(
      (view) => {
        revs.set(view.observation.id, view.observation.rev);
        replace(here.caseId, temporary, view);
        rename(temporary, view.observation.id);
        return view.observation.id;
      },
      (thrown) => {
        setObservations(here.caseId, (rows) => rows.filter((v) => v.observation.id !== temporary));
        rename(temporary, null);
        report(asNote(thrown));
        return null;
      },
    ),
  );
  return temporary;
}

/** Keeps a mark; should its session be gone in this very moment, without it: what was heard is never lost. */
async function keep(request: MarkRequest): Promise<ObservationView> {
  try {
    return await ipc.mark(request);
  } catch (thrown) {
    if (request.session_id === null || asNote(thrown).args.field !== "session_id") throw thrown;
    return ipc.mark({ ...request, session_id: null });
  }
}

function replace(caseId: string, id: string, view: ObservationView): void {
  setObservations(caseId, (rows) => [
    ...rows.filter((v) => v.observation.id !== id && v.observation.id !== view.observation.id),
    view,
  ]);
}

/** The lasting id of a mark, once it is on disk. */
export function saved(id: string): Promise<string | null> {
  return settled.get(id) ?? Promise.resolve(id);
}

/** Changes an observation: at once on the screen, then in turn at the host. */
export function patch(id: string, fields: Fields, quietly = false): Promise<void> {
  const { here } = useConsole.getState();
  if (!here) return Promise.resolve();
  const { caseId } = here;
  setObservations(caseId, (rows) =>
    rows.map((v) =>
      v.observation.id === id ? { ...v, observation: { ...v.observation, ...given(fields) } } : v,
    ),
  );
  const before = queues.get(id) ?? Promise.resolve();
  const work = before.then(() => send(caseId, id, fields, quietly));
  queues.set(id, work);
  return work;
}

function given(fields: Fields): Partial<Observation> {
  const entries = Object.entries(fields).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(entries) as Partial<Observation>;
}

async function send(caseId: string, id: string, fields: Fields, quietly: boolean): Promise<void> {
  const lasting = await saved(id);
  if (!lasting) return;
  const rows = queryClient.getQueryData<ObservationView[]>(qk.observations(caseId)) ?? [];
  const shown = rows.find((v) => v.observation.id === lasting)?.observation.rev ?? 0;
  const rev = Math.max(shown, revs.get(lasting) ?? 0);
  const none = {
    start_ms: null,
    end_ms: null,
    kind: null,
    axis: null,
    text: null,
    tags: null,
    severity: null,
  };
  if (quietly) useUndo.getState().hush();
  try {
    const view = await ipc.updateObservation({ ...none, ...fields, id: lasting, rev });
    revs.set(lasting, view.observation.rev);
    replace(caseId, lasting, view);
  } catch (thrown) {
    report(asNote(thrown));
    revs.delete(lasting);
    await queryClient.invalidateQueries({ queryKey: qk.observations(caseId) });
    throw thrown;
  }
}

/** Takes an observation away; the undo bar brings it back. */
export async function remove(id: string): Promise<void> {
  const { here, activeId } = useConsole.getState();
  if (!here) return;
  const lasting = await saved(id);
  setObservations(here.caseId, (rows) =>
    rows.filter((v) => v.observation.id !== id && v.observation.id !== lasting),
  );
  if (activeId === id || activeId === lasting) activate(null);
  if (!lasting) return;
  try {
    await ipc.deleteObservation(lasting);
  } catch (thrown) {
    report(asNote(thrown));
    await queryClient.invalidateQueries({ queryKey: qk.observations(here.caseId) });
  }
}

/** The mark that a tag key speaks to: the active one while it is fresh or nothing plays. */
function freshMark(): ObservationView | undefined {
  const { activeId, touchedAt } = useConsole.getState();
  const active = observationsNow().find((v) => v.observation.id === activeId);
  const fresh = Date.now() - touchedAt < MARK_FRESH_MS;
  return active && (fresh || !playerState().playing) ? active : undefined;
}

/** A tag key: tags the fresh mark, or marks with that tag. Alone it sets the tag, with `add` it joins the others. */
export function strokeTag(tagId: string, { add = false, note = false } = {}): void {
  const fresh = freshMark();
  useConsole.setState({ lastTag: tagId });
  if (fresh) {
    const { id, tags } = fresh.observation;
    void patch(id, { tags: nextTags(tags, tagId, add) }).catch(() => undefined);
    touch();
  } else {
    markNow({ tags: [tagId], range: useConsole.getState().selection });
  }
  if (note) wantNote();
}

/** Pressing a tag that is there takes it off. */
export function nextTags(tags: readonly string[], tagId: string, add: boolean): string[] {
  if (tags.includes(tagId)) return tags.filter((t) => t !== tagId);
  return add ? [...tags, tagId] : [tagId];
}

/** Enter: the first press marks a start, the second the end of the same observation. A drawn range is marked whole. */
export function strokeRange(): void {
  const { openRangeId, selection, here } = useConsole.getState();
  if (!here) return;
  const at = positionHere();
  if (openRangeId) {
    useConsole.setState({ openRangeId: null });
    void patch(openRangeId, { end_ms: at }).catch(() => undefined);
    touch();
    return;
  }
  if (selection) {
    markNow({ range: selection });
    return;
  }
  const start_ms = Math.max(0, at - lagMs());
  const end_ms = Math.min(here.durationMs, start_ms + OPEN_RANGE_MS);
  const id = markNow({ range: { start_ms, end_ms } });
  useConsole.setState({ openRangeId: id });
}

/** Moves one end of the active observation's range. */
export function nudge(end: "start_ms" | "end_ms", by: number): void {
  const { activeId, here } = useConsole.getState();
  const active = observationsNow().find((v) => v.observation.id === activeId);
  if (!active || !here) return;
  const { start_ms, end_ms } = active.observation;
  const moved = { start_ms, end_ms };
  moved[end] = Math.min(here.durationMs, Math.max(0, moved[end] + by));
  if (moved.end_ms - moved.start_ms < 200) return;
  void patch(active.observation.id, { [end]: moved[end] }).catch(() => undefined);
  touch();
}
