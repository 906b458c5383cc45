import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import { closedBy, doorsSay, start } from "../../test/start";
import { openWindow, seriousFindings } from "../../test/window";
import { type CopyRow, ipc } from "../ipc";
import { enter } from "../seat/enter";

vi.mock("../seat/enter", () => ({ enter: vi.fn() }));

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

/** What there is to go back to, and where that leads: no stage was ever hurt. */
const copies = (...rows: CopyRow[]) => {
  vi.spyOn(ipc, "listCopies").mockResolvedValue(rows);
  const place = { path: "/w", is_demo: false, start_at: null };
  vi.spyOn(ipc, "restoreCopy").mockResolvedValue(place);
  vi.spyOn(ipc, "openOwn").mockResolvedValue(place);
  vi.spyOn(ipc, "salvage").mockResolvedValue({ saved: 1800, lost: 12, from_copy: 9, left_out: 3 });
};

afterEach(() => {
  vi.restoreAllMocks();
  vi.mocked(enter).mockClear();
});

it("a copy is gone back to from the settings, after a word on what becomes of the present", async () => {
  copies(copy, { ...copy, name: "other", readable: false });
  await openWindow("/settings/workspace");
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

it("Esc leaves the present as it is, and the keyboard stands where it stood", async () => {
  copies(copy);
  await openWindow("/settings/workspace");
  const back = await screen.findByRole("button", { name: /^退回 .+ 的这一份$/ });
  back.focus();
  await user.keyboard("{Enter}");
  expect(document.activeElement).toBe(screen.getByRole("button", { name: "先不动" }));
  await user.keyboard("{Escape}");
  expect(screen.queryByTestId("copy-back")).toBeNull();
  expect(document.activeElement).toBe(back);
});

it("going back that does not work says why, and can be tried again", async () => {
  copies(copy);
  await openWindow("/settings/workspace");
  vi.mocked(ipc.restoreCopy).mockRejectedValueOnce({ code: "disk.full", args: {} });
  await user.click(await screen.findByRole("button", { name: /^退回 .+ 的这一份$/ }));
  await user.click(screen.getByTestId("copy-back"));
  await user.click(within(await screen.findByRole("alert")).getByRole("button", { name: "重试" }));
  await waitFor(() => expect(enter).toHaveBeenCalledOnce());
});

it("copies that are being looked for are said to be", async () => {
  vi.spyOn(ipc, "listCopies").mockReturnValue(new Promise(() => undefined));
  await openWindow("/settings/workspace");
  expect(within(await screen.findByTestId("rescue")).getByRole("status").textContent).not.toBe("");
});

it.each([
  ["closed", "workspace.damaged"],
  ["lastProblem", "workspace.damaged"],
  ["lastProblem", "workspace.altered"],
] as const)("a hurt workspace (%s, %s) offers copies and reading out", async (how, code) => {
  await start(() => {
    const why = { code, args: { name: "odd" } };
    if (how === "closed") closedBy(why);
    else doorsSay({ last_problem: why });
    copies(copy);
  });
  await screen.findByText(/12 通电话/);
  await user.click(screen.getByTestId("salvage"));
  expect((await screen.findByText(/读出 1800 行，缺 12 行/)).textContent).toContain("9 行从备份里补上");
  await user.click(screen.getByTestId("salvage-open"));
  await waitFor(() => expect(enter).toHaveBeenCalledOnce());
});

it("a workspace that is merely busy offers no going back", async () => {
  await start(() => {
    closedBy({ code: "workspace.busy", args: {} });
  });
  await screen.findByTestId("unopened");
  expect(screen.queryByTestId("rescue")).toBeNull();
});
