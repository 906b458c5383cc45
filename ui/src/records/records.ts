/** Records of plain kinds: those that belong to one thing, and what is done with them. */
import { useMutation, useQuery } from "@tanstack/react-query";
import { addRecord, ipc, listRecords, type Made, type PlainKind } from "../ipc";
import { qk } from "./queries";

/** The records of a kind that belong to what `id` names, in the order they were made. */
export function useRecords<K extends PlainKind>(kind: K, field: Made[K] & string, id: string) {
  return useQuery({
    queryKey: qk.records(kind, field, id),
    queryFn: () => listRecords(kind, field, id),
  });
}

/** Making and taking away; each tells by itself what went wrong. */
export function useRecordDeeds<K extends PlainKind>(kind: K) {
  const add = useMutation({
    mutationFn: (said: Parameters<typeof addRecord<K>>[1]) => addRecord(kind, said),
  });
  const remove = useMutation({ mutationFn: (id: string) => ipc.removeRecord({ kind, id }) });
  return { add, remove };
}
