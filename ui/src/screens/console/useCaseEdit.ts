import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useRef } from "react";
import { qk } from "../../app/queries";
import {
  asNote,
  type Case,
  type CaseView,
  type Contact,
  type Edits,
  type EntityKind,
  editRecord,
} from "../../ipc";
import { report } from "./store";

/** A record a console shows with its case. */
type Shown = { kind: EntityKind; id: string; rev: number; caseId: string };
type Show<K extends EntityKind> = (view: CaseView, id: string, fields: Edits<K>) => CaseView;

/** Changes facts of a record one after the other, each knowing the revision before it. */
function useFacts<K extends EntityKind>(
  { kind, id, rev: read, caseId }: Shown & { kind: K },
  show: Show<K>,
): (fields: Edits<K>) => void {
  const client = useQueryClient();
  const queue = useRef<Promise<void>>(Promise.resolve());
  const rev = useRef(read);
  rev.current = Math.max(rev.current, read);
  return useCallback(
    (fields) => {
      const key = qk.case(caseId);
      client.setQueryData<CaseView>(key, (v) => v && show(v, id, fields));
      queue.current = queue.current.then(async () => {
        try {
          const kept = await editRecord(kind, id, rev.current, fields);
          rev.current = kept.rev;
        } catch (thrown) {
          report(asNote(thrown));
        }
        await client.invalidateQueries({ queryKey: key });
      });
    },
    [kind, id, caseId, show, client],
  );
}

const inCase: Show<"case"> = (view, _, fields) => ({ ...view, case: { ...view.case, ...fields } });
const inContact: Show<"contact"> = (view, id, fields) => ({
  ...view,
  contacts: view.contacts.map((c) => (c.id === id ? { ...c, ...fields } : c)),
});

/** Changes facts of a case. */
export function useCaseEdit(c: Case): (fields: Edits<"case">) => void {
  return useFacts({ kind: "case", id: c.id, rev: c.rev, caseId: c.id }, inCase);
}

/** Changes facts of a contact, see {@link useCaseEdit}. */
export function useContactEdit(c: Contact): (fields: Edits<"contact">) => void {
  return useFacts({ kind: "contact", id: c.id, rev: c.rev, caseId: c.case_id }, inContact);
}
