import { describe, expect, it } from "vitest";
import { shownPath } from "./path";

describe("shownPath", () => {
  it.each([
    ["/calls/a.wav", "/calls/a.wav"],
    ["/来电/退款.wav", "/来电/退款.wav"],
    // 退款投诉 in GBK, byte by byte.
    ["/来电/\uEFCD\uEFCB\uEFBF\uEFEE\uEFCD\uEFB6\uEFCB\uEFDF.wav", "/来电/退款投诉.wav"],
  ])("%s", (path, shown) => expect(shownPath(path)).toBe(shown));
});
