import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { openWindow, seriousFindings } from "../../test/fake/window";
import { enter } from "../app/enter";
import { desk } from "../ipc/fake/places";

vi.mock("../app/enter", () => ({ enter: vi.fn() }));

const user = userEvent.setup();
const fromElsewhere = () => {
  desk.onlyRead = { code: "workspace.quiet", args: { path: "案卷" } };
};

afterEach(() => vi.mocked(enter).mockClear());

describe("a workspace nobody here called theirs", () => {
  it("says so on every screen, and is not offered to be copied", async () => {
    openWindow("/issues", fromElsewhere);
    const band = await screen.findByTestId("quiet-band");
    expect(band.textContent).toContain("第一次在这台电脑上打开");
    expect(screen.queryByTestId("read-only-band")).toBeNull();
    expect(await seriousFindings()).toEqual([]);
  });

  it("is asked about twice, and then opened as one's own", async () => {
    openWindow("/cases", fromElsewhere);
    await user.click(await screen.findByTestId("quiet-ask"));
    expect(desk.onlyRead).not.toBeNull();
    expect(screen.getByTestId("quiet-band").textContent).toContain("接着做");
    expect(await seriousFindings()).toEqual([]);
    await user.click(screen.getByTestId("quiet-ours"));
    await waitFor(() => expect(enter).toHaveBeenCalledOnce());
    expect(desk.onlyRead).toBeNull();
  });

  it("stays as it is by Enter and by Esc, and the keyboard is back where it was", async () => {
    openWindow("/cases", fromElsewhere);
    for (const key of ["{Enter}", "{Escape}"]) {
      (await screen.findByTestId("quiet-ask")).focus();
      await user.keyboard("{Enter}");
      await screen.findByTestId("quiet-ours");
      await user.keyboard(key);
      await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId("quiet-ask")));
    }
    expect(desk.onlyRead).not.toBeNull();
    expect(enter).not.toHaveBeenCalled();
  });

  it("says what kept it from being taken, and stays open as it was", async () => {
    openWindow("/cases", () => {
      fromElsewhere();
      desk.refusal = { code: "disk.denied", args: {} };
    });
    await user.click(await screen.findByTestId("quiet-ask"));
    await user.click(screen.getByTestId("quiet-ours"));
    expect((await screen.findByRole("alert")).dataset.code).toBe("disk.denied");
    expect(desk.onlyRead).not.toBeNull();
  });
});

it("a double click on the question is no answer: where it was lies leaving it", async () => {
  openWindow("/cases", fromElsewhere);
  await user.click(await screen.findByTestId("quiet-ask"));
  const ways = screen.getByTestId("quiet-ours").parentElement;
  expect(ways?.lastElementChild?.textContent).toBe("先不动");
});
