import { create } from "zustand";
import { asNote } from "../../ipc";
import { copyLink as copyLinkTo, momentOf } from "../../seat/link";
import type { Place } from "../../seat/place";
import { report } from "./store";

/** Counts up with each copied link, for the quiet word that says so. */
export const useCopied = create<{ at: number }>()(() => ({ at: 0 }));

/** Puts the address of a place on the clipboard. */
export async function copyLink(case_id: string, place: Place): Promise<void> {
  try {
    await copyLinkTo(momentOf(case_id, place));
    useCopied.setState({ at: Date.now() });
  } catch (thrown) {
    report(asNote(thrown));
  }
}
