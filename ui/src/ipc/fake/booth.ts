/** Where the fake host listens from: devices, the check before a call, and the call that goes on. */
import type { CaptureSource, ErrorNote, LiveLane, LiveStatus, LiveTest } from "../generated/types";

export const sources: CaptureSource[] = [
  {
    id: "box",
    name: "话务盒 USB",
    kind: "input",
    channels: 2,
    sample_rate_hz: 48_000,
    is_default: true,
  },
  {
    id: "headset-mic",
    name: "USB 耳麦的话筒",
    kind: "input",
    channels: 1,
    sample_rate_hz: 48_000,
    is_default: false,
  },
  {
    id: "headset.monitor",
    name: "USB 耳麦里放的声音",
    kind: "system",
    channels: 2,
    sample_rate_hz: 48_000,
    is_default: true,
  },
];

/** Both sides of the call through one box at the splitter. */
export const boxLanes: LiveLane[] = [
  { source: "box", name: "话务盒 USB", side: "left", role: "customer" },
  { source: "box", name: "话务盒 USB", side: "right", role: "agent" },
];

/** How it went in the test: both lanes sound. */
export const soundTest: LiveTest = {
  duration_ms: 5000,
  lanes: [
    { peak_db: -9, rms_db: -21, silent: false, clipped: false },
    { peak_db: -17, rms_db: -33, silent: false, clipped: false },
  ],
  same_on_both: false,
};

export type Booth = {
  sources: CaptureSource[];
  noSystem: ErrorNote | null;
  hasModel: boolean;
  diskMinutes: number;
  /** Lanes of the check before a call, while it runs. */
  checking: LiveLane[] | null;
  checks: number;
  test: LiveTest;
  /** How long the test and the look at the file take, ms. */
  paceMs: number;
  /** What the next command of this name is refused with. */
  refusals: Map<string, ErrorNote>;
  /** The call that goes on. */
  status: LiveStatus | null;
  /** Lines of the script that are over, and those begun. */
  over: number;
  begun: Set<number>;
  /** Time runs by itself; tests let it run in steps. */
  auto: boolean;
  played: number;
};

/** A seat with a box at the splitter, a headset, and a model. */
function quiet(): Booth {
  return {
    sources: structuredClone(sources),
    noSystem: null,
    hasModel: true,
    diskMinutes: 7 * 60,
    checking: null,
    checks: 0,
    test: structuredClone(soundTest),
    paceMs: 5000,
    refusals: new Map(),
    status: null,
    over: 0,
    begun: new Set(),
    auto: true,
    played: 0,
  };
}

export const booth: Booth = quiet();

/** Nobody listens and nothing is unusual. */
export function resetBooth(): void {
  Object.assign(booth, quiet(), { auto: booth.auto });
}
