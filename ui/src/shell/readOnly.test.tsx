import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import { slowly, workspaceIs } from "../../test/host/now";
import { openWindow, seriousFindings } from "../../test/window";
import { ipc } from "../ipc";
import { enter } from "../seat/enter";

vi.mock("../seat/enter", () => ({ enter: vi.fn() }));

const user = userEvent.setup();
/** No stage stands on a share; the page is told that its workspace does. */
const onAShare = (is_demo = false) =>
  workspaceIs({ is_demo, only_read: { code: "workspace.network", args: { fs: "nfs", path: "案卷" } } });

afterEach(() => {
  vi.restoreAllMocks();
  vi.mocked(enter).mockClear();
});

it("a workspace that is only read says so and why, on every screen", async () => {
  await openWindow("/issues", () => onAShare());
  const band = await screen.findByTestId("read-only-band");
  expect(band.textContent).toContain("只读");
  expect(band.textContent).toContain("nfs");
  expect(await seriousFindings()).toEqual([]);
});

it("one that is written does not", async () => {
  await openWindow("/cases");
  await waitFor(() => expect(screen.getByTestId("person-switch").getAttribute("aria-label")).toBeTruthy());
  expect(screen.queryByTestId("read-only-band")).toBeNull();
});

it("the read-only demo has one band, which says that it is read", async () => {
  await openWindow("/cases", () => onAShare(true));
  await screen.findByTestId("read-only-band");
  expect(screen.queryByTestId("demo-band")).toBeNull();
});

it("is copied here and opened, also with the keyboard", async () => {
  await openWindow("/cases", () => onAShare());
  const place = { path: "", is_demo: false, start_at: null };
  vi.spyOn(ipc, "copyHere").mockImplementation(() => slowly(place));
  (await screen.findByTestId("copy-here")).focus();
  await user.keyboard("{Enter}");
  expect((await screen.findByTestId("copy-here")).textContent).toBe("正在拷…");
  await waitFor(() => expect(enter).toHaveBeenCalledOnce());
});

it("a copy that does not fit says what is missing", async () => {
  vi.spyOn(ipc, "copyHere").mockRejectedValueOnce({ code: "disk.full", args: {} });
  await openWindow("/cases", () => onAShare());
  await user.click(await screen.findByTestId("copy-here"));
  expect((await screen.findByRole("alert")).textContent).toContain("磁盘满了");
});
