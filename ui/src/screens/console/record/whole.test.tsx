import { act, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { are } from "../../../../test/host/now";
import { caseNamed, tellFacts } from "../../../../test/host/stage";
import { open } from "../../../../test/stage";
import { seriousFindings } from "../../../../test/window";
import { ipc } from "../../../ipc";
import { useConsole } from "../store";

const user = userEvent.setup();
const fridge = () => caseNamed("冰箱");

/** Opens the case file of a call whose customer's number a source has told. */
async function file(before?: () => unknown) {
  await open(
    () => `/case/${fridge()}`,
    async () => {
      const [contact] = (await ipc.getCase(fridge())).contacts;
      if (!contact) throw new Error("no contact");
      const known = { number: { kind: "text", value: "13800008000" } } as const;
      await tellFacts(contact.id, { known, rest: { 收货人: "韩梅梅", 等待: "35" } });
      await before?.();
    },
  );
  await screen.findByTestId("waveform");
  act(() => useConsole.setState({ tab: "file" }));
  return screen.findByTestId("whole");
}

const number = () => screen.getByRole<HTMLInputElement>("textbox", { name: "客户号码" });
const look = () => screen.getByRole("button", { name: "看原文" });

describe("a customer", () => {
  it("is shown by the beginning, and not written over by who sees no more", async () => {
    await file();
    expect(number()).toHaveProperty("value", "138****8000");
    expect(number()).toHaveProperty("readOnly", true);
    await user.click(screen.getByText("来源说的全部（2 项）"));
    expect(screen.getByRole("row", { name: /收货人/ }).textContent).toBe("收货人韩**");
    expect(screen.getByRole("row", { name: /等待/ }).textContent).toBe("等待35");
    expect(await seriousFindings(screen.getByRole("tabpanel"))).toEqual([]);
  });

  it("is shown whole from the keyboard, for a reason that stands in the case, and changed then", async () => {
    const bar = await file();
    act(() => look().focus());
    await user.keyboard("{Enter}");
    const why = within(bar).getByRole("textbox", { name: "用处" });
    expect(document.activeElement).toBe(why);
    await user.keyboard("{Enter}");
    expect(number(), "without a reason nothing is shown").toHaveProperty("value", "138****8000");
    await user.keyboard("回访上次的投诉{Enter}");
    await waitFor(() => expect(number()).toHaveProperty("value", "13800008000"));
    await user.click(screen.getByText("来源说的全部（2 项）"));
    expect(screen.getByRole("row", { name: /收货人/ }).textContent).toBe("收货人韩梅梅");
    await waitFor(() => expect(bar.textContent).toMatch(/看过原文 1 次，最近：.*回访上次的投诉/));
    expect(await seriousFindings(screen.getByRole("tabpanel"))).toEqual([]);

    await user.clear(number());
    await user.type(number(), "13900009000{Enter}");
    await waitFor(async () => expect((await ipc.getCase(fridge())).contacts[0]?.number).toBe("139****9000"));
    expect(number()).toHaveProperty("value", "13900009000");
    await user.click(screen.getByRole("button", { name: "收起" }));
    expect(number()).toHaveProperty("value", "139****9000");
  });

  it("is shown by the beginning again to who comes back", async () => {
    await file();
    await user.click(look());
    await user.click(screen.getByRole("button", { name: "核对是哪一位" }));
    await user.keyboard("{Escape}");
    expect(number(), "they thought better of it").toHaveProperty("value", "138****8000");
    await user.click(look());
    await user.click(screen.getByRole("button", { name: "核对是哪一位" }));
    await user.click(within(screen.getByTestId("whole")).getByRole("button", { name: "看原文" }));
    await waitFor(() => expect(number()).toHaveProperty("value", "13800008000"));
    act(() => useConsole.setState({ tab: "record" }));
    act(() => useConsole.setState({ tab: "file" }));
    expect(number()).toHaveProperty("value", "138****8000");
  });

  it("is not shown whole to who only listens", async () => {
    await file(() => are({ 周以宁: ["participant"], 青禾: ["administrator"] }));
    await waitFor(() => expect(look().getAttribute("aria-disabled")).toBe("true"));
  });
});
