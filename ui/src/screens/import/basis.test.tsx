import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { folderOf } from "../../../test/host/stage";
import { longCall } from "../../../test/host/told/calls";
import { written } from "../../../test/host/told/files";
import { dropFiles, openWindow, seriousFindings } from "../../../test/window";
import { ipc } from "../../ipc";
import { isOfQualityAlone } from "../../things/case/import/basis";

const user = userEvent.setup();
const call = (minutes: number) => written({ minutes, lines: longCall(4, 1), mono: true });
const asked = (name: string) => screen.findByRole("combobox", { name });

/** What the new calls of the newest batch say of it. */
async function saidOf() {
  const [batch] = await ipc.importStatus();
  const cases = batch?.files.flatMap((file) => file.case_id ?? []) ?? [];
  const views = await Promise.all(cases.map((id) => ipc.getCase(id)));
  return views.flatMap((view) => view.contacts.map(({ basis, notice }) => [basis, notice]));
}

async function start() {
  await waitFor(() => expect(screen.getByTestId("import-start")).toHaveProperty("disabled", false));
  await user.click(screen.getByTestId("import-start"));
  await screen.findByText("导完了。");
}

describe("what customers were told", () => {
  it.each([
    ["", false],
    ["通话开头语音告知，2026 版", false],
    ["本次通话将被录音，用于质检", true],
    ["This call is recorded for quality purposes", true],
    ["录音用于质检与改进", false],
    ["Recorded for quality and training", false],
  ])("「%s」 is of quality alone: %s", (notice, is) =>
    expect(isOfQualityAlone({ basis: "", notice })).toBe(is),
  );
});

describe("on what calls come in", () => {
  it("is asked once for all of them, may stay empty, and is filled in the next time", async () => {
    await openWindow("/cases");
    await screen.findAllByTestId("case-row");
    await dropFiles(await folderOf({ "1.wav": call(1.31), "2.wav": call(1.32) }));
    const notice = await asked("告知");
    expect(await asked("合法性基础")).toMatchObject({ value: "", placeholder: "未说明" });
    const all = screen.getByTestId("import-basis");
    expect(all.textContent).toContain("空着的记作“未说明”");
    await user.type(notice, "录音用于质检");
    expect(all.textContent).toContain("只说了质检");
    expect(screen.getByTestId("import-start")).toHaveProperty("disabled", false);
    await user.type(notice, "和培训");
    expect(all.textContent).not.toContain("只说了质检");
    expect(await seriousFindings()).toEqual([]);
    await start();
    const told = ["", "录音用于质检和培训"];
    expect(await saidOf()).toEqual([told, told]);
    expect((await ipc.getSettings()).import_basis).toEqual({ basis: "", notice: told[1] });

    await dropFiles(await folderOf({ "3.wav": call(1.33) }));
    expect(await asked("告知")).toHaveProperty("value", told[1]);
    await user.type(await asked("合法性基础"), "个人同意");
    await start();
    expect(await saidOf()).toEqual([["个人同意", told[1]]]);
  });
});
