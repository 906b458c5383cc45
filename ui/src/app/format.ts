/** Times and dates as they are shown everywhere. */

/** `m:ss`, over an hour `h:mm:ss`. */
export function clock(ms: number): string {
  const total = Math.max(0, Math.floor(ms / 1000));
  const h = Math.floor(total / 3600);
  const m = Math.floor((total % 3600) / 60);
  const s = String(total % 60).padStart(2, "0");
  return h > 0 ? `${h}:${String(m).padStart(2, "0")}:${s}` : `${m}:${s}`;
}

/** `m:ss.s`, for range ends that are set to a tenth of a second. */
export function clockTenths(ms: number): string {
  const tenths = Math.max(0, Math.round(ms / 100));
  return `${clock(Math.floor(tenths / 10) * 1000)}.${tenths % 10}`;
}

/** Reads `m:ss`, `m:ss.s`, `h:mm:ss` or plain seconds; `null` when it is none of them. */
export function parseClock(text: string): number | null {
  const match = /^\s*(?:(?:(\d+)[::])?(\d+)[::])?(\d+(?:\.\d+)?)\s*$/.exec(text);
  if (!match) return null;
  const [, h, m, s] = match;
  return Math.round((Number(h ?? 0) * 3600 + Number(m ?? 0) * 60 + Number(s)) * 1000);
}

/** `11-24`, with the year when it is not this one. */
export function day(ms: number, now = Date.now()): string {
  const d = new Date(ms);
  const monthDay = `${String(d.getMonth() + 1).padStart(2, "0")}-${String(d.getDate()).padStart(2, "0")}`;
  return d.getFullYear() === new Date(now).getFullYear() ? monthDay : `${d.getFullYear()}-${monthDay}`;
}

/** `11-24 14:02`. */
export function dayTime(ms: number, now = Date.now()): string {
  const d = new Date(ms);
  return `${day(ms, now)} ${String(d.getHours()).padStart(2, "0")}:${String(d.getMinutes()).padStart(2, "0")}`;
}

/** Seconds for `?t=`, as short as the milliseconds allow. */
export function linkSeconds(ms: number): string {
  return String(Math.round(ms) / 1000);
}

/** The address of a moment inside the app. */
export function momentPath(caseId: string, startMs?: number | null, endMs?: number | null): string {
  if (startMs === undefined || startMs === null) return `/case/${caseId}`;
  const end = endMs === undefined || endMs === null ? "" : `,${linkSeconds(endMs)}`;
  return `/case/${caseId}?t=${linkSeconds(startMs)}${end}`;
}
