/**
 * One way to change a record. What is changed is on the screen at once, ahead of the host; the changes of one record go
 * there one after the other, and nobody's words are overwritten unseen.
 */
import { useCallback, useMemo, useRef, useState } from "react";
import { create } from "zustand";
import { asNote, type Edits, type EntityKind, editRecord, getRecord, type Records } from "../ipc";

/** Fields of a record, or what becomes of them as it is then: that is how lists are added to and taken from. */
export type Change<K extends EntityKind> = Edits<K> | ((now: Records[K]) => Edits<K>);

/** What came of saving: done, or somebody else's words stand there now. */
export type Saved<V> = { state: "saved" } | { state: "conflict"; theirs: V; rev: number };

type Any = { id: string; rev: number };
type AnyChange = object | ((now: never) => object);

/** How far the screen is ahead of what was read of a record. */
type Ahead = { landed: Any | null; waiting: readonly AnyChange[] };

const nothing: Ahead = { landed: null, waiting: [] };
const useAhead = create<Record<string, Ahead>>()(() => ({}));
/** The last change to each record, to wait for. */
const turns = new Map<string, Promise<unknown>>();

const keyOf = (kind: EntityKind, id: string) => `${kind}/${id}`;
const at = (key: string): Ahead => useAhead.getState()[key] ?? nothing;
const move = (key: string, change: (ahead: Ahead) => Ahead) =>
  useAhead.setState((all) => ({ [key]: change(all[key] ?? nothing) }) as typeof all);

const edits = (change: AnyChange, now: Any): object =>
  typeof change === "function" ? change(now as never) : change;
const newest = <R extends Any>(read: R, { landed }: Ahead): R =>
  landed && landed.rev > read.rev ? (landed as R) : read;

function under<R extends Any>(read: R, ahead: Ahead | undefined): R {
  if (!ahead) return read;
  let now = newest(read, ahead);
  for (const change of ahead.waiting) now = { ...now, ...edits(change, now) };
  return now;
}

/** Another workspace is open, whose records may have the same ids: nothing is ahead of it. */
export function forgetAhead(): void {
  useAhead.setState({}, true);
  turns.clear();
}

/** A record as the screen shows it: what was read, under the changes on their way. */
export const ahead = <K extends EntityKind>(kind: K, read: Records[K]): Records[K] =>
  under(read as Any, useAhead.getState()[keyOf(kind, read.id)]) as Records[K];

/** The same of records in lists; the screen follows. */
export function useRecordsAhead(): <K extends EntityKind>(kind: K, read: Records[K]) => Records[K] {
  const all = useAhead();
  return useCallback((kind, read) => under(read as Any, all[keyOf(kind, read.id)]) as typeof read, [all]);
}

/** The host has told what a record is now. */
export const tell = <K extends EntityKind>(kind: K, now: Records[K]): void =>
  move(keyOf(kind, now.id), (a) => ({ ...a, landed: newest(now as Any, a) }));

type How = {
  /** As it was read when the change was thought of; else as it is when its turn comes. */
  rev?: number | undefined;
  op_id?: string | undefined;
  /** What has to be done first. */
  first?: Promise<unknown> | undefined;
};

/** Changes a record: at once on the screen, then in turn at the host. What is refused is off the screen again. */
export function send<K extends EntityKind>(
  kind: K,
  read: Records[K],
  change: Change<K>,
  { rev, op_id, first }: How = {},
): Promise<Records[K]> {
  const key = keyOf(kind, read.id);
  move(key, (a) => ({ ...a, waiting: [...a.waiting, change] }));
  const gone = (a: Ahead) => a.waiting.filter((c) => c !== change);
  const before = (turns.get(key) ?? Promise.resolve()).catch(() => undefined);
  const work = before
    .then(() => first)
    .then(() => {
      const base = newest(read as Any, at(key));
      return editRecord(kind, read.id, rev ?? base.rev, edits(change, base) as Edits<K>, op_id);
    })
    .then(
      (now) => {
        move(key, (a) => ({ landed: newest(now as Any, a), waiting: gone(a) }));
        return now;
      },
      (thrown: unknown) => {
        move(key, (a) => ({ ...a, waiting: gone(a) }));
        throw thrown;
      },
    );
  turns.set(key, work);
  return work;
}

const isConflict = (thrown: unknown): boolean => asNote(thrown).code === "conflict";

async function readAnew<K extends EntityKind>(kind: K, id: string): Promise<Records[K]> {
  const now = await getRecord(kind, id);
  tell(kind, now);
  return now;
}

/** Saves what was written over a record as it was at `rev`. */
export async function saveAll<K extends EntityKind>(
  kind: K,
  read: Records[K],
  written: Edits<K>,
  rev: number,
): Promise<Saved<Records[K]>> {
  try {
    await send(kind, read, written, { rev });
    return { state: "saved" };
  } catch (thrown) {
    if (!isConflict(thrown)) throw thrown;
    const theirs = await readAnew(kind, read.id);
    return { state: "conflict", theirs, rev: theirs.rev };
  }
}

/** A record that can be changed where it is shown. */
export function useRecord<K extends EntityKind>(kind: K, read: Records[K]) {
  const mine = useAhead((all) => all[keyOf(kind, read.id)]);
  const now = useMemo(() => under(read as Any, mine) as Records[K], [read, mine]);
  const [error, setError] = useState<unknown>(null);
  const latest = useRef(read);
  latest.current = read;

  /** Sets what is chosen, not written: the newest choice counts. */
  const set = useCallback(
    async (change: Change<K>): Promise<void> => {
      setError(null);
      try {
        await send(kind, latest.current, change).catch(async (thrown) => {
          if (!isConflict(thrown)) throw thrown;
          await send(kind, await readAnew(kind, latest.current.id), change);
        });
      } catch (thrown) {
        setError(thrown);
      }
    },
    [kind],
  );

  /** Saves what was written over the record as it was at `rev`. */
  const saveWritten = useCallback(
    (written: Edits<K>, rev: number): Promise<Saved<Records[K]>> => {
      setError(null);
      return saveAll(kind, latest.current, written, rev);
    },
    [kind],
  );

  /** The same of one field. */
  const save = useCallback(
    async <F extends keyof Edits<K> & keyof Records[K]>(
      field: F,
      value: Records[K][F],
      rev: number,
    ): Promise<Saved<Records[K][F]>> => {
      const saved = await saveWritten({ [field]: value } as unknown as Edits<K>, rev);
      return saved.state === "saved" ? saved : { ...saved, theirs: saved.theirs[field] };
    },
    [saveWritten],
  );
  return { now, set, save, saveAll: saveWritten, error };
}

/** What changes a record, for the parts of a screen that show it. */
export type RecordEdit<K extends EntityKind> = ReturnType<typeof useRecord<K>>;
