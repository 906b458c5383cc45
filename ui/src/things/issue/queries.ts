import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import type { IssueId, IssueView, ObservationQuery } from "../../ipc";
import { ipc } from "../../ipc";
import { qk } from "../../records/queries";

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

const unfiled: ObservationQuery = { tag: null, kind: null, unfiled: true, offset: 0, limit: 100 };

/** Moments that are filed under no issue yet. */
export const useUnfiled = (enabled = true) =>
  useQuery({ queryKey: qk.observationList(unfiled), queryFn: () => ipc.observations(unfiled), enabled });
