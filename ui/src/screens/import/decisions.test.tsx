import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { openWindow, seriousFindings, ticketFor } from "../../../test/fake/window";
import { state } from "../../ipc/fake/state";
import { planImport, startImport, useImport } from "../../things/case/import/store";

const user = userEvent.setup();

const bringIn = async (path: string): Promise<HTMLElement> => {
  openWindow("/cases");
  await screen.findAllByTestId("case-row");
  const ticket = ticketFor(path);
  planImport(ticket);
  await startImport(ticket, [{ files: [0], title: "一通" }], null);
  await waitFor(() => expect(useImport.getState().batches[0]?.state).toBe("done"));
  return screen.findByTestId("import-file");
};

describe("a file that did not come in by itself", () => {
  it.each([
    ["breaks off: what is there may be taken", "/calls/cut.mp3", "收在的部分"],
    ["is here already and silent: it may be another call", "/calls/silent.wav", "另成一案"],
  ])("%s", async (_, path, button) => {
    const row = await bringIn(path);
    const before = state.cases.length;
    expect(await seriousFindings()).toEqual([]);
    const way = within(row).getByRole("button", { name: button });
    const named = document.getElementById(way.getAttribute("aria-describedby") ?? "");
    expect(path).toContain(named?.textContent ?? "nothing");
    way.focus();
    await user.keyboard("{Enter}");
    await waitFor(() => expect(state.cases.length).toBe(before + 1));
    await waitFor(() => expect(screen.getByTestId("import-file").dataset.outcome).toBe("imported"));
    if (path.includes("cut")) expect(await screen.findByText(/缺 30.0 秒，在的都收了/)).toBeTruthy();
  });

  it("that mends what was kept of it says so, and leads to its call", async () => {
    const row = await bringIn("/calls/mended.wav");
    expect(row.textContent).toContain("修好了");
    expect(row.textContent).toContain("标记和文字都在");
    expect(within(row).getByRole("link").getAttribute("href")).toBe(`#/case/${state.cases[0]?.id}`);
    expect(screen.getByText(/修好 1 个/)).toBeTruthy();
  });

  it("is not offered where somebody speaks in it", async () => {
    const row = await bringIn("/calls/again.wav");
    expect(within(row).queryByRole("button")).toBeNull();
  });
});
