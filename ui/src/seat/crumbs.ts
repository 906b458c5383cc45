import { useEffect } from "react";
import { create } from "zustand";

/** One step of the trail; with an address it leads there. */
export type Crumb = { text: string; href?: string };

type Crumbs = { crumbs: Crumb[]; set: (crumbs: Crumb[]) => void };

export const useCrumbs = create<Crumbs>()((set) => ({ crumbs: [], set: (crumbs) => set({ crumbs }) }));

/** Says in the top bar where the screen is, below its place on the rail. */
export function useTrail(...trail: (string | Crumb)[]): void {
  const set = useCrumbs((s) => s.set);
  const crumbs = trail.map((c) => (typeof c === "string" ? { text: c } : c)).filter((c) => c.text !== "");
  const joined = JSON.stringify(crumbs);
  useEffect(() => {
    set(JSON.parse(joined) as Crumb[]);
    return () => set([]);
  }, [joined, set]);
}
