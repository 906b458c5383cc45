import { screen, waitFor, within } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { edit } from "../../../test/host/now";
import { at, broughtFile, callNamed, caseNamed, choose, personNamed, TODAY } from "../../../test/host/stage";
import { press, user } from "../../../test/sessions";
import { dropFiles, expectInert, openWindow, payloads, seriousFindings } from "../../../test/window";
import { ipc, type Purge } from "../../ipc";

const dayMs = 86_400_000;

/** Takes cases away, the first one longest ago. */
const takeAway = async (...titles: string[]) => {
  for (const [i, title] of titles.entries())
    await at(TODAY - (titles.length - i) * 3 * dayMs, () => ipc.deleteCase(caseNamed(title)));
};
/** What issues rest on, and what none does. */
const rested = "冰箱进不了厨房，第九天申请退货";
const free = "三小时的家装协调会录音";

afterEach(() => vi.restoreAllMocks());

const rows = () => screen.findAllByTestId("bin-row");

describe("the bin", () => {
  it("is one key away, and the library leads to it", async () => {
    await openWindow("/cases");
    await screen.findAllByTestId("case-row");
    press({ key: "6", code: "Digit6", ctrlKey: true, altKey: true });
    expect(await screen.findByRole("heading", { name: "回收站" })).toBeTruthy();
    expect(screen.getByTestId("rail-library").getAttribute("aria-current")).toBe("page");
    press({ key: "1", code: "Digit1", ctrlKey: true, altKey: true });
    await user.click(await screen.findByTestId("bin-open"));
    await waitFor(() => expect(location.hash).toBe("#/bin"));
  });

  it("says that it is empty, and what comes here", async () => {
    await openWindow("/bin");
    expect(await screen.findByText("回收站是空的")).toBeTruthy();
    expect(await seriousFindings()).toEqual([]);
  });

  it("says that it is being read, and that it could not be", async () => {
    const read = vi.spyOn(ipc, "bin").mockReturnValueOnce(new Promise(() => undefined));
    await openWindow("/bin");
    await screen.findByRole("heading", { name: "回收站" });
    expect(screen.getByRole("status").textContent).not.toBe("");
    read.mockRejectedValueOnce({ code: "disk.denied", args: {} });
    await openWindow("/bin");
    expect((await screen.findByRole("alert")).dataset.code).toBe("disk.denied");
    await user.click(screen.getByRole("button", { name: "重试" }));
    expect(await screen.findByText("回收站是空的")).toBeTruthy();
  });

  it("says of each call since when it is here, and which one stays", async () => {
    const [first, second] = [rested, free];
    await openWindow("/bin", () => takeAway(first, second));
    const [newer, older] = (await rows()) as [HTMLElement, HTMLElement];
    expect(newer.textContent).toContain(second);
    expect(older.textContent).toContain(first);
    expect(older.textContent).toContain("一直留着");
    // Nobody had the workspace open meanwhile, so no day of it counted.
    expect(newer.textContent).toContain("0／30 天");
    expect(await seriousFindings()).toEqual([]);
  });

  it("puts a call back by keyboard, and undo takes it away again", async () => {
    const title = rested;
    await openWindow("/bin", () => takeAway(title));
    await rows();
    const back = screen.getByRole("button", { name: `把“${title}”放回来` });
    back.focus();
    await user.keyboard("{Enter}");
    expect(await screen.findByText("回收站是空的")).toBeTruthy();
    expect((await ipc.getCase(caseNamed(title))).case.deleted_at).toBeNull();
    press({ key: "z", code: "KeyZ", ctrlKey: true });
    expect(await rows()).toHaveLength(1);
  });

  it("asks about a jump of the clock once", async () => {
    const settle = vi.spyOn(ipc, "settleJump");
    const read = ipc.bin;
    const bin = vi
      .spyOn(ipc, "bin")
      .mockImplementation(async (query) => ({ ...(await read(query)), jump: { ms: 3 * dayMs, at: TODAY } }));
    await openWindow("/bin");
    const asked = await screen.findByTestId("bin-jump");
    expect(asked.textContent).toContain("3 天");
    bin.mockImplementation(read);
    await user.click(within(asked).getByRole("button", { name: "不算" }));
    await waitFor(() => expect(screen.queryByTestId("bin-jump")).toBeNull());
    expect(settle).toHaveBeenCalledWith(false);
  });

  it("shows titles as text only", async () => {
    await openWindow("/bin", async () => {
      await edit("case", callNamed("冰箱").case, { title: payloads });
      await ipc.deleteCase(caseNamed("冰箱"));
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
    const title = free;
    await openWindow("/bin", () => takeAway(title));
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
    expect(screen.queryByTestId("bin-row")).toBeNull();
  });

  it("is asked about once more by the program itself, and a no there leaves all as it was", async () => {
    await openWindow("/bin", async () => {
      await takeAway(free);
      await choose({ says_no: true });
    });
    await menuOf(free);
    await user.click(await screen.findByRole("menuitem", { name: "彻底清除" }));
    const why = screen.getByRole("textbox", { name: "为什么清除" });
    await user.type(why, "客户来信");
    const act = await screen.findByTestId("bin-purge-do");
    await user.click(act);
    await waitFor(() => expect(act).toHaveProperty("disabled", false));
    expect(screen.queryByRole("alert")).toBeNull();
    expect(why).toHaveProperty("value", "客户来信");
    expect(screen.getByTestId("bin-row")).toBeTruthy();
    expect((await ipc.bin({ offset: 0, limit: 1 })).purges).toEqual([]);
  });

  it("is reached with the keyboard alone: the arrows in a row's menu are the menu's", async () => {
    await openWindow("/bin", () => takeAway(rested, free));
    await rows();
    screen.getAllByRole("button", { name: /留住，或彻底清除/ })[0]?.focus();
    await user.keyboard("{Enter}");
    await screen.findAllByRole("menuitem");
    await user.keyboard("{ArrowDown}{Enter}");
    expect(await screen.findByTestId("bin-purge-do")).toBeTruthy();
    expect((await ipc.bin({ offset: 0, limit: 9 })).total).toBe(2);
  });

  it("is not offered for what must stay, until it is released", async () => {
    const title = free;
    await openWindow("/bin", () => takeAway(title));
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

  it.each<[string, Partial<Purge>, string]>([
    ["它的天数满了", { reason: "bin:30" }, "回收站满 30 天"],
    ["都没有了", { finished_at: 1, looked_for: 12, still_found: 0 }, "逐字查过 12 段，都没有了"],
    ["别处还写着", { finished_at: 1, looked_for: 12, still_found: 2 }, "有 2 段别处还写着"],
    ["没有人再知道", { finished_at: 1 }, "没有逐字查找"],
  ])("is told with how it was looked after: %s", async (_, facts, words) => {
    const read = ipc.bin;
    const untold = { finished_at: null, looked_for: null, still_found: null };
    vi.spyOn(ipc, "bin").mockImplementation(async (query) => {
      const view = await read(query);
      return { ...view, purges: view.purges.map((purge) => ({ ...purge, ...untold, ...facts })) };
    });
    await openWindow("/bin", async () => {
      await ipc.deleteCase(caseNamed(free));
      await ipc.purge({ kind: "case", id: caseNamed(free), reason: "客户来信" });
    });
    expect((await screen.findByTestId("bin-certificates")).textContent).toContain(words);
  });
});

describe("a person", () => {
  it("goes by name for a reason, and nobody who sits here does", async () => {
    await openWindow("/settings/people");
    const lines = await screen.findAllByTestId("person-line");
    expect(lines.length).toBeGreaterThan(1);
    const other = personNamed("青禾");
    const name = other.name;
    await user.click(await screen.findByRole("button", { name: `彻底清除${name}的名字` }));
    const form = await screen.findByTestId("purge-person");
    const act = within(form).getByRole("button", { name: "彻底清除" });
    expect(act).toHaveProperty("disabled", true);
    await user.type(within(form).getByRole("textbox"), "离职后本人要求{Enter}");
    await waitFor(async () =>
      expect((await ipc.bin({ offset: 0, limit: 1 })).purges[0]).toMatchObject({
        of_kind: "person",
        of_id: other.id,
      }),
    );
    const me = "周以宁";
    expect(screen.getByRole("button", { name: `彻底清除${me}的名字` })).toHaveProperty("disabled", true);
    expect(await seriousFindings()).toEqual([]);
  });
});

describe("a call in the bin", () => {
  it("cannot be opened, and the console leads to the bin", async () => {
    await openWindow(
      () => `/case/${caseNamed(rested)}`,
      () => takeAway(rested),
    );
    expect((await screen.findByRole("alert")).dataset.code).toBe("case.in_bin");
    await user.click(screen.getByRole("button", { name: "去回收站" }));
    expect(await rows()).toHaveLength(1);
  });

  it.each(["放回来", "当新的一通导入"])("that is brought in again offers: %s", async (way) => {
    await openWindow("/cases", () => ipc.deleteCase(caseNamed(rested)));
    await screen.findAllByTestId("case-row");
    const count = async () => (await ipc.workspaceInfo()).case_count;
    const before = await count();
    await dropFiles(broughtFile(0));
    expect((await screen.findByTestId("plan-row")).textContent).toContain("在回收站里");
    await user.click(screen.getByRole("button", { name: "照样导" }));
    const start = screen.getByTestId("import-start");
    await waitFor(() => expect(start.textContent).toContain("导入 1 通"));
    await user.click(start);
    await user.click(await screen.findByRole("button", { name: way }));
    if (way === "放回来") {
      expect(await screen.findByText("放回来了")).toBeTruthy();
      expect((await ipc.getCase(caseNamed(rested))).case.deleted_at).toBeNull();
    } else await waitFor(async () => expect(await count()).toBe(before + 1));
  });
});
