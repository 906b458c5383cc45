import { create } from "zustand";
import type { IssueSort } from "../../ipc";
import { fresh, type ListState } from "../../things/issue/list";

/** The list as it stands; kept while other screens are open. */
export const useIssueList = create<ListState>(() => fresh);

export const resetIssueList = (): void => useIssueList.setState(fresh);

/** Columns whose natural order runs downwards: the store gives most, newest, oldest-open first. */
const downward: ReadonlySet<IssueSort> = new Set(["number", "reach", "evidence", "age"]);

/** Turns a column around, or makes it the order. */
export const sortBy = (sort: IssueSort): void =>
  useIssueList.setState((s) => ({ sort, descending: s.sort === sort ? !s.descending : false }));

export const ariaSort = (s: ListState, sort: IssueSort): "ascending" | "descending" | undefined => {
  if (s.sort !== sort) return undefined;
  return downward.has(sort) !== s.descending ? "descending" : "ascending";
};

/** A cell of the matrix on, or off again. */
export const toggleCell = (urgency: number, difficulty: number): void =>
  useIssueList.setState((s) =>
    s.urgency === urgency && s.difficulty === difficulty
      ? { urgency: null, difficulty: null }
      : { urgency, difficulty },
  );

export const toggleLine = (line: string): void =>
  useIssueList.setState((s) => ({ businessLine: s.businessLine === line ? null : line }));

/** Filters on top of the view, for the folded button. */
export const filterCount = (s: ListState): number =>
  Number(s.businessLine !== null) + Number(s.urgency !== null) + Number(s.view !== "open");
