import { beforeEach, describe, expect, it, vi } from "vitest";
import { accept, onFrame, playerState, position, positionOf, stepSpeed } from "./clock";
import { lanesOf } from "./draw";
import { drawingGain, extremes, levelFor, readPeaks, tilesFor } from "./peaks";
import { clampWindow, follow, lastStartedBy, msOf, pan, reveal, ticks, xOf, zoom } from "./timeline";

const HOUR = 3_600_000;

describe("time and place", () => {
  it("are each other's reverse", () => {
    const view = { from: 60_000, to: 180_000 };
    for (const ms of [60_000, 61_234, 120_000, 180_000])
      expect(msOf(xOf(ms, view, 870), view, 870)).toBeCloseTo(ms, 6);
  });

  it("a window stays inside the recording", () => {
    expect(clampWindow({ from: -5000, to: 55_000 }, 600_000)).toEqual({ from: 0, to: 60_000 });
    expect(clampWindow({ from: 590_000, to: 650_000 }, 600_000)).toEqual({ from: 540_000, to: 600_000 });
    expect(clampWindow({ from: 0, to: 60_000 }, 10_000)).toEqual({ from: 0, to: 10_000 });
  });

  it("zooming keeps the time under the pointer where it is", () => {
    const view = { from: 100_000, to: 220_000 };
    const closer = zoom(view, 0.5, 130_000, HOUR);
    expect(closer.to - closer.from).toBe(60_000);
    expect(xOf(130_000, closer, 800)).toBeCloseTo(xOf(130_000, view, 800), 6);
  });

  it("zooming ends at two seconds and at the whole call", () => {
    const view = { from: 0, to: 60_000 };
    const near = zoom(view, 1e-6, 30_000, HOUR);
    expect(near.to - near.from).toBe(2000);
    expect(zoom(view, 1e6, 30_000, HOUR)).toEqual({ from: 0, to: HOUR });
  });

  it("panning stops at the ends", () => {
    expect(pan({ from: 10_000, to: 70_000 }, -50_000, HOUR)).toEqual({ from: 0, to: 60_000 });
  });

  it("the ruler has round times, not too close", () => {
    expect(ticks({ from: 240_000, to: 360_000 }, 870)).toEqual([
      240_000, 255_000, 270_000, 285_000, 300_000, 315_000, 330_000, 345_000, 360_000,
    ]);
    for (const to of [4000, 60_000, 3 * HOUR]) expect(ticks({ from: 0, to }, 900).length).toBeLessThan(12);
  });
});

describe("following the playhead", () => {
  const view = { from: 0, to: 100_000 };
  it("leaves the window alone while the playhead is well inside", () => {
    expect(follow(view, 50_000, HOUR)).toBe(view);
  });
  it("turns the page near the right edge", () => {
    expect(follow(view, 95_000, HOUR)).toEqual({ from: 85_000, to: 185_000 });
  });
  it("finds the playhead again after a jump", () => {
    expect(follow(view, 500_000, HOUR).from).toBe(490_000);
  });
  it("does not turn past the end", () => {
    const last = { from: HOUR - 100_000, to: HOUR };
    expect(follow(last, HOUR - 10, HOUR)).toBe(last);
  });
  it("brings a range into sight and keeps one that is", () => {
    expect(reveal(view, 10_000, 20_000, HOUR)).toBe(view);
    const shown = reveal(view, 400_000, 420_000, HOUR);
    expect(shown.from).toBeLessThan(400_000);
    expect(shown.to).toBeGreaterThan(420_000);
  });
});

describe("which turn is heard", () => {
  const starts = [0, 1000, 2500, 9000];
  it.each([
    [-1, -1],
    [0, 0],
    [999, 0],
    [1000, 1],
    [8999, 2],
    [99_999, 3],
  ])("at %i ms it is number %i", (ms, turn) => expect(lastStartedBy(starts, ms)).toBe(turn));
  it("is found among ten thousand", () => {
    const many = Array.from({ length: 10_000 }, (_, i) => i * 1080);
    expect(lastStartedBy(many, 5_000 * 1080 + 3)).toBe(5000);
  });
});

/** Bytes as the host sends them. */
function bytes(channels: number[][], startMs: number, per: number): ArrayBuffer {
  const columns = (channels[0]?.length ?? 0) / 2;
  const buffer = new ArrayBuffer(24 + channels.length * columns * 2);
  const view = new DataView(buffer);
  view.setUint32(0, channels.length, true);
  view.setUint32(4, columns, true);
  view.setFloat64(8, startMs, true);
  view.setFloat64(16, per, true);
  for (const [c, values] of channels.entries()) new Int8Array(buffer, 24 + c * columns * 2).set(values);
  return buffer;
}

describe("peaks", () => {
  const peaks = readPeaks(
    bytes(
      [
        [-10, 20, -30, 5, 0, 0],
        [-1, 1, -2, 2, -3, 3],
      ],
      1000,
      4,
    ),
  );

  it("are read from their layout", () => {
    expect(peaks).toMatchObject({ channels: 2, columns: 3, startMs: 1000, msPerColumn: 4 });
    expect([...(peaks.values[1] ?? [])]).toEqual([-1, 1, -2, 2, -3, 3]);
  });

  it("give the lowest and highest value of a stretch", () => {
    expect(extremes(peaks, 0, 1000, 1008)).toEqual([-30, 20]);
    expect(extremes(peaks, 0, 1004, 1008)).toEqual([-30, 5]);
    expect(extremes(peaks, 0, 5000, 5001)).toBeNull();
  });

  it("enlarge a quiet recording in the drawing and leave a loud one", () => {
    expect(drawingGain(readPeaks(bytes([[-20, 20, -20, 20]], 0, 1)))).toBeCloseTo(6);
    expect(drawingGain(readPeaks(bytes([[-127, 127, -127, 127]], 0, 1)))).toBe(1);
  });

  it("are asked for in tiles of the zoom that is shown", () => {
    expect(levelFor(140)).toBe(7);
    expect(levelFor(0.2)).toBe(0);
    expect(tilesFor(7, 0, 120_000)).toEqual([0]);
    expect(tilesFor(7, 120_000, 300_000)).toEqual([0, 1, 2]);
    // Three hours, however far out, stay a handful.
    expect(tilesFor(levelFor((3 * HOUR) / 1740), 0, 3 * HOUR).length).toBeLessThanOrEqual(3);
  });
});

describe("lanes", () => {
  it("have the customer above, whatever the channel", () => {
    expect(lanesOf(["agent", "customer"])).toEqual([
      { role: "customer", channel: 1 },
      { role: "agent", channel: 0 },
    ]);
    expect(lanesOf(["unknown"])).toHaveLength(1);
  });
});

describe("the clock", () => {
  beforeEach(() => vi.spyOn(performance, "now").mockReturnValue(1000));
  const playing = { ...playerState(), duration_ms: 60_000, position_ms: 10_000, playing: true, speed: 1.5 };

  it("carries the position on between two words of the host", () => {
    accept(playing);
    expect(position(1000)).toBe(10_000);
    expect(position(1200)).toBe(10_300);
  });
  it("stands while paused", () => {
    accept({ ...playing, playing: false });
    expect(position(9000)).toBe(10_000);
  });
  it("stops at the end of a clip, and does not run on when the host goes quiet", () => {
    accept({ ...playing, clip: { start_ms: 9000, end_ms: 10_100 } });
    expect(position(1900)).toBe(10_100);
    accept({ ...playing, clip: null });
    expect(position(60_000)).toBe(11_500);
  });
  it("keeps a recording's place while a clip from elsewhere plays", () => {
    accept({ ...playing, recording_id: "ours", playing: false });
    accept({ ...playing, recording_id: "theirs", position_ms: 3000, clip: { start_ms: 3000, end_ms: 9000 } });
    expect(positionOf("ours")).toBe(10_000);
    expect(positionOf("theirs")).toBe(3000);
  });
  it("tells frames at once, without React", () => {
    const seen: number[] = [];
    const stop = onFrame((at) => seen.push(at));
    accept({ ...playing, playing: false, position_ms: 12_345 });
    stop();
    expect(seen.at(-1)).toBe(12_345);
  });
  it("steps through the speeds and stays inside them", () => {
    expect(stepSpeed(1, 1)).toBe(1.1);
    expect(stepSpeed(1, -1)).toBe(0.75);
    expect(stepSpeed(0.5, -1)).toBe(0.5);
    expect(stepSpeed(3, 1)).toBe(3);
  });
});
