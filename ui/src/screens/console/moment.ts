/** `?t=12.4,18.9` and `?turn=12-14` of an address. */
import { ipc, type Turns } from "../../ipc";

export type Moment = { start_ms: number; end_ms: number | null };

/** The moment an address names, or nothing. */
export function parseMoment(search: string): Moment | null {
  const match = /^(\d+(?:\.\d+)?)(?:,(\d+(?:\.\d+)?))?$/.exec(new URLSearchParams(search).get("t") ?? "");
  if (!match) return null;
  const start_ms = Math.round(Number(match[1]) * 1000);
  const end_ms = match[2] === undefined ? null : Math.round(Number(match[2]) * 1000);
  return end_ms !== null && end_ms < start_ms ? null : { start_ms, end_ms };
}

/** The turns an address names, or nothing. */
export function parseTurns(search: string): Turns | null {
  const match = /^(\d{1,9})(?:-(\d{1,9}))?$/.exec(new URLSearchParams(search).get("turn") ?? "");
  const [first, last] = match ? [Number(match[1]), Number(match[2] ?? match[1])] : [0, 0];
  return first > 0 && first <= last ? { first, last } : null;
}

/** When turns of a recording were; nothing where there are none such. */
export async function momentOfTurns(recording_id: string, { first, last }: Turns): Promise<Moment | null> {
  const at = async (n: number) => (await ipc.segments({ recording_id, offset: n - 1, limit: 1 }))[0];
  const [begin, end] = await Promise.all([at(first), at(last)]);
  return begin && end ? { start_ms: begin.start_ms, end_ms: end.end_ms } : null;
}
