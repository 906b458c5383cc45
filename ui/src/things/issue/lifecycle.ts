import type { IssueStatus, Stage } from "../../ipc";
import { closedStatuses, stageOf as stages } from "../../ipc/generated/issues";

/** The stage a status belongs to. */
export const stageOf = (status: IssueStatus): Stage => stages[status];

/** Nothing more is expected to happen. */
export const isClosed = (status: IssueStatus): boolean => closedStatuses.includes(status);

const dayMs = 86_400_000;

/** The calendar day a person is in, as the UTC midnight the `due` field uses. */
export const calendarDay = (now: number): number => {
  const d = new Date(now);
  return Date.UTC(d.getFullYear(), d.getMonth(), d.getDate());
};

/** How a due day looks: what kind of urgency, and how many days away (negative = past). */
export type Due =
  | { look: "none" }
  | { look: "overdue" | "today" | "soon" | "later" | "settled"; days: number; day: number };

/** Days ahead that count as soon. */
const soonDays = 4;

export const dueOf = (due: number | null, status: IssueStatus, now: number): Due => {
  if (due === null) return { look: "none" };
  const days = Math.round((due - calendarDay(now)) / dayMs);
  if (isClosed(status)) return { look: "settled", days, day: due };
  const look = days < 0 ? "overdue" : days === 0 ? "today" : days <= soonDays ? "soon" : "later";
  return { look, days, day: due };
};

/** `11-24` of a due day, or `2025-11-24` in another year. */
export const dueText = (day: number, now: number): string => {
  const d = new Date(day);
  const md = `${String(d.getUTCMonth() + 1).padStart(2, "0")}-${String(d.getUTCDate()).padStart(2, "0")}`;
  return d.getUTCFullYear() === new Date(now).getFullYear() ? md : `${d.getUTCFullYear()}-${md}`;
};

/** `2026-11-24` as a date input wants it, and back. */
export const dueInput = (day: number | null): string =>
  day === null ? "" : new Date(day).toISOString().slice(0, 10);
export const dueFromInput = (text: string): number | null => {
  const [y, m, d] = text.split("-").map(Number);
  return y && m && d ? Date.UTC(y, m - 1, d) : null;
};

/** Whole days since an issue was made. */
export const ageDays = (createdAt: number, now: number): number =>
  Math.max(0, Math.floor((now - createdAt) / dayMs));

/** Share of a full age bar; a month fills it. */
export const ageShare = (days: number): number => Math.min(1, days / 30);

/** The cell name the facets use. */
export const cellName = (urgency: number, difficulty: number): string => `U${urgency}D${difficulty}`;
