/**
 * The words of the call as they come. A line keeps the place at which it first appeared: what was read never moves
 * because something older turned up. Drafts are told past React, to the line that shows them.
 */
import { create } from "zustand";
import { type CaptureGap, ipc, type LiveDraft, onEvent, type Segment } from "../../ipc";
import { isDoubtful } from "../../things/case/doubt";

export type Line =
  | { kind: "said"; key: string; lane: number; start: number; segments: Segment[] }
  /** `over`: it was said to its end, stands in doubt, and is looked at again. */
  | { kind: "open"; key: string; lane: number; start: number; over: boolean }
  | { kind: "gap"; key: string; start: number; gap: CaptureGap };

type Newest = { text: string; doubtful: boolean };
type Words = { recordingId: string | null; lines: Line[]; loaded: boolean; newest: Newest | null };

const start: Words = { recordingId: null, lines: [], loaded: false, newest: null };

export const useWords = create<Words>()(() => start);

const { getState: get, setState: set } = useWords;

const drafts = new Map<string, LiveDraft>();
const over = new Set<string>();
const listeners = new Map<string, (draft: LiveDraft) => void>();

/** How often the engine began anew: it counts utterances anew each time. */
let engine = 0;
const keyOf = (lane: number, utterance: number) => `${engine}/${lane}/${utterance}`;

/** The engine failed: what it had not finished is not going to be. */
function forgetOpen(): void {
  engine += 1;
  drafts.clear();
  set({ lines: get().lines.filter((l) => l.kind !== "open") });
}

/** Calls back with each new draft of a line, and with the present one at once. */
export function onDraft(key: string, callback: (draft: LiveDraft) => void): () => void {
  listeners.set(key, callback);
  const now = drafts.get(key);
  if (now) callback(now);
  return () => {
    if (listeners.get(key) === callback) listeners.delete(key);
  };
}

function takeDraft(draft: LiveDraft): void {
  const key = keyOf(draft.lane, draft.utterance);
  if (over.has(key) || (drafts.get(key)?.over && !draft.over)) return;
  drafts.set(key, draft);
  listeners.get(key)?.(draft);
  const { lines } = get();
  const there = lines.find((l) => l.key === key);
  if (there?.kind === "open" && there.over === draft.over) return;
  const { lane, start_ms, over: isOver } = draft;
  const line: Line = { kind: "open", key, lane, start: there?.start ?? start_ms, over: isOver };
  set({ lines: there ? lines.map((l) => (l === there ? line : l)) : [...lines, line] });
}

function takeFinal(lane: number, utterance: number, segments: Segment[]): void {
  const key = keyOf(lane, utterance);
  over.add(key);
  drafts.delete(key);
  const { lines } = get();
  const [first] = segments;
  if (!first) {
    set({ lines: lines.filter((l) => l.key !== key) });
    return;
  }
  const line: Line = { kind: "said", key, lane, start: first.start_ms, segments };
  const newest = { text: segments.map((s) => s.text).join(""), doubtful: segments.some(isDoubtful) };
  const there = lines.some((l) => l.key === key);
  set({ newest, lines: there ? lines.map((l) => (l.key === key ? line : l)) : [...lines, line] });
}

/** Stretches without sound get a line where they begin. */
export function takeGaps(gaps: readonly CaptureGap[]): void {
  const { lines, loaded } = get();
  if (!loaded) return;
  const known = new Map(lines.map((l) => [l.key, l]));
  const fresh: Line[] = [];
  let changed = false;
  for (const gap of gaps) {
    const key = `gap/${gap.ordinal}`;
    const line: Line = { kind: "gap", key, start: gap.start_ms, gap };
    const old = known.get(key);
    if (!old) fresh.push(line);
    else if (old.kind === "gap" && old.gap.end_ms !== gap.end_ms) {
      known.set(key, line);
      changed = true;
    }
  }
  if (!changed && fresh.length === 0) return;
  set({ lines: [...lines.map((l) => known.get(l.key) ?? l), ...fresh] });
}

/** Segments asked for at once. */
const PAGE = 500;

async function readAll(recordingId: string): Promise<Segment[]> {
  const all: Segment[] = [];
  for (;;) {
    const page = await ipc.segments({ recording_id: recordingId, offset: all.length, limit: PAGE });
    all.push(...page);
    if (page.length < PAGE) return all;
  }
}

/** Puts what the host has before what came while it was asked. */
function merge(segments: Segment[], gaps: readonly CaptureGap[]): void {
  const { lines } = get();
  const came = new Set(lines.flatMap((l) => (l.kind === "said" ? l.segments.map((s) => s.id) : [])));
  const old: Line[] = segments
    .filter((s) => !came.has(s.id))
    .map((s) => ({ kind: "said", key: s.id, lane: s.channel, start: s.start_ms, segments: [s] }));
  const pauses: Line[] = gaps.map((gap) => ({
    kind: "gap",
    key: `gap/${gap.ordinal}`,
    start: gap.start_ms,
    gap,
  }));
  const before = [...old, ...pauses].sort((a, b) => a.start - b.start);
  set({ loaded: true, lines: [...before, ...lines] });
}

/** Follows the words of a call; what was said before is read from the host. */
export function followWords(
  recordingId: string,
  { open, gaps }: { open: readonly LiveDraft[]; gaps: readonly CaptureGap[] },
): () => void {
  drafts.clear();
  over.clear();
  set({ ...start, recordingId });
  let ended = false;
  const stop = onEvent((event) => {
    if (event.type === "live_draft") takeDraft(event.draft);
    if (event.type === "live_final") takeFinal(event.lane, event.utterance, event.segments);
    if (event.type === "live" && event.status?.text === "failed") forgetOpen();
  });
  for (const draft of open) takeDraft(draft);
  readAll(recordingId).then(
    (segments) => ended || merge(segments, gaps),
    () => ended || merge([], gaps),
  );
  return () => {
    ended = true;
    stop();
  };
}
