import { useCallback, useRef, useState } from "react";
import { CommandError } from "../ipc";

/** What came of saving a value: done, or somebody else's stands there now. */
export type Saved<V = string> = { state: "saved" } | { state: "conflict"; theirs: V; rev: number };

const isConflict = (error: unknown): boolean =>
  error instanceof CommandError && error.note.code === "conflict";

type Access<R> = {
  /** Reads the record anew. */
  read: () => Promise<R>;
  /** Writes fields of the record as it was at `rev`, and shows what came of it. */
  write: (rev: number, fields: Partial<R>) => Promise<void>;
};

/** Writes to one record, one change after the other. Nobody's words are overwritten unseen. */
export function useRecordEdit<R extends { rev: number }>({ read, write }: Access<R>) {
  const [error, setError] = useState<unknown>(null);
  const turn = useRef<Promise<void>>(Promise.resolve());

  /** Sets facts that are chosen, not written: the newest choice counts. */
  const set = useCallback(
    (fields: Partial<R>): Promise<void> => {
      setError(null);
      const work = turn.current.then(async () => {
        try {
          await write((await read()).rev, fields);
        } catch (thrown) {
          setError(thrown);
        }
      });
      turn.current = work;
      return work;
    },
    [read, write],
  );

  /** Saves a value that was read at `rev` as `was`. */
  const saveField = useCallback(
    async <K extends keyof R>(field: K, was: R[K], value: R[K], rev: number): Promise<Saved<R[K]>> => {
      const fields = { [field]: value } as unknown as Partial<R>;
      try {
        await write(rev, fields);
        return { state: "saved" };
      } catch (thrown) {
        if (!isConflict(thrown)) throw thrown;
        const now = await read();
        if (now[field] !== was) return { state: "conflict", theirs: now[field], rev: now.rev };
        // Something else about the record changed: this value is still the one that was read.
        await write(now.rev, fields);
        return { state: "saved" };
      }
    },
    [read, write],
  );
  return { set, saveField, error };
}
