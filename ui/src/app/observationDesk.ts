/**
 * Observations of the case on a screen, changed at once there and in turn at the host: each change waits for the one
 * before it, so that it knows the revision it changes. New ones are shown before the host has answered.
 */
import {
  asNote,
  type Edits,
  type ErrorNote,
  editRecord,
  ipc,
  type Observation,
  type ObservationView,
} from "../ipc";
import { qk, queryClient } from "./queries";
import { useUndo } from "./undo";

export type Fields = Edits<"observation">;

/** What the desk needs to know of the screen it stands on. */
export type Screen = {
  /** The case on the screen. */
  caseId: () => string | null;
  /** A mark has its lasting id now, or (`null`) never will. */
  rename: (from: string, to: string | null) => void;
  /** It is gone from the list. */
  dropped: (id: string) => void;
  report: (problem: ErrorNote) => void;
};

let made = 0;

/** An observation before the host has said what it made of it. */
export function unsaved(fields: Pick<Observation, "case_id" | "recording_id"> & Partial<Observation>) {
  made += 1;
  const now = Date.now();
  const observation: Observation = {
    id: `new-${made}`,
    session_id: null,
    start_ms: 0,
    end_ms: 0,
    raw_mark_ms: 0,
    lag_ms: 0,
    kind: "problem",
    axis: "none",
    text: "",
    quote: "",
    tags: [],
    severity: 0,
    created_at: now,
    created_by: "",
    updated_at: now,
    rev: 0,
    deleted_at: null,
    ...fields,
  };
  return { observation, case_title: "", author: "", issues: [] } satisfies ObservationView;
}

export function observationDesk(screen: Screen) {
  /** Temporary id → the lasting one, once the host has answered. */
  const settled = new Map<string, Promise<string | null>>();
  /** The last change to each observation, to wait for. */
  const queues = new Map<string, Promise<void>>();
  /** Newest revision the host has told of each observation. */
  const revs = new Map<string, number>();

  function rows(): ObservationView[] {
    const caseId = screen.caseId();
    return (caseId && queryClient.getQueryData<ObservationView[]>(qk.observations(caseId))) || [];
  }

  function setRows(caseId: string, change: (rows: ObservationView[]) => ObservationView[]): void {
    void queryClient.cancelQueries({ queryKey: qk.observations(caseId) });
    queryClient.setQueryData<ObservationView[]>(qk.observations(caseId), (old) =>
      change(old ?? []).sort((a, b) => a.observation.start_ms - b.observation.start_ms),
    );
  }

  function replace(caseId: string, id: string, view: ObservationView): void {
    setRows(caseId, (old) => [
      ...old.filter((v) => v.observation.id !== id && v.observation.id !== view.observation.id),
      view,
    ]);
  }

  /** Shows a mark at once and gives it its lasting self when the host has it. Answers the id to speak of it by. */
  function add(draft: ObservationView, answer: Promise<ObservationView>): string {
    const { id, case_id } = draft.observation;
    setRows(case_id, (old) => [...old, draft]);
    settled.set(
      id,
      answer.then(
        (view) => {
          revs.set(view.observation.id, view.observation.rev);
          replace(case_id, id, view);
          screen.rename(id, view.observation.id);
          return view.observation.id;
        },
        (thrown) => {
          setRows(case_id, (old) => old.filter((v) => v.observation.id !== id));
          screen.rename(id, null);
          screen.report(asNote(thrown));
          return null;
        },
      ),
    );
    return id;
  }

  /** The lasting id of a mark, once it is on disk. */
  function saved(id: string): Promise<string | null> {
    return settled.get(id) ?? Promise.resolve(id);
  }

  /** Changes an observation: at once on the screen, then in turn at the host. */
  function patch(id: string, fields: Fields, quietly = false): Promise<void> {
    const caseId = screen.caseId();
    if (!caseId) return Promise.resolve();
    setRows(caseId, (old) =>
      old.map((v) => (v.observation.id === id ? { ...v, observation: { ...v.observation, ...fields } } : v)),
    );
    const before = queues.get(id) ?? Promise.resolve();
    const work = before.then(() => send(caseId, id, fields, quietly));
    queues.set(id, work);
    return work;
  }

  async function send(caseId: string, id: string, fields: Fields, quietly: boolean): Promise<void> {
    const lasting = await saved(id);
    if (!lasting) return;
    const shown = queryClient
      .getQueryData<ObservationView[]>(qk.observations(caseId))
      ?.find((v) => v.observation.id === lasting)?.observation.rev;
    const rev = Math.max(shown ?? 0, revs.get(lasting) ?? 0);
    if (quietly) useUndo.getState().hush();
    try {
      const observation = await editRecord("observation", lasting, rev, fields);
      revs.set(lasting, observation.rev);
      setRows(caseId, (old) => old.map((v) => (v.observation.id === lasting ? { ...v, observation } : v)));
    } catch (thrown) {
      screen.report(asNote(thrown));
      revs.delete(lasting);
      await queryClient.invalidateQueries({ queryKey: qk.observations(caseId) });
      throw thrown;
    }
  }

  /** Takes an observation away; undo brings it back. */
  async function remove(id: string): Promise<void> {
    const caseId = screen.caseId();
    if (!caseId) return;
    const lasting = await saved(id);
    setRows(caseId, (old) => old.filter((v) => v.observation.id !== id && v.observation.id !== lasting));
    screen.dropped(id);
    if (!lasting) return;
    screen.dropped(lasting);
    try {
      await ipc.deleteObservation(lasting);
    } catch (thrown) {
      screen.report(asNote(thrown));
      await queryClient.invalidateQueries({ queryKey: qk.observations(caseId) });
    }
  }

  return { rows, add, saved, patch, remove };
}

/** Pressing a tag that is there takes it off; alone it sets the tag, with `add` it joins the others. */
export function nextTags(tags: readonly string[], tagId: string, add: boolean): string[] {
  if (tags.includes(tagId)) return tags.filter((t) => t !== tagId);
  return add ? [...tags, tagId] : [tagId];
}
