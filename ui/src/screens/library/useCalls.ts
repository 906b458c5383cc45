import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { CaseRow, CaseSort } from "../../ipc";
import { ipc } from "../../ipc";
import { qk } from "../../records/queries";
import { contains } from "../../text/alike";
import { useSession, useSessions } from "../../things/session/queries";
import { caseQuery, type LibraryState, pageSize } from "./state";

/** A session a call is on the list of. */
export type HeardIn = { id: string; title: string };

const orders: Record<CaseSort, (a: CaseRow, b: CaseRow) => number> = {
  imported: (a, b) => b.case.created_at - a.case.created_at,
  started_at: (a, b) => (b.contact?.began_at ?? 0) - (a.contact?.began_at ?? 0),
  title: (a, b) => a.case.title.localeCompare(b.case.title, "zh"),
  duration: (a, b) => b.duration_ms - a.duration_ms,
  marks: (a, b) => b.observation_count - a.observation_count,
};

/** The calls of a session that pass the other filters, in the chosen order. */
export function within(rows: readonly CaseRow[], state: LibraryState): CaseRow[] {
  return rows
    .filter(({ case: c }) => state.businessLine === "" || c.business_line === state.businessLine)
    .filter(({ case: c, contact }) =>
      contains([c.title, contact?.agent ?? "", contact?.customer ?? "", c.business_line], state.text),
    )
    .sort(orders[state.sort]);
}

/** The calls to show: of the whole library page by page, or those of one session. */
export function useCalls(state: LibraryState, sessionId: string | null) {
  const list = useInfiniteQuery({
    queryKey: qk.cases({ pages: caseQuery(state, 0) }),
    queryFn: ({ pageParam }) => ipc.listCases(caseQuery(state, pageParam)),
    initialPageParam: 0,
    getNextPageParam: (last, pages) =>
      pages.length * pageSize < last.total ? pages.length * pageSize : undefined,
    placeholderData: keepPreviousData,
    enabled: sessionId === null,
  });
  const session = useSession(sessionId);
  const all = useMemo(() => list.data?.pages.flatMap((p) => p.rows) ?? [], [list.data]);
  const cases = session.data?.cases;
  const some = useMemo(() => within(cases ?? [], state), [cases, state]);
  if (sessionId !== null) {
    const { error, refetch } = session;
    return { rows: some, total: some.length, ready: cases !== undefined, error, refetch, onEnd: () => {} };
  }
  const { error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  return {
    rows: all,
    total: list.data?.pages[0]?.total ?? 0,
    ready: list.data !== undefined,
    error,
    refetch,
    onEnd: () => {
      if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
    },
  };
}

/** The sessions there are, and which calls are heard in them. */
export function useHeardIn() {
  const { data } = useSessions();
  return useMemo(() => {
    const sessions: HeardIn[] = (data ?? []).map(({ session: { id, title } }) => ({ id, title }));
    const byCase = new Map<string, HeardIn[]>();
    for (const { session } of data ?? []) {
      for (const id of session.cases) {
        byCase.set(id, [...(byCase.get(id) ?? []), { id: session.id, title: session.title }]);
      }
    }
    return { sessions, byCase };
  }, [data]);
}
