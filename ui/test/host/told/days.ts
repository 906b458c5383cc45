/** The day that is told of, and what is counted from it. */
import type { IssueQuery } from "../../../src/ipc";

export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;
/** It is five in the afternoon in Shanghai, on the day of the calls. */
export const NOW = Date.UTC(2026, 10, 18, 9);

/** Every issue there is, the newest first. */
export const allIssues: IssueQuery = {
  text: "",
  view: "all",
  business_line: null,
  urgency: null,
  difficulty: null,
  statuses: [],
  owner_id: null,
  asker: null,
  now: NOW,
  sort: "number",
  descending: false,
  offset: 0,
  limit: 200,
};

/** Two in the afternoon, so many days from the day of the calls. */
export function afternoon(days: number): number {
  const d = new Date(NOW + days * dayMs);
  d.setHours(14, 0, 0, 0);
  return d.getTime();
}

/** The due day so many days from that day. */
export function dueDay(days: number): number {
  const d = new Date(NOW);
  return Date.UTC(d.getFullYear(), d.getMonth(), d.getDate()) + days * dayMs;
}
