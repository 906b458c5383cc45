import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { edit, evidenceNow, issueNow, playerNow, withoutEvidence } from "../../../test/host/now";
import { caseNamed, copied, issueNumbered, pass, personNamed, world } from "../../../test/host/stage";
import { expectInert, openWindow, payloads, seriousFindings } from "../../../test/window";
import type { Change, ChangeView } from "../../ipc";
import { addRecord, ipc, listRecords } from "../../ipc";
import { monthGrid } from "../../things/issue/DuePicker";
import { ERASED, enteredAt, historyLines } from "./history";

const user = userEvent.setup();
const openIssue = (number: number, prepare?: () => unknown) =>
  openWindow(() => `/issue/${issueNumbered(number).id}`, prepare);
const clipsOf = async (number: number) =>
  (await evidenceNow(number)).map(({ observation: o }) => ({ start_ms: o.start_ms, end_ms: o.end_ms }));

describe("words", () => {
  it("are changed where they stand; Ctrl+Enter saves, Esc does not", async () => {
    await openIssue(128);
    await user.click(await screen.findByRole("button", { name: "改标题" }));
    const field = await screen.findByTestId("issue-title");
    await user.clear(field);
    await user.type(field, "新的标题");
    fireEvent.keyDown(field, { key: "Enter", isComposing: true });
    expect((await issueNow(128)).title).not.toBe("新的标题");
    fireEvent.keyDown(field, { key: "Enter", ctrlKey: true });
    expect(await screen.findByRole("heading", { level: 1, name: "新的标题" })).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "改说明" }));
    await user.type(await screen.findByRole("textbox", { name: "说明" }), "不要这句{Escape}");
    expect((await issueNow(128)).statement).not.toContain("不要这句");
  });

  it("that somebody else changed meanwhile stand side by side, and the person chooses", async () => {
    await openIssue(128);
    await user.click(await screen.findByRole("button", { name: "改说明" }));
    const field = await screen.findByRole("textbox", { name: "说明" });
    await edit("issue", await issueNow(128), { statement: "别人写的" });
    await user.clear(field);
    await user.type(field, "我写的");
    fireEvent.keyDown(field, { key: "Enter", ctrlKey: true });
    const both = await screen.findByRole("group", { name: /刚才有人也改了/ });
    expect(both.textContent).toContain("别人写的");
    expect(both.textContent).toContain("我写的");
    expect((await issueNow(128)).statement).toBe("别人写的");
    await user.click(within(both).getByRole("button", { name: "用我的" }));
    await waitFor(async () => expect((await issueNow(128)).statement).toBe("我写的"));
  });

  it("are saved without a question when something else of the issue changed", async () => {
    await openIssue(128);
    await user.click(await screen.findByRole("button", { name: "改说明" }));
    const field = await screen.findByRole("textbox", { name: "说明" });
    await edit("issue", await issueNow(128), { urgency: 1 });
    await user.clear(field);
    await user.type(field, "我写的");
    fireEvent.keyDown(field, { key: "Enter", ctrlKey: true });
    await waitFor(async () => expect(await issueNow(128)).toMatchObject({ statement: "我写的", urgency: 1 }));
  });
});

describe("evidence", () => {
  it("plays its exact moment in place", async () => {
    await openIssue(128);
    const plays = await screen.findAllByTestId("evidence-play");
    expect(plays).toHaveLength(5);
    await user.click(plays[2] as HTMLElement);
    const clip = (await clipsOf(128))[2];
    await waitFor(async () => expect(await playerNow()).toMatchObject({ playing: true, clip }));
    expect(window.location.hash).toContain("/issue/");
  });

  it("is played through, one piece after the other", async () => {
    await openIssue(128);
    await user.click(await screen.findByRole("button", { name: /^连播/ }));
    const [first, second] = await clipsOf(128);
    await waitFor(async () => expect((await playerNow()).clip).toEqual(first));
    await pass((first?.end_ms ?? 0) - (first?.start_ms ?? 0));
    await waitFor(async () => expect(await playerNow()).toMatchObject({ playing: true, clip: second }));
  });

  it("leads to its moment in the console, and its link can be copied", async () => {
    await openIssue(128);
    const o = (await evidenceNow(128))[1]?.observation;
    await user.click((await screen.findAllByRole("button", { name: "复制这一段的链接" }))[1] as HTMLElement);
    await waitFor(async () =>
      expect(await copied()).toMatch(new RegExp(`^qinting://case/${o?.case_id}\\?t=`)),
    );
    await user.click(screen.getAllByRole("button", { name: "到听案台听这一段" })[1] as HTMLElement);
    expect(window.location.hash).toBe(
      `#/case/${o?.case_id}?t=${(o?.start_ms ?? 0) / 1000},${(o?.end_ms ?? 0) / 1000}`,
    );
  });

  it("is added from moments nobody has filed, and taken off with undo", async () => {
    await openIssue(144);
    await user.click(await screen.findByTestId("evidence-add"));
    await user.click((await screen.findAllByRole("checkbox"))[0] as HTMLElement);
    await user.click(screen.getByRole("radio", { name: "复发" }));
    await user.click(screen.getByRole("button", { name: "挂上 1 段" }));
    await waitFor(async () =>
      expect((await evidenceNow(144)).map((e) => e.link.relation)).toEqual(["evidence", "recurrence"]),
    );
    await waitFor(() => expect(screen.getAllByTestId("evidence-play")).toHaveLength(2));
    await user.click(screen.getAllByRole("button", { name: "从这个问题取下" })[0] as HTMLElement);
    await waitFor(async () => expect(await evidenceNow(144)).toHaveLength(1));
    await user.click(within(await screen.findByTestId("undo-bar")).getByRole("button", { name: /撤销/ }));
    await waitFor(async () => expect(await evidenceNow(144)).toHaveLength(2));
  });

  it("that is missing is said aloud", async () => {
    await openIssue(144, () => withoutEvidence(144));
    expect(await screen.findByText("还没有证据，离不开“感知”。")).toBeTruthy();
  });
});

describe("who answers for it", () => {
  it("is taken, given and left open", async () => {
    await openIssue(141);
    const owner = await screen.findByTestId("issue-owner");
    await user.click(owner);
    await user.click(await screen.findByRole("menuitem", { name: "是我的" }));
    await waitFor(async () => expect((await issueNow(141)).owner_id).toBe(personNamed("周以宁").id));
    await user.click(screen.getByTestId("issue-owner"));
    await user.click(await screen.findByRole("menuitemcheckbox", { name: "青禾" }));
    await waitFor(async () => expect((await issueNow(141)).owner_id).toBe(personNamed("青禾").id));
    await user.click(screen.getByTestId("issue-owner"));
    await user.click(await screen.findByRole("menuitem", { name: "先不指定" }));
    await waitFor(async () => expect((await issueNow(141)).owner_id).toBeNull());
  });

  it("and until when, how urgent and how hard", async () => {
    await openIssue(144);
    await user.click(await screen.findByTestId("issue-due"));
    const day = document.querySelector<HTMLElement>("[data-day][aria-current=date]");
    await user.click(day as HTMLElement);
    await waitFor(async () => expect((await issueNow(144)).due).toBe(Number(day?.dataset.day)));
    await user.click(screen.getByTestId("issue-matrix"));
    await user.click(await screen.findByRole("radio", { name: "紧急 1 难度 2" }));
    await waitFor(async () => expect(await issueNow(144)).toMatchObject({ urgency: 1, difficulty: 2 }));
  });

  it("picks from whole weeks that begin on Monday", () => {
    const grid = monthGrid(Date.UTC(2026, 10, 24));
    expect(grid).toHaveLength(42);
    expect(new Date(grid[0] ?? 0).getUTCDay()).toBe(1);
    expect(grid).toContain(Date.UTC(2026, 10, 1));
    expect(grid).toContain(Date.UTC(2026, 10, 30));
  });
});

describe("merging", () => {
  it("leaves a redirect that says where it went, and can be undone from there", async () => {
    await openIssue(143);
    await user.click(await screen.findByRole("button", { name: "并入另一条" }));
    await user.type(await screen.findByRole("searchbox", { name: "输入号或几个字" }), "改地址");
    await user.click(await screen.findByRole("button", { name: /139 改地址/ }));
    expect(screen.getByText(/移过去 3 段证据/)).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "并入" }));
    await waitFor(async () => expect((await issueNow(143)).merged_into).toBe(issueNumbered(139).id));
    expect(await screen.findByText("已并入 139")).toBeTruthy();
    expect(screen.queryByTestId("issue-status")).toBeNull();
    await user.click(screen.getByRole("button", { name: "撤销合并" }));
    await waitFor(async () => expect((await issueNow(143)).merged_into).toBeNull());
    expect(await screen.findByTestId("issue-status")).toBeTruthy();
  });
});

it("a comment is sent with Ctrl+Enter and stands in the history", async () => {
  await openIssue(128);
  const field = await screen.findByRole("textbox", { name: "写一句" });
  await user.type(field, "周五答复");
  fireEvent.keyDown(field, { key: "Enter", ctrlKey: true });
  const comments = () => listRecords("comment", "issue_id", issueNumbered(128).id);
  await waitFor(async () => expect((await comments()).at(-1)?.text).toBe("周五答复"));
  expect(await screen.findByText(/留言：周五答复/)).toBeTruthy();
});

it("a status change stands in the history with its reason", async () => {
  await openIssue(104);
  await user.click(await screen.findByTestId("issue-status"));
  await user.click(await screen.findByRole("button", { name: /^已验证关闭/ }));
  await user.type(await screen.findByRole("textbox", { name: /为什么/ }), "听了五通");
  await user.click(screen.getByRole("button", { name: /移到“已验证关闭”/ }));
  expect(await screen.findByText(/从“待验证”到“已验证关闭”：听了五通/)).toBeTruthy();
});

describe("history", () => {
  const change = (c: Partial<Change>): ChangeView => ({
    author: "周以宁",
    change: {
      seq: 1,
      at: 1,
      actor: "p",
      action: "x",
      origin: "person",
      device: null,
      op_id: "op",
      entity: "issue",
      entity_id: "i",
      created: false,
      fields: {},
      ...c,
    },
  });
  const field = (before: unknown, after: unknown) => ({ before, after });
  it.each<[string, Partial<Change>, object[]]>([
    [
      "a raised issue",
      { created: true, fields: { title: field(null, "题") } },
      [{ say: "created", title: "题" }],
    ],
    [
      "a status with its reason",
      { fields: { status: field("new", "declined"), status_reason: field("", "重复") } },
      [{ say: "status", before: "new", after: "declined", reason: "重复" }],
    ],
    [
      "a merge, not the status that comes with it",
      { fields: { status: field("new", "merged"), merged_into: field(null, "j") } },
      [{ say: "merged" }],
    ],
    ["a merge undone", { fields: { merged_into: field("j", null) } }, [{ say: "unmerged" }]],
    [
      "a new owner",
      { fields: { owner_id: field(null, "p") } },
      [{ say: "field", field: "owner_id", before: null, after: "p" }],
    ],
    [
      "evidence",
      { entity: "issue_link", created: true, fields: { issue_id: field(null, "i") } },
      [{ say: "attached", count: 1 }],
    ],
    [
      "evidence that left with a merge",
      { entity: "issue_link", fields: { issue_id: field("i", "j") } },
      [{ say: "movedOut", count: 1 }],
    ],
    [
      "evidence taken off",
      { entity: "issue_link", fields: { deleted_at: field(null, 5) } },
      [{ say: "detached", count: 1 }],
    ],
    [
      "evidence put back",
      { entity: "issue_link", fields: { deleted_at: field(5, null) } },
      [{ say: "reattached", count: 1 }],
    ],
    [
      "a comment",
      { entity: "comment", created: true, fields: { text: field(null, "好") } },
      [{ say: "commented", text: "好" }],
    ],
    [
      "words that were erased, wherever they stood",
      {
        fields: {
          external_owner: { erased: true },
          status: field("new", "declined"),
          status_reason: { erased: true },
        },
      },
      [
        { say: "status", before: "new", after: "declined", reason: ERASED },
        { say: "erased", field: "external_owner" },
      ],
    ],
    [
      "an erased comment",
      { entity: "comment", created: true, fields: { text: { erased: true } } },
      [{ say: "commented", text: ERASED }],
    ],
    ["another issue's change", { entity_id: "j", fields: { title: field("a", "b") } }, []],
  ])("words %s", (_, c, said) => {
    expect(historyLines([change(c)], "i").map((l) => l.said)).toEqual(said);
  });

  it("counts the links of one operation together", () => {
    const link = (seq: number, op_id: string) => change({ seq, op_id, entity: "issue_link", created: true });
    const lines = historyLines([link(3, "b"), link(2, "a"), link(1, "a")], "i");
    expect(lines.map((l) => l.said)).toEqual([
      { say: "attached", count: 1 },
      { say: "attached", count: 2 },
    ]);
  });

  it("knows when a stage was entered", () => {
    const moved = change({ at: 7, fields: { status: field("new", "triage") } });
    expect(enteredAt([moved], "i", (s) => s === "triage")).toEqual({ at: 7, author: "周以宁" });
    expect(enteredAt([moved], "i", (s) => s === "pilot")).toBeNull();
  });
});

it("an issue that is gone says so", async () => {
  await openWindow("/issue/0193a1b2-0000-7000-8000-00000000dead");
  expect(await screen.findByText("这条问题不在了")).toBeTruthy();
});

/** Somebody corrects the first lines of a call into text that would act. */
async function writeInto(call: string) {
  const { recording } = await ipc.getCase(call);
  if (!recording) throw new Error("a call without sound");
  for (const { id, rev } of await ipc.segments({ recording_id: recording.id, offset: 0, limit: 30 }))
    await ipc.editSegment({ id, rev, text: payloads });
}

it("shows any text as text", async () => {
  await openIssue(128, async () => {
    const issue = await issueNow(128);
    await edit("issue", issue, {
      title: payloads,
      statement: payloads,
      root_cause: payloads,
      business_line: payloads,
      external_owner: payloads,
    });
    const { rev } = await issueNow(128);
    await ipc.changeStatus({ id: issue.id, rev, status: "declined", reason: payloads });
    for (const { observation } of await evidenceNow(128))
      await edit("observation", observation, { text: payloads });
    for (const { case: c, contact } of world().cases) {
      await edit("case", c, { title: payloads });
      if (contact) await edit("contact", contact, { customer: payloads });
    }
    await addRecord("comment", { issue_id: issue.id, text: payloads });
    for (const [i, p] of (await ipc.listPeople()).entries())
      await edit("person", p, { name: `${payloads}${i}`, org_unit: payloads });
    for (const [i, t] of (await ipc.listTags()).entries()) await edit("tag", t, { name: `${payloads}${i}` });
    await writeInto(caseNamed("冰箱"));
  });
  expect(await screen.findByRole("heading", { level: 1, name: payloads.replace(/\s+/g, " ") })).toBeTruthy();
  expectInert();
});

it("axe finds nothing serious", async () => {
  await openIssue(97);
  await screen.findAllByTestId("evidence-play");
  expect(await seriousFindings()).toEqual([]);
});
