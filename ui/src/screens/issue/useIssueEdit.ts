import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { qk } from "../../app/queries";
import { useRecordEdit } from "../../app/recordEdit";
import { type Issue, type IssueView, ipc } from "../../ipc";

export type TextField = "title" | "statement" | "root_cause" | "business_line" | "external_owner";

/** Writes to one issue. */
export const useIssueEdit = (id: string) => {
  const client = useQueryClient();
  const read = useCallback(
    () =>
      client
        .fetchQuery({ queryKey: qk.issue(id), queryFn: () => ipc.getIssue(id), staleTime: 0 })
        .then((view) => view.row.issue),
    [client, id],
  );
  const show = useCallback(
    (issue: Issue) =>
      void client.setQueryData<IssueView>(
        qk.issue(id),
        (old) => old && { ...old, row: { ...old.row, issue } },
      ),
    [client, id],
  );
  const { set, saveField, error } = useRecordEdit("issue", id, { read, show });
  return { set, saveText: saveField<TextField>, error };
};
