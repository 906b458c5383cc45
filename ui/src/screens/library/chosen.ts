/** Which calls something is going to be done with. They are chosen out of what a query found, and go with it. */
import { create } from "zustand";
import type { CaseId, CaseQuery, CasesMeant } from "../../ipc";

export interface Chosen {
  /** What was asked for when they were chosen. */
  of: string;
  ids: ReadonlySet<CaseId>;
  /** All that the query finds, fetched or not. */
  all: boolean;
  /** The one that was chosen last: a stretch begins there. */
  last: CaseId | null;
}

const none: Chosen = { of: "", ids: new Set(), all: false, last: null };

export const useChosen = create<Chosen>(() => none);
export const chooseNone = (): void => useChosen.setState(none);

/** What a query asks for, apart from its order and its window. */
export const askedFor = ({ text, filters }: Pick<CaseQuery, "text" | "filters">): string =>
  JSON.stringify([text, filters]);

/** The choice as it counts for a query: none where it was made of another one. */
export const chosenOf = (chosen: Chosen, of: string): Chosen => (chosen.of === of ? chosen : { ...none, of });

/** The same without calls that are not listed any more: one that went into the bin by itself is not meant. */
export function listedOf(chosen: Chosen, rows: readonly CaseId[]): Chosen {
  const there = new Set(rows);
  const ids = [...chosen.ids].filter((id) => there.has(id));
  return ids.length === chosen.ids.size ? chosen : { ...chosen, ids: new Set(ids) };
}

/** Chooses a call or lets it go; with `stretch` all from the last one to this one. */
export function choose(of: string, rows: readonly CaseId[], id: CaseId, stretch: boolean): void {
  const now = chosenOf(useChosen.getState(), of);
  const ids = new Set(now.all ? rows : now.ids);
  const [from, to] = [now.last === null ? -1 : rows.indexOf(now.last), rows.indexOf(id)];
  if (stretch && from >= 0 && to >= 0) {
    for (const one of rows.slice(Math.min(from, to), Math.max(from, to) + 1)) ids.add(one);
  } else if (ids.has(id)) ids.delete(id);
  else ids.add(id);
  useChosen.setState({ of, ids, all: false, last: id });
}

/** All that were fetched. */
export const chooseThese = (of: string, rows: readonly CaseId[]): void =>
  useChosen.setState({ of, ids: new Set(rows), all: false, last: null });

/** All there are. */
export const chooseAll = (of: string): void =>
  useChosen.setState({ of, ids: new Set(), all: true, last: null });

/** How many they are. */
export const countOf = (chosen: Chosen, total: number): number => (chosen.all ? total : chosen.ids.size);

/** As the host is told. */
export const meant = (chosen: Chosen, query: CaseQuery, total: number): CasesMeant =>
  chosen.all ? { by: "query", query, count: total } : { by: "ids", ids: [...chosen.ids] };
