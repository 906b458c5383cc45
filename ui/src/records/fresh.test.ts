import { QueryObserver } from "@tanstack/react-query";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { REST_MS, readAgain } from "./fresh";
import { ofMachine, queryClient } from "./queries";

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  queryClient.clear();
});

/** Something on the screen; counts how often it is read. */
function shown(key: string, meta?: Record<string, unknown>) {
  const read = vi.fn(async () => key);
  const stop = new QueryObserver(queryClient, {
    queryKey: [key],
    queryFn: read,
    ...(meta && { meta }),
  }).subscribe(() => undefined);
  return { read, stop };
}

describe("when anything changes", () => {
  it("all that is on the screen is read again, whatever it is about", async () => {
    const seen = ["cases", "issue", "a screen of next year"].map((key) => shown(key));
    await vi.advanceTimersByTimeAsync(0);
    readAgain();
    await vi.advanceTimersByTimeAsync(REST_MS);
    for (const { read } of seen) expect(read).toHaveBeenCalledTimes(2);
  });

  it("what is not on the screen is read when it comes there", async () => {
    const { read, stop } = shown("issues");
    await vi.advanceTimersByTimeAsync(0);
    stop();
    readAgain();
    await vi.advanceTimersByTimeAsync(REST_MS);
    expect(read).toHaveBeenCalledTimes(1);
    const again = shown("issues");
    await vi.advanceTimersByTimeAsync(0);
    expect(again.read).toHaveBeenCalledTimes(1);
  });

  it("a thousand changes are read at most every hundred milliseconds, and the last one is seen", async () => {
    const { read } = shown("cases");
    await vi.advanceTimersByTimeAsync(0);
    for (let ms = 0; ms < 1_000; ms += 1) {
      readAgain();
      await vi.advanceTimersByTimeAsync(1);
    }
    expect(read.mock.calls.length).toBeLessThanOrEqual(1 + 1_000 / REST_MS + 1);
    const before = read.mock.calls.length;
    readAgain();
    await vi.advanceTimersByTimeAsync(2 * REST_MS);
    expect(read.mock.calls.length).toBeGreaterThan(before);
  });

  it("what this machine has is not asked for each time", async () => {
    const { read } = shown("devices", ofMachine);
    await vi.advanceTimersByTimeAsync(0);
    readAgain();
    await vi.advanceTimersByTimeAsync(REST_MS);
    expect(read).toHaveBeenCalledTimes(1);
  });
});
