/** A call in its nineteenth minute, as design/live.html shows it. */
import type { SeatNoteKind } from "../generated/types";
import { booth, boxLanes } from "./booth";
import { liveCommands } from "./live";
import { skipTo } from "./liveClock";
import { state } from "./state";

/** Where the call stands when somebody comes in. */
export const STAGED_MS = 1_126_000;

const notes: [at: number, kind: SeatNoteKind, text: string][] = [
  [1_056_000, "aside", "“先垫运费”是商家话术，平台规则里没有这一条。"],
  [1_072_000, "heed", "她其实已经让步了，这句之后别急着讲规则。"],
  [1_087_000, "aside", "上门取件要班长批，权限不在知秋手里。"],
  [1_111_000, "later", "工单“超 48 小时自动关”，客户会以为是被我们挂了。"],
];

/** Begins the call and lets it run to `ms`, with what was marked and written until then. */
export function stageCall(ms = STAGED_MS): void {
  const mentor = state.people.find((p) => p.roles.includes("mentor"));
  liveCommands.live_begin({
    title: "箱子到手有划痕，商家让自费寄回",
    business_line: "箱包服饰",
    agent: "知秋",
    customer: "李**",
    mode: "record",
    lanes: boxLanes,
    consent: "both_agreed",
    notice: "voice",
    mentor_id: mentor?.id ?? null,
    session_id: null,
    anchor: "",
  });
  const { auto } = booth;
  booth.auto = false;
  const tag = (i: number) => state.tags.slice(i, i + 1).map((t) => t.id);
  const mark = (at: number, kind: "problem" | "quote", tags: string[]) => {
    if (at > ms) return;
    skipTo(at);
    liveCommands.live_mark({ kind, tags, text: null, ago_ms: 0 });
  };
  mark(46_000, "problem", tag(2));
  mark(1_030_000, "problem", []);
  mark(1_078_000, "quote", tag(5));
  mark(1_109_000, "problem", tag(3));
  skipTo(ms);
  const recording_id = booth.status?.call.recording_id ?? "";
  for (const [at_ms, kind, text] of notes) {
    if (at_ms <= ms && mentor)
      liveCommands.add_seat_note({ recording_id, at_ms, author_id: mentor.id, kind, text });
  }
  booth.auto = auto;
}
