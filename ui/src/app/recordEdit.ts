import { useCallback, useRef, useState } from "react";
import { CommandError, type Edits, type EntityKind, editRecord, type Records } from "../ipc";

/** What came of saving a value: done, or somebody else's stands there now. */
export type Saved<V = string> = { state: "saved" } | { state: "conflict"; theirs: V; rev: number };

const isConflict = (error: unknown): boolean =>
  error instanceof CommandError && error.note.code === "conflict";

type Access<R> = {
  /** Reads the record anew. */
  read: () => Promise<R>;
  /** Shows what came of a change. */
  show: (now: R) => void;
};

/** Writes to one record, one change after the other. Nobody's words are overwritten unseen. */
export function useRecordEdit<K extends EntityKind>(
  kind: K,
  id: string,
  { read, show }: Access<Records[K] & { rev: number }>,
) {
  const [error, setError] = useState<unknown>(null);
  const turn = useRef<Promise<void>>(Promise.resolve());

  const write = useCallback(
    async (rev: number, edits: Edits<K>) => show(await editRecord(kind, id, rev, edits)),
    [kind, id, show],
  );

  /**
   * Sets facts that are chosen, not written: the newest choice counts. What is put into a list or taken out
   * of it is said of the record as it is then, so that what others did to the list stays.
   */
  const set = useCallback(
    (edits: Edits<K> | ((now: Records[K]) => Edits<K>)): Promise<void> => {
      setError(null);
      const work = turn.current.then(async () => {
        try {
          const now = await read();
          await write(now.rev, typeof edits === "function" ? edits(now) : edits);
        } catch (thrown) {
          setError(thrown);
        }
      });
      turn.current = work;
      return work;
    },
    [read, write],
  );

  /** Saves a value of a field that was read at `rev`. */
  const saveField = useCallback(
    async <F extends keyof Edits<K> & keyof Records[K]>(
      field: F,
      value: Records[K][F],
      rev: number,
    ): Promise<Saved<Records[K][F]>> => {
      try {
        await write(rev, { [field]: value } as unknown as Edits<K>);
        return { state: "saved" };
      } catch (thrown) {
        if (!isConflict(thrown)) throw thrown;
        const now = await read();
        return { state: "conflict", theirs: now[field], rev: now.rev };
      }
    },
    [read, write],
  );
  return { set, saveField, error };
}
