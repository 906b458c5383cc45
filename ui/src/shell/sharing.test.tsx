import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { openWindow, seriousFindings } from "../../test/fake/window";
import { desk } from "../ipc/fake/places";

const user = userEvent.setup();
const shared = () => {
  desk.sharing = "unsettled";
};

describe("a workspace that others can use", () => {
  it.each([
    ["只给我自己", "private"],
    ["继续和同组的人共用", "group"],
  ])("is asked about until somebody has chosen: %s", async (words, chosen) => {
    openWindow("/cases", shared);
    await screen.findByTestId("sharing-band");
    expect(await seriousFindings()).toEqual([]);
    await user.click(screen.getByRole("button", { name: words }));
    await waitFor(() => expect(screen.queryByTestId("sharing-band")).toBeNull());
    expect(desk.sharing).toBe(chosen);
  });

  it("says what kept it from being done, and can be tried again with the keyboard", async () => {
    openWindow("/cases", () => {
      shared();
      desk.refusal = { code: "disk.denied", args: {} };
    });
    (await screen.findByTestId("sharing-private")).focus();
    await user.keyboard("{Enter}");
    const alert = await screen.findByRole("alert");
    expect(alert.dataset.code).toBe("disk.denied");
    expect(await seriousFindings()).toEqual([]);
    within(alert).getByRole("button", { name: "重试" }).focus();
    await user.keyboard("{Enter}");
    await waitFor(() => expect(desk.sharing).toBe("private"));
  });

  it("and one that is nobody else's is not", async () => {
    openWindow("/cases");
    await waitFor(() => expect(screen.getByTestId("person-switch").getAttribute("aria-label")).toBeTruthy());
    expect(screen.queryByTestId("sharing-band")).toBeNull();
  });
});
