/** The recordings of the tests: how they are called, who speaks, and the written calls that stand for their sound. */
import type { ErrorNote, OnHold, Region, SoundNotice } from "../../../src/ipc";
import { fridgeCall, type Line, longCall } from "./calls";

export type CaseTold = {
  title: string;
  line: string;
  queue?: string;
  agent?: string;
  customer?: string;
  tier?: string;
  minutes: number;
  lines: Line[];
  mono?: boolean;
  text?: boolean;
};

export const cases: CaseTold[] = [
  {
    title: "冰箱进不了厨房，第九天申请退货",
    line: "大家电",
    queue: "退货",
    agent: "知秋",
    customer: "王**",
    tier: "老会员",
    minutes: 12.766,
    lines: fridgeCall,
  },
  {
    title: "三小时的家装协调会录音",
    line: "家装",
    agent: "云起",
    customer: "周**",
    minutes: 180,
    lines: longCall(10_000, 180),
  },
  {
    title: "洗碗机留空标注不清",
    line: "大家电",
    queue: "售前",
    agent: "青禾",
    customer: "李**",
    minutes: 6.4,
    lines: longCall(70, 6.4),
  },
  {
    title: "快递三次改地址没改成",
    line: "物流",
    agent: "晚照",
    customer: "陈**",
    minutes: 9.1,
    lines: longCall(110, 9.1),
  },
  {
    title: "老人不会退运费险",
    line: "保险",
    agent: "知秋",
    customer: "赵**",
    tier: "新客",
    minutes: 15.2,
    lines: longCall(160, 15.2),
  },
  {
    title: "单声道：门店电话",
    line: "门店",
    customer: "吴**",
    minutes: 4.3,
    mono: true,
    lines: longCall(40, 4.3),
  },
  { title: "还没有文字的一通", line: "大家电", agent: "青禾", minutes: 8.2, lines: [], text: false },
  {
    title: "安装师傅临时加价",
    line: "安装",
    agent: "云起",
    customer: "孙**",
    minutes: 7.7,
    lines: longCall(80, 7.7),
  },
  {
    title: "奶粉批号查不到",
    line: "母婴",
    agent: "晚照",
    customer: "钱**",
    minutes: 5.5,
    lines: longCall(60, 5.5),
  },
  {
    title: "两个订单只到一个",
    line: "物流",
    agent: "知秋",
    customer: "冯**",
    minutes: 11.0,
    lines: longCall(120, 11),
  },
  {
    title: "退款到账时间说法不一",
    line: "支付",
    agent: "青禾",
    customer: "褚**",
    minutes: 6.1,
    lines: longCall(70, 6.1),
  },
  {
    title: "会员自动续费找不到入口",
    line: "会员",
    agent: "云起",
    customer: "卫**",
    minutes: 10.3,
    lines: [...longCall(115, 10.3), { who: "c" as const, start: 200, end: 500, text: "嗯。" }].sort(
      (a, b) => a.start - b.start,
    ),
  },
];

/** Gaps of more than two seconds, and stretches where both sides speak. */
function regions(lines: Line[]): Region[] {
  const found: Region[] = [];
  let heard = 0;
  for (const line of lines) {
    if (line.start - heard > 2000) found.push({ kind: "silence", start_ms: heard, end_ms: line.start });
    if (line.start < heard - 300)
      found.push({ kind: "overtalk", start_ms: line.start, end_ms: Math.min(heard, line.end) });
    heard = Math.max(heard, line.end);
  }
  return found;
}

/** What is read aloud when a call is heard, before anybody corrects it. */
export function spoken(line: Line, mono = false) {
  return {
    start_ms: line.start,
    end_ms: line.end,
    channel: mono || line.who === "c" ? 0 : 1,
    text: line.original ?? line.text,
    confidence: line.confidence ?? 0.9,
    language: "zh",
  };
}

/** What else may be with the sound of a call. */
export type SoundTold = {
  notices?: SoundNotice[];
  same_on_both?: boolean;
  /** Where somebody is on hold. */
  holds?: OnHold[];
  /** It breaks off: so much of it is missing. */
  missing_ms?: number;
  /** Nobody can read it, and this is why. */
  refused?: ErrorNote;
};

/** A written call, as the stage's decoder reads it. */
export function written(call: Pick<CaseTold, "minutes" | "lines" | "mono">, sound: SoundTold = {}): string {
  return JSON.stringify({
    ...sound,
    duration_ms: Math.round(call.minutes * 60_000),
    channels: call.mono ? 1 : 2,
    // A stretch of sound is as long as its file would be: few samples keep the files of long calls small.
    sample_rate_hz: 100,
    codec: "wav/pcm_s16le",
    lines: call.lines.map((line) => spoken(line, call.mono ?? false)),
    regions: regions(call.lines.slice(0, 400)),
  });
}
