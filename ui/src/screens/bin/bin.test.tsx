import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { press, user } from "../../../test/fake/sessions";
import { caseNamed } from "../../../test/fake/stage";
import {
  dropFiles,
  expectInert,
  openWindow,
  payloads,
  reload,
  seriousFindings,
} from "../../../test/fake/window";
import { ipc } from "../../ipc";
import { state } from "../../ipc/fake/state";

const dayMs = 86_400_000;

/** Takes cases away, the first one longest ago. */
const takeAway = (...titles: string[]) => {
  titles.forEach((title, i) => {
    const c = state.cases.find((one) => one.id === caseNamed(title));
    if (c) c.deleted_at = Date.now() - (titles.length - i) * 3 * dayMs;
  });
};
const titles = () => state.cases.map((c) => c.title);
const rows = () => screen.findAllByTestId("bin-row");

describe("the bin", () => {
  it("is one key away, and the library leads to it", async () => {
    openWindow("/cases");
    await screen.findAllByTestId("case-row");
    press({ key: "6", code: "Digit6", ctrlKey: true, altKey: true });
    expect(await screen.findByRole("heading", { name: "回收站" })).toBeTruthy();
    expect(screen.getByTestId("rail-library").getAttribute("aria-current")).toBe("page");
    press({ key: "1", code: "Digit1", ctrlKey: true, altKey: true });
    await user.click(await screen.findByTestId("bin-open"));
    await waitFor(() => expect(location.hash).toBe("#/bin"));
  });

  it("says that it is empty, and what comes here", async () => {
    openWindow("/bin");
    expect(await screen.findByText("回收站是空的")).toBeTruthy();
    expect(await seriousFindings()).toEqual([]);
  });

  it("says that it is being read, and that it could not be", async () => {
    const read = vi.spyOn(ipc, "bin").mockReturnValueOnce(new Promise(() => undefined));
    openWindow("/bin");
    await screen.findByRole("heading", { name: "回收站" });
    expect(screen.getByRole("status").textContent).not.toBe("");
    read.mockRejectedValueOnce({ code: "disk.denied", args: {} });
    openWindow("/bin");
    expect((await screen.findByRole("alert")).dataset.code).toBe("disk.denied");
    await user.click(screen.getByRole("button", { name: "重试" }));
    expect(await screen.findByText("回收站是空的")).toBeTruthy();
    read.mockRestore();
  });

  it("says of each call since when it is here, and which one stays", async () => {
    const [first, second] = [titles()[0] ?? "", titles()[1] ?? ""];
    openWindow("/bin", () => takeAway(first, second));
    const [newer, older] = (await rows()) as [HTMLElement, HTMLElement];
    expect(newer.textContent).toContain(second);
    expect(older.textContent).toContain(first);
    const issues = (row: HTMLElement) => Number(row.querySelectorAll("td")[3]?.textContent);
    for (const [row, days] of [
      [newer, "3／30 天"],
      [older, "6／30 天"],
    ] as const)
      expect(row.textContent).toContain(issues(row) > 0 ? "一直留着" : days);
    expect(await seriousFindings()).toEqual([]);
  });

  it("puts a call back by keyboard, and undo takes it away again", async () => {
    const title = titles()[0] ?? "";
    openWindow("/bin", () => takeAway(title));
    await rows();
    const back = screen.getByRole("button", { name: `把“${title}”放回来` });
    back.focus();
    await user.keyboard("{Enter}");
    expect(await screen.findByText("回收站是空的")).toBeTruthy();
    expect(state.cases.find((c) => c.title === title)?.deleted_at).toBeNull();
    press({ key: "z", code: "KeyZ", ctrlKey: true });
    expect(await rows()).toHaveLength(1);
  });

  it("asks about a jump of the clock once", async () => {
    const settle = vi.spyOn(ipc, "settleJump");
    openWindow("/bin", () => {
      state.jump = { ms: 3 * dayMs, at: Date.now() };
    });
    const asked = await screen.findByTestId("bin-jump");
    expect(asked.textContent).toContain("3 天");
    await user.click(within(asked).getByRole("button", { name: "不算" }));
    await waitFor(() => expect(screen.queryByTestId("bin-jump")).toBeNull());
    expect(settle).toHaveBeenCalledWith(false);
    settle.mockRestore();
  });

  it("shows titles as text only", async () => {
    openWindow("/bin", () => {
      const c = state.cases[0];
      if (c) Object.assign(c, { title: payloads, deleted_at: Date.now() });
    });
    await rows();
    expectInert();
  });
});

const menuOf = async (title: string) => {
  await user.click(await screen.findByRole("button", { name: new RegExp(`“${title}.*留住，或彻底清除`) }));
};

describe("going for good", () => {
  it("takes a reason, says what that means, and leaves a certificate", async () => {
    openWindow("/bin", () => takeAway(titles()[0] ?? ""));
    const title = titles()[0] ?? "";
    await menuOf(title);
    await user.click(await screen.findByRole("menuitem", { name: "彻底清除" }));
    const act = await screen.findByTestId("bin-purge-do");
    expect(act).toHaveProperty("disabled", true);
    expect(await seriousFindings()).toEqual([]);
    await user.type(screen.getByRole("textbox", { name: "为什么清除" }), "客户来信");
    await user.click(act);
    await waitFor(() => expect(screen.queryByTestId("bin-purge-do")).toBeNull());
    const certificates = await screen.findByTestId("bin-certificates");
    expect(certificates.textContent).toContain("客户来信");
    expect(certificates.textContent).toContain("还在清理");
    expect(screen.queryByTestId("bin-row")).toBeNull();
  });

  it("is reached with the keyboard alone: the arrows in a row's menu are the menu's", async () => {
    openWindow("/bin", () => takeAway(...titles().slice(0, 2)));
    await rows();
    screen.getAllByRole("button", { name: /留住，或彻底清除/ })[0]?.focus();
    await user.keyboard("{Enter}");
    await screen.findAllByRole("menuitem");
    await user.keyboard("{ArrowDown}{Enter}");
    expect(await screen.findByTestId("bin-purge-do")).toBeTruthy();
    expect(state.cases.filter((c) => c.deleted_at !== null)).toHaveLength(2);
  });

  it("is not offered for what must stay, until it is released", async () => {
    openWindow("/bin", () => takeAway(titles()[0] ?? ""));
    const title = titles()[0] ?? "";
    await menuOf(title);
    await user.click(await screen.findByRole("menuitem", { name: "留住，不许清除" }));
    await user.type(screen.getByRole("textbox", { name: "为什么要留住" }), "诉讼中");
    await user.keyboard("{Control>}{Enter}{/Control}");
    expect(await screen.findByText("留住了")).toBeTruthy();
    await menuOf(title);
    const purge = await screen.findByRole("menuitem", { name: "彻底清除" });
    expect(purge.getAttribute("aria-disabled")).toBe("true");
    await user.click(await screen.findByRole("menuitem", { name: "解除保全" }));
    await waitFor(() => expect(screen.queryByText("留住了")).toBeNull());
  });

  it.each([
    ["它的天数满了", { reason: "bin:30" }, "回收站满 30 天"],
    ["都没有了", { finished_at: 1, looked_for: 12, still_found: 0 }, "逐字查过 12 段，都没有了"],
    ["别处还写着", { finished_at: 1, looked_for: 12, still_found: 2 }, "有 2 段别处还写着"],
    ["没有人再知道", { finished_at: 1 }, "没有逐字查找"],
  ])("is told with how it was looked after: %s", async (_, facts, words) => {
    openWindow("/bin");
    await ipc.purge({ kind: "case", id: state.cases[1]?.id ?? "", reason: "客户来信" });
    Object.assign(state.purges[0] ?? {}, facts);
    reload();
    expect((await screen.findByTestId("bin-certificates")).textContent).toContain(words);
  });
});

describe("a person", () => {
  it("goes by name for a reason, and nobody who sits here does", async () => {
    openWindow("/settings/people");
    const lines = await screen.findAllByTestId("person-line");
    expect(lines.length).toBeGreaterThan(1);
    const other = state.people.find((p) => p.id !== state.actor);
    const name = other?.name ?? "";
    await user.click(await screen.findByRole("button", { name: `彻底清除${name}的名字` }));
    const form = await screen.findByTestId("purge-person");
    const act = within(form).getByRole("button", { name: "彻底清除" });
    expect(act).toHaveProperty("disabled", true);
    await user.type(within(form).getByRole("textbox"), "离职后本人要求{Enter}");
    await waitFor(() => expect(state.purges[0]).toMatchObject({ of_kind: "person", of_id: other?.id }));
    const me = state.people.find((p) => p.id === state.actor)?.name ?? "";
    expect(screen.getByRole("button", { name: `彻底清除${me}的名字` })).toHaveProperty("disabled", true);
    expect(await seriousFindings()).toEqual([]);
  });
});

describe("a call in the bin", () => {
  it("cannot be opened, and the console leads to the bin", async () => {
    openWindow(
      () => `/case/${state.cases[0]?.id}`,
      () => takeAway(titles()[0] ?? ""),
    );
    expect((await screen.findByRole("alert")).dataset.code).toBe("case.in_bin");
    await user.click(screen.getByRole("button", { name: "去回收站" }));
    expect(await rows()).toHaveLength(1);
  });

  it.each(["放回来", "当新的一通导入"])("that is brought in again offers: %s", async (way) => {
    openWindow("/cases", () => {
      const c = state.cases[0];
      if (c) Object.assign(c, { title: "退货边界", deleted_at: Date.now() });
    });
    await screen.findAllByTestId("case-row");
    const before = state.cases.length;
    await dropFiles("/calls/退货边界.mp3");
    await user.click(await screen.findByRole("button", { name: "导入 1 通" }));
    await user.click(await screen.findByRole("button", { name: way }));
    if (way === "放回来") {
      expect(await screen.findByText("放回来了")).toBeTruthy();
      expect(state.cases[0]?.deleted_at).toBeNull();
    } else await waitFor(() => expect(state.cases).toHaveLength(before + 1));
  });
});
