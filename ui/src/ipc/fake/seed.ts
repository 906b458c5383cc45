/** The invented cases, people and words the fake host starts with. */

import { fridgeCall, type Line, longCall } from "../../../test/host/told/calls";
import type {
  Case,
  ChannelRole,
  Observation,
  ObservationKind,
  Recording,
  Region,
  Segment,
  Tag,
  TagColour,
} from "../generated/types";
import { resetBooth } from "./booth";
import { remember } from "./edit";
import { seedSessions } from "./seedSessions";
import { addContact, type FakeState, idlePlayer, meta, newId, state, TODAY } from "./state";

const tagNames: [string, TagColour][] = [
  ["售后规则", "ink"],
  ["商品信息", "info"],
  ["流程断点", "warn"],
  ["物流", "agent"],
  ["话术", "ink"],
  ["情绪", "customer"],
  ["二次伤害", "danger"],
  ["商家", "quote"],
  ["服务亮点", "ok"],
  ["系统故障", "warn"],
  ["价格", "info"],
  ["隐私", "danger"],
];

type CaseSeed = {
  title: string;
  line: string;
  queue?: string;
  agent?: string;
  customer?: string;
  tier?: string;
  minutes: number;
  lines?: Line[];
  mono?: boolean;
  text?: boolean;
};

const caseSeeds: CaseSeed[] = [
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
  { title: "还没有文字的一通", line: "大家电", agent: "青禾", minutes: 8.2, text: false },
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
    lines: longCall(115, 10.3),
  },
];

function seedCase(seed: CaseSeed, by: string, index: number): { case: Case; recording: Recording } {
  const id = newId();
  const started = TODAY - index * 7_200_000;
  const c: Case = {
    id,
    title: seed.title,
    business_line: seed.line,
    queue: seed.queue ?? "",
    customer_tier: seed.tier ?? "",
    disposition: index === 0 ? "超出自助时限" : "",
    external_id: index === 0 ? "QT-20261117-0093" : "",
    language: "zh",
    ...meta(by, started + 3_600_000),
  };
  const contact = addContact(c, {
    began_at: started,
    agent: seed.agent ?? "",
    customer: seed.customer ?? "",
  });
  const duration = Math.round(seed.minutes * 60_000);
  const roles: ChannelRole[] = seed.mono ? ["unknown"] : ["customer", "agent"];
  const recording: Recording = {
    id: newId(),
    case_id: id,
    contact_id: contact.id,
    sources: [
      { sha256: "0".repeat(64), name: `call-${index}.wav`, bytes: duration * 32, codec: "wav/pcm_s16le" },
    ],
    audio_sha256: "0".repeat(64),
    peaks_sha256: "1".repeat(64),
    sample_rate_hz: 8000,
    channels: roles.length,
    frames: duration * 8,
    duration_ms: duration,
    roles,
    was_dual_mono: false,
    notices: [],
    decoder: 1,
    gaps: [],
    ...meta(by),
  };
  return { case: c, recording };
}

function seedSegments(recording: Recording, lines: Line[], by: string): Segment[] {
  return lines.map((line, ordinal) => ({
    id: newId(),
    recording_id: recording.id,
    ordinal,
    start_ms: line.start,
    end_ms: line.end,
    channel: recording.channels === 1 ? 0 : line.who === "c" ? 0 : 1,
    text: line.text,
    text_original: line.original ?? null,
    role: null,
    confidence: line.confidence ?? 0.9,
    language: "zh",
    engine: "small-q5_1",
    ...meta(by),
  }));
}

/** Gaps of more than two seconds, and stretches where both sides speak. */
function seedRegions(lines: Line[]): Region[] {
  const regions: Region[] = [];
  let heard = 0;
  for (const line of lines) {
    if (line.start - heard > 2000) regions.push({ kind: "silence", start_ms: heard, end_ms: line.start });
    if (line.start < heard - 300)
      regions.push({ kind: "overtalk", start_ms: line.start, end_ms: Math.min(heard, line.end) });
    heard = Math.max(heard, line.end);
  }
  return regions;
}

function mark(
  recording: Recording,
  by: string,
  [start, end, kind, text, tags]: [number, number, ObservationKind, string, Tag[]],
  more: Partial<Observation> = {},
): Observation {
  return {
    id: newId(),
    case_id: recording.case_id,
    recording_id: recording.id,
    anchor: "sound",
    start_ms: start,
    end_ms: end,
    raw_mark_ms: end,
    lag_ms: 2000,
    kind,
    axis: "reason",
    text,
    quote: "",
    tags: tags.map((t) => t.id),
    severity: 0,
    session_id: null,
    ...meta(by),
    ...more,
  };
}

/** Puts the fake back to its start; every test begins with it. */
export function seed(): void {
  const zhou = newId();
  const qinghe = newId();
  const tags: Tag[] = tagNames.map(([name, colour], position) => ({
    id: newId(),
    parent_id: null,
    name,
    aliases: [],
    definition: "",
    colour,
    position,
    status: { state: "active" },
    ...meta(zhou),
  }));
  const fresh: FakeState = {
    people: [
      {
        id: zhou,
        name: "周以宁",
        roles: ["participant"],
        org_unit: "商品部",
        merged_into: null,
        ...meta(zhou),
      },
      { id: qinghe, name: "青禾", roles: ["mentor"], org_unit: "客服一部", merged_into: null, ...meta(zhou) },
    ],
    actor: zhou,
    withheld: [],
    tags,
    cases: [],
    recordings: [],
    segments: new Map(),
    olderText: new Set(),
    texts: [],
    holds: new Map(),
    purges: [],
    regions: new Map(),
    listen: new Map(),
    observations: [],
    issues: [],
    links: [],
    plain: new Map(),
    sessions: [],
    liveCalls: [],
    seatNotes: [],
    jobs: [],
    imports: [],
    models: [],
    settings: {
      mark_lag_ms: 2000,
      back_step_ms: 1500,
      simplified: true,
      numbers: "as_heard",
      fillers: "dimmed",
      default_language: "zh",
      transcribe_on_import: true,
      default_model: null,
      model_mirrors: ["https://huggingface.co", "https://hf-mirror.com"],
      suffix_rules: [{ agent: "_agent", customer: "_caller" }],
      stereo_roles: ["customer", "agent"],
      single_keys: true,
      keymap: {},
      bin_days: 30,
      live: { lanes: [], mode: null, draft_model: null, global_mark_key: null, ask_after_hours: 2 },
    },
    jump: null,
    player: idlePlayer(),
    operations: [],
    log: [],
    copied: "",
    index: { done: 40, total: 40 },
    unread: 0,
    brokenMedia: [],
    logFaults: [],
  };
  // What is added goes into the state that is shown from here on.
  Object.assign(state, fresh);
  caseSeeds.forEach((s, i) => {
    const made = seedCase(s, zhou, i);
    fresh.cases.push(made.case);
    fresh.recordings.push(made.recording);
    const lines = s.lines ?? [];
    if (s.text !== false) fresh.segments.set(made.recording.id, seedSegments(made.recording, lines, zhou));
    fresh.regions.set(made.recording.id, seedRegions(lines.slice(0, 400)));
  });
  resetBooth();
  const fridge = fresh.recordings[0];
  const [rules, goods, , , , feeling, , , good] = tags;
  if (fridge && rules && goods && feeling && good) {
    fresh.observations.push(
      mark(fridge, zhou, [255_000, 268_600, "question", "时限从签收起算，不看何时能拆箱", [rules]]),
      mark(fridge, zhou, [289_000, 299_400, "quote", "", [feeling]], {
        axis: "feeling",
        quote: "我量的是你们写的那个数，不是我自己想出来的数。",
      }),
      mark(
        fridge,
        zhou,
        [
          295_000,
          325_000,
          "problem",
          "关键安装尺寸只在详情页第七屏，前屏只写机身宽 83 cm；客户按前屏量的柜。",
          [goods, feeling],
        ],
        {
          severity: 3,
        },
      ),
      mark(fridge, qinghe, [329_600, 343_000, "highlight", "先认下“页面没说清楚”，再给三个办法", [good]], {
        axis: "feeling",
      }),
    );
    fresh.listen.set(fridge.case_id, { position_ms: 313_000, speed: 1.2 });
  }
  seedSessions();
  remember();
}
