import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";
import { press, user } from "../../test/sessions";
import { caseNamed } from "../../test/stage";
import { dropFiles, issueNumbered, openWindow, seriousFindings } from "../../test/window";
import { startI18n } from "../i18n";
import { ipc } from "../ipc";
import { booth } from "../ipc/fake/booth";
import { type HeldBack, state } from "../ipc/fake/state";
import { useImport } from "../screens/import/store";

const held =
  (...withheld: HeldBack[]) =>
  () => {
    state.withheld = withheld;
  };
const keepers = "facilitator,curator,administrator";
const theirs = "主持、编审或管理员";

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

describe("what is not for who sits here", () => {
  it("is not imported: neither by button, nor by key on it, nor by a drop", async () => {
    openWindow("/cases", held({ action: "case.import", roles: keepers }));
    const button = await screen.findByTestId("import-open");
    await saysWhy(button);
    await user.keyboard("{Enter}");
    await user.click(button);
    await dropFiles("/calls/一通.wav");
    expect(useImport.getState().ticket).toBeNull();
    const said = await screen.findByRole("alert");
    expect(said.dataset.code).toBe("role.needed");
    expect(said.textContent).toContain(theirs);
    expect(await seriousFindings()).toEqual([]);
    await user.click(within(said).getByRole("button", { name: "关闭" }));
    expect(screen.queryByRole("alert")).toBeNull();
  });

  it("is not marked, and the key says why instead of marking silently", async () => {
    openWindow(() => `/case/${caseNamed("冰箱")}`, held({ action: "observation.mark", roles: keepers }));
    await saysWhy(await screen.findByTestId("mark-button"));
    const before = state.observations.length;
    const shown = (await screen.findAllByTestId("mark-row")).length;
    press({ key: "m", code: "KeyM" });
    expect((await screen.findByRole("alert")).textContent).toContain(theirs);
    press({ key: "1", code: "Digit1" });
    expect(state.observations).toHaveLength(before);
    expect(screen.getAllByTestId("mark-row")).toHaveLength(shown);
  });

  it("is not exported: the menu does not open", async () => {
    openWindow("/issues", held({ action: "findings.export", roles: "exporter,facilitator,administrator" }));
    const button = await screen.findByRole("button", { name: "导出" });
    await saysWhy(button, "导出、主持或管理员");
    await user.keyboard("{ArrowDown}");
    await user.click(button);
    expect(screen.queryByRole("menu")).toBeNull();
  });

  it("is not deleted: the menu says why, and nothing happens", async () => {
    openWindow("/cases", () => {
      state.withheld = [{ action: "case.delete", roles: keepers, id: caseNamed("冰箱") }];
    });
    const id = caseNamed("冰箱");
    await user.click(await screen.findByRole("button", { name: /冰箱进不了厨房.*更多/ }));
    const item = await screen.findByRole("menuitem", { name: /回收站/ });
    await waitFor(() => expect(item.getAttribute("aria-disabled")).toBe("true"));
    expect(item.textContent).toContain(theirs);
    await user.click(item);
    expect(state.cases.find((c) => c.id === id)?.deleted_at).toBeNull();
  });

  it("is read and not edited: an issue keeps its words, owner and day", async () => {
    openWindow(
      () => `/issue/${issueNumbered(128).id}`,
      held({ action: "issue.edit", roles: keepers }, { action: "comment.add", roles: keepers }),
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
    const [own, other] = [state.observations[0], state.observations[3]];
    openWindow(
      () => `/case/${caseNamed("冰箱")}`,
      () => {
        const theirs = state.observations[3]?.id ?? "";
        state.withheld = ["observation.edit", "observation.delete"].map((action) => ({
          action,
          roles: keepers,
          id: theirs,
        }));
      },
    );
    expect(own && other).toBeTruthy();
    const rows = await screen.findAllByTestId("mark-row");
    await user.click(within(rows[3] as HTMLElement).getByRole("button", { name: /先认下/ }));
    await waitFor(() => expect(screen.getByTestId("composer-note").matches(":disabled")).toBe(true));
    const before = structuredClone(state.observations[3]);
    press({ key: "2", code: "Digit2" });
    press({ key: "Delete", code: "Delete" });
    expect((await screen.findByRole("alert")).textContent).toContain(theirs);
    expect(state.observations[3]).toEqual(before);
    await user.click(within(rows[0] as HTMLElement).getByRole("button", { name: /时限从签收/ }));
    await waitFor(() => expect(screen.getByTestId("composer-note").matches(":disabled")).toBe(false));
  });

  it("is a setting: it is read, and one line says whose it is", async () => {
    openWindow("/settings/marking", held({ action: "person.settings", roles: keepers }));
    expect((await screen.findByRole("note")).textContent).toContain(theirs);
    expect(screen.getByRole("slider", { name: "往前记" }).matches(":disabled")).toBe(true);
    fireEvent.click(screen.getByRole("checkbox", { name: /单个字母键/ }));
    expect(state.settings.single_keys).toBe(true);
    expect(await seriousFindings()).toEqual([]);
  });

  it("is a live call: the foot says whose it is, and nothing begins", async () => {
    openWindow("/live", held({ action: "live.begin", roles: keepers }));
    const start = await screen.findByTestId("live-start");
    await waitFor(() => expect(document.getElementById("live-missing")?.textContent).toContain(theirs));
    await user.click(start);
    expect(booth.status).toBeNull();
  });

  it("is the codebook", async () => {
    openWindow(
      "/settings/codebook",
      held(...["tag.add", "tag.edit", "tag.reorder"].map((action) => ({ action, roles: keepers }))),
    );
    await saysWhy(await screen.findByTestId("tag-add"));
    await user.click(screen.getByRole("button", { name: "物流 的颜色" }));
    expect(screen.queryByRole("menu")).toBeNull();
  });

  it("says so in English", async () => {
    startI18n("en");
    openWindow("/cases", held({ action: "case.import", roles: keepers }));
    const button = await screen.findByTestId("import-open");
    await waitFor(() => expect(button.getAttribute("aria-disabled")).toBe("true"));
    act(() => button.focus());
    expect((await screen.findByRole("tooltip")).textContent).toContain(
      "This is done by: Facilitator, Curator, or Administrator.",
    );
  });
});

describe("what was not offered", () => {
  it("is offered as soon as somebody else sits down", async () => {
    openWindow("/issues", () => {
      state.withheld = [{ action: "issue.create", roles: keepers, from: state.actor }];
    });
    const make = await screen.findByTestId("issue-new");
    await saysWhy(make);
    await user.click(screen.getByTestId("person-switch"));
    await user.click(await screen.findByRole("radio", { name: /青禾/ }));
    await isOffered(make);
    await user.click(screen.getByTestId("issue-new"));
    expect(await screen.findByTestId("issue-create")).toBeTruthy();
  });

  it("is asked for again when what somebody is has changed", async () => {
    openWindow("/cases", held({ action: "case.import", roles: keepers }));
    await saysWhy(await screen.findByTestId("import-open"));
    state.withheld = [];
    const [me] = state.people;
    if (!me) throw new Error("nobody");
    await act(async () => {
      await ipc.editRecord({
        kind: "person",
        id: me.id,
        fields: { roles: { value: ["curator"], rev: me.rev } },
      });
    });
    await waitFor(() => expect(screen.getByTestId("import-open").getAttribute("aria-disabled")).toBeNull());
  });
});

describe("a guest", () => {
  const asGuest = (action: string) => () => {
    const [me] = state.people;
    if (me) me.roles = ["guest"];
    Object.assign(state, { cases: [], issues: [], withheld: [{ action, roles: keepers }] });
  };

  it("is told that calls are not shown to them, rather than to import one", async () => {
    openWindow("/cases", asGuest("case.import"));
    expect(await screen.findByText("这里没有给你看的")).toBeTruthy();
    expect(await seriousFindings()).toEqual([]);
  });

  it("is told so of issues", async () => {
    openWindow("/issues", asGuest("issue.create"));
    expect(await screen.findByText("这里没有给你看的")).toBeTruthy();
  });

  it("alone: an agent of an empty library reads that it is empty", async () => {
    openWindow("/cases", () => {
      asGuest("case.import")();
      const [me] = state.people;
      if (me) me.roles = ["agent"];
    });
    expect(await screen.findByText("还没有录音")).toBeTruthy();
  });
});
