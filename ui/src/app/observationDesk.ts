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
import { newId } from "./newId";
import { qk, queryClient } from "./queries";
import { useUndo } from "./undo";
import { type Why, withheldNow } from "./withheld";

export type Fields = Edits<"observation">;

/** What the desk needs to know of the screen it stands on. */
export type Screen = {
  /** The case on the screen. */
  caseId: () => string | null;
  /** A mark is gone from the list, or could not be kept. */
  dropped: (id: string) => void;
  report: (problem: ErrorNote) => void;
};

/** An observation before the host has said what it made of it; its id is the lasting one. */
export function unsaved(fields: Pick<Observation, "case_id" | "recording_id"> & Partial<Observation>) {
  const now = Date.now();
  const observation: Observation = {
    id: newId(),
    session_id: null,
    anchor: "sound",
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

/** Marks and changes on their way to the host, by mark. */
const drafts = new Map<string, ObservationView>();
const onTheWay = new Map<string, Fields[]>();

/** A mark as the host has it, under the changes that are on their way. */
function under(view: ObservationView): ObservationView {
  const changes = onTheWay.get(view.observation.id);
  return changes ? { ...view, observation: Object.assign({}, view.observation, ...changes) } : view;
}

function arrived(id: string, fields: Fields): void {
  const rest = (onTheWay.get(id) ?? []).filter((f) => f !== fields);
  if (rest.length > 0) onTheWay.set(id, rest);
  else onTheWay.delete(id);
}

/** What the host has of a case's marks, with what is on its way there: reading again takes nothing off the screen. */
export function withUnsaved(caseId: string, rows: readonly ObservationView[]): ObservationView[] {
  const there = new Set(rows.map((v) => v.observation.id));
  const mine = [...drafts.values()].filter((v) => v.observation.case_id === caseId);
  return [...rows, ...mine.filter((v) => !there.has(v.observation.id))].map(under);
}

export function observationDesk(screen: Screen) {
  /** Whether the host could keep each mark that was made here. */
  const kept = new Map<string, Promise<boolean>>();
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

  function replace(caseId: string, view: ObservationView): void {
    const { id } = view.observation;
    setRows(caseId, (old) => [...old.filter((v) => v.observation.id !== id), view]);
  }

  /** Shows a mark at once; what is done to it next waits until the host has it. */
  function add(draft: ObservationView, answer: Promise<ObservationView>): void {
    const { id, case_id } = draft.observation;
    drafts.set(id, draft);
    setRows(case_id, (old) => [...old, draft]);
    const work = answer.then(
      (view) => {
        drafts.delete(id);
        revs.set(id, view.observation.rev);
        replace(case_id, view);
        return true;
      },
      (thrown) => {
        drafts.delete(id);
        setRows(case_id, (old) => old.filter((v) => v.observation.id !== id));
        screen.dropped(id);
        screen.report(asNote(thrown));
        return false;
      },
    );
    kept.set(id, work);
  }

  /** Whether the host has a mark; for one that was just made, once it has answered. */
  function saved(id: string): Promise<boolean> {
    return kept.get(id) ?? Promise.resolve(true);
  }

  /** Why a mark is not for who sits here, said on the screen: keys reach marks that no control offers. */
  function refusal(action: "observation.edit" | "observation.delete", id: string): Why {
    const why = withheldNow(action, "observation", id);
    if (why) screen.report(why);
    return why;
  }

  /** Changes an observation: at once on the screen, then in turn at the host. */
  function patch(id: string, fields: Fields, quietly = false): Promise<void> {
    const caseId = screen.caseId();
    if (!caseId) return Promise.resolve();
    const why = refusal("observation.edit", id);
    if (why) return Promise.reject(why);
    setRows(caseId, (old) =>
      old.map((v) => (v.observation.id === id ? { ...v, observation: { ...v.observation, ...fields } } : v)),
    );
    onTheWay.set(id, [...(onTheWay.get(id) ?? []), fields]);
    // A change that failed was reported; the next one is tried all the same.
    const before = (queues.get(id) ?? Promise.resolve()).catch(() => undefined);
    const work = before.then(() => send(caseId, id, fields, quietly));
    queues.set(id, work);
    return work;
  }

  async function send(caseId: string, id: string, fields: Fields, quietly: boolean): Promise<void> {
    if (!(await saved(id))) {
      onTheWay.delete(id);
      return;
    }
    const shown = rows().find((v) => v.observation.id === id)?.observation.rev;
    const rev = Math.max(shown ?? 0, revs.get(id) ?? 0);
    const opId = newId();
    if (quietly) useUndo.getState().hush(opId);
    try {
      const observation = await editRecord("observation", id, rev, fields, opId);
      revs.set(id, observation.rev);
      arrived(id, fields);
      setRows(caseId, (old) => old.map((v) => (v.observation.id === id ? under({ ...v, observation }) : v)));
    } catch (thrown) {
      arrived(id, fields);
      screen.report(asNote(thrown));
      revs.delete(id);
      await queryClient.invalidateQueries({ queryKey: qk.observations(caseId) });
      throw thrown;
    }
  }

  /** Takes an observation away; undo brings it back. */
  async function remove(id: string): Promise<void> {
    const caseId = screen.caseId();
    if (!caseId || refusal("observation.delete", id)) return;
    setRows(caseId, (old) => old.filter((v) => v.observation.id !== id));
    screen.dropped(id);
    try {
      if (await saved(id)) await ipc.deleteObservation(id);
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
