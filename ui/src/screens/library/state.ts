import { create } from "zustand";
import type { CaseQuery, CaseSort } from "../../ipc";

/** What the library shows; kept while other screens are open. */
export interface LibraryState {
  text: string;
  businessLine: string;
  sort: CaseSort;
  /** Only the calls of this listening session; `null` for all. */
  session: string | null;
}

const fresh: LibraryState = { text: "", businessLine: "", sort: "imported", session: null };

export const useLibrary = create<LibraryState>(() => fresh);
export const resetLibrary = (): void => useLibrary.setState({ text: "", businessLine: "", session: null });

export const sorts: readonly CaseSort[] = ["imported", "started_at", "title", "duration", "marks"];

/** Rows fetched at a time. */
export const pageSize = 200;

export const caseQuery = (s: LibraryState, offset: number): CaseQuery => ({
  text: s.text.trim(),
  business_line: s.businessLine,
  sort: s.sort,
  offset,
  limit: pageSize,
});
