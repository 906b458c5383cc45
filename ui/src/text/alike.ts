/**
 * What is the same when words are looked for. The search itself is Rust's; this is its folding for
 * what the page shows, over the same table, so that every hit can be marked. `alike.test.ts` holds
 * it against the cases Rust is tested with.
 */
import pairs from "../../../crates/domain/src/text/alike.txt?raw";
import { otherSpellings } from "./numerals";

/** A stretch of a text, in its own string places. */
export type Stretch = { from: number; to: number };
/** A character as it is compared, and the stretch of the text it comes from. */
type Folded = Stretch & { c: string };

/** Blanks and dashes between two groups of digits of one number. */
const MOST_BETWEEN = 3;
/** Numbers of more digits stand undivided. */
const LEAST_PART = 4;

/** A character with what may become one with it. */
const cluster = /[\s\S][\p{M}\u1160-\u11FF]*/gu;
const unseen =
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: each of them is meant by itself
  /[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFE00-\uFE0F\uFEFF\u{1F3FB}-\u{1F3FF}\u{E0000}-\u{E0FFF}]/u;
const partsNumber = /[^\S\n\r]|[-\u2010-\u2015\u2212]/;
const digit = /[0-9]/;

let table: Map<string, string> | null = null;

/** Traditional characters and radicals: what is written, and what is meant. */
function meant(c: string): string {
  if (c < "\u2E80") return c;
  if (table === null) {
    table = new Map();
    const all = pairs
      .split("\n")
      .filter((line) => !line.startsWith("#"))
      .flatMap((line) => [...line.trimEnd()]);
    for (let i = 0; i + 1 < all.length; i += 2) table.set(all[i] as string, all[i + 1] as string);
  }
  return table.get(c) ?? c;
}

const lower = (c: string): string => String.fromCodePoint(c.toLowerCase().codePointAt(0) ?? 0);

function folded(text: string): Folded[] {
  const out: Folded[] = [];
  for (const { 0: together, index: from } of text.matchAll(cluster)) {
    const to = from + together.length;
    for (const c of together.normalize("NFKC")) {
      if (!unseen.test(c)) out.push({ c: meant(lower(c)), from, to });
    }
    const last = out.at(-1);
    // What is not seen belongs to what it follows.
    if (last && last.from !== from && last.to === from) last.to = to;
  }
  return out;
}

/** Where the number that begins at `from` ends, what parts it, and how many digits it has. */
function numberFrom(text: readonly Folded[], from: number) {
  const between: number[] = [];
  let end = from;
  let digits = 0;
  for (let at = from; at < text.length && at <= end + MOST_BETWEEN; at++) {
    const c = text[at]?.c ?? "";
    if (digit.test(c)) {
      for (let i = end; i < at; i++) between.push(i);
      digits += 1;
      end = at + 1;
    } else if (!partsNumber.test(c)) break;
  }
  return { end, between, digits };
}

/** A text whose longer numbers stand undivided. */
function joined(text: Folded[]): Folded[] {
  const gone = new Set<number>();
  for (let at = 0; at < text.length; at++) {
    if (!digit.test(text[at]?.c ?? "")) continue;
    const { end, between, digits } = numberFrom(text, at);
    if (digits > LEAST_PART) for (const i of between) gone.add(i);
    at = end - 1;
  }
  return gone.size === 0 ? text : text.filter((_, i) => !gone.has(i));
}

/** Where characters stand, whichever way the numbers in them are spelled. */
function placesOf(hay: readonly Folded[], typed: readonly string[]): Stretch[] {
  const pins = [...otherSpellings(typed.join("")).map((other) => [...other]), typed].filter(
    (p) => p.length > 0,
  );
  const out: Stretch[] = [];
  const isDigit = (at: number) => digit.test(hay[at]?.c ?? "");
  // Another spelling is a whole number: 八十 is not in 8021.
  const isWhole = (at: number, end: number) =>
    !(isDigit(at - 1) && isDigit(at)) && !(isDigit(end - 1) && isDigit(end));
  for (let i = 0; i < hay.length && pins.length > 0; i++) {
    const pin = pins.find(
      (p) => p.every((c, k) => hay[i + k]?.c === c) && (p === typed || isWhole(i, i + p.length)),
    );
    if (!pin) continue;
    out.push({ from: hay[i]?.from ?? 0, to: hay[i + pin.length - 1]?.to ?? 0 });
    i += pin.length - 1;
  }
  return out;
}

const charactersOf = (text: string): string[] => joined(folded(text.trim())).map((f) => f.c);

/** A text as it is compared. */
export const folding = (text: string): string =>
  folded(text)
    .map((f) => f.c)
    .join("");

/** Where `needle` stands in `text`, by the rules of the search. */
export function findAll(text: string, needle: string): Stretch[] {
  return placesOf(joined(folded(text)), charactersOf(needle));
}

/** Whether every piece of what was typed stands in one of the texts. */
export function contains(texts: readonly string[], typed: string): boolean {
  const hay = texts.map((t) => joined(folded(t)));
  return piecesOf(typed).every((piece) => hay.some((h) => placesOf(h, piece).length > 0));
}

/** What was typed, cut at blanks; a number with blanks in it is one piece. */
function piecesOf(typed: string): string[][] {
  return charactersOf(typed)
    .join("")
    .split(/\s+/)
    .filter(Boolean)
    .map((piece) => [...piece]);
}

/** Runs of one kind, which is what the index is asked for: Han, numbers, words, signs. */
const runs = /[\p{sc=Han}々]+|\p{N}+|(?:(?![\p{sc=Han}\p{N}])\p{Alphabetic})+|[^\P{S}\0-\x7F]+/gu;

const runsOf = (typed: string): string[][] => (folding(typed).match(runs) ?? []).map((run) => [...run]);

/** The stretches of a text to mark for what was typed, in order, none over another. */
export function marked(text: string, typed: string): Stretch[] {
  const hay = joined(folded(text));
  let found: Stretch[] = [];
  let isWhole = true;
  for (const piece of piecesOf(typed)) {
    const places = placesOf(hay, piece);
    isWhole &&= places.length > 0;
    found.push(...places);
  }
  // The search also finds the parts of a piece apart from each other.
  if (!isWhole) found = found.concat(runsOf(typed).flatMap((run) => placesOf(hay, run)));
  found.sort((a, b) => a.from - b.from || b.to - a.to);
  const out: Stretch[] = [];
  for (const next of found) {
    const last = out.at(-1);
    if (last && next.from <= last.to) last.to = Math.max(last.to, next.to);
    else out.push({ ...next });
  }
  return out;
}
