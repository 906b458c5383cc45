import { create } from "zustand";
import type { Place } from "../../app/place";
import { asNote, ipc } from "../../ipc";
import { report } from "./store";

/** Counts up with each copied link, for the quiet word that says so. */
export const useCopied = create<{ at: number }>()(() => ({ at: 0 }));

/** Puts the address of a place on the clipboard. */
export async function copyLink(case_id: string, place: Place): Promise<void> {
  try {
    await ipc.copyText(await ipc.momentLink({ case_id, ...place }));
    useCopied.setState({ at: Date.now() });
  } catch (thrown) {
    report(asNote(thrown));
  }
}
