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

/** How long something lasts: as {@link clock}, below a second in tenths, so that a short loss is not "0:00". */
export function lasting(ms: number): string {
  return ms < 1000 ? clockTenths(Math.max(100, Math.min(ms, 900))) : clock(ms);
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

/** `2026-11-18 14:02`, to be edited. */
export function dateTimeText(ms: number): string {
  const d = new Date(ms);
  const two = (n: number) => String(n).padStart(2, "0");
  const date = `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())}`;
  return `${date} ${two(d.getHours())}:${two(d.getMinutes())}`;
}

/** The same to the second, where two moments are told apart. */
export function dateTimeSeconds(ms: number): string {
  return `${dateTimeText(ms)}:${String(new Date(ms).getSeconds()).padStart(2, "0")}`;
}

/** Reads `2026-11-18`, with or without `14:02`, in local time; `null` when it is not a day. */
export function parseDateTime(text: string): number | null {
  const match = /^\s*(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[\sT]+(\d{1,2})[::](\d{2}))?\s*$/.exec(
    text,
  );
  if (!match) return null;
  const [y, m, d, h, min] = match.slice(1).map((part) => Number(part ?? 0));
  const date = new Date(y ?? 0, (m ?? 1) - 1, d, h, min);
  // 31 February rolls over; such a day is not one.
  return date.getMonth() === (m ?? 1) - 1 && date.getDate() === d ? date.getTime() : null;
}

/** Seconds for `?t=`, as short as the milliseconds allow. */
export function linkSeconds(ms: number): string {
  return String(Math.round(ms) / 1000);
}
