/** Live calls that are over: one rescued, one damaged, two that wait for a recording. Not part of every start. */

import { longCall } from "../../../test/host/told/calls";
import type {
  Case,
  LiveCall,
  LiveLane,
  Observation,
  ObservationKind,
  Recording,
  SeatNoteKind,
  Segment,
} from "../generated/types";
import { addContact, contactsOf, meta, newId, state, TODAY } from "./state";

type Mark = [at: number, kind: ObservationKind, text: string];

type Seed = {
  title: string;
  minutes: number;
  startedAt: number;
  call: Partial<LiveCall>;
  marks: Mark[];
  audio?: boolean;
  text?: boolean;
  agent?: string;
  customer?: string;
};

const lanes: LiveLane[] = [
  { source: "usb-box", name: "话务盒 USB", side: "left", role: "customer" },
  { source: "usb-box", name: "话务盒 USB", side: "right", role: "agent" },
];

function observation(recording: Recording, [at, kind, text]: Mark): Observation {
  return {
    id: newId(),
    case_id: recording.case_id,
    recording_id: recording.id,
    session_id: null,
    anchor: "sound",
    start_ms: at,
    end_ms: at + 10_000,
    raw_mark_ms: at + 2000,
    lag_ms: 2000,
    kind,
    axis: "none",
    text,
    quote: "",
    tags: [],
    severity: 0,
    ...meta(state.actor),
  };
}

function words(recording: Recording, minutes: number): Segment[] {
  return longCall(Math.round(minutes * 8), minutes).map((line, ordinal) => ({
    id: newId(),
    recording_id: recording.id,
    ordinal,
    start_ms: line.start,
    end_ms: line.end,
    channel: line.who === "c" ? 0 : 1,
    text: line.text,
    text_original: null,
    role: null,
    confidence: 0.9,
    language: "zh",
    engine: "live",
    ...meta(state.actor),
  }));
}

/** Puts a live call with its case, its recording and its marks into the state. */
export function addLiveCall(seed: Seed): LiveCall {
  const duration = Math.round(seed.minutes * 60_000);
  const made: Case = {
    id: newId(),
    title: seed.title,
    business_line: "大家电",
    queue: "",
    customer_tier: "",
    disposition: "",
    external_id: "",
    language: "zh",
    ...meta(state.actor, seed.startedAt),
  };
  const contact = addContact(made, {
    began_at: seed.startedAt,
    ended_at: seed.startedAt + duration,
    agent: seed.agent ?? "知秋",
    customer: seed.customer ?? "李**",
  });
  const heard = seed.call.mode !== "clock_only";
  const recording: Recording = {
    id: newId(),
    case_id: made.id,
    contact_id: contact.id,
    sources: [],
    audio_sha256: seed.audio ? "2".repeat(64) : "",
    peaks_sha256: seed.audio ? "3".repeat(64) : "",
    sample_rate_hz: 48_000,
    channels: heard ? 2 : 0,
    frames: seed.audio ? duration * 48 : 0,
    duration_ms: duration,
    roles: heard ? ["customer", "agent"] : [],
    was_dual_mono: false,
    notices: [],
    decoder: 1,
    gaps: [],
    ...meta(state.actor),
  };
  const call: LiveCall = {
    id: newId(),
    case_id: made.id,
    recording_id: recording.id,
    session_id: null,
    mode: "record",
    state: "ended",
    started_at: seed.startedAt,
    ended_at: seed.startedAt + duration,
    consent: heard ? "both_agreed" : null,
    notice: heard ? "voice" : null,
    mentor_id: state.people.find((p) => p.roles.includes("mentor"))?.id ?? null,
    anchor: "",
    lanes: heard ? lanes : [],
    alignment: null,
    acknowledged: true,
    ...meta(state.actor, seed.startedAt),
    ...seed.call,
  };
  state.cases.push(made);
  state.recordings.push(recording);
  state.liveCalls.push(call);
  state.observations.push(...seed.marks.map((mark) => observation(recording, mark)));
  if (seed.text) state.segments.set(recording.id, words(recording, seed.minutes));
  return call;
}

function notes(call: LiveCall, said: [at: number, kind: SeatNoteKind, text: string][]): void {
  for (const [at_ms, kind, text] of said) {
    state.seatNotes.push({
      id: newId(),
      case_id: call.case_id,
      recording_id: call.recording_id,
      at_ms,
      author_id: kind === "ask" || kind === "explain" ? state.actor : (call.mentor_id ?? state.actor),
      kind,
      text,
      ...meta(state.actor),
    });
  }
}

/** What the recordings of the invented cases begin with is told by `seed`; these fit to the fourth of them. */
export function seedLive(): void {
  const rescued = addLiveCall({
    title: "箱子到手有划痕，商家让自费寄回",
    minutes: 18.733,
    startedAt: TODAY + 5 * 3_600_000,
    call: { state: "recovered", acknowledged: false },
    audio: true,
    text: true,
    marks: [
      [62_000, "problem", "机器人答过一遍，人工又问一遍"],
      [471_000, "question", "自费寄回是谁的规则"],
      [612_000, "quote", "划痕我能忍，让我自己出运费，我忍不了"],
      [760_000, "problem", "工单超 48 小时自动关，客户以为被挂了"],
      [1_040_000, "highlight", "主动提出上门取件"],
    ],
  });
  state.regions.set(rescued.recording_id, [
    { kind: "silence", start_ms: 118_000, end_ms: 126_000 },
    { kind: "paused", start_ms: 506_000, end_ms: 524_000 },
    { kind: "silence", start_ms: 506_200, end_ms: 523_800 },
    { kind: "overtalk", start_ms: 610_000, end_ms: 612_400 },
    { kind: "lost", start_ms: 548_000, end_ms: 561_000 },
  ]);
  state.listen.set(rescued.case_id, { position_ms: 520_000, speed: 1 });
  notes(rescued, [
    [456_000, "aside", "“先垫运费”是商家话术，平台规则里没有这一条。"],
    [472_000, "heed", "她其实已经让步了，这句之后别急着讲规则。"],
    [487_000, "ask", "上门取件谁能批？"],
    [511_000, "later", "工单“超 48 小时自动关”，客户会以为是被我们挂了。"],
    [602_000, "explain", ""],
  ]);
  addLiveCall({
    title: "现场 11-18 13:20",
    minutes: 9.04,
    startedAt: TODAY + 4 * 3_600_000,
    call: { state: "damaged", acknowledged: false, mentor_id: null },
    audio: true,
    agent: "云起",
    marks: [
      [40_000, "problem", ""],
      [300_000, "question", "为什么要三次验证"],
    ],
  });
  addLiveCall({
    title: "现场 11-18 11:00",
    minutes: 8.6,
    startedAt: (contactsOf(state.cases[3]?.id ?? "")[0]?.began_at ?? TODAY) + 12_300,
    call: { mode: "clock_only", anchor: "8021" },
    agent: "晚照",
    customer: "",
    marks: [
      [4_000, "highlight", "你好"],
      [95_000, "problem", "第三次报地址"],
      [180_500, "quote", "你们系统里我住三个地方"],
      [402_000, "suggestion", "改址后给客户回一条短信"],
    ],
  });
  addLiveCall({
    title: "会员续费的电话，没有留声音",
    minutes: 6.2,
    startedAt: TODAY - 86_400_000 * 3,
    call: { mode: "text_only" },
    agent: "云起",
    customer: "卫**",
    text: true,
    marks: [
      [31_000, "problem", "入口藏在第三层"],
      [210_000, "question", ""],
    ],
  });
}
