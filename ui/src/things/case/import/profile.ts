/** Profiles of sources as the page mends them (docs/profiles.md): what is not mended stays as it is written. */
import type { FactTold, ImportProfile, SourceTold } from "../../../ipc";

/** How a fact is read, as far as the page knows it. */
type Reading = { from?: string[]; order?: string; constant?: string; [word: string]: unknown };

type Profile = { name?: string; zone?: string; facts?: Record<string, Reading>; [word: string]: unknown };

/** What a column can be taken as: the facts, then what stands beside them in a profile. */
export const meanings = [
  "file_name",
  "call_id",
  "began_at",
  "answered_at",
  "ended_at",
  "duration_ms",
  "talk_ms",
  "hold_ms",
  "wait_ms",
  "transfers",
  "direction",
  "caller",
  "callee",
  "number",
  "line",
  "agent",
  "customer",
  "queue",
  "disposition",
  "csat",
  "handled_by",
  "previous_call_id",
  "case_number",
  "order_number",
  "business_line",
  "customer_tier",
  "title",
  "as_of",
] as const;

export type Meaning = (typeof meanings)[number];

const beside: readonly string[] = ["caller", "callee", "as_of"];
const times: readonly string[] = ["began_at", "answered_at", "ended_at", "as_of"];

export const dateOrders = ["year_first", "month_first", "day_first"] as const;
export type DateOrder = (typeof dateOrders)[number];

const profileOf = (told: SourceTold): Profile => structuredClone(told.profile.written) as Profile;

const readingOf = (profile: Profile, meaning: string): Reading | undefined =>
  beside.includes(meaning) ? (profile[meaning] as Reading | undefined) : profile.facts?.[meaning];

function put(profile: Profile, meaning: string, reading: Reading | undefined): void {
  const place = beside.includes(meaning) ? profile : { ...profile.facts };
  if (reading) place[meaning] = reading;
  else delete place[meaning];
  if (place !== profile) profile.facts = place as Record<string, Reading>;
}

/** The columns a fact is read from, by the names they have in this source. */
const columnsOf = (told: SourceTold, meaning: string): string[] =>
  told.facts.find((fact) => fact.fact === meaning)?.from ?? [];

/** The profile with a column taken as something else, or as nothing. */
export function takenAs(told: SourceTold, column: string, meaning: Meaning | null): string {
  const profile = profileOf(told);
  const before = told.columns.find((one) => one.name === column)?.taken_as ?? [];
  for (const other of before) {
    if (other === meaning) continue;
    const reading = readingOf(profile, other);
    const from = columnsOf(told, other).filter((name) => name !== column);
    const isEmpty = from.length === 0 && reading?.constant === undefined;
    put(profile, other, isEmpty ? undefined : { ...reading, from });
  }
  if (meaning !== null && !before.includes(meaning)) {
    const from = columnsOf(told, meaning).filter((name) => name !== column);
    // What somebody chose is asked first.
    put(profile, meaning, { ...readingOf(profile, meaning), from: [column, ...from] });
  }
  return JSON.stringify(profile);
}

/** The order of days and months its times are read in; `null` where the source is asked. */
export function orderOf(told: SourceTold): DateOrder | null {
  const profile = profileOf(told);
  const said = times.flatMap((time) => readingOf(profile, time)?.order ?? []);
  return dateOrders.find((order) => said.includes(order)) ?? null;
}

export function orderedBy(told: SourceTold, order: DateOrder | null): string {
  const profile = profileOf(told);
  for (const time of times) {
    const reading = readingOf(profile, time);
    if (!reading) continue;
    const { order: _, ...rest } = reading;
    put(profile, time, order ? { ...rest, order } : rest);
  }
  return JSON.stringify(profile);
}

/** The zone its own profile says; `null` where that of the whole import counts. */
export const zoneOf = (told: SourceTold): string | null => profileOf(told).zone ?? null;

export function inZone(told: SourceTold, zone: string | null): string {
  const { zone: _, ...rest } = profileOf(told);
  return JSON.stringify(zone ? { ...rest, zone } : rest);
}

/** The profile under a name of its own, as it is remembered. */
export const remembered = (told: SourceTold, name: string): ImportProfile => ({
  name,
  written: JSON.stringify({ ...profileOf(told), name }, null, 2),
});

/** What became of what stands in a column, where it is taken as something. */
export const factOf = (told: SourceTold, meaning: string): FactTold | undefined =>
  told.facts.find((fact) => fact.fact === meaning);
