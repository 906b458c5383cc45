import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { qk } from "../../app/queries";
import { useRecordEdit } from "../../app/recordEdit";
import type { IssuePatch, IssueView } from "../../ipc";
import { ipc } from "../../ipc";

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
  const write = useCallback(
    async (rev: number, fields: IssuePatch["fields"]) => {
      const issue = await ipc.updateIssue({ id, rev, fields });
      client.setQueryData<IssueView>(qk.issue(id), (old) => old && { ...old, row: { ...old.row, issue } });
    },
    [client, id],
  );
  const { set, saveField, error } = useRecordEdit({ read, write });
  return { set, saveText: saveField<TextField>, error };
};
