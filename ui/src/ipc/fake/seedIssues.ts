/** The issues the fake host starts with: one or more in every status. */
import type { EvidenceRelation, Issue, IssueStatus, Observation } from "../generated/types";
import { meta, newId, plainRows, state } from "./state";

const dayMs = 86_400_000;

type IssueSeed = {
  n: number;
  title: string;
  status: IssueStatus;
  u: number;
  d: number;
  line: string;
  /** 0 is 周以宁, 1 is 青禾. */
  owner?: number;
  external?: string;
  /** Days from today. */
  due?: number;
  /** Days since it was raised. */
  age: number;
  /** Pieces of evidence beside the first. */
  clips?: number;
  statement?: string;
  cause?: string;
  reason?: string;
};

const rows: IssueSeed[] = [
  {
    n: 128,
    title: "含铰链宽度没进规格表",
    status: "triage",
    u: 2,
    d: 2,
    line: "大家电",
    owner: 0,
    due: -1,
    age: 12,
    clips: 4,
    statement: "规格表只写机身宽，含铰链的宽度在详情页第七屏。客户按机身宽订柜，货到才知道装不进去。",
  },
  {
    n: 97,
    title: "大件无理由时限从签收起算",
    status: "pilot",
    u: 2,
    d: 3,
    line: "大家电",
    owner: 0,
    external: "三家商家",
    due: 13,
    age: 55,
    clips: 5,
    statement:
      "大件常在装修中途送到，客户听师傅的话不拆箱；等能拆的那天，七天已经过完。规则没写错，时钟却从客户还用不上它的那一刻走起。",
    cause: "时限规则按包裹类商品写成，没有区分需要安装的大件。",
  },
  {
    n: 141,
    title: "嵌入式洗碗机留空标注不清",
    status: "new",
    u: 3,
    d: 1,
    line: "大家电",
    due: 8,
    age: 2,
    clips: 1,
  },
  {
    n: 139,
    title: "改地址要打三次电话",
    status: "clarified",
    u: 1,
    d: 2,
    line: "物流",
    due: 0,
    age: 3,
    clips: 3,
  },
  {
    n: 112,
    title: "行李箱出厂不贴膜，到手有划痕",
    status: "reopened",
    u: 3,
    d: 1,
    line: "箱包服饰",
    owner: 1,
    due: 0,
    age: 71,
    clips: 6,
    reason: "又听到两通",
  },
  {
    n: 126,
    title: "新店补证只给代码，不说缺哪一张",
    status: "in_progress",
    u: 2,
    d: 2,
    line: "新商入驻",
    owner: 1,
    due: 9,
    age: 18,
    clips: 5,
  },
  {
    n: 135,
    title: "大件签收前不许开箱，破损归责难",
    status: "rule_proposal",
    u: 2,
    d: 3,
    line: "物流",
    owner: 0,
    due: 3,
    age: 9,
    clips: 6,
  },
  {
    n: 121,
    title: "工单 48 小时自动关，客户以为被挂断",
    status: "grey",
    u: 1,
    d: 1,
    line: "平台",
    owner: 1,
    due: 2,
    age: 22,
    clips: 7,
  },
  {
    n: 104,
    title: "退款进度只写“处理中”，三天没变",
    status: "to_verify",
    u: 2,
    d: 1,
    line: "支付",
    owner: 0,
    age: 63,
    clips: 8,
  },
  {
    n: 143,
    title: "夜间机器人不转人工，破损客户等到天亮",
    status: "clarified",
    u: 1,
    d: 2,
    line: "物流",
    due: 1,
    age: 1,
    clips: 2,
  },
  {
    n: 116,
    title: "运费险理赔要客户自己补传面单",
    status: "in_progress",
    u: 3,
    d: 1,
    line: "支付",
    owner: 1,
    due: 16,
    age: 31,
    clips: 4,
  },
  {
    n: 133,
    title: "面单遮号后，驿站找不到人",
    status: "claimed",
    u: 0,
    d: 0,
    line: "物流",
    owner: 1,
    due: 10,
    age: 6,
    clips: 4,
  },
  {
    n: 92,
    title: "换货要先付差价再退旧款",
    status: "verified_closed",
    u: 2,
    d: 1,
    line: "支付",
    owner: 0,
    due: -20,
    age: 80,
    clips: 9,
    reason: "听了五通新案，没再犯",
  },
  {
    n: 88,
    title: "客服工号念太快听不清",
    status: "declined",
    u: 4,
    d: 1,
    line: "平台",
    age: 90,
    clips: 1,
    reason: "已有规范，不另立",
  },
  {
    n: 107,
    title: "以旧换新，旧机估价上门就变",
    status: "full",
    u: 3,
    d: 2,
    line: "大家电",
    owner: 0,
    due: 20,
    age: 44,
    clips: 7,
  },
  { n: 144, title: "直播间尺码口播与吊牌不符", status: "new", u: 3, d: 1, line: "箱包服饰", age: 0 },
];

const relations: EvidenceRelation[] = ["evidence", "evidence", "recurrence", "evidence", "counter_evidence"];

/** A moment in one of the other cases, at one of its spoken lines. */
function moment(serial: number): Observation | undefined {
  const places = [2, 3, 4, 5, 7, 8, 9, 10, 11];
  const recording = state.recordings[places[serial % places.length] ?? 2];
  const lines = recording && state.segments.get(recording.id);
  const line = lines?.[(serial * 7) % Math.max(1, lines.length - 3)];
  const end = lines?.[((serial * 7) % Math.max(1, lines.length - 3)) + 2];
  const tag = state.tags[serial % state.tags.length];
  if (!recording || !line || !end || !tag) return undefined;
  const observation: Observation = {
    id: newId(),
    case_id: recording.case_id,
    recording_id: recording.id,
    anchor: "sound",
    start_ms: line.start_ms,
    end_ms: end.end_ms,
    raw_mark_ms: line.end_ms,
    lag_ms: 2000,
    kind: "problem",
    axis: serial % 3 === 0 ? "feeling" : "reason",
    text: serial % 2 === 0 ? "和页面写的对不上" : "",
    quote: line.text,
    tags: [tag.id],
    severity: serial % 4,
    session_id: null,
    ...meta(state.actor, Date.now() - serial * 3_600_000),
  };
  state.observations.push(observation);
  return observation;
}

/** The due day so many days from today. */
function dueDay(days: number): number {
  const d = new Date();
  return Date.UTC(d.getFullYear(), d.getMonth(), d.getDate()) + days * dayMs;
}

function link(issue: Issue, observation: Observation | undefined, relation: EvidenceRelation): void {
  if (!observation) return;
  state.links.push({
    id: newId(),
    issue_id: issue.id,
    moved_from: null,
    observation_id: observation.id,
    relation,
    importance: 1,
    ...meta(state.actor),
  });
}

export function seedIssues(): void {
  let serial = 0;
  for (const row of rows) {
    const made = Date.now() - row.age * dayMs - 1_000;
    const issue: Issue = {
      id: newId(),
      number: row.n,
      former_numbers: [],
      title: row.title,
      statement: row.statement ?? "",
      root_cause: row.cause ?? "",
      business_line: row.line,
      owner_id: row.owner === undefined ? null : (state.people[row.owner]?.id ?? null),
      external_owner: row.external ?? "",
      urgency: row.u,
      difficulty: row.d,
      status: row.status,
      status_reason: row.reason ?? "",
      due: row.due === undefined ? null : dueDay(row.due),
      merged_into: null,
      status_before_merge: null,
      ...meta(state.actor, made),
    };
    state.issues.push(issue);
    link(issue, state.observations[row.n % 4], "evidence");
    for (let i = 0; i < (row.clips ?? 0); i++) {
      link(issue, moment(serial), relations[i % relations.length] ?? "evidence");
      serial += 1;
    }
    logSeed(issue, made);
  }
  // Two that nobody has filed yet.
  moment(serial + 1);
  moment(serial + 2);
  const first = state.issues[0];
  if (first) {
    plainRows("comment").push({
      id: newId(),
      issue_id: first.id,
      text: "规格表的模板归商品中心，我去问能不能加一列。",
      ...meta(state.people[1]?.id ?? state.actor, Date.now() - 2 * dayMs),
    });
  }
}

/** The raising of an issue and its way to where it stands. */
function logSeed(issue: Issue, made: number): void {
  const push = (at: number, action: string, created: boolean, fields: Record<string, [unknown, unknown]>) =>
    state.log.push({
      author: state.people[0]?.name ?? "",
      change: {
        seq: state.log.length + 1,
        at,
        actor: state.actor,
        action,
        origin: "person",
        device: null,
        op_id: newId(),
        entity: "issue",
        entity_id: issue.id,
        created,
        fields: Object.fromEntries(
          Object.entries(fields).map(([name, [before, after]]) => [name, { before, after }]),
        ),
      },
    });
  push(made, "issue.create", true, { title: [null, issue.title], status: [null, "new"] });
  if (issue.status === "new" || issue.status === "clarified") return;
  push(made + dayMs, "issue.status", false, { status: ["new", "triage"] });
  if (issue.status === "triage") return;
  push(made + 2 * dayMs, "issue.status", false, {
    status: ["triage", issue.status],
    ...(issue.status_reason && { status_reason: ["", issue.status_reason] }),
  });
}
