import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import { start } from "../../test/start";
import { openWindow, seriousFindings } from "../../test/window";
import { enter } from "../app/enter";
import { desk } from "../ipc/fake/places";

vi.mock("../app/enter", () => ({ enter: vi.fn() }));

const user = userEvent.setup();
const copy = {
  name: "workspace-001795834393552-v3.db",
  made_at: 1_795_834_393_552,
  last_change_at: 1_795_834_000_000,
  bytes: 663_552,
  schema_version: 3,
  cases: 12,
  observations: 72,
  issues: 1,
  is_aside: false,
  readable: true,
};

afterEach(() => vi.mocked(enter).mockClear());

it("a copy is gone back to from the settings, after a word on what becomes of the present", async () => {
  openWindow("/settings/workspace", () => {
    desk.copies = [copy, { ...copy, name: "other", readable: false }];
  });
  const [back, unreadable] = await screen.findAllByRole("button", { name: /^退回 .+ 的这一份$/ });
  expect(screen.getByTestId("rescue").textContent).toContain("12 通电话，72 条记录，1 个问题");
  expect(unreadable).toHaveProperty("disabled", true);
  back?.focus();
  await user.keyboard("{Enter}");
  expect(screen.getByTestId("rescue").textContent).toContain("放到一边，不删");
  expect(await seriousFindings()).toEqual([]);
  await user.click(screen.getByTestId("copy-back"));
  await waitFor(() => expect(enter).toHaveBeenCalledOnce());
});

it.each(["closed", "lastProblem"] as const)(
  "a damaged workspace (%s) offers copies and reading out",
  async (how) => {
    start(() => {
      desk[how] = { code: "workspace.damaged", args: {} };
      if (how === "lastProblem") desk.place = "none";
      desk.copies = [copy];
    });
    await screen.findByText(/12 通电话/);
    await user.click(screen.getByTestId("salvage"));
    expect((await screen.findByText(/读出 1800 行，缺 12 行/)).textContent).toContain("9 行从备份里补上");
    await user.click(screen.getByTestId("salvage-open"));
    await waitFor(() => expect(enter).toHaveBeenCalledOnce());
  },
);

it("a workspace that is merely busy offers no going back", async () => {
  start(() => {
    desk.closed = { code: "workspace.busy", args: {} };
  });
  await screen.findByTestId("unopened");
  expect(screen.queryByTestId("rescue")).toBeNull();
});
