/** Text of people beside ours: whichever way theirs runs, ours stays where it is. */

/** Letters that run from the right, and marks that turn what follows. */
const turns =
  /[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufeff]|[\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const FIRST_STRONG = "\u2068";
const POP = "\u2069";
const begins = new Set(["\u2066", "\u2067", FIRST_STRONG]);

/** With every isolate in it closed, and none closed that it did not begin. */
function balanced(text: string): string {
  let open = 0;
  let out = "";
  for (const c of text) {
    if (c === POP && open === 0) continue;
    if (c === POP) open -= 1;
    if (begins.has(c)) open += 1;
    out += c;
  }
  return out + POP.repeat(open);
}

/**
 * A text by itself within other words, where there is no element to put around it. One that turns nothing comes as it
 * is.
 */
export const isolated = (text: string): string =>
  turns.test(text) ? FIRST_STRONG + balanced(text) + POP : text;
