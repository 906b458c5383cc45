import { useMutation, useQuery } from "@tanstack/react-query";
import type { AlignCandidate, AlignView, LiveCallId } from "../../ipc";
import { ipc } from "../../ipc";
import { qk } from "../../records/queries";

/** Calls a crash or power cut ended, until somebody has seen them. */
export function useRecovered() {
  return useQuery({ queryKey: qk.liveRecovered, queryFn: () => ipc.liveRecovered() });
}

export function useAcknowledge() {
  return useMutation({ mutationFn: (id: LiveCallId) => ipc.liveAcknowledge(id) });
}

/** Calls without sound, each with the recordings it may belong to. */
export function useWaiting() {
  return useQuery({ queryKey: qk.liveWaiting, queryFn: () => ipc.liveWaiting() });
}

export function useAlignView(callId: LiveCallId) {
  return useQuery({ queryKey: qk.align(callId), queryFn: () => ipc.alignView(callId) });
}

/** The recording that most likely belongs to a call. */
export const bestOf = (view: AlignView): AlignCandidate | undefined => view.candidates[0];

export const alignPath = (callId: LiveCallId): string => `/live/align/${callId}`;
