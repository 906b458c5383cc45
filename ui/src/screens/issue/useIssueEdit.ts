import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { qk } from "../../app/queries";
import type { Issue, IssuePatch, IssueView } from "../../ipc";
import { CommandError, ipc } from "../../ipc";

export type TextField = "title" | "statement" | "root_cause" | "business_line" | "external_owner";

/** What came of saving a text: done, or somebody else's words stand there now. */
export type Saved = { state: "saved" } | { state: "conflict"; theirs: string; rev: number };

const isConflict = (error: unknown): boolean =>
  error instanceof CommandError && error.note.code === "conflict";

/** Writes to one issue. Nobody's words are overwritten unseen. */
export const useIssueEdit = (id: string) => {
  const client = useQueryClient();
  const [error, setError] = useState<unknown>(null);

  const read = useCallback(
    () => client.fetchQuery({ queryKey: qk.issue(id), queryFn: () => ipc.getIssue(id), staleTime: 0 }),
    [client, id],
  );
  const show = useCallback(
    (issue: Issue) =>
      client.setQueryData<IssueView>(qk.issue(id), (old) => old && { ...old, row: { ...old.row, issue } }),
    [client, id],
  );

  /** Sets facts that are chosen, not written: the newest choice counts. */
  const set = useCallback(
    async (fields: IssuePatch["fields"]) => {
      setError(null);
      try {
        show(await ipc.updateIssue({ id, rev: (await read()).row.issue.rev, fields }));
      } catch (thrown) {
        setError(thrown);
      }
    },
    [id, read, show],
  );

  /** Saves a text that was read at `rev` as `was`. */
  const saveText = useCallback(
    async (field: TextField, was: string, text: string, rev: number): Promise<Saved> => {
      try {
        show(await ipc.updateIssue({ id, rev, fields: { [field]: text } }));
        return { state: "saved" };
      } catch (thrown) {
        if (!isConflict(thrown)) throw thrown;
        const { issue } = (await read()).row;
        // Something else about the issue changed: these words are still the ones that were read.
        if (issue[field] === was) {
          show(await ipc.updateIssue({ id, rev: issue.rev, fields: { [field]: text } }));
          return { state: "saved" };
        }
        return { state: "conflict", theirs: issue[field], rev: issue.rev };
      }
    },
    [id, read, show],
  );
  return { set, saveText, error, dismiss: () => setError(null) };
};
