import type { IssueListView, IssueQuery, IssueSort, PersonId } from "../../ipc";

/** What the issue list shows. */
export interface ListState {
  view: IssueListView;
  businessLine: string | null;
  urgency: number | null;
  difficulty: number | null;
  text: string;
  sort: IssueSort;
  descending: boolean;
}

/** Everything that is open, what is due first on top. */
export const fresh: ListState = {
  view: "open",
  businessLine: null,
  urgency: null,
  difficulty: null,
  text: "",
  sort: "due",
  descending: false,
};

/** Rows fetched at a time. */
export const pageSize = 200;

export const issueQuery = (s: ListState, asker: PersonId | null, offset: number): IssueQuery => ({
  text: s.text.trim(),
  view: s.view,
  business_line: s.businessLine,
  urgency: s.urgency,
  difficulty: s.difficulty,
  statuses: [],
  owner_id: null,
  asker,
  now: Date.now(),
  sort: s.sort,
  descending: s.descending,
  offset,
  limit: pageSize,
});
