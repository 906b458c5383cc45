/** Records of plain kinds: made, listed and taken away by what they declare. */
import type { EntityKind, NewRecord, RecordQuery, RecordRef } from "../generated/types";
import { change, found, meta, newId, type PlainRow, plainRows, state } from "./state";

/** What stands in a field nobody said anything of. */
const empty: Partial<Record<EntityKind, object>> = {
  contact: { began_at: null, ended_at: null, agent: "", customer: "" },
  commitment: { issue_id: null, session_id: null, due: null, kept: null, word: "" },
};

export const recordCommands = {
  add_record: ({ kind, id, fields, op_id }: NewRecord): PlainRow =>
    change(
      `${kind}.add`,
      [kind],
      () => {
        const made = { ...empty[kind], ...fields, id: id ?? newId(), ...meta(state.actor, Date.now()) };
        plainRows(kind).push(made);
        return made;
      },
      op_id,
    ),
  remove_record: ({ kind, id }: RecordRef) =>
    change(`${kind}.delete`, [kind], () => {
      found(plainRows(kind), id).deleted_at = Date.now();
    }),
  list_records: ({ kind, field, id }: RecordQuery): PlainRow[] =>
    plainRows(kind).filter((row) => row.deleted_at === null && (field === null || row[field] === id)),
};
