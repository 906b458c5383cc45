import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { qk } from "../../app/queries";
import type { IssueId, IssueView, ObservationQuery } from "../../ipc";
import { ipc } from "../../ipc";
import { issueQuery, type ListState, pageSize } from "./state";

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

export const useFacets = () => useQuery({ queryKey: qk.issueFacets, queryFn: ipc.issueFacets });

export const useIssue = (id: IssueId | null) =>
  useQuery({ queryKey: qk.issue(id ?? ""), queryFn: () => ipc.getIssue(id ?? ""), enabled: id !== null });

/** Fetches one issue for an action on a row (replay, moves), from the cache while it is fresh. */
export const useFetchIssue = () => {
  const client = useQueryClient();
  return useCallback(
    (id: IssueId): Promise<IssueView> =>
      client.fetchQuery({ queryKey: qk.issue(id), queryFn: () => ipc.getIssue(id) }),
    [client],
  );
};

export const useTags = () => useQuery({ queryKey: qk.tags, queryFn: ipc.listTags });
export const usePeople = () => useQuery({ queryKey: qk.people, queryFn: ipc.listPeople });
export const useWorkspace = () => useQuery({ queryKey: qk.workspace, queryFn: ipc.workspaceInfo });
export const useBusinessLines = () => useQuery({ queryKey: qk.businessLines, queryFn: ipc.businessLines });

const unfiled: ObservationQuery = { tag: null, kind: null, unfiled: true, offset: 0, limit: 100 };

/** Moments that are filed under no issue yet. */
export const useUnfiled = (enabled = true) =>
  useQuery({ queryKey: qk.observationList(unfiled), queryFn: () => ipc.observations(unfiled), enabled });
