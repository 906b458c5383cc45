/** The last thing a person did here that can be taken back, for ten seconds. */
import { create } from "zustand";
import { ipc, onEvent } from "../ipc";

/** How long the bar stays. */
export const UNDO_SHOWN_MS = 10_000;
/** A change made quietly is told of by the host within this time. */
const HUSH_MS = 1_000;

export type Undoable = { opId: string; action: string; at: number };

type UndoState = {
  last: Undoable | null;
  /** Until when changes come without the bar; Ctrl+Z takes them back all the same. */
  hushedUntil: number;
  show: (change: Undoable) => void;
  hush: () => void;
  dismiss: () => void;
};

export const useUndo = create<UndoState>()((set) => ({
  last: null,
  hushedUntil: 0,
  show: (last) => set({ last }),
  hush: () => set({ hushedUntil: Date.now() + HUSH_MS }),
  dismiss: () => set({ last: null }),
}));

/** Watches for undoable changes; call once. */
export function followUndo(): () => void {
  return onEvent((event) => {
    if (event.type !== "changed") return;
    const { last, hushedUntil, show, dismiss } = useUndo.getState();
    if (event.undoable) {
      if (Date.now() < hushedUntil) useUndo.setState({ last: null, hushedUntil: 0 });
      else show({ opId: event.op_id, action: event.action, at: Date.now() });
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
