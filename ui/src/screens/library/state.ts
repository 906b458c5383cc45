import { create } from "zustand";
import type { CaseFilter, CaseQuery, CaseSort } from "../../ipc";

/** What the library shows; kept while other screens are open. */
export interface LibraryState {
  text: string;
  filters: readonly CaseFilter[];
  sort: CaseSort;
  /** The other way round. */
  reversed: boolean;
}

const fresh: LibraryState = { text: "", filters: [], sort: "imported", reversed: false };

export const useLibrary = create<LibraryState>(() => fresh);
export const resetLibrary = (): void => useLibrary.setState({ text: "", filters: [] });

export const sorts: readonly CaseSort[] = [
  "imported",
  "started_at",
  "title",
  "duration",
  "marks",
  "business_line",
  "customer_tier",
  "agent",
  "queue",
  "disposition",
  "csat",
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
];

const words: ReadonlySet<CaseSort> = new Set([
  "title",
  "business_line",
  "customer_tier",
  "agent",
  "queue",
  "disposition",
  "csat",
]);

/** Which way an order runs: words from their beginning, times and numbers from the most, unless it is turned around. */
export const direction = (sort: CaseSort, reversed: boolean): "ascending" | "descending" =>
  words.has(sort) === reversed ? "descending" : "ascending";

/** Orders by a column; a second time the other way round. */
export const orderBy = (sort: CaseSort): void =>
  useLibrary.setState((now) => ({ sort, reversed: now.sort === sort && !now.reversed }));

/** Rows fetched at a time. */
export const pageSize = 200;

/** What is asked for, from a row on. */
export const caseQuery = (s: LibraryState, offset: number): CaseQuery => ({
  text: s.text.trim(),
  filters: [...s.filters],
  sort: s.sort,
  reversed: s.reversed,
  offset,
  limit: pageSize,
});
