import type { FactsPlan } from "../../../ipc";
import { hasFacts, isHere, isInDoubt, type PlanRow } from "../../../things/case/import/plan";

/** Which calls each part of the ledger is of. */
export const rowsShown = {
  coming: (row: PlanRow) => row.comes,
  facts: (row: PlanRow) => row.comes && hasFacts(row),
  sound: (row: PlanRow) => row.comes && !hasFacts(row),
  decide: isInDoubt,
  here: isHere,
  left: (row: PlanRow) => !row.comes && !isHere(row),
} as const;

export type CallsShown = keyof typeof rowsShown;

/** What stands in the middle: where facts come from, calls, facts without a call, or files. */
export type Shown = CallsShown | "sources" | "loose" | "later" | "unreadable" | "passed";

export const isUnreadable = (plan: FactsPlan) => plan.sources.filter((source) => source.error !== null);

/** How much there is of a part, in what it is counted by. */
export function countOf(plan: FactsPlan, rows: PlanRow[], shown: Exclude<Shown, "sources">): number {
  if (shown === "loose") return plan.without_call_count;
  if (shown === "later") return plan.here_count;
  if (shown === "unreadable") return isUnreadable(plan).length;
  if (shown === "passed") return plan.ignored_count + plan.unopened.length;
  const calls = rows.filter(rowsShown[shown]).length;
  return shown === "decide" ? calls + plan.undecided_count : calls;
}
