/** How far a recording's time is ahead of the call clock, written and read. */
import { clockTenths, parseClock } from "../../text/format";

/** `+00:12.3`, `−01:05.0`. */
export function offsetText(ms: number): string {
  const text = clockTenths(Math.abs(ms));
  const padded = /^\d:\d\d\.\d$/.test(text) ? `0${text}` : text;
  return `${ms < 0 ? "−" : "+"}${padded}`;
}

/** Reads `+0:12.3`, `-5`, `12.3`; `null` when it is none of them. */
export function parseOffset(text: string): number | null {
  const match = /^\s*([+\-−]?)(.*)$/.exec(text);
  const ms = match && parseClock(match[2] ?? "");
  if (ms === null || match === null) return null;
  return match[1] === "-" || match[1] === "−" ? -ms : ms;
}
