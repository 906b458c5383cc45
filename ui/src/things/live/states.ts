/** How a call stands, in words and looks. */
import type { LiveStatus } from "../../ipc";

export type RecState = "Record" | "ClockOnly" | "TextOnly" | "Paused" | "Ending";

export function recState({ call, paused_since_ms, ending }: LiveStatus): RecState {
  if (ending) return "Ending";
  if (paused_since_ms !== null) return "Paused";
  if (call.mode === "clock_only") return "ClockOnly";
  return call.mode === "text_only" ? "TextOnly" : "Record";
}
