import { useEffect } from "react";
import { useLocation, useSearch } from "wouter";
import type { SessionView } from "../../ipc";
import { useSession } from "../../things/session/queries";

/**
 * The listening session of the address, when it plays this call. While it is being read nothing may be marked, so that
 * no mark misses its session. One that is gone or does not play the call is none, and leaves the address.
 */
export function useSessionHere(caseId: string): { session: SessionView | null; pending: boolean } {
  const search = useSearch();
  const [path, navigate] = useLocation();
  const id = new URLSearchParams(search).get("session");
  const { data, isLoading, error } = useSession(id);
  const plays = !error && data?.cases.some((c) => c.case.id === caseId);
  const session = (plays && data) || null;
  const lost = id !== null && !isLoading && session === null;
  useEffect(() => {
    if (!lost) return;
    const rest = search.split("&").filter((part) => !part.startsWith("session="));
    navigate(rest.length > 0 ? `${path}?${rest.join("&")}` : path, { replace: true });
  }, [lost, path, search, navigate]);
  return { session, pending: isLoading };
}
