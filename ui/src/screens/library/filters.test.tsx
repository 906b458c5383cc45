import { act, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { edit } from "../../../test/host/now";
import { world } from "../../../test/host/stage";
import { filterBy, tick } from "../../../test/library";
import { expectInert, openWindow, payloads, seriousFindings } from "../../../test/window";
import { type CaseFilter, ipc } from "../../ipc";
import { casesOf } from "../../things/case/queries";
import { keyOf, put, without } from "./filters";
import { direction, useLibrary } from "./state";
import { typed } from "./words";

const user = userEvent.setup();
afterEach(() => vi.restoreAllMocks());

const rows = () => screen.findAllByTestId("case-row");
const shown = async () => (await rows()).map((row) => row.querySelector("b")?.textContent);
const chips = () => within(screen.getByTestId("filter-chips"));

const queue = (...values: string[]): CaseFilter => ({ by: "one_of", fact: "queue", values });
const heard = (yes: boolean): CaseFilter => ({ by: "is", state: "heard", yes });

describe("filters", () => {
  it("stand once for each fact and each state", () => {
    const two = put(put([], queue("退货")), heard(false));
    expect(two.map(keyOf)).toEqual(["queue", "heard"]);
    expect(put(two, queue("售前"))).toEqual([queue("售前"), heard(false)]);
    expect(without(two, "queue")).toEqual([heard(false)]);
  });

  it("read lengths to the end of their second and days to the end of the last one", () => {
    expect(typed("wait").read("1:30", false)).toBe(90_000);
    expect(typed("wait").read("90", true)).toBe(90_999);
    expect(typed("wait").read("long", false)).toBeNull();
    expect(typed("transfers").read("3", true)).toBe(3);
    expect(typed("transfers").read("-1", true)).toBeNull();
    const share = typed("silence");
    expect(["40", "12.5 %", "100％", "101", "-1", "half"].map((text) => share.read(text, true))).toEqual([
      400,
      125,
      1000,
      null,
      null,
      null,
    ]);
    expect([share.write(400), share.write(125)]).toEqual(["40%", "12.5%"]);
    const day = typed("began_at");
    const [from, to] = [day.read("2026-03-01", false), day.read("2026-03-01", true)];
    expect(from).toBe(new Date(2026, 2, 1).getTime());
    expect(to).toBe(new Date(2026, 2, 2).getTime() - 1);
    expect([day.write(from ?? 0), day.write(to ?? 0)]).toEqual(["2026-03-01", "2026-03-01"]);
  });

  it("words run from their beginning and numbers from the most, until they are turned around", () => {
    expect([direction("title", false), direction("title", true)]).toEqual(["ascending", "descending"]);
    expect([direction("wait", false), direction("wait", true)]).toEqual(["descending", "ascending"]);
  });
});

describe("the library", () => {
  it("offers the values of a fact with how many calls have them, by keyboard alone", async () => {
    await openWindow("/cases");
    await rows();
    screen.getByTestId("filter-open").focus();
    await user.keyboard("{Enter}");
    const pop = within(await screen.findByRole("dialog", { name: "筛选" }));
    const lines = pop.getByRole("group", { name: "按什么筛选" });
    within(lines).getByRole("button", { name: "业务线" }).focus();
    for (let i = 0; i < 5; i += 1) await user.keyboard("{ArrowDown}");
    expect(document.activeElement?.textContent).toBe("技能组");
    await user.keyboard("{Enter}");
    const value = await pop.findByRole("checkbox", { name: /退货/ });
    expect(value.closest("label")?.textContent).toMatch(/退货\d+/);
    expect(await seriousFindings()).toEqual([]);
    value.focus();
    await user.keyboard(" ");
    await user.keyboard("{Escape}");
    await waitFor(async () => {
      const { rows: found } = await ipc.listCases(casesOf({ filters: [queue("退货")], limit: 100 }));
      expect(await shown()).toEqual(found.map((row) => row.case.title));
    });
    expect(chips().getByText(/技能组/).textContent).toContain("退货");
    expect(await seriousFindings()).toEqual([]);
  });

  it("leads back from a fact to where one was in the list", async () => {
    await openWindow("/cases");
    await rows();
    const pop = await filterBy("坐席");
    await user.click(pop.getByRole("button", { name: "回到各项" }));
    expect(document.activeElement?.textContent).toBe("坐席");
  });

  it("is narrowed by length, by what became of calls, and by what is not known", async () => {
    await openWindow("/cases");
    const all = (await rows()).length;
    const pop = await filterBy("录音时长");
    await user.type(pop.getByLabelText("从"), "abc");
    await user.click(pop.getByRole("button", { name: "筛选" }));
    expect(pop.getByRole("alert").textContent).toContain("分:秒");
    await user.clear(pop.getByLabelText("从"));
    await user.type(pop.getByLabelText("从"), "2:00:00");
    await user.click(pop.getByRole("button", { name: "筛选" }));
    await user.keyboard("{Escape}");
    await waitFor(async () => expect(await shown()).toEqual(["三小时的家装协调会录音"]));
    await user.click(screen.getByRole("button", { name: "全部放开" }));
    await waitFor(async () => expect(await rows()).toHaveLength(all));
    const became = await filterBy("听没听");
    const text = within(became.getByRole("radiogroup", { name: "有文字" }));
    await user.click(text.getByRole("radio", { name: "不是" }));
    await user.keyboard("{Escape}");
    await waitFor(async () => expect(await shown()).toEqual(["还没有文字的一通"]));
    await user.click(screen.getByRole("button", { name: "放开：有文字" }));
    await tick("客户层级", "不知道");
    await waitFor(async () => expect(await shown()).not.toContain("冰箱进不了厨房，第九天申请退货"));
  });

  it("says that nothing is found, and lets all filters go", async () => {
    await openWindow("/cases");
    const all = (await rows()).length;
    act(() => useLibrary.setState({ filters: [queue("没有这个技能组")] }));
    expect(await screen.findByText("没有找到")).toBeTruthy();
    const [first] = screen.getAllByRole("button", { name: "全部放开" });
    await user.click(first as HTMLElement);
    await waitFor(async () => expect(await rows()).toHaveLength(all));
  });

  it("says what went wrong where values are counted", async () => {
    vi.spyOn(ipc, "caseValues").mockRejectedValue({ code: "disk.full", args: {} });
    await openWindow("/cases");
    await rows();
    const pop = await filterBy("坐席");
    const alert = await pop.findByRole("alert");
    expect(alert.dataset.code).toBe("disk.full");
  });

  it("shows any value as text", async () => {
    await openWindow("/cases", async () => {
      const [one] = world().cases;
      if (one?.contact) await edit("contact", one.contact, { queue: payloads });
    });
    await rows();
    act(() => useLibrary.setState({ filters: [queue(payloads)] }));
    await waitFor(async () => expect(await rows()).toHaveLength(1));
    await filterBy("技能组");
    expect(document.body.textContent).toContain(payloads);
    expectInert();
  });
});
