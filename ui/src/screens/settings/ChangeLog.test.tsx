import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import { openWindow } from "../../../test/window";
import type { LogFault } from "../../ipc";
import { ipc } from "../../ipc";

const user = userEvent.setup();

afterEach(() => vi.restoreAllMocks());

it("the change log is checked when asked, and says what is wrong and what helps", async () => {
  const verify = vi.spyOn(ipc, "verifyLog");
  await openWindow("/settings/about");
  await user.click(await screen.findByTestId("verify-log"));
  expect(await screen.findByText("没有被动过")).toBeTruthy();
  expect(screen.getByText("都好")).toBeTruthy();
  const at = Date.UTC(2026, 10, 3);
  const faults: LogFault[] = [
    { what: "edited", replica: "r", n: 7, count: 1, at },
    { what: "cut", replica: "r", n: 8, count: 2, at: null },
  ];
  const whole = await ipc.verifyLog();
  verify.mockResolvedValue({ ...whole, faults, fault_count: 2 });
  await user.click(screen.getByTestId("verify-log"));
  expect(await screen.findByText("有 2 处不对")).toBeTruthy();
  expect(screen.queryByText("都好")).toBeNull();
  expect(screen.getByText("有地方不对")).toBeTruthy();
  expect(screen.getByText(/第 7 步被改过/)).toBeTruthy();
  expect(screen.getByText(/只到第 8 步：这台电脑后来还写过 2 步/)).toBeTruthy();
  expect(screen.getByText(/再从备份里找回对得上的那一份/)).toBeTruthy();
});
