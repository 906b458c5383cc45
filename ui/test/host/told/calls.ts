/** What is said in the calls of the tests. */

export type Line = {
  who: "a" | "c";
  start: number;
  end: number;
  text: string;
  original?: string;
  confidence?: number;
};

const spoken: [Line["who"], number, number, string, (Pick<Line, "original" | "confidence"> | undefined)?][] =
  [
    ["a", 0.4, 5.6, "您好，这里是售后，我是知秋，请问怎么称呼您？"],
    ["c", 6.2, 12.3, "我姓王。我想退一台冰箱，昨天刚拆的箱。"],
    ["a", 12.7, 18.2, "好的王先生，您稍等，我先看一下订单。"],
    ["c", 18.5, 23.2, "尾号是四四一七那个，四百多升的。"],
    ["a", 24.2, 26.6, "看到了，双开门这一款。"],
    ["c", 27.7, 34.8, "对。它进不了我家厨房，柜子差了两公分。"],
    ["a", 35.1, 40.1, "您是说安装的位置宽度不够，是吗？"],
    ["c", 40.5, 58.9, "不是我不够，是你们页面写的那个数，和它真到家的数，对不上。"],
    ["a", 60, 82, "我理解，您先别着急，我把商品页打开，和您一个数一个数地对。"],
    ["c", 84, 91, "你对吧，我等着。"],
    ["a", 118, 140, "王先生，让您久等。页面上写的机身宽是八百三十毫米，您这边量的是多少？"],
    ["c", 142, 180, "八百九，我留了六公分，你们客服当时跟我说两边各三公分散热就够了，我有聊天记录的。"],
    ["a", 183, 210, "聊天记录您方便的话发我一份，我附在这张单子上，后面处理的人也能看到。"],
    ["c", 212, 236, "行。那现在到底能不能退？昨天打了一次，说超时了，就把电话挂了。"],
    ["a", 241.5, 254.2, "王先生，订单我看到了。签收是八号，今天第九天，七天无理由这一条，时间上确实过了。"],
    ["c", 255, 268.6, "可是我家厨房八号还在贴砖，师傅让先别拆箱。昨天橱柜装好才拆，一拆才知道进不去。"],
    ["a", 283.2, 288.3, "商品页写的宽度是八十三厘米，您预留的是多少？"],
    ["c", 289, 299.4, "八十九。我量的是你们写的那个数，不是我自己想出来的数。"],
    ["a", 300.2, 305.2, "理解，理解。页面往下翻，有一行写着含铰链——"],
    ["c", 303.6, 309.6, "我知道你要说什么，那行字谁看得见啊？"],
    ["c", 310.4, 319.2, "九十一点二。那行字在第七屏，谁买冰箱会翻到第七屏？"],
    ["c", 320, 328.4, "你记一下我电话，让能做主的人打给我。"],
    [
      "a",
      329.6,
      343,
      "这件事是我们页面没说清楚，对不住您。我给您三个办法，您看哪个合适：退货、换窄款，或者拆柜门由商家补。",
      {
        original:
          "这件事是我们页面没说清楚，对不住您。我给您三个办法，您看哪个合适：退货、换窄款，或者拆鬼门由商家补。",
      },
    ],
    ["c", 344, 351.4, "拆柜门师傅说要三百二，运费你们说三百八，这钱怎么算？", { confidence: 0.46 }],
  ];

const agentWords = [
  "好的，我帮您看一下。",
  "这边记录下来了，您还有别的要补充吗？",
  "规则上是签收后七天，我们按页面说明来。",
  "我再跟仓库确认一次，两小时内给您回电。",
];
const customerWords = [
  "我已经打了第三次电话了。",
  "你们到底谁能做主？",
  "页面上明明写的是包安装。",
  "我不要券，我要把东西退了。",
  "那我现在应该找谁？",
];

/** A call of `count` turns that fills `minutes`. */
export function longCall(count: number, minutes: number): Line[] {
  const step = (minutes * 60_000) / count;
  return Array.from({ length: count }, (_, i) => {
    const who = i % 2 ? "c" : "a";
    const words = who === "a" ? agentWords : customerWords;
    const start = Math.round(i * step + (i % 9 === 4 ? step * 0.3 : 0));
    const text = `${words[(i * 7) % words.length]}${i % 11 === 0 ? `单号 ${1000 + i}。` : ""}`;
    return {
      who,
      start,
      end: Math.round(i * step + step * 0.88),
      text,
      confidence: i % 17 === 5 ? 0.42 : 0.91,
    };
  });
}

const opening: Line[] = spoken.map(([who, start, end, text, more]) => ({
  who,
  start: start * 1000,
  end: end * 1000,
  text,
  ...more,
}));

/** The call of the design's pictures, then more of the same to its end. */
export const fridgeCall: Line[] = [
  ...opening,
  ...longCall(44, 6.6).map((line) => ({ ...line, start: line.start + 361_400, end: line.end + 361_400 })),
];
