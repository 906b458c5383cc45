import type { SessionRow } from "../../ipc";
import { calendarDay } from "../../things/issue/lifecycle";

export type When = "coming" | "past";

const startOfDay = (ms: number): number => new Date(ms).setHours(0, 0, 0, 0);

/** Those of today and later, the next one first and the undated last; then those that were, the newest first. */
export function byTime(rows: SessionRow[], now: number): { when: When; rows: SessionRow[] }[] {
  const today = startOfDay(now);
  const at = (row: SessionRow) => row.session.starts_at ?? Number.POSITIVE_INFINITY;
  const coming = rows.filter((row) => at(row) >= today).sort((a, b) => at(a) - at(b));
  const past = rows.filter((row) => at(row) < today).sort((a, b) => at(b) - at(a));
  const groups: { when: When; rows: SessionRow[] }[] = [
    { when: "coming", rows: coming },
    { when: "past", rows: past },
  ];
  return groups.filter((group) => group.rows.length > 0);
}

/** How many calendar days ahead of today; negative when past. */
export const daysAhead = (ms: number, now: number): number =>
  Math.round((calendarDay(ms) - calendarDay(now)) / 86_400_000);

/** `周二 14:02` of a session. */
export function weekdayTime(ms: number, language: string): string {
  const d = new Date(ms);
  const weekday = new Intl.DateTimeFormat(language, { weekday: "short" }).format(d);
  const two = (n: number) => String(n).padStart(2, "0");
  return `${weekday} ${two(d.getHours())}:${two(d.getMinutes())}`;
}
