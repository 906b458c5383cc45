import { useInfiniteQuery } from "@tanstack/react-query";
import { ipc } from "../../ipc";
import { qk } from "../../records/queries";

/** Rows fetched at a time. */
const pageSize = 200;

/** What is in the bin, page by page. */
export function useBin() {
  const query = useInfiniteQuery({
    queryKey: qk.bin,
    queryFn: ({ pageParam }) => ipc.bin({ offset: pageParam, limit: pageSize }),
    initialPageParam: 0,
    getNextPageParam: (last, pages) =>
      pages.length * pageSize < last.total ? pages.length * pageSize : undefined,
    // Days go by and nobody tells.
    staleTime: 0,
  });
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const first = data?.pages[0];
  return {
    first,
    rows: data?.pages.flatMap((page) => page.rows) ?? [],
    error,
    refetch,
    onEnd: () => {
      if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
    },
  };
}
