import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { ipc } from "../../ipc";
import { qk } from "../../records/queries";
import { issueQuery, type ListState, pageSize } from "../../things/issue/list";

/** The issue list, a page at a time; the last answer stays while the next is on its way. */
export const useIssueRows = (state: ListState, asker: string | null) =>
  useInfiniteQuery({
    queryKey: [...qk.issues(state), asker],
    queryFn: ({ pageParam }) => ipc.listIssues(issueQuery(state, asker, pageParam)),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => {
      const seen = pages.length * pageSize;
      return seen < last.total ? seen : undefined;
    },
    placeholderData: keepPreviousData,
  });
