import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { edit, evidenceNow, issueNow, playerNow, withoutEvidence } from "../../../test/host/now";
import { choose, issueNumbered } from "../../../test/host/stage";
import { allIssues } from "../../../test/host/told/days";
import { expectInert, openWindow, payloads, seriousFindings } from "../../../test/window";
import { ipc } from "../../ipc";
import { statusesOf } from "../../ipc/generated/issues";
import { ageDays, calendarDay, dueOf, stageOf } from "../../things/issue/lifecycle";

afterEach(() => vi.restoreAllMocks());

const user = userEvent.setup();
const rows = () => screen.findAllByTestId("issue-row");
const numbers = async () => (await rows()).map((r) => Number(r.dataset.number));
const row = async (number: number) => {
  const found = (await rows()).find((r) => r.dataset.number === String(number));
  if (!found) throw new Error(`no row ${number}`);
  return found;
};
const table = () => screen.findByRole("table");

describe("the due day", () => {
  const noon = new Date(2026, 10, 24, 12).getTime();
  const today = Date.UTC(2026, 10, 24);
  it.each([
    [null, "new", "none"],
    [today - 86_400_000, "new", "overdue"],
    [today, "new", "today"],
    [today + 3 * 86_400_000, "new", "soon"],
    [today + 9 * 86_400_000, "new", "later"],
    [today - 86_400_000, "verified_closed", "settled"],
  ] as const)("%s of a %s issue looks %s", (due, status, look) => {
    expect(dueOf(due, status, noon).look).toBe(look);
  });
  it("is counted by the person's own calendar", () => {
    expect(calendarDay(new Date(2026, 10, 24, 0, 1).getTime())).toBe(today);
    expect(calendarDay(new Date(2026, 10, 24, 23, 59).getTime())).toBe(today);
    expect(ageDays(noon - 3 * 86_400_000, noon)).toBe(3);
  });
});

it("every status has one stage", () => {
  for (const [stage, statuses] of Object.entries(statusesOf))
    for (const status of statuses) expect(stageOf(status)).toBe(stage);
});

describe("the list", () => {
  it("shows the nearest due day first, and turns around at a second press", async () => {
    await openWindow("/issues");
    const due = (await numbers())[0];
    expect(due).toBe(128);
    const header = within(await table()).getByRole("columnheader", { name: /期限/ });
    expect(header.getAttribute("aria-sort")).toBe("ascending");
    await user.click(within(header).getByRole("button"));
    await waitFor(() => expect(header.getAttribute("aria-sort")).toBe("descending"));
    await waitFor(async () => expect((await numbers())[0]).not.toBe(128));
  });

  it.each([
    ["问题", 144, "descending"],
    ["波及", 104, "descending"],
    ["挂了多久", 112, "descending"],
    ["阶段", 144, "ascending"],
  ])("is ordered by %s", async (column, first, direction) => {
    await openWindow("/issues");
    const header = within(await table()).getByRole("columnheader", { name: column });
    await user.click(within(header).getByRole("button"));
    await waitFor(() => expect(header.getAttribute("aria-sort")).toBe(direction));
    await waitFor(async () => {
      const seen = await numbers();
      expect(column === "阶段" ? issueNumbered(seen[0] ?? 0).status : seen[0]).toBe(
        column === "阶段" ? "new" : first,
      );
    });
  });

  it("is narrowed by view, cell, business line and words", async () => {
    await openWindow("/issues");
    await rows();
    await user.click(screen.getByRole("button", { name: /^过期未了/ }));
    await waitFor(async () => expect(await numbers()).toEqual([128]));
    await user.click(screen.getByRole("button", { name: /^全部未关/ }));
    await user.click(screen.getByRole("button", { name: "紧急 1 难度 1，1 条" }));
    await waitFor(async () => expect(await numbers()).toEqual([121]));
    await user.click(screen.getByRole("button", { name: "紧急 1 难度 1，1 条" }));
    await user.click(screen.getByRole("button", { name: /^平台/ }));
    await waitFor(async () => expect(await numbers()).toEqual([121]));
    await user.click(screen.getByRole("button", { name: /^平台/ }));
    await user.type(screen.getByRole("searchbox", { name: "在这里找" }), "洗碗机");
    await waitFor(async () => expect(await numbers()).toEqual([141]));
  });

  it("says so when nothing is left, and opens up again", async () => {
    await openWindow("/issues");
    await rows();
    await user.type(screen.getByRole("searchbox", { name: "在这里找" }), "没有这几个字");
    await user.click(await screen.findByRole("button", { name: "全部放开" }));
    await waitFor(async () => expect((await table()).getAttribute("aria-rowcount")).toBe("15"));
  });

  it("that is empty says how an issue comes about", async () => {
    await openWindow("/issues", undefined, { empty: true });
    expect(await screen.findByText("还没有人立题")).toBeTruthy();
  });

  it("is walked with the arrow keys", async () => {
    await openWindow("/issues");
    const first = within(await row(128)).getByRole("link");
    first.focus();
    fireEvent.keyDown(first, { key: "ArrowDown" });
    expect(document.activeElement?.closest("[data-testid=issue-row]")).not.toBe(await row(128));
    fireEvent.keyDown(document.activeElement as Element, { key: "ArrowUp" });
    expect(document.activeElement).toBe(first);
  });

  it("draws only what is in sight of two thousand", async () => {
    const read = ipc.listIssues;
    vi.spyOn(ipc, "listIssues").mockImplementation(async (query) => {
      const page = await read(query);
      const [one] = page.rows;
      if (!one) return page;
      const many = Array.from({ length: 2000 }, (_, i) => ({
        ...one,
        issue: { ...one.issue, id: `many-${i}`, number: 1000 + i },
      }));
      return { rows: [...page.rows, ...many], total: page.total + many.length };
    });
    await openWindow("/issues");
    await waitFor(async () =>
      expect(Number((await table()).getAttribute("aria-rowcount"))).toBeGreaterThan(2000),
    );
    expect((await rows()).length).toBeLessThan(60);
  });
});

describe("evidence in the list", () => {
  it("is heard in place, one piece after the other, and stops with the bar", async () => {
    await openWindow("/issues");
    await user.click(within(await row(139)).getByTestId("evidence-play"));
    const bar = await screen.findByRole("region", { name: "证据快听" });
    const clips = (await evidenceNow(139)).map(({ observation: o }) => ({
      start_ms: o.start_ms,
      end_ms: o.end_ms,
    }));
    await waitFor(async () => expect(await playerNow()).toMatchObject({ playing: true, clip: clips[0] }));
    expect(window.location.hash).toBe("#/issues");
    act(() => void fireEvent.keyDown(document.body, { key: "n", code: "KeyN" }));
    await waitFor(async () => expect((await playerNow()).clip).toEqual(clips[1]));
    expect(bar.textContent).toContain("139 的第 2 段，共 4 段");
    await user.click(within(bar).getByRole("button", { name: "关闭" }));
    await waitFor(async () => expect((await playerNow()).playing).toBe(false));
  });

  it("is not promised where there is none", async () => {
    await openWindow("/issues", () => withoutEvidence(141));
    expect(within(await row(141)).getByTestId("evidence-play")).toHaveProperty("disabled", true);
  });
});

describe("the board", () => {
  it("moves a card through its menu, and asks for a reason where one is due", async () => {
    await openWindow("/issues?view=board");
    await user.click(await screen.findByRole("button", { name: "126 移到…" }));
    await user.click(await screen.findByRole("button", { name: /^待研判/ }));
    const give = await screen.findByRole("button", { name: /移到“待研判”/ });
    expect(give).toHaveProperty("disabled", true);
    await user.type(screen.getByRole("textbox", { name: /为什么/ }), "做不下去");
    await user.click(give);
    await waitFor(async () =>
      expect(await issueNow(126)).toMatchObject({ status: "triage", status_reason: "做不下去" }),
    );
    expect(await screen.findByTestId("undo-bar")).toBeTruthy();
  });

  it("moves at once where no reason is asked for", async () => {
    await openWindow("/issues?view=board");
    await user.click(await screen.findByRole("button", { name: "128 移到…" }));
    await user.click(await screen.findByRole("button", { name: "已认领" }));
    await waitFor(async () => expect((await issueNow(128)).status).toBe("claimed"));
  });

  it("offers nothing past 感知 without evidence", async () => {
    await openWindow("/issues?view=board", () => withoutEvidence(141));
    await user.click(await screen.findByRole("button", { name: "141 移到…" }));
    const menu = await screen.findByRole("dialog", { name: "移到" });
    await within(menu).findByRole("button", { name: "已澄清" });
    expect(within(menu).queryByRole("button", { name: "处理中" })).toBeNull();
    expect(menu.textContent).toContain("没有证据");
  });
});

describe("merging", () => {
  it("shows what will move before anything moves, and can be undone", async () => {
    await openWindow("/issues");
    await rows();
    await user.click(screen.getByRole("button", { name: "合并" }));
    await user.click(within(await row(139)).getByRole("button", { name: "改地址要打三次电话" }));
    await user.click(within(await row(143)).getByRole("button", { name: /夜间机器人/ }));
    expect(screen.getByText(/移过去 4 段证据/)).toBeTruthy();
    expect((await issueNow(139)).merged_into).toBeNull();
    await user.click(screen.getByRole("button", { name: "换个方向" }));
    expect(screen.getByText(/移过去 3 段证据/)).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "并入" }));
    await waitFor(async () => expect((await issueNow(143)).merged_into).toBe(issueNumbered(139).id));
    await user.click(within(await screen.findByTestId("undo-bar")).getByRole("button", { name: /撤销/ }));
    await waitFor(async () => expect((await issueNow(143)).merged_into).toBeNull());
  });
});

describe("a new issue", () => {
  it("is made beside the list, with moments nobody has filed, and shows what reads alike", async () => {
    await openWindow("/issues");
    await rows();
    await user.click(screen.getByTestId("issue-new"));
    const title = await screen.findByTestId("issue-title");
    expect(document.activeElement).toBe(title);
    expect(screen.getByTestId("issue-create")).toHaveProperty("disabled", true);
    await user.type(title, "洗碗机留空");
    expect(await screen.findByText("先看有没有人提过")).toBeTruthy();
    await user.click((await screen.findAllByRole("checkbox"))[0] as HTMLElement);
    fireEvent.keyDown(title, { key: "Enter", ctrlKey: true, isComposing: true });
    expect((await ipc.listIssues(allIssues)).total).toBe(16);
    fireEvent.keyDown(title, { key: "Enter", ctrlKey: true });
    await waitFor(async () => expect((await ipc.listIssues(allIssues)).total).toBe(17));
    const [made] = (await ipc.listIssues(allIssues)).rows;
    expect(made).toMatchObject({ issue: { title: "洗碗机留空" }, evidence_count: 1 });
    await waitFor(() => expect(window.location.hash).toBe(`#/issue/${made?.issue.id}`));
  });
});

it("an export says where it went", async () => {
  const file = join(await mkdtemp(join(tmpdir(), "qinting-export-")), "findings.csv");
  await openWindow("/issues", () => choose({ export: [file] }));
  await rows();
  await user.click(screen.getByRole("button", { name: "导出" }));
  await user.click(await screen.findByRole("menuitem", { name: /CSV/ }));
  expect(await screen.findByText(file)).toBeTruthy();
  expect(await readFile(file, "utf8")).toContain("含铰链宽度没进规格表");
  await rm(dirname(file), { recursive: true });
});

it("follows what others change", async () => {
  await openWindow("/issues");
  await rows();
  await edit("issue", await issueNow(128), { title: "改过的题目" });
  expect(await screen.findByText("改过的题目")).toBeTruthy();
});

it.each(["/issues", "/issues?view=board"])("%s shows any text as text", async (path) => {
  await openWindow(path, async () => {
    const words = { title: payloads, business_line: payloads, external_owner: payloads };
    await edit("issue", await issueNow(128), words);
    for (const [i, tag] of (await ipc.listTags()).entries())
      await edit("tag", tag, { name: `${payloads}${i}` });
    for (const [i, person] of (await ipc.listPeople()).entries())
      await edit("person", person, { name: `${payloads}${i}` });
  });
  await rows();
  expect(document.body.textContent).toContain(payloads);
  expectInert();
});

it.each(["/issues", "/issues?view=board"])("axe finds nothing serious on %s", async (path) => {
  await openWindow(path);
  await rows();
  expect(await seriousFindings()).toEqual([]);
});
