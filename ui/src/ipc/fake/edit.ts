/** New values for fields of any record. */
import type { EntityKind, RecordPatch, RecordRef } from "../generated/types";
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

/** A list two people edited: what either put in is in, what either took out is out. */
function merged(base: unknown[], mine: unknown[], now: unknown[]): unknown[] {
  const kept = now.filter((one) => mine.includes(one) || !base.includes(one));
  return [...kept, ...mine.filter((one) => !base.includes(one) && !now.includes(one))];
}

export const editCommands = {
  get_record: ({ kind, id }: RecordRef) => found(rows(kind), id),
  edit_record: ({ kind, id, fields, op_id }: RecordPatch) => {
    remember();
    const row = found(rows(kind), id);
    if (row.deleted_at !== null) refuse("not_found");
    const values = new Map(Object.entries(fields).map(([name, { value }]) => [name, value]));
    for (const [name, { value, rev }] of Object.entries(fields)) {
      const [read, now] = [known.get(`${id}@${rev}`)?.[name], row[name]];
      const moved = rev !== row.rev && JSON.stringify(read) !== JSON.stringify(now);
      if (moved && [read, value, now].every(Array.isArray))
        values.set(name, merged(read as unknown[], value as unknown[], now as unknown[]));
      else if (moved && JSON.stringify(now) !== JSON.stringify(value)) refuse("conflict");
      if ((name === "title" || name === "name") && String(value).trim() === "")
        refuse("invalid", { field: name });
    }
    const work = () => {
      for (const [name, value] of values)
        row[name] = typeof value === "string" && name !== "text" ? value.trim() : value;
      row.rev += 1;
      remember();
      return row;
    };
    return change(`${kind}.edit`, [kind], work, op_id);
  },
};
