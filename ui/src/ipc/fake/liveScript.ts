/** What is said in the invented live call, on its call clock in seconds: the lines of design/live.html. */

export type Spoken = {
  lane: 0 | 1;
  start: number;
  end: number;
  text: string;
  /** What stands for it, doubtful, before it is settled. */
  misheard?: string;
  /** Not settled: its final is in doubt. */
  unsure?: boolean;
};

/** Lane 0 is the customer, lane 1 the agent. */
const said: [
  who: "c" | "a",
  start: number,
  end: number,
  text: string,
  more?: Pick<Spoken, "misheard" | "unsure">,
][] = [
  ["a", 1.2, 5.4, "您好，这里是售后，我是知秋，请讲。"],
  ["c", 6, 11.6, "我买的箱子昨天到的，一拆开就有划痕。"],
  ["a", 12.4, 16.8, "先跟您说声抱歉，我看一下订单，稍等。"],
  ["c", 17.6, 19.2, "好，你看。"],
  ["a", 22, 28.5, "看到了，您这边申请过退货，商家回的是寄回检测。"],
  ["c", 29, 36.4, "对，让我自己先垫运费，我不明白为什么是我垫。"],
  ["a", 38, 43.2, "运费这一条，我再跟商家核实一下。"],
  ["c", 44, 51.5, "昨天那位也说核实，结果等到现在没有人回我。"],
  ["a", 913, 919.2, "商家那边说要寄回检测，检测完再定谁出运费。"],
  ["c", 920.5, 929, "我不寄。寄回去再寄回来，我出差就没箱子用了。"],
  ["a", 931, 937.4, "请您核对一下尾号，是 4419 这一单吗？"],
  ["c", 940, 941.2, "是。"],
  ["a", 952, 957.4, "好，您稍等，我调一下售后记录。"],
  ["c", 968, 971.5, "你慢慢看，我等着。"],
  ["a", 981, 988.8, "李女士您好，我是知秋，您这单行李箱是昨天签收的，对吗？"],
  ["c", 993, 999.6, "对。我就想问一句，新箱子到手就是花的，怎么算？"],
  ["a", 1006, 1012.4, "您先别急，划痕在哪个位置，方便跟我说一下吗？"],
  ["c", 1022, 1028.6, "我昨晚就跟机器人说过一遍，今天又问我一遍。"],
  ["c", 1040, 1048.2, "拉杆这边一道，轮子边上还有一道，我昨天收到就拍了照。"],
  ["a", 1054, 1062, "照片我看到了。商家这边的意思，是寄回检测，运费您先垫一下。"],
  ["c", 1069, 1080.4, "划痕我能忍，让我自己出运费，我忍不了。东西是你们路上磕的，凭什么先掏钱的是我？"],
  ["a", 1085, 1094.2, "您说得在理。我去跟商家确认，能不能改成上门取件，运费不用您出。"],
  ["c", 1102, 1130, "上一个客服也说去确认，让我等了两天，最后短信告诉我工单已经关了，你说我还能信谁？"],
  ["a", 1133, 1140.5, "这一次我不转单，我现在就打给班长，您听着。"],
  ["c", 1142, 1145, "行，你打。", { misheard: "行你大" }],
  ["a", 1152, 1161, "班长同意了：上门取件，运费我们出，新箱子今天发。"],
  ["c", 1163, 1169, "早这么说不就好了。那我等取件的电话。", { unsure: true }],
];

export const script: readonly Spoken[] = said.map(([who, start, end, text, more]) => ({
  lane: who === "c" ? 0 : 1,
  start: start * 1000,
  end: end * 1000,
  text,
  ...more,
}));

/** How loud a lane is at a time on the call clock, 0–1. */
export function loudness(lane: number, ms: number): number {
  const line = script.find((l) => l.lane === lane && ms >= l.start && ms <= l.end);
  if (!line) return 0.006;
  const q = (ms - line.start) / (line.end - line.start);
  const envelope = Math.min(1, q * 12, (1 - q) * 12);
  const syllable = 0.45 + 0.55 * Math.abs(Math.sin(ms * 0.0041 + line.start));
  const grain = Math.abs(Math.sin(Math.floor(ms / 50) * 12.9898 + lane * 78.233) * 43758.5453) % 1;
  return Math.max(0.01, 0.72 * envelope * syllable * (0.4 + 0.6 * grain));
}
