import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { bring } from "../../../test/host/stage";
import type { Line } from "../../../test/host/told/calls";
import { written } from "../../../test/host/told/files";
import { filterBy } from "../../../test/library";
import { openWindow, seriousFindings } from "../../../test/window";
import { type CaseColumn, ipc } from "../../ipc";

const user = userEvent.setup();

/** Two minutes: the agent says 30 s of them, the customer 10 s. */
const lines: Line[] = [
  { who: "a", start: 1_000, end: 31_000, text: "您好，这里是售后。" },
  { who: "c", start: 33_000, end: 43_000, text: "我想退一台冰箱。" },
];

const columns: CaseColumn[] = ["silence", "overtalk", "agent_share", "agent_monologue", "customer_response"];

/** The library with what the sound tells in its columns, and one call of which it is known. */
async function openLibrary() {
  await openWindow("/cases", async () => {
    const id = await bring("量过的.wav", written({ minutes: 2, lines }));
    const { recording } = await ipc.getCase(id);
    const settings = await ipc.getSettings();
    await ipc.updateSettings({ ...settings, library: { ...settings.library, columns } });
    await waitFor(async () => {
      expect((await ipc.soundFigures(recording?.id ?? "")).state).toBe("known");
    });
  });
  const link = await screen.findByRole("link", { name: "量过的" });
  return within(link.closest("tr") as HTMLElement);
}

describe("the library", () => {
  it("shows what the sound tells: a small picture and figures", async () => {
    const row = await openLibrary();
    expect(row.getByRole("img", { name: "客户 8%，坐席 25%，静默 67%" })).toBeTruthy();
    const told = row.getAllByRole("cell").map((cell) => cell.textContent);
    for (const figure of ["67%", "0", "75%", "0:30", "2.0 秒"]) expect(told).toContain(figure);
    expect(await seriousFindings()).toEqual([]);
  });

  it("is narrowed by it", async () => {
    await openLibrary();
    const pop = await filterBy("坐席说话占比");
    await user.type(pop.getByLabelText("从"), "74%");
    await user.click(pop.getByRole("button", { name: "筛选" }));
    const chips = within(await screen.findByTestId("filter-chips"));
    expect(chips.getByText(/坐席说话占比：从 74%/)).toBeTruthy();
    await waitFor(() => {
      const found = screen.getAllByTestId("case-row").map((row) => row.querySelector("b")?.textContent);
      expect(found).toContain("量过的");
    });
  });
});
