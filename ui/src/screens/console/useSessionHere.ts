import { useSearch } from "wouter";
import type { SessionView } from "../../ipc";
import { useSession } from "../sessions/queries";

/**
 * The listening session of the address, when it plays this call. While it is being read nothing may be marked, so that
 * no mark misses its session; a session that is gone or does not play the call is none.
 */
export function useSessionHere(caseId: string): { session: SessionView | null; pending: boolean } {
  const id = new URLSearchParams(useSearch()).get("session");
  const { data, isLoading, error } = useSession(id);
  const plays = !error && data?.cases.some((c) => c.case.id === caseId);
  return { session: (plays && data) || null, pending: isLoading };
}
