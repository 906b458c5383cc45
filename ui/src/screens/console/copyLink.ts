import { create } from "zustand";
import { asNote, ipc } from "../../ipc";
import { report } from "./store";

/** Counts up with each copied link, for the quiet word that says so. */
export const useCopied = create<{ at: number }>()(() => ({ at: 0 }));

/** Puts the address of a moment on the clipboard. */
export async function copyLink(caseId: string, start_ms: number, end_ms: number): Promise<void> {
  try {
    await ipc.copyText(await ipc.momentLink({ case_id: caseId, start_ms, end_ms }));
    useCopied.setState({ at: Date.now() });
  } catch (thrown) {
    report(asNote(thrown));
  }
}
