import { afterEach, describe, expect, it } from "vitest";
import { dueOf } from "./lifecycle";

const zone = process.env.TZ;
afterEach(() => {
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
});

describe("an issue due on the eighteenth", () => {
  const due = Date.UTC(2026, 10, 18);
  it.each([
    ["Asia/Shanghai", 18, 23, "today"],
    ["Asia/Shanghai", 19, 0, "overdue"],
    ["Etc/GMT+8", 18, 23, "today"],
    ["Etc/GMT+8", 19, 0, "overdue"],
  ] as const)("in %s, on the %dth at %d:30, is %s", (tz, day, hour, look) => {
    process.env.TZ = tz;
    const now = new Date(2026, 10, day, hour, 30).getTime();
    expect(dueOf(due, "claimed", now)).toMatchObject({ look });
  });
});
