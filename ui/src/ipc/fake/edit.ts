/** New values for fields of any record. */
import type { EntityKind, RecordPatch } from "../generated/types";
import { change, found, plainRows, refuse, state } from "./state";

type Row = { id: string; rev: number; deleted_at: number | null } & Record<string, unknown>;

/** What can be edited here, as it stands. */
const lists: Partial<Record<EntityKind, () => object[]>> = {
  person: () => state.people,
  tag: () => state.tags,
  case: () => state.cases,
  session: () => state.sessions,
  observation: () => state.observations,
  issue: () => state.issues,
};

/** Each record as it was at a revision somebody may have read. */
const known = new Map<string, Row>();

function rows(kind: EntityKind): Row[] {
  return (lists[kind]?.() ?? plainRows(kind)) as Row[];
}

/** Keeps how all records stand, to know later what somebody else changed. */
export function remember(): void {
  for (const kind of [...Object.keys(lists), ...state.plain.keys()] as EntityKind[])
    for (const row of rows(kind)) known.set(`${row.id}@${row.rev}`, structuredClone(row));
}

export const editCommands = {
  edit_record: ({ kind, id, fields, op_id }: RecordPatch) => {
    remember();
    const row = found(rows(kind), id);
    if (row.deleted_at !== null) refuse("not_found");
    for (const [name, { value, rev }] of Object.entries(fields)) {
      const read = known.get(`${id}@${rev}`)?.[name];
      const moved = rev !== row.rev && JSON.stringify(read) !== JSON.stringify(row[name]);
      if (moved && JSON.stringify(row[name]) !== JSON.stringify(value)) refuse("conflict");
      if ((name === "title" || name === "name") && String(value).trim() === "")
        refuse("invalid", { field: name });
    }
    const work = () => {
      for (const [name, { value }] of Object.entries(fields))
        row[name] = typeof value === "string" && name !== "text" ? value.trim() : value;
      row.rev += 1;
      remember();
      return row;
    };
    return change(`${kind}.edit`, [kind], work, op_id);
  },
};
