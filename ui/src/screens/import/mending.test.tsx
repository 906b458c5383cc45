import { act, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { choose, folderOf } from "../../../test/host/stage";
import { longCall } from "../../../test/host/told/calls";
import { written } from "../../../test/host/told/files";
import { dropFiles, expectInert, openWindow, payloads, seriousFindings } from "../../../test/window";
import type { PlannedFacts } from "../../ipc";
import { ipc } from "../../ipc";
import { rowsOf } from "../../things/case/import/plan";
import { planImport, untouched, useImport } from "../../things/case/import/store";
import { casesOf } from "../../things/case/queries";

const user = userEvent.setup();

/** A short call that is no other. */
let calls = 0;
const call = () => {
  calls += 1;
  return written({ minutes: 2 + calls / 100, lines: longCall(4, 1), mono: true });
};

/** Columns as an exchange of ours calls them; nobody knows what 员工 and 归属 are. */
const table = `录音文件名,呼叫时间,员工,归属,满意度
20261117_0915_8841.wav,2026/11/17 9:15,林小满,大家电售后,5
20261117_0932_8807.wav,2026/11/17 9:32,王小明,大件退换,4
20261117_0932_8807.wav,2026/11/17 9:32,王小明,大件退换,1
20261130_1010_8807.wav,2026/11/30 10:10,陈立,安装预约,3
`;

const brought = (more: Record<string, string> = {}) =>
  folderOf({
    "20261117_0915_8841.wav": call(),
    "20261117_0932_8807.wav": call(),
    "20261118_1101_8813.wav": call(),
    "11月.csv": table,
    ...more,
  });

const opened = async (more: Record<string, string> = {}) => {
  await openWindow("/cases");
  await screen.findAllByTestId("case-row");
  await dropFiles(await brought(more));
  await screen.findAllByTestId("plan-column");
};
const counted = (what: string) => screen.queryByTestId(`ledger-${what}`)?.querySelector("b")?.textContent;
const taken = (column: string) =>
  screen.findByRole<HTMLSelectElement>("combobox", { name: `${column} 当作` });

describe("a plan of calls with their facts", () => {
  it("counts what belongs together and what is to be decided, and each count shows what it counts", async () => {
    await opened();
    expect(["coming", "facts", "sound", "decide", "loose"].map(counted)).toEqual(["3", "2", "1", "1", "1"]);
    const [source] = screen.getAllByTestId("plan-source");
    expect(source?.textContent).toContain("按文件名 3");
    await user.click(screen.getByTestId("ledger-loose"));
    expect((await screen.findByTestId("plan-loose")).textContent).toContain("第 5 行");
    await user.click(screen.getByTestId("ledger-sound"));
    expect(await screen.findAllByTestId("plan-row")).toHaveLength(1);
    await user.click(screen.getByTestId("ledger-sound"));
    expect(await screen.findAllByTestId("plan-column")).toHaveLength(5);
    expect(await seriousFindings()).toEqual([]);
  });

  it("takes a column as what somebody says, and plans again without losing what was decided", async () => {
    await opened();
    await user.click(screen.getByTestId("ledger-coming"));
    const title = await screen.findByRole("textbox", { name: "20261117_0915_8841.wav 的标题" });
    await user.clear(title);
    await user.type(title, "冰箱进不了厨房");
    await user.click(screen.getAllByRole("button", { name: "这次不导" })[2] as HTMLElement);
    await user.click(screen.getByTestId("ledger-coming"));
    await user.selectOptions(await taken("归属"), "技能组");
    await waitFor(async () => expect((await taken("归属")).value).toBe("queue"));
    await user.click(screen.getByTestId("ledger-coming"));
    const rows = await screen.findAllByTestId("plan-row");
    expect(rows).toHaveLength(2);
    await waitFor(() => expect(rows[0]?.textContent).toContain("大家电售后"));
    expect(within(rows[0] as HTMLElement).getByRole<HTMLInputElement>("textbox").value).toBe(
      "冰箱进不了厨房",
    );
    expect(counted("left")).toBe("1");
  });

  it("says in which two ways something is told, and lets somebody say which row counts", async () => {
    await opened();
    const side = await screen.findByTestId("plan-contradictions");
    expect(side.textContent).toContain("第 3 行");
    expect(side.querySelector("[data-counts]")?.textContent).toContain("第 4 行");
    await user.click(within(side).getByRole("radio", { name: "用前一行" }));
    await waitFor(() => expect(useImport.getState().draft.counts).toBe("first"));
    await user.click(screen.getByTestId("ledger-decide"));
    const [row] = await screen.findAllByTestId("plan-row");
    const field = within(row as HTMLElement).getByRole("textbox");
    field.focus();
    await user.keyboard("{Enter}");
    const told = await screen.findByTestId("plan-told");
    await waitFor(() => expect(told.textContent).toMatch(/满意度4/));
  });

  it("lets somebody decide of one fact by itself, from the keyboard, and it comes in so", async () => {
    await opened();
    const side = await screen.findByTestId("plan-contradictions");
    const fact = within(side).getByRole("group", { name: "满意度" });
    const [first, last] = within(fact).getAllByRole("radio");
    expect(last).toHaveProperty("checked", true);
    act(() => last?.focus());
    await user.keyboard("{ArrowUp}");
    await waitFor(() => expect(first).toHaveProperty("checked", true));
    expect(fact.querySelector("[data-counts]")?.textContent).toContain("第 3 行");
    expect(await seriousFindings()).toEqual([]);
    await user.click(screen.getByTestId("import-start"));
    await waitFor(() => expect(useImport.getState().batches[0]?.state).toBe("done"));
    const { rows } = await ipc.listCases(casesOf({ limit: 9 }));
    expect(rows.find((row) => row.case.title.includes("0932"))?.contact?.csat).toBe("4");
  });

  it("reads a table otherwise where somebody says how", async () => {
    await opened();
    await user.selectOptions(screen.getByRole("combobox", { name: "表头" }), "改成 没有表头");
    await waitFor(() => expect(counted("facts")).toBe("2"));
    await screen.findByRole("combobox", { name: "A 当作" });
    await user.selectOptions(screen.getByRole("combobox", { name: "表头" }), "");
    expect(await taken("满意度")).toBeTruthy();
  });

  it("can be walked with the keyboard alone", async () => {
    await opened();
    const first = await taken("录音文件名");
    first.focus();
    await user.keyboard("{ArrowDown}{ArrowDown}");
    expect(document.activeElement).toBe(await taken("员工"));
    await user.keyboard("{Home}");
    expect(document.activeElement).toBe(first);
  });

  it("tells why a table cannot be read, and reads the others", async () => {
    await opened({ "坏.xlsx": "<html><body>登录</body></html>" });
    expect(counted("unreadable")).toBe("1");
    await user.click(screen.getByTestId("ledger-unreadable"));
    expect(await screen.findByText("坏.xlsx")).toBeTruthy();
    expect(counted("facts")).toBe("2");
  });

  it("shows what stands in a table as text", async () => {
    const cell = `"${payloads.replaceAll('"', '""')}"`;
    await opened({ "12月.csv": `录音文件名,${cell}\nx.wav,好\ny.wav,好\n` });
    await user.click(screen.getByRole("button", { name: "12月.csv" }));
    await screen.findByRole("option", { name: /按列名/ });
    await waitFor(() => expect(screen.getAllByTestId("plan-column")[1]?.textContent).toContain("onerror"));
    expectInert();
  });
});

describe("how a source is read", () => {
  const save = async (name: string) => {
    await user.click(screen.getByTestId("profile-save"));
    const field = await screen.findByRole("textbox", { name: "方案的名字" });
    await user.clear(field);
    await user.type(field, `${name}{Enter}`);
    await waitFor(async () =>
      expect((await ipc.getSettings()).import_profiles.map((one) => one.name)).toContain(name),
    );
  };

  it("is remembered under a name, and the next source of its kind is read so by itself", async () => {
    await opened();
    await user.selectOptions(await taken("归属"), "技能组");
    await waitFor(async () => expect((await taken("归属")).value).toBe("queue"));
    await save("我们的呼叫中心");
    await dropFiles(await brought());
    await waitFor(async () => expect((await taken("归属")).value).toBe("queue"));
    expect(screen.getByRole("option", { name: "存下的：我们的呼叫中心" })).toBeTruthy();
  });

  it("takes the place of what was remembered under its name, and can be forgotten in the settings", async () => {
    await opened();
    await save("我们的");
    await user.selectOptions(await taken("员工"), "客户");
    await waitFor(async () => expect((await taken("员工")).value).toBe("customer"));
    await save("我们的");
    await waitFor(async () => {
      const [kept, ...more] = (await ipc.getSettings()).import_profiles;
      expect(more).toEqual([]);
      expect(JSON.parse(kept?.written ?? "").facts.customer?.from).toContain("员工");
    });
    window.location.hash = "/settings/import";
    await user.click(await screen.findByRole("button", { name: "去掉方案 我们的" }));
    await waitFor(async () => expect((await ipc.getSettings()).import_profiles).toEqual([]));
  });
});

describe("a plan of 20,000 calls", () => {
  it("is counted and decided about in no time, and only what is in sight is drawn", async () => {
    const folder = await folderOf({ "1.wav": call() });
    await openWindow("/cases");
    await choose({ audio: [folder] });
    const ticket = (await ipc.pickAudio()) ?? "";
    const draft = untouched;
    const plan = await ipc.importPlan({ ticket, suffix_rules: [], zone: "UTC", counts: "last", sources: [] });
    const [one] = plan.calls as [PlannedFacts];
    const many = Array.from({ length: 20_000 }, (_, at) => ({
      ...one,
      title: `第 ${at} 通`,
      files: [{ at, path: `/r/${at}.wav`, bytes: 1 }],
    }));
    const begun = performance.now();
    expect(rowsOf({ ...plan, calls: many }, draft)).toHaveLength(20_000);
    expect(performance.now() - begun).toBeLessThan(1_000);
    planImport(ticket);
    expect(await screen.findAllByTestId("plan-row")).toHaveLength(1);
  });
});
