/** Recordings there is nothing to play of: calls that wait for theirs, and the one that goes on. */
import { useMemo } from "react";
import type { AlignView, CaseId, RecordingId } from "../../ipc";
import { qk, queryClient } from "../../records/queries";
import { useLive } from "./call";
import { useWaiting } from "./queries";

/** Tells of a recording whether it has no sound yet; renders again when that changes. */
export function useSoundless(): (recordingId: RecordingId | null | undefined) => boolean {
  const { data } = useWaiting();
  const running = useLive((s) => s.status?.call.recording_id);
  return useMemo(() => {
    const ids = new Set(data?.map((view) => view.call.recording_id));
    if (running) ids.add(running);
    return (id) => id !== null && id !== undefined && ids.has(id);
  }, [data, running]);
}

/** The same by case. */
export function useSoundlessCase(): (caseId: CaseId | null) => boolean {
  const { data } = useWaiting();
  const running = useLive((s) => s.status?.call.case_id);
  return useMemo(() => {
    const ids = new Set(data?.map((view) => view.call.case_id));
    if (running) ids.add(running);
    return (id) => id !== null && ids.has(id);
  }, [data, running]);
}

/** The same, outside of rendering, by what was read last. */
export function isSoundless(recordingId: RecordingId): boolean {
  const waiting = queryClient.getQueryData<AlignView[]>(qk.liveWaiting) ?? [];
  return (
    useLive.getState().status?.call.recording_id === recordingId ||
    waiting.some((view) => view.call.recording_id === recordingId)
  );
}
