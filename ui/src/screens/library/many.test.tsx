import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { casesNow } from "../../../test/host/now";
import { openWindow, seriousFindings } from "../../../test/window";
import { ipc } from "../../ipc";
import { casesOf } from "../../things/case/queries";
import { askedFor, choose, chooseAll, chosenOf, countOf, listedOf, meant, useChosen } from "./chosen";

const user = userEvent.setup();
afterEach(() => vi.restoreAllMocks());
beforeEach(() => useChosen.setState(useChosen.getInitialState()));

const rows = () => screen.findAllByTestId("case-row");
const boxOf = (row: HTMLElement | undefined) => within(row as HTMLElement).getByRole("checkbox");
const bar = async () => within(await screen.findByTestId("bulk-bar"));

describe("a choice of calls", () => {
  const ids = ["a", "b", "c", "d"];
  const now = () => chosenOf(useChosen.getState(), "q");

  it("takes a stretch with Shift, whichever way it runs", () => {
    choose("q", ids, "c", false);
    choose("q", ids, "a", true);
    expect([...now().ids].sort()).toEqual(["a", "b", "c"]);
    choose("q", ids, "b", false);
    expect([...now().ids].sort()).toEqual(["a", "c"]);
  });

  it("goes with the query it was made of", () => {
    choose("q", ids, "c", false);
    expect(chosenOf(useChosen.getState(), "other").ids.size).toBe(0);
    expect(askedFor({ text: "a", filters: [] })).not.toBe(askedFor({ text: "b", filters: [] }));
  });

  it("holds no call that is not listed any more", () => {
    choose("q", ids, "c", false);
    choose("q", ids, "a", false);
    expect([...listedOf(now(), ["a", "b"]).ids]).toEqual(["a"]);
  });

  it("of all is told to the host as the query, with how many there were", () => {
    chooseAll("q");
    expect(countOf(now(), 300)).toBe(300);
    const all = casesOf({ limit: 9 });
    expect(meant(now(), all, 300)).toEqual({ by: "query", query: all, count: 300 });
    // One that is let go leaves those that are listed.
    choose("q", ids, "b", false);
    expect(meant(now(), all, 300)).toEqual({ by: "ids", ids: ["a", "c", "d"] });
  });
});

describe("many calls", () => {
  it("are chosen with the keyboard, changed together and changed back together", async () => {
    await openWindow("/cases");
    const list = await rows();
    const before = (await casesNow()).map((row) => row.case.business_line);
    within(list[0] as HTMLElement)
      .getAllByRole("link")[0]
      ?.focus();
    await user.keyboard(" ");
    await user.keyboard("{ArrowDown}{ArrowDown}");
    await user.keyboard("{Shift>} {/Shift}");
    expect((await bar()).getByRole("status").textContent).toBe("已选 3 通");
    expect(boxOf(list[1])).toHaveProperty("checked", true);
    expect(await seriousFindings()).toEqual([]);
    await user.selectOptions((await bar()).getByLabelText("改哪一项"), "business_line");
    await user.type((await bar()).getByLabelText("改成什么"), "新业务线{Enter}");
    await waitFor(async () => {
      const changed = (await casesNow()).filter((row) => row.case.business_line === "新业务线");
      expect(changed).toHaveLength(3);
    });
    const undo = await screen.findByTestId("undo-bar");
    expect(undo.textContent).toContain("改了一批电话的信息");
    await user.click(within(undo).getByRole("button", { name: /撤销/ }));
    await waitFor(async () =>
      expect((await casesNow()).map((row) => row.case.business_line)).toEqual(before),
    );
  });

  it("are put into the bin together, and all of them come back", async () => {
    await openWindow("/cases");
    const all = (await rows()).length;
    await user.click(screen.getByRole("checkbox", { name: "选中列出的全部" }));
    await user.click(boxOf((await rows())[0]));
    await user.click((await bar()).getByRole("button", { name: "移到回收站" }));
    await waitFor(async () => expect(await rows()).toHaveLength(1));
    expect(screen.queryByTestId("bulk-bar")).toBeNull();
    await user.click(within(await screen.findByTestId("undo-bar")).getByRole("button", { name: /撤销/ }));
    await waitFor(async () => expect(await rows()).toHaveLength(all));
  });

  it("stay as they are where one is refused, and it is named", async () => {
    await openWindow("/cases");
    const [first] = await casesNow();
    const args = { case_id: first?.case.id ?? "", roles: "curator" };
    vi.spyOn(ipc, "editCases").mockRejectedValue({ code: "role.needed", args });
    await user.click(boxOf((await rows())[0]));
    await user.click((await bar()).getByRole("button", { name: "一起清空" }));
    const alert = await (await bar()).findByRole("alert");
    expect(alert.dataset.code).toBe("role.needed");
    expect(alert.textContent).toContain(first?.case.title);
    expect(alert.textContent).toContain("一通也没有动");
  });
});
