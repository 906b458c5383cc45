import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { folderOf } from "../../../test/host/stage";
import { longCall } from "../../../test/host/told/calls";
import { written } from "../../../test/host/told/files";
import { dropFiles, openWindow, seriousFindings } from "../../../test/window";
import { ipc } from "../../ipc";

const user = userEvent.setup();
const call = (minutes: number) => written({ minutes, lines: longCall(4, 1) });
const table = (...rows: [name: string, direction: string][]) =>
  ["录音文件名,呼叫方向", ...rows.map((row) => row.join(","))].join("\n");

/** Who speaks on which channel of the calls of the newest batch. */
async function rolesOf() {
  const [batch] = await ipc.importStatus();
  const cases = batch?.files.flatMap((file) => file.case_id ?? []) ?? [];
  const views = await Promise.all(cases.map((id) => ipc.getCase(id)));
  return views.map((view) => view.recording?.roles);
}

async function bring(files: Record<string, string>) {
  await dropFiles(await folderOf(files));
  await waitFor(() => expect(screen.getByTestId("import-start")).toHaveProperty("disabled", false));
  await user.click(screen.getByTestId("import-start"));
  await screen.findByText("导完了。");
  return screen.findByTestId("batch-sides");
}

describe("who speaks on which channel", () => {
  it("is swapped for a whole batch at once, and remembered for its source and direction", async () => {
    await openWindow("/cases");
    await screen.findAllByTestId("case-row");
    const rows = table(["r1.wav", "呼入"], ["r2.wav", "呼入"]);
    const sides = await bring({ "r1.wav": call(1.41), "r2.wav": call(1.42), "12月.csv": rows });
    const [before, after] = [
      ["agent", "customer"],
      ["customer", "agent"],
    ];
    expect(await rolesOf()).toEqual([before, before]);
    await user.click(within(sides).getByRole("button", { name: "左右对调（2 通）" }));
    await within(sides).findByText("对调了 2 通，可以撤销。");
    expect(await rolesOf()).toEqual([after, after]);
    expect(sides.textContent).toContain("以后也照这样： 任何来源 · 呼入");
    expect(await seriousFindings()).toEqual([]);
    await user.click(within(sides).getByRole("button", { name: "记住" }));
    await within(sides).findByText(/记住了/);
    const { channel_maps, stereo_roles } = await ipc.getSettings();
    expect(channel_maps).toEqual([{ source: "", direction: "inbound", roles: after }]);
    expect(stereo_roles).toEqual(before);

    const more = table(["r3.wav", "呼入"], ["r4.wav", "呼出"]);
    await bring({ "r3.wav": call(1.43), "r4.wav": call(1.44), "13.csv": more });
    expect(await rolesOf()).toEqual([after, before]);
  });

  it("is set by source and direction where the settings are", async () => {
    await openWindow("/settings/import");
    const maps = within(await screen.findByTestId("channel-maps"));
    const add = maps.getByRole("button", { name: "按来源或方向加一条" });
    await user.click(add);
    await user.type(maps.getByRole("combobox", { name: "第 1 条：来源" }), "七鱼");
    await user.click(add);
    await user.selectOptions(maps.getByRole("combobox", { name: "第 2 条：方向" }), "任何方向");
    expect(maps.getByRole("button", { name: "保存" })).toHaveProperty("disabled", true);
    await user.selectOptions(maps.getByRole("combobox", { name: "第 2 条：方向" }), "呼出");
    await user.click(maps.getByRole("button", { name: "保存" }));
    await waitFor(async () =>
      expect((await ipc.getSettings()).channel_maps).toEqual([
        { source: "七鱼", direction: "inbound", roles: ["customer", "agent"] },
        { source: "", direction: "outbound", roles: ["customer", "agent"] },
      ]),
    );
    await user.click(maps.getByRole("button", { name: "去掉第 2 条" }));
    await user.click(maps.getByRole("button", { name: "保存" }));
    await waitFor(async () => expect((await ipc.getSettings()).channel_maps).toHaveLength(1));
  });
});
