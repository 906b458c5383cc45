/** The last thing a person did here that can be taken back, for ten seconds. */
import { create } from "zustand";
import { ipc, onEvent } from "../ipc";

/** How long the bar stays. */
export const UNDO_SHOWN_MS = 10_000;

export type Undoable = { opId: string; action: string; at: number };

type UndoState = {
  last: Undoable | null;
  /** Operations of this page that come without the bar; Ctrl+Z takes them back all the same. */
  quiet: ReadonlySet<string>;
  show: (change: Undoable) => void;
  hush: (opId: string) => void;
  dismiss: () => void;
};

export const useUndo = create<UndoState>()((set) => ({
  last: null,
  quiet: new Set(),
  show: (last) => set({ last }),
  hush: (opId) => set(({ quiet }) => ({ quiet: new Set(quiet).add(opId) })),
  dismiss: () => set({ last: null }),
}));

/** Watches for undoable changes; call once. */
export function followUndo(): () => void {
  return onEvent((event) => {
    if (event.type !== "changed") return;
    const { last, quiet, show, dismiss } = useUndo.getState();
    if (event.undoable) {
      if (quiet.has(event.op_id)) {
        const others = [...quiet].filter((id) => id !== event.op_id);
        useUndo.setState({ last: null, quiet: new Set(others) });
      } else show({ opId: event.op_id, action: event.action, at: Date.now() });
    } else if (last && event.op_id === last.opId) dismiss();
  });
}

/** Takes back the newest thing this seat did. */
export async function undoLast(): Promise<void> {
  const { last, dismiss } = useUndo.getState();
  dismiss();
  if (last) await ipc.undoOp(last.opId);
  else await ipc.undo();
}
