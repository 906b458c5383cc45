/** Pausing and ending, for buttons and keys alike. */
import { create } from "zustand";
import { asNote, ipc } from "../../../ipc";
import { accept, useLive } from "../../../things/live/call";
import { report } from "../marks";

/** Whether somebody asked to end and has not confirmed yet. */
export const useControls = create<{ asked: boolean }>()(() => ({ asked: false }));

export function askToEnd(asked: boolean): void {
  useControls.setState({ asked });
}

/** Stops taking sound, or goes on. */
export async function togglePause(): Promise<void> {
  const { status } = useLive.getState();
  if (!status || status.call.mode === "clock_only") return;
  try {
    accept(await (status.paused_since_ms === null ? ipc.livePause() : ipc.liveResume()));
  } catch (thrown) {
    report(asNote(thrown));
  }
}
