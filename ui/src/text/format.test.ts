import { expect, it } from "vitest";
import { lasting } from "./format";

it.each([
  [0, "0:00.1"],
  [40, "0:00.1"],
  [250, "0:00.3"],
  [990, "0:00.9"],
  [1000, "0:01"],
  [61_500, "1:01"],
])("what lasts %d ms is told as %s", (ms, told) => {
  expect(lasting(ms)).toBe(told);
});
