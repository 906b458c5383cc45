import { describe, expect, it } from "vitest";
import { newId } from "./newId";

describe("an id made here", () => {
  it("is a UUID of version 7", () => {
    expect(newId()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it("carries the time of its making, and no other has it", () => {
    const before = Date.now();
    const ids = Array.from({ length: 1_000 }, newId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) {
      const at = Number.parseInt(id.replace("-", "").slice(0, 12), 16);
      expect(at).toBeGreaterThanOrEqual(before);
      expect(at).toBeLessThanOrEqual(Date.now());
    }
  });
});
