/** What the library is narrowed by: one filter to each fact, each state and the session. */
import type { CaseFact, CaseFilter, CaseState } from "../../ipc";
import { useLibrary } from "./state";

export const wordFacts = [
  "business_line",
  "customer_tier",
  "kind",
  "agent",
  "line",
  "queue",
  "disposition",
  "csat",
  "direction",
  "handled_by",
] as const satisfies readonly CaseFact[];

export const measures = [
  "began_at",
  "duration",
  "wait",
  "talk",
  "hold",
  "transfers",
  "silence",
  "on_hold",
  "overtalk",
  "agent_share",
  "agent_monologue",
  "customer_monologue",
  "agent_response",
  "customer_response",
] as const satisfies readonly CaseFact[];

export const states = [
  "marked",
  "filed",
  "heard",
  "has_text",
  "has_sound",
] as const satisfies readonly CaseState[];

export type WordFact = (typeof wordFacts)[number];
export type Measure = (typeof measures)[number];
export type OneOf = Extract<CaseFilter, { by: "one_of" }>;
export type Between = Extract<CaseFilter, { by: "between" }>;

/** Filters with the same key take each other's place. */
export function keyOf(filter: CaseFilter): string {
  switch (filter.by) {
    case "is":
      return filter.state;
    case "in_session":
      return "session";
    default:
      return filter.fact;
  }
}

/** With this filter, where another one of its kind stood. */
export function put(filters: readonly CaseFilter[], filter: CaseFilter): CaseFilter[] {
  const key = keyOf(filter);
  const stood = filters.some((other) => keyOf(other) === key);
  return stood ? filters.map((other) => (keyOf(other) === key ? filter : other)) : [...filters, filter];
}

export const without = (filters: readonly CaseFilter[], key: string): CaseFilter[] =>
  filters.filter((filter) => keyOf(filter) !== key);

/** Narrows the library by a filter, or no longer by what stands under its key. */
export const narrow = (key: string, filter: CaseFilter | null): void =>
  useLibrary.setState(({ filters }) => ({
    filters: filter ? put(filters, filter) : without(filters, key),
  }));
