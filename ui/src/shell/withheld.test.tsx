import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { are, heldBack } from "../../test/host/now";
import { caseNamed, issueNumbered, personNamed, world } from "../../test/host/stage";
import { press, user } from "../../test/sessions";
import { dropFiles, openWindow, seriousFindings } from "../../test/window";
import { startI18n } from "../i18n";
import { ipc, type Role } from "../ipc";
import { useImport } from "../things/case/import/store";

/** Roles count, and whoever sits here is no more than this. */
const only =
  (...roles: Role[]) =>
  () =>
    are({ 周以宁: roles, 青禾: ["administrator"] });
const theirs = "主持、编审或管理员";
const importers = "主持、编审、师兄或管理员";
const keepers = "facilitator,curator,administrator";
const markOf = (name: string) => {
  const found = world().marks.find(({ observation }) => observation.created_by === personNamed(name).id);
  if (!found) throw new Error(`no mark of ${name}`);
  return found.observation;
};
const marksOf = async (title: string) =>
  (await ipc.observationsOf(caseNamed(title))).map((v) => v.observation);

/** The control stands there, is not offered, and says on focus whose it is. */
async function saysWhy(control: HTMLElement, words = theirs): Promise<void> {
  await waitFor(() => expect(control.getAttribute("aria-disabled")).toBe("true"));
  act(() => control.focus());
  expect(document.activeElement).toBe(control);
  expect((await screen.findByRole("tooltip")).textContent).toContain(`这一步由${words}来做。`);
}

const isOffered = (control: HTMLElement) =>
  waitFor(() => expect(control.getAttribute("aria-disabled")).toBeNull());

beforeEach(() => startI18n("zh-CN"));
afterEach(() => vi.restoreAllMocks());

describe("what is not for who sits here", () => {
  it("is not imported: neither by button, nor by key on it, nor by a drop", async () => {
    await openWindow("/cases", only("participant"));
    const button = await screen.findByTestId("import-open");
    await saysWhy(button, importers);
    await user.keyboard("{Enter}");
    await user.click(button);
    await dropFiles("/calls/一通.wav");
    expect(useImport.getState().ticket).toBeNull();
    const said = await screen.findByRole("alert");
    expect(said.dataset.code).toBe("role.needed");
    expect(said.textContent).toContain(importers);
    expect(await seriousFindings()).toEqual([]);
    await user.click(within(said).getByRole("button", { name: "关闭" }));
    expect(screen.queryByRole("alert")).toBeNull();
  });

  it("is not marked, and the key says why instead of marking silently", async () => {
    await openWindow(
      () => `/case/${caseNamed("冰箱")}`,
      () => heldBack(keepers, "observation.mark"),
    );
    await saysWhy(await screen.findByTestId("mark-button"));
    const shown = (await screen.findAllByTestId("mark-row")).length;
    press({ key: "m", code: "KeyM" });
    expect((await screen.findByRole("alert")).textContent).toContain(theirs);
    press({ key: "1", code: "Digit1" });
    expect(await marksOf("冰箱")).toHaveLength(4);
    expect(screen.getAllByTestId("mark-row")).toHaveLength(shown);
  });

  it("is not exported: the menu does not open", async () => {
    await openWindow("/issues", only("participant"));
    const button = await screen.findByRole("button", { name: "导出" });
    await saysWhy(button, "导出、主持、编审或管理员");
    await user.keyboard("{ArrowDown}");
    await user.click(button);
    expect(screen.queryByRole("menu")).toBeNull();
  });

  it("is not deleted: the menu says why, and nothing happens", async () => {
    await openWindow("/cases", async () => {
      await are({ 周以宁: ["administrator"], 青禾: ["participant"] });
      await ipc.switchPerson(personNamed("青禾").id);
    });
    await user.click(await screen.findByRole("button", { name: /冰箱进不了厨房.*更多/ }));
    const item = await screen.findByRole("menuitem", { name: /回收站/ });
    await waitFor(() => expect(item.getAttribute("aria-disabled")).toBe("true"));
    expect(item.textContent).toContain(theirs);
    await user.click(item);
    expect((await ipc.getCase(caseNamed("冰箱"))).case.deleted_at).toBeNull();
  });

  it("is read and not edited: an issue keeps its words, owner and day", async () => {
    await openWindow(
      () => `/issue/${issueNumbered(128).id}`,
      () => heldBack(keepers, "issue.edit", "comment.add"),
    );
    await saysWhy(await screen.findByRole("button", { name: "改标题" }));
    const owner = screen.getByTestId("issue-owner");
    await user.click(owner);
    expect(screen.queryByRole("menu")).toBeNull();
    await user.click(screen.getByTestId("issue-due"));
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(screen.getByRole("note").textContent).toContain(theirs);
    expect(await seriousFindings()).toEqual([]);
  });

  it("is another's mark: read here, while one's own is written", async () => {
    await openWindow(() => `/case/${caseNamed("冰箱")}`, only("participant"));
    const rows = await screen.findAllByTestId("mark-row");
    await user.click(within(rows[3] as HTMLElement).getByRole("button", { name: /先认下/ }));
    await waitFor(() => expect(screen.getByTestId("composer-note").matches(":disabled")).toBe(true));
    const other = markOf("青禾");
    press({ key: "2", code: "Digit2" });
    press({ key: "Delete", code: "Delete" });
    expect((await screen.findByRole("alert")).textContent).toContain(theirs);
    expect((await marksOf("冰箱")).find((mark) => mark.id === other.id)).toEqual(other);
    await user.click(within(rows[0] as HTMLElement).getByRole("button", { name: /时限从签收/ }));
    await waitFor(() => expect(screen.getByTestId("composer-note").matches(":disabled")).toBe(false));
  });

  it("is a setting: it is read, and one line says whose it is", async () => {
    await openWindow("/settings/marking", () => heldBack(keepers, "person.settings"));
    expect((await screen.findByRole("note")).textContent).toContain(theirs);
    expect(screen.getByRole("slider", { name: "往前记" }).matches(":disabled")).toBe(true);
    fireEvent.click(screen.getByRole("checkbox", { name: /单个字母键/ }));
    expect((await ipc.getSettings()).single_keys).toBe(true);
    expect(await seriousFindings()).toEqual([]);
  });

  it("is a live call: the foot says whose it is, and nothing begins", async () => {
    await openWindow("/live", () => heldBack(keepers, "live.begin"));
    const start = await screen.findByTestId("live-start");
    await waitFor(() => expect(document.getElementById("live-missing")?.textContent).toContain(theirs));
    await user.click(start);
    expect(await ipc.liveStatus()).toBeNull();
  });

  it("is the codebook", async () => {
    await openWindow("/settings/codebook", only("participant"));
    await saysWhy(await screen.findByTestId("tag-add"));
    await user.click(screen.getByRole("button", { name: "物流 的颜色" }));
    expect(screen.queryByRole("menu")).toBeNull();
  });

  it("says so in English", async () => {
    startI18n("en");
    await openWindow("/cases", only("participant"));
    const button = await screen.findByTestId("import-open");
    await waitFor(() => expect(button.getAttribute("aria-disabled")).toBe("true"));
    act(() => button.focus());
    expect((await screen.findByRole("tooltip")).textContent).toContain(
      "This is done by: Facilitator, Curator, Mentor, or Administrator.",
    );
  });
});

describe("what was not offered", () => {
  it("is offered as soon as somebody else sits down", async () => {
    await openWindow("/issues", only("agent"));
    const make = await screen.findByTestId("issue-new");
    await saysWhy(make, "参与者、师兄、主持、编审、问题负责人、导出或管理员");
    await user.click(screen.getByTestId("person-switch"));
    await user.click(await screen.findByRole("radio", { name: /青禾/ }));
    await isOffered(make);
    await user.click(screen.getByTestId("issue-new"));
    expect(await screen.findByTestId("issue-create")).toBeTruthy();
  });

  it("is asked for again when what somebody is has changed", async () => {
    await openWindow("/cases", only("participant"));
    await saysWhy(await screen.findByTestId("import-open"), importers);
    await ipc.switchPerson(personNamed("青禾").id);
    await are({ 周以宁: ["curator"] });
    await ipc.switchPerson(personNamed("周以宁").id);
    await waitFor(() => expect(screen.getByTestId("import-open").getAttribute("aria-disabled")).toBeNull());
  });
});

describe("a guest", () => {
  it("is told that calls are not shown to them, rather than to import one", async () => {
    await openWindow("/cases", only("guest"));
    expect(await screen.findByText("这里没有给你看的")).toBeTruthy();
    expect(await seriousFindings()).toEqual([]);
  });

  it("is told so of issues", async () => {
    await openWindow("/issues", only("guest"));
    expect(await screen.findByText("这里没有给你看的")).toBeTruthy();
  });

  it("alone: an agent of an empty library reads that it is empty", async () => {
    await openWindow(
      "/cases",
      async () => {
        await ipc.addPerson({ name: "青禾", roles: [], org_unit: "" });
        const { actor } = await ipc.workspaceInfo();
        await are({ [actor.name]: ["agent"], 青禾: ["administrator"] });
      },
      { empty: true },
    );
    expect(await screen.findByText("还没有录音")).toBeTruthy();
  });
});
