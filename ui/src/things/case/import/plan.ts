import type { FactKey, FactsPlan, ImportCall, PlannedFacts, PlannedFile, SuffixRule } from "../../../ipc";
import { shownPath } from "../../../text/path";
import type { Draft } from "./store";

/** Name of a file without its folder, on any system, as well as it can be shown. */
export const fileName = (path: string): string => shownPath(path.split(/[\\/]/).pop() ?? path);

export const stem = (path: string): string => fileName(path).replace(/\.[^.]+$/, "");

/** Files as what their call is known by, however often it is planned. */
const keyOf = (files: readonly PlannedFile[]): string => files.map((file) => file.path).join("\n");

/** A case to be, as it stands in the list. */
export interface PlanRow {
  key: string;
  files: PlannedFile[];
  title: string;
  /** What is planned with it. A file that was taken out of a call of two has nothing told of it alone. */
  call: PlannedFacts;
  isWhole: boolean;
  /** It comes in. */
  comes: boolean;
  /** Which of the values that were said counts, where somebody decided that. */
  decided: Readonly<Partial<Record<FactKey, number>>>;
}

/** Under which name it is kept what somebody decided of one fact of a call. */
export const doubtOf = (call: string, key: FactKey): string => `${call}\n${key}`;

/** What was decided of a call: a value is known by where it was said, however often that is read anew. */
const decidedOf = (call: PlannedFacts, own: string, draft: Draft): PlanRow["decided"] => {
  const all = call.contradictions.flatMap(({ key, said }) => {
    const place = draft.decided[doubtOf(own, key)];
    const at = said.findIndex(([, origin]) => JSON.stringify(origin) === place);
    return at < 0 ? [] : [[key, at] as const];
  });
  return Object.fromEntries(all);
};

/** The same bytes are here already, or earlier in the plan. */
export const isHere = ({ call, isWhole }: PlanRow): boolean =>
  isWhole && (call.already !== null || call.same_as !== null);

/** Rows tell of it. */
export const hasFacts = ({ call, isWhole }: PlanRow): boolean => isWhole && call.from.length > 0;

/** Somebody has to look: its rows contradict each other, or its sound. */
export const isInDoubt = ({ call, isWhole, comes }: PlanRow): boolean =>
  comes && isWhole && (call.contradictions.length > 0 || call.lengths_apart !== null);

/** Every case to be, as somebody decided about it. */
export const rowsOf = (plan: FactsPlan, draft: Draft): PlanRow[] =>
  plan.calls.flatMap((call) => {
    const key = keyOf(call.files);
    const parts = draft.split[key] ? call.files.map((file) => [file]) : [call.files];
    return parts.map((files): PlanRow => {
      const own = keyOf(files);
      const isWhole = files.length === call.files.length;
      const title = draft.titles[own] ?? (isWhole ? call.title : stem(files[0]?.path ?? ""));
      const decided = isWhole ? decidedOf(call, own, draft) : {};
      const row = { key: own, files, title, call: asDecided(call, decided), isWhole, decided, comes: true };
      const comes = !draft.left[own] && (!isHere(row) || draft.also[own] === true);
      return { ...row, comes };
    });
  });

export const bytesOf = (rows: readonly PlanRow[]): number =>
  rows.reduce((n, row) => n + row.files.reduce((m, file) => m + file.bytes, 0), 0);

/** What is asked for, file by file. */
export const callsOf = (rows: readonly PlanRow[]): ImportCall[] =>
  rows.map(({ files, title, decided }) => ({
    files: files.map((file) => file.at),
    title,
    decided: Object.entries(decided).map(([key, said]) => ({ key: key as FactKey, said })),
  }));

/** A call with the values that were decided in the place of those the plan takes by itself. */
const asDecided = (call: PlannedFacts, decided: PlanRow["decided"]): PlannedFacts => {
  const values = call.contradictions.flatMap(({ key, said }) => {
    const value = said[decided[key] ?? -1]?.[0];
    return value ? [[key, value] as const] : [];
  });
  return values.length === 0 ? call : { ...call, known: { ...call.known, ...Object.fromEntries(values) } };
};

/** Rules worth sending: both ends given, and different. */
export const usableRules = (rules: SuffixRule[]): SuffixRule[] =>
  rules
    .map((r) => ({ agent: r.agent.trim(), customer: r.customer.trim() }))
    .filter((r) => r.agent !== "" && r.customer !== "" && r.agent !== r.customer);

export const sameRules = (a: SuffixRule[], b: SuffixRule[]): boolean =>
  JSON.stringify(usableRules(a)) === JSON.stringify(usableRules(b));

const units = ["B", "kB", "MB", "GB"];

/** `3.2 MB`. */
export const bytesText = (bytes: number): string => {
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
};
