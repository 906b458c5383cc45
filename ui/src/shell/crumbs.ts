import { useEffect } from "react";
import { create } from "zustand";

type Crumbs = { crumbs: string[]; set: (crumbs: string[]) => void };

export const useCrumbs = create<Crumbs>()((set) => ({ crumbs: [], set: (crumbs) => set({ crumbs }) }));

/** Says in the top bar where the screen is, below its place on the rail. */
export function useTrail(...trail: string[]): void {
  const set = useCrumbs((s) => s.set);
  const joined = JSON.stringify(trail.filter(Boolean));
  useEffect(() => {
    set(JSON.parse(joined) as string[]);
    return () => set([]);
  }, [joined, set]);
}
