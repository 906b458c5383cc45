/**
 * What is not offered to who sits here. The gate in Rust decides; the page asks it beforehand, so that a control can say
 * whose it is instead of failing.
 */
import { useQuery } from "@tanstack/react-query";
import { asNote, type EntityKind, type ErrorNote, ipc, type Withheld } from "../ipc";
import type { actionCodes } from "../ipc/generated/actions";
import { qk, queryClient } from "./queries";

export type Action = (typeof actionCodes)[number];
/** Why something is not offered; `null` while it is. */
export type Why = ErrorNote | null;

const reasonIn = (list: Withheld[] | undefined, action: Action): Why =>
  list?.find((one) => one.action === action)?.why ?? null;

const read = (kind: EntityKind | null, id: string | null) => ({
  queryKey: qk.withheld(kind, id),
  queryFn: () => ipc.withheld({ kind, id }),
});

/**
 * Why an action is not offered, with one record or, without one, at all. Until the host has answered everything is
 * offered: where roles do not count, nothing ever flickers. What makes a new record is asked without one.
 */
export function useWithheld(
  kind: EntityKind | null = null,
  id: string | null = null,
): (action: Action) => Why {
  const { data, error } = useQuery({ ...read(kind, id), enabled: kind === null || id !== null });
  // A record that is not there for who sits here is not changed by them either.
  const gone = error && asNote(error).code === "not_found" ? asNote(error) : null;
  return (action) => gone ?? reasonIn(data, action);
}

/** Whether roles count here, as far as who sits here can tell: the gate refuses them something. */
export function useHeldBack(): boolean {
  const { data } = useQuery(read(null, null));
  return (data?.length ?? 0) > 0;
}

/** The same for a key: what the host has told so far. */
export function withheldNow(action: Action, kind: EntityKind | null = null, id: string | null = null): Why {
  return reasonIn(queryClient.getQueryData<Withheld[]>(qk.withheld(kind, id)), action);
}
