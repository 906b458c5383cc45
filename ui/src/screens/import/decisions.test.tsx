import { readdir, readFile, truncate } from "node:fs/promises";
import { join } from "node:path";
import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { casesNow } from "../../../test/host/now";
import { bring, broughtFile, callNamed, choose, folderOf, holdModels } from "../../../test/host/stage";
import { until } from "../../../test/host/told/bringIn";
import { longCall } from "../../../test/host/told/calls";
import { written } from "../../../test/host/told/files";
import { heardBy } from "../../../test/host/told/models";
import { openWindow, seriousFindings } from "../../../test/window";
import { ipc } from "../../ipc";
import { planImport, startImport, useImport } from "../../things/case/import/store";

const user = userEvent.setup();

const bringIn = async (made: () => Promise<string>): Promise<[row: HTMLElement, path: string]> => {
  let path = "";
  await openWindow("/cases", async () => {
    path = await made();
  });
  await screen.findAllByTestId("case-row");
  await choose({ audio: [path] });
  const ticket = (await ipc.pickAudio()) ?? "";
  planImport(ticket);
  await screen.findByTestId("ledger-coming");
  await startImport(ticket, [{ files: [0], title: "一通" }], { basis: "", notice: "" }, {});
  await waitFor(() => expect(useImport.getState().batches[0]?.state).toBe("done"));
  return [await screen.findByTestId("import-file"), path];
};

const file = async (name: string, call: string | Buffer) => join(await folderOf({ [name]: call }), name);

const cut = () =>
  file("cut.mp3", written({ minutes: 1.6, lines: longCall(12, 1.6) }, { missing_ms: 30_000 }));
const again = async () => file("again.wav", await readFile(broughtFile(0)));
/** Nobody speaks in it, and it is here already. */
async function silent(): Promise<string> {
  const call = written({ minutes: 1, lines: [] }, { notices: [{ kind: "reshaped" }] });
  const id = await bring("silent.wav", call);
  await holdModels([heardBy]);
  await ipc.transcribe({ case_id: id, language: null, model: null });
  await until(async () => (await ipc.getCase(id)).transcript === "done");
  return file("silent.wav", call);
}
/** All that was kept of the calls lost its end. */
async function damaged(): Promise<string> {
  const { path } = await ipc.workspaceInfo();
  const kept = await readdir(join(path, "media"), { recursive: true, withFileTypes: true });
  for (const { parentPath, name } of kept.filter((entry) => entry.isFile()))
    await truncate(join(parentPath, name), 10);
  return again();
}

describe("a file that did not come in by itself", () => {
  it.each([
    ["breaks off: what is there may be taken", cut, "收在的部分"],
    ["is here already and silent: it may be another call", silent, "另成一案"],
  ])("%s", async (_, made, button) => {
    const [row, path] = await bringIn(made);
    const before = (await casesNow()).length;
    expect(await seriousFindings()).toEqual([]);
    const way = within(row).getByRole("button", { name: button });
    const named = document.getElementById(way.getAttribute("aria-describedby") ?? "");
    expect(path).toContain(named?.textContent ?? "nothing");
    way.focus();
    await user.keyboard("{Enter}");
    await waitFor(async () => expect((await casesNow()).length).toBe(before + 1));
    await waitFor(() => expect(screen.getByTestId("import-file").dataset.outcome).toBe("imported"));
    if (path.includes("cut")) expect(await screen.findByText(/缺 30.0 秒，在的都收了/)).toBeTruthy();
  });

  it("that mends what was kept of it says so, and leads to its call", async () => {
    const [row] = await bringIn(damaged);
    expect(row.textContent).toContain("修好了");
    expect(row.textContent).toContain("标记和文字都在");
    expect(within(row).getByRole("link").getAttribute("href")).toBe(`#/case/${callNamed("冰箱").case.id}`);
    expect(screen.getByText(/修好 1 个/)).toBeTruthy();
  });

  it("is not offered where somebody speaks in it", async () => {
    const [row] = await bringIn(again);
    expect(within(row).queryByRole("button")).toBeNull();
  });
});
