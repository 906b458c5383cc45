import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useRef } from "react";
import { qk } from "../../app/queries";
import { asNote, type Case, type CaseView, type Edits, editRecord } from "../../ipc";
import { report } from "./store";

/** Changes facts of a case one after the other, each knowing the revision before it. */
export function useCaseEdit(c: Case): (fields: Edits<"case">) => void {
  const client = useQueryClient();
  const queue = useRef<Promise<void>>(Promise.resolve());
  const rev = useRef(c.rev);
  rev.current = Math.max(rev.current, c.rev);
  return useCallback(
    (fields) => {
      const key = qk.case(c.id);
      client.setQueryData<CaseView>(key, (v) => v && { ...v, case: { ...v.case, ...fields } });
      queue.current = queue.current.then(async () => {
        try {
          const kept = await editRecord("case", c.id, rev.current, fields);
          rev.current = kept.rev;
        } catch (thrown) {
          report(asNote(thrown));
        }
        await client.invalidateQueries({ queryKey: key });
      });
    },
    [c.id, client],
  );
}
