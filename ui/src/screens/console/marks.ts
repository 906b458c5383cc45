/**
 * Marking. The key press takes the position at that instant and goes to the host at once; the pin is there before the
 * answer.
 */

import {
  type Anchor,
  asNote,
  ipc,
  type MarkRequest,
  type ObservationKind,
  type ObservationView,
  type Settings,
  type Span,
} from "../../ipc";
import { newId } from "../../ipc/newId";
import { playerState, positionOf } from "../../player/clock";
import { qk, queryClient } from "../../records/queries";
import { withheldNow } from "../../records/withheld";
import { nextTags, observationDesk, unsaved } from "../../things/mark/observationDesk";
import { activate, dropped, MARK_FRESH_MS, report, touch, useConsole, wantNote } from "./store";

export { nextTags } from "../../things/mark/observationDesk";

export type MarkInput = { kind?: ObservationKind; tags?: string[]; range?: Span | null; anchor?: Anchor };

/** Length of a range whose end has not been said yet. */
const OPEN_RANGE_MS = 10_000;

/** The observations of the case on the screen: seen, changed, taken away. */
export const {
  rows: observationsNow,
  patch,
  remove,
  saved,
  add,
} = observationDesk({
  caseId: () => useConsole.getState().here?.caseId ?? null,
  dropped,
  report,
});

function lagMs(): number {
  return queryClient.getQueryData<Settings>(qk.settings)?.mark_lag_ms ?? 2000;
}

/** The position in the case on the screen; a clip of another case does not count. */
export function positionHere(): number {
  const { here } = useConsole.getState();
  return here ? Math.round(positionOf(here.recordingId)) : 0;
}

/** Marks this instant. Answers the id of the mark. */
export function markNow(input: MarkInput = {}): string | null {
  const { here } = useConsole.getState();
  // Without sound there is no position that could be meant.
  if (!here?.hasAudio) return null;
  const why = withheldNow("observation.mark");
  if (why) {
    report(why);
    return null;
  }
  const at = positionHere();
  const moment = Math.max(0, at - lagMs());
  const draft = unsaved({
    case_id: here.caseId,
    recording_id: here.recordingId,
    session_id: here.sessionId,
    anchor: input.anchor ?? "sound",
    ...(input.range ?? { start_ms: Math.max(0, moment - 5000), end_ms: moment + 10_000 }),
    raw_mark_ms: at,
    lag_ms: lagMs(),
    kind: input.kind ?? "problem",
    tags: input.tags ?? [],
  });
  const { id } = draft.observation;
  const answer = keep({
    id,
    op_id: newId(),
    recording_id: here.recordingId,
    at_ms: at,
    lag_ms: null,
    kind: input.kind ?? null,
    tags: input.tags ?? [],
    range: input.range ?? null,
    anchor: input.anchor,
    text: null,
    session_id: here.sessionId,
  });
  add(draft, answer);
  activate(id);
  useConsole.setState({ selection: null });
  return id;
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

/** Marks the whole: no one moment says it. */
export function markWhole(): void {
  const { here } = useConsole.getState();
  if (here) markNow({ anchor: "whole", range: { start_ms: 0, end_ms: here.durationMs } });
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

/** Enter: the first press marks a start, the second the end of the same observation. A drawn range is marked whole. */
export function strokeRange(): void {
  const { openRangeId, selection, here } = useConsole.getState();
  if (!here?.hasAudio) return;
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
  if (active?.observation.anchor !== "sound" || !here) return;
  const { start_ms, end_ms } = active.observation;
  const moved = { start_ms, end_ms };
  moved[end] = Math.min(here.durationMs, Math.max(0, moved[end] + by));
  if (moved.end_ms - moved.start_ms < 200) return;
  void patch(active.observation.id, { [end]: moved[end] }).catch(() => undefined);
  touch();
}
