import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { are } from "../../../test/host/now";
import { personNamed } from "../../../test/host/stage";
import { allIssues } from "../../../test/host/told/days";
import { user } from "../../../test/sessions";
import { openWindow, seriousFindings } from "../../../test/window";
import type { Role } from "../../ipc";
import { ipc } from "../../ipc";

const person = async (name: string) => {
  const found = (await ipc.listPeople()).find((p) => p.name === name);
  if (!found) throw new Error(`no ${name}`);
  return found;
};
const openPeople = (roles: Record<string, Role[]> = {}) => openWindow("/settings/people", () => are(roles));
const box = (name: string) => screen.getByRole<HTMLInputElement>("checkbox", { name });
const line = async (name: string) =>
  (await screen.findAllByTestId("person-line")).find((li) => li.textContent?.includes(name));
const edit = async (name: string) => {
  await user.click(await screen.findByRole("button", { name: `改 ${name}` }));
  return screen.findByRole("group", { name: "身份" });
};
const warning = () => screen.getByTestId("roles-warning");

describe("the roles of a person", () => {
  it("are a set, each with what it means, and a person begins as a participant", async () => {
    await openPeople();
    await user.click(await screen.findByRole("button", { name: "加一个人" }));
    const group = await screen.findByRole("group", { name: "身份" });
    const ticked = within(group)
      .getAllByRole<HTMLInputElement>("checkbox")
      .filter((one) => one.checked);
    expect(ticked).toEqual([box("参与者")]);
    const means = document.getElementById(box("主持").getAttribute("aria-describedby") ?? "");
    expect(means?.textContent).toContain("排专场");
    await user.type(screen.getByRole("textbox", { name: "名字" }), "沈嘉");
    await user.click(box("编审"));
    await user.click(box("主持"));
    await user.click(box("参与者"));
    await user.click(screen.getAllByRole("button", { name: "加一个人" }).at(-1) as HTMLElement);
    await waitFor(async () => expect((await person("沈嘉")).roles).toEqual(["facilitator", "curator"]));
    expect((await line("沈嘉"))?.textContent).toContain("主持、编审");
  });

  it("are given and taken with the keyboard alone", async () => {
    await openPeople();
    await edit("青禾");
    box("师兄").focus();
    await user.keyboard(" ");
    await user.tab();
    await user.keyboard(" ");
    expect(document.activeElement).toBe(box("坐席"));
    screen.getByRole("textbox", { name: "名字" }).focus();
    await user.keyboard("{Enter}");
    await waitFor(async () => expect((await person("青禾")).roles).toEqual(["agent"]));
  });

  it("are left as they were with Esc", async () => {
    await openPeople();
    await edit("青禾");
    await user.click(box("主持"));
    await user.keyboard("{Escape}");
    expect((await line("青禾"))?.textContent).toContain("师兄");
    expect((await person("青禾")).roles).toEqual(["mentor"]);
  });

  it("make the circle of a mentor green, whatever else they are", async () => {
    await openPeople({ 青禾: ["mentor", "curator"] });
    expect((await line("青禾"))?.querySelector("[data-part=avatar][data-tone=mentor]")).toBeTruthy();
    expect((await line("周以宁"))?.querySelector("[data-part=avatar][data-tone=mentor]")).toBeNull();
  });

  it("are said to be none where there are none", async () => {
    await openPeople({ 青禾: [] });
    expect((await line("青禾"))?.textContent).toContain("还没有身份");
  });
});

describe("whether roles count is said", () => {
  it("while there is no administrator: everybody may do everything", async () => {
    await openPeople();
    expect((await screen.findByTestId("roles-note")).textContent).toContain("还没有管理员");
    expect(await seriousFindings()).toEqual([]);
  });

  it("once there is one, and that it is no lock", async () => {
    await openPeople({ 周以宁: ["administrator"] });
    const note = await screen.findByTestId("roles-note");
    expect(note.textContent).toContain("有了管理员");
    expect(note.textContent).toContain("不用密码");
    await edit("青禾");
    expect(await seriousFindings()).toEqual([]);
  });

  it("to a guest, too, who does not see what others are", async () => {
    await openPeople({ 周以宁: ["guest"], 青禾: ["administrator"] });
    await waitFor(async () =>
      expect((await screen.findByTestId("roles-note")).textContent).toContain("有了管理员"),
    );
    expect((await line("青禾"))?.textContent).not.toContain("还没有身份");
  });
});

describe("before roles begin or cease to count", () => {
  it("who makes somebody else the first administrator is told what they lose", async () => {
    await openPeople();
    await edit("青禾");
    expect(warning().textContent).toBe("");
    await user.click(box("管理员"));
    expect(warning().textContent).toContain("只有青禾能再给别人身份");
    expect(await seriousFindings()).toEqual([]);
  });

  it("who makes themselves the first one is not", async () => {
    await openPeople();
    await edit("周以宁");
    await user.click(box("管理员"));
    expect(warning().textContent).toBe("");
  });

  it("the last administrator is told that everybody may do everything again", async () => {
    await openPeople({ 周以宁: ["administrator"] });
    await edit("周以宁");
    await user.click(box("管理员"));
    expect(warning().textContent).toContain("最后一位管理员");
  });

  it("one of two is not", async () => {
    await openPeople({ 周以宁: ["administrator"], 青禾: ["administrator"] });
    await edit("周以宁");
    await user.click(box("管理员"));
    expect(warning().textContent).toBe("");
  });
});

describe("who sits down", () => {
  it("is not offered to take back what the one before did", async () => {
    await openPeople();
    await edit("青禾");
    await user.click(box("编审"));
    await user.click(screen.getByRole("button", { name: "保存" }));
    expect(await screen.findByText("改了一个人")).toBeTruthy();
    await user.click((await screen.findAllByRole("button", { name: "换成他" }))[0] as HTMLElement);
    await waitFor(() => expect(screen.queryByText("改了一个人")).toBeNull());
  });
});

describe("once roles count, who is no administrator", () => {
  const counting = { 周以宁: ["facilitator"], 青禾: ["administrator"] } satisfies Record<string, Role[]>;

  it("changes nobody's roles, and reads why", async () => {
    await openPeople(counting);
    await edit("周以宁");
    expect(box("管理员").getAttribute("aria-disabled")).toBe("true");
    await user.click(box("管理员"));
    expect(box("管理员").checked).toBe(false);
    expect(screen.getByText("身份由管理员来给。")).toBeTruthy();
    expect(await seriousFindings()).toEqual([]);
  });

  it("gives somebody new the plain ones", async () => {
    await openPeople(counting);
    await user.click(await screen.findByRole("button", { name: "加一个人" }));
    await screen.findByRole("group", { name: "身份" });
    await user.click(box("师兄"));
    await user.click(box("导出"));
    expect([box("师兄").checked, box("导出").checked]).toEqual([true, false]);
    expect(screen.getByText("其余几样由管理员来给。")).toBeTruthy();
  });
});

describe("somebody who was there twice", () => {
  it("becomes one, after it is said what that means", async () => {
    await openPeople();
    const [owner, other] = [personNamed("青禾"), personNamed("周以宁")];
    await user.click(await screen.findByRole("button", { name: "把 青禾 并到另一个人" }));
    expect(screen.getByTestId("merge-do")).toHaveProperty("disabled", true);
    await user.selectOptions(screen.getByRole("combobox", { name: /青禾/ }), other.id);
    expect(screen.getByText(/“青禾”就是“周以宁”/)).toBeTruthy();
    expect(await seriousFindings()).toEqual([]);
    expect((await person("青禾")).merged_into).toBeNull();
    await user.click(screen.getByTestId("merge-do"));
    await waitFor(() => expect(screen.getAllByTestId("person-line")).toHaveLength(1));
    const { rows } = await ipc.listIssues(allIssues);
    expect(rows.filter((row) => row.owner === "周以宁").length).toBeGreaterThan(6);
    expect(rows.some((row) => row.issue.owner_id === owner.id)).toBe(false);
  });

  it("is a matter of who gives roles", async () => {
    await openPeople({ 周以宁: ["facilitator"], 青禾: ["administrator"] });
    await user.click(await screen.findByRole("button", { name: "把 青禾 并到另一个人" }));
    expect(screen.queryByTestId("merge-form")).toBeNull();
  });
});
