/** The issues of the tests: one or more in every status. */
import type { EvidenceRelation, IssueStatus } from "../../../src/ipc";

export type IssueTold = {
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

export const issues: IssueTold[] = [
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

/** How the moments an issue rests on stand to it, one after the other. */
export const relations: EvidenceRelation[] = [
  "evidence",
  "evidence",
  "recurrence",
  "evidence",
  "counter_evidence",
];

/** The moves that lead to a status, each with its reason; the rules of the product lead over some others. */
export function wayTo(status: IssueStatus): IssueStatus[] {
  if (status === "new") return [];
  if (status === "clarified" || status === "triage") return [status];
  if (status === "verified_closed" || status === "reopened") return ["triage", "to_verify", status];
  return ["triage", status];
}
