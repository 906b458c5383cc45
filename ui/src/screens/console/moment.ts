/** `?t=12.4,18.9` of an address. */

export type Moment = { start_ms: number; end_ms: number | null };

/** The moment an address names, or nothing. */
export function parseMoment(search: string): Moment | null {
  const match = /^(\d+(?:\.\d+)?)(?:,(\d+(?:\.\d+)?))?$/.exec(new URLSearchParams(search).get("t") ?? "");
  if (!match) return null;
  const start_ms = Math.round(Number(match[1]) * 1000);
  const end_ms = match[2] === undefined ? null : Math.round(Number(match[2]) * 1000);
  return end_ms !== null && end_ms < start_ms ? null : { start_ms, end_ms };
}
