/** The world of the tests, told once per run through the calls the page itself makes. */
import { join } from "node:path";
import type {
  CaseId,
  CaseRow,
  Commands,
  Contact,
  EntityKind,
  IssueRow,
  ObservationKind,
  ObservationView,
  Person,
  Recording,
  SessionRow,
  Tag,
} from "../../../src/ipc";
import { bringIn, type Choosing, until } from "./bringIn";
import { afternoon, allIssues, dayMs, dueDay, hourMs, NOW } from "./days";
import { type CaseTold, cases, written } from "./files";
import { type IssueTold, issues, relations, wayTo } from "./issues";

/** What there is to be found, so that a test can name it. */
export type World = {
  cases: CaseRow[];
  issues: IssueRow[];
  sessions: SessionRow[];
  people: Person[];
  tags: Tag[];
  marks: ObservationView[];
};

type Told = { case: CaseId; contact: Contact; recording: Recording; of: CaseTold };
type At = (ms: number) => Promise<unknown>;

export class Teller {
  #ipc: Commands;
  #at: At;
  #chosen: Choosing;
  #folder: string;
  #told: Told[] = [];
  #people: Person[] = [];
  #tags: Tag[] = [];

  /** `at` sets the clock; recordings that are brought in are written into `folder` first. */
  constructor(ipc: Commands, at: At, chosen: Choosing, folder: string) {
    this.#ipc = ipc;
    this.#chosen = chosen;
    this.#at = at;
    this.#folder = folder;
  }

  async tell(): Promise<World> {
    await this.#at(NOW);
    await this.#gather();
    await this.#agree();
    // The first of them is the latest.
    for (const [i, call] of [...cases.entries()].reverse()) await this.#bringIn(call, i);
    await this.#correct();
    await this.#at(NOW);
    const heard = await this.#plan();
    const fridge = await this.#markFridge(heard);
    await this.#raise(fridge, heard);
    await this.#at(NOW);
    await this.#leaveOff();
    return this.#found();
  }

  async #edit(kind: EntityKind, row: { id: string; rev: number }, fields: Record<string, unknown>) {
    const edits = Object.entries(fields).map(([name, value]) => [name, { value, rev: row.rev }]);
    return this.#ipc.editRecord({ kind, id: row.id, fields: Object.fromEntries(edits) });
  }

  async #gather() {
    const { actor } = await this.#ipc.workspaceInfo();
    await this.#edit("person", actor, { name: "周以宁", org_unit: "商品部" });
    await this.#ipc.addPerson({ name: "青禾", roles: ["mentor"], org_unit: "客服一部" });
    this.#people = await this.#ipc.listPeople();
  }

  /** Two of the starter tags have other names here. */
  async #agree() {
    const renamed: Record<string, string> = { 售后: "售后规则", 产品: "商品信息" };
    for (const tag of await this.#ipc.listTags()) {
      const name = renamed[tag.name];
      if (name) await this.#edit("tag", tag, { name });
    }
    this.#tags = await this.#ipc.listTags();
  }

  #tag(name: string): string {
    const tag = this.#tags.find((t) => t.name === name);
    if (!tag) throw new Error(`no tag ${name}`);
    return tag.id;
  }

  async #bringIn(of: CaseTold, index: number) {
    const began_at = NOW - index * 2 * hourMs;
    await this.#at(began_at + hourMs);
    const settings = await this.#ipc.getSettings();
    await this.#ipc.updateSettings({ ...settings, transcribe_on_import: of.text !== false });
    const id = await bringIn(this.#ipc, this.#chosen, join(this.#folder, `call-${index}.wav`), written(of));
    if (of.text !== false) await until(async () => (await this.#ipc.getCase(id)).transcript === "done");
    const view = await this.#ipc.getCase(id);
    const contact = view.contacts[0];
    if (!contact || !view.recording) throw new Error("a call without sound");
    await this.#edit("case", view.case, {
      title: of.title,
      business_line: of.line,
      customer_tier: of.tier ?? "",
      external_id: index === 0 ? "QT-20261117-0093" : "",
    });
    await this.#edit("contact", contact, {
      began_at,
      agent: of.agent ?? "",
      customer: of.customer ?? "",
      queue: of.queue ?? "",
      disposition: index === 0 ? "超出自助时限" : "",
    });
    this.#told.unshift({ case: id, contact, recording: view.recording, of });
    await this.#ipc.updateSettings(settings);
  }

  /** Somebody corrected what the machine heard wrong. */
  async #correct() {
    for (const { recording, of } of this.#told) {
      for (const [offset, line] of of.lines.entries()) {
        if (line.original === undefined) continue;
        const rows = await this.#ipc.segments({ recording_id: recording.id, offset, limit: 1 });
        const row = rows[0];
        if (row) await this.#ipc.editSegment({ id: row.id, rev: row.rev, text: line.text });
      }
    }
  }

  /** One session that was heard, one on its way, one only thought of; gives the first. */
  async #plan(): Promise<string> {
    const ids = (list: number[]) => list.flatMap((i) => this.#told[i]?.case ?? []);
    const people = (list: number[]) => list.flatMap((i) => this.#people[i]?.id ?? []);
    const facilitator_id = this.#people[1]?.id ?? null;
    const heard = await this.#ipc.addSession({
      title: "退货的边界在哪里",
      theme: "大件售后",
      question: "如果规则没错、客户也没错，错的是哪一步？",
      place: "三楼 B 区",
      starts_at: afternoon(-3),
      facilitator_id,
      people: people([0, 1]),
      cases: ids([0, 2, 7, 3]),
    });
    await this.#ipc.addSession({
      title: "钱什么时候到账",
      theme: "支付与退款",
      question: "同一笔退款，我们跟客户说了几个日子？",
      place: "远程",
      starts_at: afternoon(2),
      facilitator_id,
      people: people([0]),
      cases: ids([10, 11]),
    });
    await this.#ipc.addSession({
      title: "新店第一周",
      theme: "",
      question: "",
      place: "",
      starts_at: null,
      facilitator_id,
      people: [],
      cases: [],
    });
    return heard.session.id;
  }

  async #mark(
    told: Told,
    [start_ms, end_ms, kind, text, tags]: [number, number, ObservationKind, string, string[]],
    more: { axis?: string; severity?: number } = {},
    session_id: string | null = null,
  ): Promise<string> {
    const { observation } = await this.#ipc.mark({
      recording_id: told.recording.id,
      at_ms: end_ms,
      lag_ms: 2000,
      kind,
      tags,
      range: { start_ms, end_ms },
      text: text || null,
      session_id,
    });
    await this.#edit("observation", observation, { axis: "reason", severity: 0, ...more });
    return observation.id;
  }

  async #markFridge(heard: string): Promise<string[]> {
    const fridge = this.#call(0);
    const feeling = { axis: "feeling" };
    const marks = [
      await this.#mark(
        fridge,
        [255_000, 268_600, "question", "时限从签收起算，不看何时能拆箱", [this.#tag("售后规则")]],
        {},
        heard,
      ),
      await this.#mark(fridge, [289_000, 299_400, "quote", "", [this.#tag("情绪")]], feeling, heard),
      await this.#mark(
        fridge,
        [
          295_000,
          325_000,
          "problem",
          "关键安装尺寸只在详情页第七屏，前屏只写机身宽 83 cm；客户按前屏量的柜。",
          [this.#tag("商品信息"), this.#tag("情绪")],
        ],
        { severity: 3 },
        heard,
      ),
    ];
    await this.#ipc.switchPerson(this.#person(1).id);
    marks.push(
      await this.#mark(
        fridge,
        [329_600, 343_000, "highlight", "先认下“页面没说清楚”，再给三个办法", [this.#tag("服务亮点")]],
        feeling,
        heard,
      ),
    );
    await this.#ipc.switchPerson(this.#person(0).id);
    return marks;
  }

  #call(index: number): Told {
    const told = this.#told[index];
    if (!told) throw new Error(`no call ${index}`);
    return told;
  }

  #person(index: number): Person {
    const person = this.#people[index];
    if (!person) throw new Error(`no person ${index}`);
    return person;
  }

  /** A moment in one of the other calls, at one of its spoken lines. */
  async #moment(serial: number, heard: string): Promise<string> {
    const places = [2, 3, 4, 5, 7, 8, 9, 10, 11];
    const place = places[serial % places.length] ?? 2;
    const told = this.#call(place);
    const at = (serial * 7) % Math.max(1, told.of.lines.length - 3);
    const [first, last] = [told.of.lines[at], told.of.lines[at + 2]];
    const tag = this.#tags[serial % this.#tags.length];
    if (!first || !last || !tag) throw new Error("a call too short");
    await this.#at(NOW - serial * hourMs);
    const words = serial % 2 === 0 ? "和页面写的对不上" : "";
    const inSession = [0, 1, 4, 9].includes(serial);
    return this.#mark(
      told,
      [first.start, last.end, "problem", words, [tag.id]],
      { axis: serial % 3 === 0 ? "feeling" : "reason", severity: serial % 4 },
      inSession ? heard : null,
    );
  }

  /** The moments first, then the issues that rest on them, in the order of their numbers. */
  async #raise(fridge: string[], heard: string) {
    const clips = new Map<IssueTold, string[]>();
    let serial = 0;
    for (const issue of issues) {
      const own: string[] = [];
      for (let i = 0; i < (issue.clips ?? 0); i += 1) {
        own.push(await this.#moment(serial, heard));
        serial += 1;
      }
      clips.set(issue, own);
    }
    // Two that nobody has filed yet.
    await this.#moment(serial + 1, heard);
    await this.#moment(serial + 2, heard);
    const inOrder = [...issues].sort((a, b) => a.n - b.n);
    for (const issue of inOrder) {
      await this.#at(NOW - issue.age * dayMs - 1000);
      await this.#skipTo(issue.n);
      await this.#raiseOne(issue, [fridge[issue.n % 4] ?? "", ...(clips.get(issue) ?? [])]);
    }
  }

  /** Numbers below one are used up by issues that somebody took back. */
  async #skipTo(number: number) {
    for (;;) {
      const [last] = (await this.#ipc.listIssues({ ...allIssues, sort: "number", limit: 1 })).rows;
      const next = Math.max(last?.issue.number ?? 0, this.#used) + 1;
      if (next >= number) return;
      const { issue } = await this.#ipc.createIssue(bare("又撤回的"));
      this.#used = issue.number;
      await this.#ipc.undo();
    }
  }
  #used = 0;

  async #raiseOne(of: IssueTold, moments: string[]) {
    const made = NOW - of.age * dayMs - 1000;
    const row = await this.#ipc.createIssue({
      ...bare(of.title),
      statement: of.statement ?? "",
      business_line: of.line,
      urgency: of.u,
      difficulty: of.d,
    });
    const id = row.issue.id;
    if (row.issue.number !== of.n) throw new Error(`${row.issue.number} instead of ${of.n}`);
    for (const [i, moment] of moments.entries()) {
      // The first of them is plain evidence, whatever follows.
      const relation = i === 0 ? "evidence" : (relations[(i - 1) % relations.length] ?? "evidence");
      await this.#ipc.attachEvidence({ issue_id: id, observation_ids: [moment], relation });
    }
    const fields = {
      root_cause: of.cause ?? "",
      owner_id: of.owner === undefined ? null : this.#person(of.owner).id,
      external_owner: of.external ?? "",
      due: of.due === undefined ? null : dueDay(of.due),
    };
    await this.#edit("issue", (await this.#ipc.getIssue(id)).row.issue, fields);
    for (const [i, status] of wayTo(of.status).entries()) {
      await this.#at(made + (i + 1) * dayMs);
      const { rev } = (await this.#ipc.getIssue(id)).row.issue;
      await this.#ipc.changeStatus({
        id,
        rev,
        status,
        reason: status === of.status ? (of.reason ?? "") : "",
      });
    }
    if (of.n !== 128) return;
    await this.#at(NOW - 2 * dayMs);
    await this.#ipc.switchPerson(this.#person(1).id);
    await this.#ipc.addRecord({
      kind: "comment",
      fields: { issue_id: id, text: "规格表的模板归商品中心，我去问能不能加一列。" },
    });
    await this.#ipc.switchPerson(this.#person(0).id);
  }

  /** Where somebody stopped in the first call. */
  async #leaveOff() {
    await this.#ipc.playerOpen({ case_id: this.#call(0).case, at_ms: 313_000 });
    await this.#ipc.playerSpeed(1.2);
    await this.#ipc.playerPause();
  }

  async #found(): Promise<World> {
    const found = await this.#ipc.listCases({
      text: "",
      filters: [],
      sort: "imported",
      reversed: false,
      offset: 0,
      limit: 100,
    });
    const { rows } = await this.#ipc.listIssues(allIssues);
    const marks = [];
    for (const { case: id } of this.#told) marks.push(...(await this.#ipc.observationsOf(id)));
    return {
      cases: found.rows,
      issues: rows,
      sessions: await this.#ipc.listSessions(),
      people: this.#people,
      tags: this.#tags,
      marks,
    };
  }
}

const bare = (title: string) => ({
  title,
  statement: "",
  business_line: "",
  urgency: 0,
  difficulty: 0,
  observation_ids: [],
});
