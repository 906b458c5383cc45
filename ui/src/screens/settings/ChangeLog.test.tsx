import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { openWindow } from "../../../test/fake/window";
import { state } from "../../ipc/fake/state";

const user = userEvent.setup();

it("the change log is checked when asked, and says what is wrong and what helps", async () => {
  openWindow("/settings/about");
  await user.click(await screen.findByTestId("verify-log"));
  expect(await screen.findByText("没有被动过")).toBeTruthy();
  expect(screen.getByText("都好")).toBeTruthy();
  const at = Date.UTC(2026, 10, 3);
  state.logFaults = [
    { what: "edited", replica: "r", n: 7, count: 1, at },
    { what: "cut", replica: "r", n: 8, count: 2, at: null },
  ];
  await user.click(screen.getByTestId("verify-log"));
  expect(await screen.findByText("有 2 处不对")).toBeTruthy();
  expect(screen.queryByText("都好")).toBeNull();
  expect(screen.getByText("有地方不对")).toBeTruthy();
  expect(screen.getByText(/第 7 步被改过/)).toBeTruthy();
  expect(screen.getByText(/只到第 8 步：这台电脑后来还写过 2 步/)).toBeTruthy();
  expect(screen.getByText(/再从备份里找回对得上的那一份/)).toBeTruthy();
});
