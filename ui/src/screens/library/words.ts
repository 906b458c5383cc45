/** Facts, their values and their bounds in words. */
import { useTranslation } from "react-i18next";
import type { CaseColumn, CaseFact, CaseFilter } from "../../ipc";
import { clock, day, parseClock } from "../../text/format";
import type { Between, Measure } from "./filters";

/** What the number of a fact counts. */
export type Unit = "day" | "length" | "count" | "share";

export function unitOf(fact: Measure): Unit {
  switch (fact) {
    case "began_at":
      return "day";
    case "transfers":
    case "overtalk":
      return "count";
    case "silence":
    case "agent_share":
      return "share";
    default:
      return "length";
  }
}

/** Facts whose values are words of ours. */
const ours: ReadonlySet<CaseFact | CaseColumn> = new Set(["kind", "direction", "handled_by"]);

/** A value as it is shown: one of ours worded, somebody's as it stands; nothing for what is not known. */
export function useValueWords() {
  const { t } = useTranslation("library");
  return (fact: CaseFact | CaseColumn, value: string): string => {
    if (value === "") return "";
    return ours.has(fact) ? t(`value.${value}` as "value.phone") : value;
  };
}

/** Bounds as they are typed, and back. */
type Typed = { read: (text: string, end: boolean) => number | null; write: (value: number) => string };

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

const two = (n: number) => String(n).padStart(2, "0");

/** The first moment of a day, or its last. */
function readDay(text: string, end: boolean): number | null {
  const found = DAY.exec(text);
  if (!found) return null;
  const [y, m, d] = found.slice(1).map(Number);
  const begin = new Date(y ?? 0, (m ?? 1) - 1, (d ?? 1) + (end ? 1 : 0)).getTime();
  return end ? begin - 1 : begin;
}

function writeDay(at: number): string {
  const d = new Date(at);
  return `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())}`;
}

/** Lengths are shown in seconds: the last one counts to its end. */
function readLength(text: string, end: boolean): number | null {
  const ms = parseClock(text);
  return ms === null ? null : Math.floor(ms / 1000) * 1000 + (end ? 999 : 0);
}

function readCount(text: string): number | null {
  return /^\s*\d{1,6}\s*$/.test(text) ? Number(text) : null;
}

const PERCENT = /^\s*(\d{1,3}(?:\.\d)?)\s*[%％]?\s*$/;

/** A share is typed in percent, and kept in thousandths. */
function readShare(text: string): number | null {
  const found = PERCENT.exec(text);
  const permille = Math.round(Number(found?.[1]) * 10);
  return found && permille <= 1000 ? permille : null;
}

const units: Record<Unit, Typed> = {
  day: { read: readDay, write: writeDay },
  length: { read: readLength, write: clock },
  count: { read: readCount, write: String },
  share: { read: readShare, write: (permille) => `${permille / 10}%` },
};

export const typed = (fact: Measure): Typed => units[unitOf(fact)];

/** What a filter on a time, a length or a count lets through. */
export function useBetweenWords() {
  const { t } = useTranslation("library");
  return ({ fact, from, to }: Between): string => {
    const say = fact === "began_at" ? (at: number) => day(at) : typed(fact as Measure).write;
    if (from !== null && to !== null) return t("filter.fromTo", { from: say(from), to: say(to) });
    if (from !== null) return t("filter.from", { from: say(from) });
    return to === null ? t("filter.known") : t("filter.to", { to: say(to) });
  };
}

/** What a filter is about. */
export function useFilterNames() {
  const { t } = useTranslation("library");
  return (filter: CaseFilter): string => {
    switch (filter.by) {
      case "is":
        return t(`state.${filter.state}`);
      case "in_session":
        return t("filter.session");
      default:
        return t(`fact.${filter.fact}`);
    }
  };
}
