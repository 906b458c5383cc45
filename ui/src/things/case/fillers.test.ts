import { expect, it } from "vitest";
import type { Segment } from "../../ipc";
import { fillersOf, isFiller } from "./fillers";

it.each(["嗯", "嗯嗯。", "呃，啊", "哦……", "Mm-hmm.", "Uh-huh, uh-huh", "Mhm", "Hmm", "Uh, um", "Oh."])(
  "%s is a filler",
  (text) => expect(isFiller(text)).toBe(true),
);
it.each([
  "",
  "。",
  "好",
  "对对",
  "不要",
  "嗯好",
  "啊？",
  "Oh!",
  "Hmm?",
  "Yeah",
  "Huh",
  "Oh my",
  "OK",
  "是啊",
  "umbrella",
])("%j says something", (text) => expect(isFiller(text)).toBe(false));
it("a long line is told in no time", () => expect(isFiller(`${"嗯".repeat(20_000)}好`)).toBe(false));

const line = (ordinal: number, channel: number, start_ms: number, end_ms: number, text: string) =>
  [ordinal, { id: `${ordinal}`, ordinal, channel, start_ms, end_ms, text } as Segment] as const;
const lines = new Map([
  line(0, 0, 0, 5_000, "我跟您说一下规则"),
  line(1, 1, 1_000, 1_400, "嗯"),
  line(2, 1, 3_000, 3_300, "哦，"),
  line(3, 0, 5_500, 5_900, "呃"),
  line(4, 1, 9_000, 9_400, "嗯。"),
]);
const never = () => false;

it.each([
  ["dimmed" as const, [1, 2, 3, 4], []],
  ["joined" as const, [3, 4], [1, 2]],
  ["shown" as const, [], []],
])("%s: %j stand back, %j are within the turn they were said into", (style, dimmed, joined) => {
  const fillers = fillersOf(lines, style, never);
  expect([...fillers.dimmed]).toEqual(dimmed);
  expect([...fillers.into.keys()]).toEqual(joined);
  expect((fillers.within.get(0) ?? []).map((s) => s.ordinal)).toEqual(joined);
});

it("what is marked or being corrected stays a line of its own", () => {
  const { dimmed, into } = fillersOf(lines, "joined", (s) => s.ordinal === 2);
  expect([[...dimmed], [...into]]).toEqual([[2, 3, 4], [[1, 0]]]);
});
