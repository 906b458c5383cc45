import { useCallback, useEffect, useRef, useState } from "react";
import type { Observation } from "../../ipc";
import type { Fields } from "./observationDesk";

/** How long the hand has to rest before the words are saved. */
export const NOTE_REST_MS = 700;

type Saving = "idle" | "saved" | "failed";

/** Writes a change to an observation, quietly. */
type Change = (id: string, fields: Fields, quietly: boolean) => Promise<void>;

/** The note while it is written: kept here, sent when the hand rests, never overwritten by an answer. */
export function useNote(observation: Observation, change: Change) {
  const [text, setOwn] = useState(observation.text);
  const [state, setState] = useState<Saving>("idle");
  const dirty = useRef(false);
  const latest = useRef({ text, id: observation.id });
  latest.current = { text, id: observation.id };
  const keep = useRef(change);
  keep.current = change;

  const save = useCallback(() => {
    if (!dirty.current) return;
    dirty.current = false;
    const { id, text: words } = latest.current;
    keep.current(id, { text: words }, true).then(
      () => setState("saved"),
      () => {
        // The words stay in the field; the next stroke tries again.
        dirty.current = true;
        setState("failed");
      },
    );
  }, []);

  // Somebody else's change, or an undo, shows as long as nothing of our own waits to be saved.
  useEffect(() => {
    if (!dirty.current) setOwn(observation.text);
  }, [observation.text]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each stroke starts the rest anew
  useEffect(() => {
    if (!dirty.current) return;
    const timer = setTimeout(save, NOTE_REST_MS);
    return () => clearTimeout(timer);
  }, [text, save]);

  // What is still unsaved when the composer closes is saved then.
  useEffect(() => () => save(), [save]);

  const setText = (words: string) => {
    dirty.current = true;
    setState("idle");
    setOwn(words);
  };
  return { text, setText, save, state };
}
