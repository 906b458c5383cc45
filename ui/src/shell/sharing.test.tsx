import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { openWindow, seriousFindings } from "../../test/window";
import { ipc } from "../ipc";

const user = userEvent.setup();
const openShared = () => openWindow("/cases", undefined, { shared: true });

afterEach(() => vi.restoreAllMocks());

describe("a workspace that others can use", () => {
  it.each([
    ["只给我自己", "private"],
    ["继续和同组的人共用", "group"],
  ])("is asked about until somebody has chosen: %s", async (words, chosen) => {
    await openShared();
    await screen.findByTestId("sharing-band");
    expect(await seriousFindings()).toEqual([]);
    await user.click(screen.getByRole("button", { name: words }));
    await waitFor(() => expect(screen.queryByTestId("sharing-band")).toBeNull());
    expect((await ipc.workspaceInfo()).sharing).toBe(chosen);
  });

  it("says what kept it from being done, and can be tried again with the keyboard", async () => {
    vi.spyOn(ipc, "settleSharing").mockRejectedValueOnce({ code: "disk.denied", args: {} });
    await openShared();
    (await screen.findByTestId("sharing-private")).focus();
    await user.keyboard("{Enter}");
    const alert = await screen.findByRole("alert");
    expect(alert.dataset.code).toBe("disk.denied");
    expect(await seriousFindings()).toEqual([]);
    within(alert).getByRole("button", { name: "重试" }).focus();
    await user.keyboard("{Enter}");
    await waitFor(async () => expect((await ipc.workspaceInfo()).sharing).toBe("private"));
  });

  it("and one that is nobody else's is not", async () => {
    await openWindow("/cases");
    await waitFor(() => expect(screen.getByTestId("person-switch").getAttribute("aria-label")).toBeTruthy());
    expect(screen.queryByTestId("sharing-band")).toBeNull();
  });
});
