import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import { openWindow, seriousFindings } from "../../test/fake/window";
import { enter } from "../app/enter";
import { desk } from "../ipc/fake/places";

vi.mock("../app/enter", () => ({ enter: vi.fn() }));

const user = userEvent.setup();
const onAShare = () => {
  desk.onlyRead = { code: "workspace.network", args: { fs: "nfs", path: "案卷" } };
};

afterEach(() => vi.mocked(enter).mockClear());

it("a workspace that is only read says so and why, on every screen", async () => {
  openWindow("/issues", onAShare);
  const band = await screen.findByTestId("read-only-band");
  expect(band.textContent).toContain("只读");
  expect(band.textContent).toContain("nfs");
  expect(await seriousFindings()).toEqual([]);
});

it("one that is written does not", async () => {
  openWindow("/cases");
  await waitFor(() => expect(screen.getByTestId("person-switch").getAttribute("aria-label")).toBeTruthy());
  expect(screen.queryByTestId("read-only-band")).toBeNull();
});

it("the read-only demo has one band, which says that it is read", async () => {
  openWindow("/cases", () => {
    desk.place = "demo";
    onAShare();
  });
  await screen.findByTestId("read-only-band");
  expect(screen.queryByTestId("demo-band")).toBeNull();
});

it("is copied here and opened, also with the keyboard", async () => {
  openWindow("/cases", onAShare);
  (await screen.findByTestId("copy-here")).focus();
  await user.keyboard("{Enter}");
  expect((await screen.findByTestId("copy-here")).textContent).toBe("正在拷…");
  await waitFor(() => expect(enter).toHaveBeenCalledOnce());
});

it("a copy that does not fit says what is missing", async () => {
  openWindow("/cases", () => {
    onAShare();
    desk.refusal = { code: "disk.full", args: {} };
  });
  await user.click(await screen.findByTestId("copy-here"));
  expect((await screen.findByRole("alert")).textContent).toContain("磁盘满了");
});
