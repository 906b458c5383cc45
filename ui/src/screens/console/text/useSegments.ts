import { useQueries, useQuery } from "@tanstack/react-query";
import { ipc, type Segment } from "../../../ipc";
import { qk } from "../../../records/queries";

/** Rows per read. */
export const PAGE = 100;

const noStarts: number[] = [];

/** Start of every turn, ms: the light index that lists, follows and seeks without the words. */
export function useStarts(recordingId: string): number[] {
  const { data } = useQuery({
    queryKey: qk.segmentStarts(recordingId),
    queryFn: () => ipc.segmentStarts(recordingId),
  });
  return data ?? noStarts;
}

/** The words of the turns between two ordinals, as pages arrive. */
export function useSegments(
  recordingId: string,
  first: number,
  last: number,
  total: number,
): Map<number, Segment> {
  const from = Math.max(0, Math.floor(first / PAGE));
  const to = Math.min(Math.floor(Math.max(0, total - 1) / PAGE), Math.floor(Math.max(0, last) / PAGE));
  const pages = total === 0 ? [] : Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);
  return useQueries({
    queries: pages.map((page) => ({
      queryKey: qk.segments(recordingId, page),
      queryFn: () => ipc.segments({ recording_id: recordingId, offset: page * PAGE, limit: PAGE }),
      gcTime: 60_000,
    })),
    combine: byOrdinal,
  });
}

/** One map out of the pages that have arrived. */
function byOrdinal(reads: { data: Segment[] | undefined }[]): Map<number, Segment> {
  return new Map(reads.flatMap((read) => (read.data ?? []).map((s) => [s.ordinal, s] as const)));
}
