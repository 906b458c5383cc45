import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { tick } from "../../../test/library";
import { openWindow, seriousFindings } from "../../../test/window";
import { ipc } from "../../ipc";
import { USUAL_COLUMNS } from "../../ipc/generated/limits";
import { allColumns, toggled } from "./columns";

const user = userEvent.setup();
afterEach(() => vi.restoreAllMocks());

const rows = () => screen.findAllByTestId("case-row");
const heads = () => screen.getAllByRole("columnheader").map((head) => head.textContent);
const views = async () => {
  await user.click(screen.getByTestId("views-open"));
  return within(await screen.findByRole("dialog", { name: "存下的看法" }));
};
const keep = async (name: string) => {
  const pop = await views();
  await user.type(pop.getByLabelText("名字"), name);
  await user.click(pop.getByRole("button", { name: "存下现在的" }));
  return pop;
};

describe("columns", () => {
  it("stand in one order, whenever they were chosen", () => {
    expect(toggled(["wait"], "queue")).toEqual(["queue", "wait"]);
    expect(toggled(["queue", "wait"], "queue")).toEqual(["wait"]);
    expect(USUAL_COLUMNS.every((column) => allColumns.includes(column))).toBe(true);
  });

  it("are chosen, and stay with the person", async () => {
    await openWindow("/cases");
    await rows();
    expect(heads()).not.toContain("技能组");
    await user.click(screen.getByTestId("columns-open"));
    const pop = within(await screen.findByRole("dialog", { name: "显示哪些列" }));
    await user.click(await pop.findByRole("checkbox", { name: "技能组" }));
    await waitFor(() => expect(heads()).toContain("技能组"));
    await user.click(pop.getByRole("checkbox", { name: "时长" }));
    await waitFor(() => expect(heads()).not.toContain("时长"));
    expect(await seriousFindings()).toEqual([]);
    const { library } = await ipc.getSettings();
    expect(library.columns).toContain("queue");
    expect(library.columns).not.toContain("duration");
  });

  it("that could not be kept say why", async () => {
    await openWindow("/cases");
    await rows();
    vi.spyOn(ipc, "updateSettings").mockRejectedValue({ code: "disk.full", args: {} });
    await user.click(screen.getByTestId("columns-open"));
    const pop = within(await screen.findByRole("dialog", { name: "显示哪些列" }));
    await user.click(await pop.findByRole("checkbox", { name: "技能组" }));
    expect((await pop.findByRole("alert")).dataset.code).toBe("disk.full");
  });
});

describe("views", () => {
  it("bring back what was looked for, its order and its columns", async () => {
    await openWindow("/cases");
    const all = (await rows()).length;
    await tick("业务线", "物流");
    await waitFor(async () => expect(await rows()).toHaveLength(2));
    await user.click(screen.getByRole("button", { name: "时长" }));
    const pop = await keep("物流的");
    expect(await pop.findByRole("button", { name: "物流的" })).toBeTruthy();
    expect(await seriousFindings()).toEqual([]);
    await user.keyboard("{Escape}");
    await user.click(screen.getByRole("button", { name: "全部放开" }));
    await waitFor(async () => expect(await rows()).toHaveLength(all));
    await user.click((await views()).getByRole("button", { name: "物流的" }));
    await waitFor(async () => expect(await rows()).toHaveLength(2));
    expect(screen.getByRole("columnheader", { name: "时长" }).getAttribute("aria-sort")).toBe("descending");
  });

  it("take the place of one of the same name, and are taken away", async () => {
    await openWindow("/cases");
    await rows();
    const pop = await keep("常看");
    await pop.findByRole("button", { name: "常看" });
    await user.type(pop.getByLabelText("名字"), "常看");
    expect(pop.getByText("已有这个名字，会换成现在的。")).toBeTruthy();
    await user.click(pop.getByRole("button", { name: "存下现在的" }));
    await waitFor(async () => expect((await ipc.getSettings()).library.views).toHaveLength(1));
    await user.click(pop.getByRole("button", { name: "去掉：常看" }));
    expect(await pop.findByText("还没有存下的看法。")).toBeTruthy();
  });
});
