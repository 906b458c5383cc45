import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { ipc } from "../../ipc";
import { qk } from "../../records/queries";
import { useSessions } from "../../things/session/queries";
import { caseQuery, type LibraryState, pageSize } from "./state";

/** A session a call is on the list of. */
export type HeardIn = { id: string; title: string };

/** The calls to show, page by page. */
export function useCalls(state: LibraryState) {
  const list = useInfiniteQuery({
    queryKey: qk.cases({ pages: caseQuery(state, 0) }),
    queryFn: ({ pageParam }) => ipc.listCases(caseQuery(state, pageParam)),
    initialPageParam: 0,
    getNextPageParam: (last, pages) =>
      pages.length * pageSize < last.total ? pages.length * pageSize : undefined,
    placeholderData: keepPreviousData,
  });
  const rows = useMemo(() => list.data?.pages.flatMap((p) => p.rows) ?? [], [list.data]);
  const { error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  return {
    rows,
    total: list.data?.pages[0]?.total ?? 0,
    ready: list.data !== undefined,
    error,
    refetch,
    onEnd: () => {
      if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
    },
  };
}

/** The sessions there are, none while that is not known, and which calls are heard in them. */
export function useHeardIn() {
  const { data } = useSessions();
  return useMemo(() => {
    const sessions: HeardIn[] | undefined = data?.map(({ session: { id, title } }) => ({ id, title }));
    const byCase = new Map<string, HeardIn[]>();
    for (const { session } of data ?? []) {
      for (const id of session.cases) {
        byCase.set(id, [...(byCase.get(id) ?? []), { id: session.id, title: session.title }]);
      }
    }
    return { sessions, byCase };
  }, [data]);
}
