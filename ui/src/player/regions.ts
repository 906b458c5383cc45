/** Which stretches of a recording are told of, and how. */
import type { Region } from "../ipc";

/** Gaps shorter than this are breath, not silence: they would turn the picture into stripes. */
const BREATH_MS = 1500;

/** What is drawn of the regions. Silence that has a reason is not drawn as silence as well. */
export function worthShowing(regions: readonly Region[]): Region[] {
  const told = regions.filter((r) => r.kind === "paused" || r.kind === "lost");
  const within = (r: Region) =>
    told.some((t) => r.start_ms >= t.start_ms - 500 && r.end_ms <= t.end_ms + 500);
  return regions.filter((r) => r.kind !== "silence" || (r.end_ms - r.start_ms >= BREATH_MS && !within(r)));
}
