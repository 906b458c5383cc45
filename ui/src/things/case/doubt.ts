import type { Segment } from "../../ipc";
import { DOUBT } from "../../ipc/generated/doubt";

/** Whether words stand in doubt: hardly heard, and corrected by nobody. */
export function isDoubtful({
  confidence,
  text_original,
}: Pick<Segment, "confidence" | "text_original">): boolean {
  return confidence < DOUBT && text_original === null;
}
