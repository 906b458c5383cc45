import { act, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { are, edit } from "../../../../test/host/now";
import { caseNamed, tellFacts } from "../../../../test/host/stage";
import { open } from "../../../../test/stage";
import { seriousFindings } from "../../../../test/window";
import { startI18n } from "../../../i18n";
import { ipc } from "../../../ipc";
import { useConsole } from "../store";
import { rowsOf } from "./SourceFacts";

const user = userEvent.setup();
const fridge = () => caseNamed("冰箱");

async function contactNow() {
  const [first] = (await ipc.getCase(fridge())).contacts;
  if (!first) throw new Error("no contact");
  return first;
}

const text = (value: string) => ({ kind: "text", value }) as const;

/** Opens the case file of the call with the fridge, of which a source has told. */
async function file(before?: () => unknown) {
  await open(
    () => `/case/${fridge()}`,
    async () => {
      const { id } = await contactNow();
      const began = { kind: "at", value: new Date(2026, 10, 17, 8, 0, 7).getTime() } as const;
      await tellFacts(id, {
        known: { queue: text("早班"), csat: text("5"), order_number: text("20261101"), began_at: began },
        rest: { 满意度: "5", IVR: { menu: ["退货", null] } },
      });
      await before?.();
    },
  );
  await screen.findByTestId("waveform");
  act(() => useConsole.setState({ tab: "file" }));
  await screen.findByRole("textbox", { name: "坐席" });
}

const told = () => screen.findByRole("region", { name: "和导入说的不一样" });

describe("what a source says of a call", () => {
  it("stands in its fields, and where somebody wrote something both stand there", async () => {
    await file();
    const own = (await contactNow()).queue;
    expect(screen.getByRole("textbox", { name: "满意度" })).toHaveProperty("value", "5");
    expect(screen.getByRole("textbox", { name: "订单号" })).toHaveProperty("value", "20261101");
    expect(screen.getByRole("textbox", { name: "技能组" })).toHaveProperty("value", own);
    const [time, queue] = within(await told()).getAllByRole("listitem");
    expect(queue?.textContent).toBe(`技能组你写的 ${own}导入说 早班用导入的`);
    expect(time?.textContent).toContain("导入说 2026-11-17 08:00:07");
  });

  it("is taken from the keyboard, one by one, and taken back", async () => {
    await file();
    const own = (await contactNow()).queue;
    const all = within(await told()).getByRole("button", { name: "全部用导入的" });
    act(() => all.focus());
    // The time of the call, then its queue.
    await user.keyboard("{Tab}{Tab}");
    const take = within(await told()).getByRole("button", { name: "技能组：用导入的" });
    expect(document.activeElement).toBe(take);
    await user.keyboard("{Enter}");
    await waitFor(async () => expect((await contactNow()).queue).toBe("早班"));
    await waitFor(async () => expect(within(await told()).getAllByRole("listitem")).toHaveLength(1));
    expect(screen.getByRole("textbox", { name: "技能组" })).toHaveProperty("value", "早班");
    await ipc.undo();
    await waitFor(() => expect(screen.getByRole("textbox", { name: "技能组" })).toHaveProperty("value", own));
  });

  it("is taken all at once", async () => {
    await file();
    await user.click(within(await told()).getByRole("button", { name: "全部用导入的" }));
    await waitFor(() => expect(screen.queryByTestId("told")).toBeNull());
    expect(await contactNow()).toMatchObject({ queue: "早班", csat: "5" });
  });

  it("differs from what somebody clears afterwards", async () => {
    await file(async () => edit("contact", await contactNow(), { csat: "" }));
    expect((await told()).textContent).toContain("满意度你写的 （空）导入说 5");
  });

  it("is not taken by who may not", async () => {
    await file(() => are({ 周以宁: ["agent"], 青禾: ["administrator"] }));
    const take = within(await told()).getByRole("button", { name: "全部用导入的" });
    await waitFor(() => expect(take.getAttribute("aria-disabled")).toBe("true"));
  });

  it("can be read whole", async () => {
    await file();
    const all = screen.getByText("来源说的全部（3 项）");
    await user.click(all);
    const rows = within(all.parentElement as HTMLElement).getAllByRole("row");
    expect(rows.map((row) => row.textContent)).toEqual(["IVR.menu[0]退货", "IVR.menu[1]（空）", "满意度5"]);
  });

  it.each(["zh-CN", "en"] as const)("has nothing serious for axe to find in %s", async (language) => {
    startI18n(language);
    await open(
      () => `/case/${fridge()}`,
      async () => tellFacts((await contactNow()).id, { known: { queue: text("早班") }, rest: { a: 1 } }),
    );
    await screen.findByTestId("waveform");
    act(() => useConsole.setState({ tab: "file" }));
    await screen.findByTestId("told");
    expect(await seriousFindings()).toEqual([]);
    startI18n("zh-CN");
  });
});

describe("what nobody knows of a call", () => {
  it("takes no room until it is asked for, and is written there", async () => {
    await file();
    expect(screen.queryByRole("textbox", { name: "等待" })).toBeNull();
    await user.click(screen.getByRole("button", { name: /^还有 \d+ 项没填$/ }));
    const wait = screen.getByRole("textbox", { name: "等待" });
    await user.type(wait, "一会儿");
    await user.tab();
    expect(wait.getAttribute("aria-invalid")).toBe("true");
    await user.clear(wait);
    await user.type(wait, "1:05");
    await user.tab();
    await waitFor(async () => expect((await contactNow()).wait_ms).toBe(65_000));
    await user.click(screen.getByRole("radio", { name: "呼入" }));
    await waitFor(async () => expect((await contactNow()).direction).toBe("inbound"));
    await user.type(screen.getByRole("textbox", { name: "转接次数" }), "2");
    await user.tab();
    await waitFor(async () => expect((await contactNow()).transfers).toBe(2));
    await user.click(screen.getByRole("button", { name: "收起没填的" }));
    expect(screen.queryByRole("textbox", { name: "保持" })).toBeNull();
    expect(screen.getByRole("textbox", { name: "等待" })).toHaveProperty("value", "1:05");
  });
});

it("tells each value by where it stands", () => {
  expect(rowsOf({ a: { "b c": [true, {}] }, d: 0 })).toEqual([
    { path: "a.b c[0]", text: "true" },
    { path: "d", text: "0" },
  ]);
});
