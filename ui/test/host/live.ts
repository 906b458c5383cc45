/** Live calls, as somebody listens to them. */
import { act } from "@testing-library/react";
import { vi } from "vitest";
import type { ListenMode, LiveCall, ObservationKind, ObservationView, SeatNoteKind } from "../../src/ipc";
import { ipc } from "../../src/ipc";
import { stage } from "./carrier";
import { holdModels, pass, personNamed, tagNamed } from "./stage";
import { type Heard, Listening, type SoundTold } from "./told/listening";
import { heardBy } from "./told/models";

/** Who listens in this file. */
export const listening = new Listening(
  ipc,
  (call, request) => stage().ask(call, request),
  (callback) => stage().listen(callback),
);

/** Something is told of the devices, or happens to them. */
export const sound = (told: SoundTold) => act(() => listening.sound(told));
/** Ears hear this. */
export const hears = (...all: Heard[]) => act(() => listening.hears(...all));
/** The call goes on for a while, with what is said in it. */
export async function goOn(ms: number) {
  await pass(ms);
  await act(() => listening.passed(ms));
}

/** Where the call stands when somebody comes in: in its nineteenth minute, as design/live.html shows it. */
export const STAGED_MS = 1_126_000;

const notes: [at: number, kind: SeatNoteKind, text: string][] = [
  [1_056_000, "aside", "“先垫运费”是商家话术，平台规则里没有这一条。"],
  [1_072_000, "heed", "她其实已经让步了，这句之后别急着讲规则。"],
  [1_087_000, "aside", "上门取件要班长批，权限不在知秋手里。"],
  [1_111_000, "later", "工单“超 48 小时自动关”，客户会以为是被我们挂了。"],
];

/** A call that was heard until then, with what was marked and written in it. */
export async function staged({
  hasModel = true,
  mode = "record",
}: {
  hasModel?: boolean;
  mode?: ListenMode;
} = {}): Promise<LiveCall> {
  if (hasModel) await holdModels([heardBy]);
  const mentor_id = personNamed("青禾").id;
  const { call } = await listening.begin({
    title: "箱子到手有划痕，商家让自费寄回",
    business_line: "箱包服饰",
    agent: "知秋",
    customer: "李**",
    mode,
    mentor_id,
  });
  await listening.goOnTo(46_000);
  await listening.mark("problem", null, [tagNamed("物流").id]);
  await listening.goOnTo(1_030_000);
  await listening.mark("problem", null);
  await listening.goOnTo(1_078_000);
  await listening.mark("quote", null, [tagNamed("情绪").id]);
  await listening.goOnTo(1_109_000);
  await listening.mark("problem", null, [tagNamed("服务亮点").id]);
  await listening.goOnTo(STAGED_MS);
  vi.setSystemTime(Date.now() + STAGED_MS);
  for (const [at_ms, kind, text] of notes)
    await ipc.addSeatNote({ recording_id: call.recording_id, at_ms, author_id: mentor_id, kind, text });
  if (hasModel) {
    await listening.hears({ live: "lag", behind_ms: 900, thinned: false });
    await listening.written();
  }
  return call;
}

const lasts = (ms: number) => stage().ask("stage_time", { pass: ms });

/** A call of which nothing was kept but the clock, and what was marked in it; it goes on for a while after. */
export async function clockOnly(
  title: string,
  marks: [at: number, kind: ObservationKind, text: string][],
): Promise<{ call: LiveCall; marks: ObservationView[] }> {
  const { call } = await ipc.liveBegin({
    title,
    business_line: "物流",
    agent: "晚照",
    customer: "",
    mode: "clock_only",
    lanes: [],
    consent: null,
    notice: null,
    mentor_id: null,
    session_id: null,
    anchor: "8021",
  });
  const made: ObservationView[] = [];
  let now = 0;
  for (const [at, kind, text] of marks) {
    await lasts(at - now);
    now = at;
    made.push(await ipc.liveMark({ kind, tags: [], text, ago_ms: 0 }));
  }
  await lasts(120_000);
  await ipc.liveStop();
  return { call, marks: made };
}
