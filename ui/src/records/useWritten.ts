import { useState } from "react";
import type { Saved } from "./record";

/** Saves what was written in a field, and keeps it beside what somebody else wrote meanwhile until one is chosen. */
export function useWritten<V, T = V>(save: (value: V, rev: number) => Promise<Saved<T>>) {
  const [clash, setClash] = useState<{ mine: V; theirs: T; rev: number } | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  /** Whether it is kept; else `clash` or `error` says why not. */
  const write = async (mine: V, rev: number): Promise<boolean> => {
    setBusy(true);
    setError(null);
    try {
      const saved = await save(mine, rev);
      const kept = saved.state === "saved";
      setClash(kept ? null : { mine, theirs: saved.theirs, rev: saved.rev });
      return kept;
    } catch (thrown) {
      setError(thrown);
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { clash, error, busy, write, drop: () => setClash(null) };
}
