import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { openWindow, seriousFindings } from "../../test/window";
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
    await screen.findByTestId("sharing-bar");
    expect(await seriousFindings()).toEqual([]);
    await user.click(screen.getByRole("button", { name: words }));
    await waitFor(() => expect(screen.queryByTestId("sharing-bar")).toBeNull());
    expect(desk.sharing).toBe(chosen);
  });

  it("and one that is nobody else's is not", async () => {
    openWindow("/cases");
    await waitFor(() => expect(screen.getByTestId("person-switch").getAttribute("aria-label")).toBeTruthy());
    expect(screen.queryByTestId("sharing-bar")).toBeNull();
  });
});
