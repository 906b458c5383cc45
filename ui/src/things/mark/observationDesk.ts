/**
 * Observations of the case on a screen, changed at once there and in turn at the host: each change waits for the one
 * before it, so that it knows the revision it changes. New ones are shown before the host has answered.
 */
import { asNote, type Edits, type ErrorNote, ipc, type Observation, type ObservationView } from "../../ipc";
import { newId } from "../../ipc/newId";
import { qk, queryClient } from "../../records/queries";
import { ahead, send, tell } from "../../records/record";
import { useUndo } from "../../records/undo";
import { type Why, withheldNow } from "../../records/withheld";

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

/** Marks in the order of the call. */
export const inTime = (rows: readonly ObservationView[]): ObservationView[] =>
  [...rows].sort((a, b) => a.observation.start_ms - b.observation.start_ms);

/** Marks on their way to the host, by mark. */
const drafts = new Map<string, ObservationView>();

/** What the host has of a case's marks, with those on their way there: reading again takes nothing off the screen. */
export function withUnsaved(caseId: string, rows: readonly ObservationView[]): ObservationView[] {
  const there = new Set(rows.map((v) => v.observation.id));
  const mine = [...drafts.values()].filter((v) => v.observation.case_id === caseId);
  return [...rows, ...mine.filter((v) => !there.has(v.observation.id))];
}

export function observationDesk(screen: Screen) {
  /** Whether the host could keep each mark that was made here. */
  const kept = new Map<string, Promise<boolean>>();

  function rows(): ObservationView[] {
    const caseId = screen.caseId();
    const read = (caseId && queryClient.getQueryData<ObservationView[]>(qk.observations(caseId))) || [];
    return inTime(read.map((v) => ({ ...v, observation: ahead("observation", v.observation) })));
  }

  function setRows(caseId: string, change: (rows: ObservationView[]) => ObservationView[]): void {
    void queryClient.cancelQueries({ queryKey: qk.observations(caseId) });
    queryClient.setQueryData<ObservationView[]>(qk.observations(caseId), (old) => inTime(change(old ?? [])));
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
        tell("observation", view.observation);
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
    const read = rows().find((v) => v.observation.id === id)?.observation;
    if (!read) return Promise.resolve();
    const op_id = newId();
    if (quietly) useUndo.getState().hush(op_id);
    return send("observation", read, fields, { op_id, first: kept.get(id) }).then(
      () => undefined,
      async (thrown) => {
        // That a mark could not be kept was said when it went.
        if (!(await saved(id))) return;
        screen.report(asNote(thrown));
        void queryClient.invalidateQueries({ queryKey: qk.observations(caseId) });
        throw thrown;
      },
    );
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
