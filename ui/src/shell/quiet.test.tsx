import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { openWindow, seriousFindings } from "../../test/window";
import { ipc } from "../ipc";
import { enter } from "../seat/enter";

vi.mock("../seat/enter", () => ({ enter: vi.fn() }));

const user = userEvent.setup();
const fromElsewhere = (path: string, prepare?: () => unknown) => openWindow(path, prepare, { foreign: true });
const onlyRead = async () => (await ipc.workspaceInfo()).only_read;

afterEach(() => {
  vi.restoreAllMocks();
  vi.mocked(enter).mockClear();
});

describe("a workspace nobody here called theirs", () => {
  it("says so on every screen, and is not offered to be copied", async () => {
    await fromElsewhere("/issues");
    const band = await screen.findByTestId("quiet-band");
    expect(band.textContent).toContain("第一次在这台电脑上打开");
    expect(screen.queryByTestId("read-only-band")).toBeNull();
    expect(await seriousFindings()).toEqual([]);
  });

  it("is asked about twice, and then opened as one's own", async () => {
    await fromElsewhere("/cases");
    await user.click(await screen.findByTestId("quiet-ask"));
    expect(await onlyRead()).not.toBeNull();
    expect(screen.getByTestId("quiet-band").textContent).toContain("接着做");
    expect(await seriousFindings()).toEqual([]);
    await user.click(screen.getByTestId("quiet-ours"));
    await waitFor(() => expect(enter).toHaveBeenCalledOnce());
    expect(await onlyRead()).toBeNull();
  });

  it("stays as it is by Enter and by Esc, and the keyboard is back where it was", async () => {
    await fromElsewhere("/cases");
    for (const key of ["{Enter}", "{Escape}"]) {
      (await screen.findByTestId("quiet-ask")).focus();
      await user.keyboard("{Enter}");
      await screen.findByTestId("quiet-ours");
      await user.keyboard(key);
      await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId("quiet-ask")));
    }
    expect(await onlyRead()).not.toBeNull();
    expect(enter).not.toHaveBeenCalled();
  });

  it("says what kept it from being taken, and stays open as it was", async () => {
    vi.spyOn(ipc, "takeAsOurs").mockRejectedValueOnce({ code: "disk.denied", args: {} });
    await fromElsewhere("/cases");
    await user.click(await screen.findByTestId("quiet-ask"));
    await user.click(screen.getByTestId("quiet-ours"));
    expect((await screen.findByRole("alert")).dataset.code).toBe("disk.denied");
    expect(await onlyRead()).not.toBeNull();
  });
});

it("a double click on the question is no answer: where it was lies leaving it", async () => {
  await fromElsewhere("/cases");
  await user.click(await screen.findByTestId("quiet-ask"));
  const ways = screen.getByTestId("quiet-ours").parentElement;
  expect(ways?.lastElementChild?.textContent).toBe("先不动");
});
