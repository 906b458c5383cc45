/** Live calls that are over, told once per run on a copy of the world: one rescued, one damaged, two without sound. */
import type {
  Commands,
  LiveBegin,
  LiveCall,
  ObservationKind,
  ObservationView,
  SeatNoteKind,
} from "../../../src/ipc";
import { until } from "./bringIn";
import { longCall } from "./calls";
import { dayMs, hourMs, NOW } from "./days";
import { type Happens, type Listen, Listening, type Telling } from "./listening";
import type { Spoken } from "./liveScript";
import { heardBy } from "./models";
import type { World } from "./world";

/** What there is to be found of them. */
export type AfterLive = {
  rescued: LiveCall;
  damaged: LiveCall;
  clockOnly: LiveCall;
  textOnly: LiveCall;
  marks: Record<"rescued" | "damaged" | "clockOnly" | "textOnly", ObservationView[]>;
};

type Mark = [at: number, kind: ObservationKind, text: string];
type Note = [at: number, kind: SeatNoteKind, text: string];
type Deed = [at: number, deed: () => Promise<unknown>];

const minute = 60_000;
/** A stretch that is marked begins so long before the press. */
const REACHES_BACK_MS = 7_000;

/** Lines of a call of so many minutes, on two lanes. */
const lines = (minutes: number, count: number): Spoken[] =>
  longCall(count, minutes).map(({ who, ...line }) => ({ ...line, lane: who === "c" ? 0 : 1 }));

export class AfterLiveTeller {
  #ipc: Commands;
  #tell: Telling;
  #world: World;
  #listening: Listening;

  constructor(ipc: Commands, tell: Telling, listen: Listen, world: World) {
    this.#ipc = ipc;
    this.#tell = tell;
    this.#world = world;
    this.#listening = new Listening(ipc, tell, listen);
  }

  async tell(): Promise<AfterLive> {
    const rescued = await this.#rescued();
    const damaged = await this.#damaged();
    const clockOnly = await this.#clockOnly();
    const textOnly = await this.#textOnly();
    const calls = { rescued, damaged, clockOnly, textOnly };
    const now = async ({ id }: LiveCall) =>
      (await this.#ipc.getRecord({ kind: "live_call", id })) as LiveCall;
    const marks = ({ case_id }: LiveCall) => this.#ipc.observationsOf(case_id);
    return {
      rescued: await now(rescued),
      damaged: await now(damaged),
      clockOnly: await now(clockOnly),
      textOnly: await now(textOnly),
      marks: {
        rescued: await marks(calls.rescued),
        damaged: await marks(calls.damaged),
        clockOnly: await marks(calls.clockOnly),
        textOnly: await marks(calls.textOnly),
      },
    };
  }

  get #mentor(): string | null {
    return this.#world.people.find((p) => p.roles.includes("mentor"))?.id ?? null;
  }

  /** Somebody begins at a time, and does this as the call goes on to its end. */
  async #call(
    began: number,
    begin: Partial<LiveBegin>,
    said: Spoken[],
    ends: number,
    deeds: Deed[],
  ): Promise<LiveCall> {
    await this.#tell("stage_time", { set: began });
    const { call } = await this.#listening.begin(
      { business_line: "大家电", agent: "知秋", customer: "李**", ...begin },
      said,
    );
    for (const [at, deed] of [...deeds].sort(([a], [b]) => a - b)) {
      await this.#listening.goOnTo(at);
      await deed();
    }
    await this.#listening.goOnTo(ends);
    if (begin.mode !== "clock_only") await this.#listening.written();
    return call;
  }

  /** Marks whose stretch begins there: it reaches back from the press by the lag and a little more. */
  #marks = (all: Mark[]): Deed[] =>
    all.map(([at, kind, text]) => [at + REACHES_BACK_MS, () => this.#listening.mark(kind, text)]);

  #notes = (all: Note[], mentor: string | null): Deed[] =>
    all.map(([at, kind, text]) => [
      at,
      async () => {
        const status = await this.#ipc.liveStatus();
        const own = kind === "ask" || kind === "explain";
        await this.#ipc.addSeatNote({
          recording_id: status?.call.recording_id ?? "",
          at_ms: at,
          author_id: own ? null : mentor,
          kind,
          text,
        });
      },
    ]);

  #happens = (at: number, what: Happens): Deed => [at, () => this.#listening.happens(what)];

  /** The power fails, and somebody starts again. */
  async #cutOff(call: LiveCall, lost: number): Promise<void> {
    await this.#tell("stage_reset", { cut_off: lost, now: NOW + 6 * hourMs });
    await until(async () => (await this.#ipc.getCase(call.case_id)).recording?.audio_sha256);
  }

  async #rescued(): Promise<LiveCall> {
    await this.#tell("stage_models", [heardBy]);
    const minutes = 18.733;
    const mentor_id = this.#mentor;
    const call = await this.#call(
      NOW + 5 * hourMs,
      { title: "箱子到手有划痕，商家让自费寄回", mentor_id },
      lines(minutes, 40),
      minutes * minute,
      [
        ...this.#marks([
          [62_000, "problem", "机器人答过一遍，人工又问一遍"],
          [471_000, "question", "自费寄回是谁的规则"],
          [612_000, "quote", "划痕我能忍，让我自己出运费，我忍不了"],
          [760_000, "problem", "工单超 48 小时自动关，客户以为被挂了"],
          [1_040_000, "highlight", "主动提出上门取件"],
        ]),
        ...this.#notes(
          [
            [456_000, "aside", "“先垫运费”是商家话术，平台规则里没有这一条。"],
            [472_000, "heed", "她其实已经让步了，这句之后别急着讲规则。"],
            [487_000, "ask", "上门取件谁能批？"],
            [511_000, "later", "工单“超 48 小时自动关”，客户会以为是被我们挂了。"],
            [602_000, "explain", ""],
          ],
          mentor_id,
        ),
        [506_000, () => this.#ipc.livePause()],
        [524_000, () => this.#ipc.liveResume()],
        this.#happens(548_000, { lane: { lane: 0, state: "lost" } }),
        this.#happens(561_000, { lane: { lane: 0, state: "running" } }),
      ],
    );
    await this.#cutOff(call, 0);
    // Somebody listened to it as far as the pause.
    await this.#ipc.playerOpen({ case_id: call.case_id, at_ms: 520_000 });
    await this.#ipc.playerPause();
    return call;
  }

  /** Of twelve and a half minutes that were kept, the disk had nine. */
  async #damaged(): Promise<LiveCall> {
    await this.#tell("stage_models", [heardBy]);
    const call = await this.#call(
      NOW + 4 * hourMs,
      { title: "现场 11-18 13:20", agent: "云起" },
      [],
      751_000,
      this.#marks([
        [40_000, "problem", ""],
        [300_000, "question", "为什么要三次验证"],
      ]),
    );
    await this.#cutOff(call, 209_000);
    return call;
  }

  async #clockOnly(): Promise<LiveCall> {
    const beside = this.#world.cases.find((row) => row.case.title.startsWith("快递三次"));
    const call = await this.#call(
      (beside?.contact?.began_at ?? NOW) + 12_300,
      {
        title: "现场 11-18 11:00",
        agent: "晚照",
        customer: "",
        mode: "clock_only",
        lanes: [],
        consent: null,
        notice: null,
        anchor: "8021",
      },
      [],
      8.6 * minute,
      this.#marks([
        [4_000, "highlight", "你好"],
        [95_000, "problem", "第三次报地址"],
        [180_500, "quote", "你们系统里我住三个地方"],
        [402_000, "suggestion", "改址后给客户回一条短信"],
      ]),
    );
    await this.#ipc.liveStop();
    return call;
  }

  async #textOnly(): Promise<LiveCall> {
    await this.#tell("stage_models", [heardBy]);
    const minutes = 6.2;
    const call = await this.#call(
      NOW - 3 * dayMs,
      { title: "会员续费的电话，没有留声音", agent: "云起", customer: "卫**", mode: "text_only" },
      lines(minutes, 50),
      minutes * minute,
      this.#marks([
        [31_000, "problem", "入口藏在第三层"],
        [210_000, "question", ""],
      ]),
    );
    await this.#ipc.liveStop();
    return call;
  }
}
