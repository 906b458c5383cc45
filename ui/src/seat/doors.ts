/** Which workspace the window is over, and the ways to another one. */
import { useMutation, useQuery } from "@tanstack/react-query";
import type { OpenedPlace } from "../ipc";
import { ipc, unlessRefused } from "../ipc";
import { ofMachine, qk } from "../records/queries";
import { enter } from "./enter";

/**
 * The demo, one's own workspace, one that is chosen, the demo from its beginning, out of the demo, a copy of the
 * open one on this machine, and the open one as one's own.
 */
export type Door = "demo" | "own" | "other" | "reset" | "leave" | "copy" | "ours";

const opened: Record<Door, () => Promise<OpenedPlace | null>> = {
  demo: () => ipc.openDemo(),
  own: () => ipc.openOwn(),
  other: async () => {
    const ticket = await ipc.pickWorkspace();
    return ticket === null ? null : ipc.openWorkspace(ticket);
  },
  reset: () => unlessRefused(ipc.resetDemo()),
  leave: () => ipc.leaveDemo(),
  copy: () => ipc.copyHere(),
  ours: () => ipc.takeAsOurs(),
};

/** What lies behind the doors. */
export function useDoors() {
  return useQuery({
    queryKey: qk.doors,
    queryFn: () => ipc.doors(),
    staleTime: 0,
    gcTime: 0,
    meta: ofMachine,
  });
}

/** Goes through one door at a time, and tells which and how it went. */
export function useEntering() {
  const going = useMutation({
    mutationFn: (door: Door) => opened[door](),
    onSuccess: (place) => place && enter(place),
  });
  // Once a place is open the page starts anew; until it does, the door is still being gone through.
  const busy = going.isPending || (going.isSuccess && going.data !== null);
  return {
    go: (door: Door) => {
      if (!busy) going.mutate(door);
    },
    /** The door somebody is going through now. */
    through: busy ? going.variables : null,
    /** The door that did not open, and why. */
    stuck: going.isError ? { door: going.variables, error: going.error } : null,
    dismiss: going.reset,
  };
}
