/** Calls that are heard as they happen: devices, time and speech are told, the rest is asked as the page asks it. */
import type {
  AppEvent,
  CaptureSource,
  Commands,
  ErrorNote,
  LaneState,
  LiveBegin,
  LiveLane,
  LiveStatus,
  LiveTest,
  ObservationKind,
  ObservationView,
} from "../../../src/ipc";
import { type Spoken, script } from "./liveScript";

/** Something is told to the stage. */
export type Telling = (call: string, request: unknown) => Promise<unknown>;

/** Calls back with what the product tells, until what it gives is called. */
export type Listen = (callback: (event: AppEvent) => void) => () => void;

/** What ears may hear, as `LiveHeard` of the product writes it. */
export type Heard =
  | { live: "ready" }
  | ({ live: "draft"; lane: number; utterance: number; start_ms: number; end_ms: number } & Drafted)
  | { live: "doubt"; lane: number; utterance: number; start_ms: number; end_ms: number; text: string }
  | { live: "final"; lane: number; utterance: number; segments: Said[] }
  | { live: "lag"; behind_ms: number; thinned: boolean }
  | { live: "failed"; note: ErrorNote };
type Drafted = { committed: string; tentative: string };
type Said = {
  start_ms: number;
  end_ms: number;
  channel: number;
  text: string;
  confidence: number;
  language: string;
};

/** What may happen to sound that is captured. */
export type Happens =
  | { lane: { lane: number; state: LaneState } }
  | { same_on_both: boolean }
  | { disk: number }
  | { ended: ErrorNote };

/** What is told of sound. */
export type SoundTold = {
  sources?: CaptureSource[];
  test?: LiveTest;
  refuses?: ErrorNote;
  happens?: Happens[];
};

const device = (id: string, name: string, kind: CaptureSource["kind"], channels: number): CaptureSource => ({
  id,
  name,
  kind,
  channels,
  sample_rate_hz: 48_000,
  is_default: id !== "headset-mic",
});

/** A box at the splitter, and a headset. */
export const devices: CaptureSource[] = [
  device("box", "话务盒 USB", "input", 2),
  device("headset-mic", "USB 耳麦的话筒", "input", 1),
  device("headset.monitor", "USB 耳麦里放的声音", "system", 2),
];

/** Both sides of the call through the box. */
export const boxLanes: LiveLane[] = [
  { source: "box", name: "话务盒 USB", side: "left", role: "customer" },
  { source: "box", name: "话务盒 USB", side: "right", role: "agent" },
];

/** A final comes so long after its last word, and so long after where it stood in doubt. */
const FINAL_AFTER_MS = 800;
const SETTLED_AFTER_MS = 4000;
/** Words appear so long after they were said. */
const HEARD_AFTER_MS = 600;
/** What may still change at the end of a draft, in characters. */
const OPEN_CHARS = 9;

/** A line of the call as ears settle it. */
export const final = (
  { lane, start, end, text, unsure }: Omit<Spoken, "misheard">,
  utterance: number,
): Heard => {
  const said = { start_ms: start, end_ms: end, channel: lane, text, language: "zh" };
  return { live: "final", lane, utterance, segments: [{ ...said, confidence: unsure ? 0.3 : 0.88 }] };
};

/** What is written of a line while it is said. */
function draft(line: Spoken, utterance: number, now: number): Heard[] {
  const { lane, start, end, misheard } = line;
  const place = { lane, utterance, start_ms: start, end_ms: end };
  if (misheard && now >= end + FINAL_AFTER_MS) return [{ live: "doubt", ...place, text: misheard }];
  const heard = now - HEARD_AFTER_MS;
  const chars = [...line.text];
  const count = Math.floor(((heard - start) / (end - start)) * chars.length);
  if (count < 1) return [];
  const certain = Math.max(0, Math.min(count, chars.length) - OPEN_CHARS);
  const committed = chars.slice(0, certain).join("");
  // What is not certain yet carries no marks.
  const tentative = chars
    .slice(certain, count)
    .join("")
    .replaceAll(/[，。？]/g, "");
  return [{ live: "draft", ...place, end_ms: Math.min(end, heard), committed, tentative }];
}

/** Somebody who listens; one call after the other. */
export class Listening {
  #ipc: Commands;
  #tell: Telling;
  #listen: Listen;
  #lines: readonly Spoken[] = [];
  #over = 0;
  /** Utterances of which nothing comes are counted from here. */
  #nothing = 100_000;
  at = 0;

  constructor(ipc: Commands, tell: Telling, listen: Listen) {
    this.#ipc = ipc;
    this.#tell = tell;
    this.#listen = listen;
  }

  /** Begins a call through the box, everybody told, in which these lines are going to be said. */
  async begin(fields: Partial<LiveBegin>, lines: readonly Spoken[] = script): Promise<LiveStatus> {
    await this.sound({ sources: devices });
    const status = await this.#ipc.liveBegin({
      title: "",
      business_line: "",
      agent: "",
      customer: "",
      mode: "record",
      lanes: boxLanes,
      consent: "both_agreed",
      notice: "voice",
      mentor_id: null,
      session_id: null,
      anchor: "",
      ...fields,
    });
    this.#lines = lines;
    this.#over = 0;
    this.at = 0;
    return status;
  }

  sound(told: SoundTold): Promise<{ captures: LiveLane[] | null }> {
    return this.#tell("stage_sound", told) as Promise<{ captures: LiveLane[] | null }>;
  }

  happens = (...all: Happens[]) => this.sound({ happens: all });

  hears(...all: Heard[]): Promise<unknown> {
    return all.length > 0 ? this.#tell("stage_heard", all) : Promise.resolve();
  }

  /** The call goes on until then, with all that is said in it. */
  async goOnTo(at: number): Promise<void> {
    if (at <= this.at) return;
    await this.#tell("stage_time", { pass: at - this.at });
    await this.passed(at - this.at);
  }

  /** So much of it has passed: the ears hear what was said. */
  async passed(ms: number): Promise<void> {
    this.at += ms;
    const heard: Heard[] = [];
    for (const [utterance, line] of this.#lines.entries()) {
      if (utterance < this.#over || this.at < line.start) continue;
      const settled = line.end + (line.misheard ? SETTLED_AFTER_MS : FINAL_AFTER_MS);
      if (this.at >= settled && utterance === this.#over) {
        this.#over += 1;
        heard.push(final(line, utterance));
      } else {
        heard.push(...draft(line, utterance, this.at));
      }
    }
    await this.hears(...heard);
  }

  /** Whatever was told before is on disk: an utterance that turns out to be nothing comes after it. */
  async written(): Promise<void> {
    this.#nothing += 1;
    const utterance = this.#nothing;
    const over = new Promise<void>((done) => {
      const stop = this.#listen((event) => {
        if (event.type !== "live_final" || event.utterance !== utterance) return;
        stop();
        done();
      });
    });
    await this.hears({ live: "final", lane: 0, utterance, segments: [] });
    await over;
  }

  async mark(kind: ObservationKind, text: string | null, tags: string[] = []): Promise<ObservationView> {
    return this.#ipc.liveMark({ kind, tags, text, ago_ms: 0 });
  }
}
