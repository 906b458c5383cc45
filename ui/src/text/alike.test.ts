import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { contains, findAll, folding, marked } from "./alike";
import { cardinal, digitsOf, otherSpellings } from "./numerals";

/** The cases of a table in Rust's tests: its arguments as they are written there. */
function cases(file: string, test: string): string[] {
  const source = readFileSync(join(import.meta.dirname, "../../../crates/domain/src", file), "utf8");
  const table = (source.split(`fn ${test}`)[0] ?? "").split("#[rstest]").at(-1) ?? "";
  return [...table.matchAll(/#\[case\((.*)\)\]/g)].map((m) => m[1] ?? "");
}
/** What Rust's string literals say. */
const strings = (args: string): string[] =>
  [...args.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((m) =>
    (m[1] ?? "").replace(/\\u\{([0-9A-F]+)\}/gi, (_, hex: string) =>
      String.fromCodePoint(Number.parseInt(hex, 16)),
    ),
  );
/** A place in the characters Rust counts by. */
const inCharacters = (text: string, at: number): number => [...text.slice(0, at)].length;

const written = cases("text/folding.rs", "what_is_alike_is_written_alike").map(strings);
const found = cases("text/tests.rs", "what_is_found_is_found_in_its_place").map((args) => {
  const places = [...args.matchAll(/\((\d+), (\d+)\)/g)].map((m) => [Number(m[1]), Number(m[2])]);
  return [...strings(args), places] as [string, string, number[][]];
});

describe("the page folds as the search does", () => {
  it("there are cases to hold it against", () => {
    expect(written.length).toBeGreaterThan(10);
    expect(found.length).toBeGreaterThan(5);
  });
  it.each(written)("%s is written %s", (text, alike) => expect(folding(text ?? "")).toBe(alike ?? ""));
  it.each(found)("in %s, %s is found in its place", (text, typed, places) => {
    const here = findAll(text, typed).map((s) => [inCharacters(text, s.from), inCharacters(text, s.to)]);
    expect(here).toEqual(places);
  });
});

describe("the page reads numbers as the search does", () => {
  const said = cases("numerals.rs", "a_number_is_said_and_understood").map(strings);
  const read = cases("numerals.rs", "numerals_are_read_only_when_they_are_a_number").map(strings);
  const spelled = cases("numerals.rs", "a_number_is_spelled_in_other_ways").map(strings);
  it("there are cases to hold it against", () =>
    expect(Math.min(said.length, read.length, spelled.length)).toBeGreaterThan(9));
  it.each(said)("%s is said %s", (digits = "", words = "") => {
    expect(cardinal(digits)).toBe(words);
    expect(digitsOf(words)).toBe(digits);
  });
  it.each(read)("%s is read as %s", (words = "", digits) => expect(digitsOf(words)).toBe(digits ?? null));
  it.each(spelled)("%s is spelled in other ways", (typed = "", ...others) =>
    expect(otherSpellings(typed)).toEqual(others),
  );
});

describe("what is marked of a text", () => {
  it.each([
    ["客户要退貨，退货！", "退货", ["退貨", "退货"]],
    ["客户要退货", "退貨", ["退货"]],
    ["打 13800138000 没人接", "138 0013 8000", ["13800138000"]],
    ["打 138-0013-8000 没人接，1 人", "13800138000", ["138-0013-8000"]],
    ["打 13800138000 没人接", "8000", ["8000"]],
    ["订单三六五没到", "订单365", ["订单三六五"]],
    ["等了365天，三百六十五天", "三六五", ["365", "三百六十五"]],
    ["三星手机3台", "3", ["3"]],
    ["ＯＫ，ok", "ok", ["ＯＫ", "ok"]],
    ["退款三天", "退款", ["退款"]],
    ["Refund now", "refund", ["Refund"]],
    ["退款要三天", "三天 退款", ["退款", "三天"]],
    ["退款后还等三天", "退款，三天", ["退款", "三天"]],
    ["a+b (c)", "+b (", ["+b", "("]],
    ["<b>x</b>", "b", ["b", "b"]],
    ["很好👍🏽！", "👍", ["👍🏽"]],
    ["café", "cafe\u0301", ["café"]],
    ["cafe\u0301 au lait", "café", ["cafe\u0301"]],
    ["İstanbul 退款", "退款", ["退款"]],
    ["没有", "", []],
    ["没有", "，", []],
  ])("%s, looked for with %s", (text, typed, words) => {
    expect(marked(text, typed).map(({ from, to }) => text.slice(from, to))).toEqual(words);
  });

  it("never stands over another mark", () => {
    expect(marked("退款退款", "退款 款退")).toEqual([{ from: 0, to: 4 }]);
  });
});

it.each([
  [["电话里说退貨", "知秋"], "退货 知秋", true],
  [["13800138000"], "138 0013 8000", true],
  [["退款"], "退货", false],
  [["任何"], "  ", true],
])("%j has %s: %s", (texts, typed, has) => expect(contains(texts, typed)).toBe(has));
