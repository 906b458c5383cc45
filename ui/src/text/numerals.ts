/**
 * Numbers in Chinese characters and in digits: 三百六十五, 三六五 and 365. Rust's rules again
 * (`crates/domain/src/numerals.rs`), for what the page shows of a search; `alike.test.ts` holds them
 * against Rust's cases.
 */
const digitWords = "零一二三四五六七八九";
const otherDigits: Record<string, number> = { 〇: 0, 幺: 1, 两: 2 };
const units: Record<string, number> = { 十: 10, 百: 100, 千: 1_000, 万: 10_000, 亿: 100_000_000 };
/** Most digits a cardinal is written with. */
const MOST_DIGITS = 12;

function digitOf(c: string): number | null {
  const at = digitWords.indexOf(c);
  return at >= 0 ? at : (otherDigits[c] ?? null);
}

/** 365 → 三六五. */
const oneByOne = (digits: string): string => digits.replace(/[0-9]/g, (d) => digitWords[Number(d)] ?? d);

/** 1–9999 without zeros before it. */
function fourDigits(value: number): string {
  let said = "";
  let owesZero = false;
  for (const [size, unit] of [
    [1_000, "千"],
    [100, "百"],
    [10, "十"],
    [1, ""],
  ] as const) {
    const digit = Math.floor(value / size) % 10;
    if (digit === 0) {
      owesZero = said !== "";
      continue;
    }
    said += (owesZero ? "零" : "") + digitWords[digit] + unit;
    owesZero = false;
  }
  return said;
}

/** 365 → 三百六十五. */
export function cardinal(digits: string): string | null {
  if (digits === "0") return "零";
  if (digits.length > MOST_DIGITS || !/^[1-9][0-9]*$/.test(digits)) return null;
  const value = Number(digits);
  let said = "";
  let owesZero = false;
  for (const [size, name] of [
    [100_000_000, "亿"],
    [10_000, "万"],
    [1, ""],
  ] as const) {
    const four = Math.floor(value / size) % 10_000;
    owesZero ||= said !== "" && four < 1_000;
    if (four === 0) continue;
    said += (owesZero ? "零" : "") + fourDigits(four) + name;
    owesZero = false;
  }
  return said.startsWith("一十") ? said.slice(1) : said;
}

/** What numerals say, as digits; `null` for what is no whole number, or one said loosely. */
export function digitsOf(said: string): string | null {
  const each = [...said].map(digitOf);
  if (said !== "" && each.every((d) => d !== null)) return each.join("");
  let [total, four, above] = [0, 0, Number.POSITIVE_INFINITY];
  let digit: number | null = null;
  for (const c of said) {
    const unit = units[c];
    if (unit === undefined) {
      digit = digitOf(c);
      if (digit === null) return null;
    } else if (unit < 10_000) {
      four += (digit ?? 1) * unit;
      digit = null;
    } else {
      if (unit >= above) return null;
      above = unit;
      total += (four + (digit ?? 0)) * unit;
      [four, digit] = [0, null];
    }
  }
  const value = String(total + four + (digit ?? 0));
  return cardinal(value) === said.replaceAll("两", "二") ? value : null;
}

const spellings: readonly ((digits: string) => string | null)[] = [
  () => null,
  cardinal,
  (digits) => cardinal(digits)?.replace(/二([百千万亿])/g, "两$1") ?? null,
  oneByOne,
  (digits) => oneByOne(digits).replaceAll("一", "幺"),
];

/** Digits or numerals, at least two in a row. */
const runs = /[0-9]{2,}|[零〇一幺二两三四五六七八九十百千万亿]{2,}/g;

/** The same text with its numbers spelled in every other way; none where there is no number. */
export function otherSpellings(text: string): string[] {
  const out = new Set<string>();
  for (const spelling of spellings) {
    const other = text.replace(runs, (run) => {
      const digits = /[0-9]/.test(run) ? run : digitsOf(run);
      if (digits === null) return run;
      const said = spelling(digits);
      return said !== null && said.length > 1 ? said : digits;
    });
    if (other !== text) out.add(other);
  }
  return [...out];
}
