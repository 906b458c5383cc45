import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { folderOf } from "../../../test/host/stage";
import { longCall } from "../../../test/host/told/calls";
import { written } from "../../../test/host/told/files";
import { dropFiles, openWindow, seriousFindings } from "../../../test/window";
import { ipc } from "../../ipc";
import { casesOf } from "../../things/case/queries";

const user = userEvent.setup();
const name = "20261203_0915_8841.wav";
const call = () => written({ minutes: 7, lines: longCall(4, 1), mono: true });
const table = `录音文件名,呼叫时间,坐席,技能组,满意度
${name},2026/12/3 9:15,林小满,大家电售后,5
20261203_1010_8807.wav,2026/12/3 10:10,陈立,安装预约,3
`;

async function contact() {
  const { rows } = await ipc.listCases(casesOf({ text: "20261203", limit: 5 }));
  const [first] = rows;
  if (!first) throw new Error("no such call");
  return (await ipc.getCase(first.case.id)).contacts[0];
}

const start = async () => {
  await waitFor(() => expect(screen.getByTestId("import-start")).toHaveProperty("disabled", false));
  await user.click(screen.getByTestId("import-start"));
};

describe("facts of calls", () => {
  it("come in with a call, and later ones are put down for calls that are here, and undone at once", async () => {
    await openWindow("/cases");
    await screen.findAllByTestId("case-row");
    await dropFiles(await folderOf({ [name]: call() }));
    await screen.findByTestId("ledger-coming");
    await start();
    await waitFor(async () => expect((await contact())?.began_at).toBe(Date.UTC(2026, 11, 3, 1, 15)));

    await dropFiles(await folderOf({ "12月.csv": table }));
    const later = await screen.findByTestId("ledger-later");
    expect(later.querySelector("b")?.textContent).toBe("1");
    await user.click(later);
    const row = await screen.findByTestId("plan-later");
    expect(row.textContent).toContain("林**");
    expect(await seriousFindings()).toEqual([]);
    expect(screen.getByTestId("import-start").textContent).toContain("给 1 通补上事实");
    await start();
    const applied = await screen.findByTestId("facts-applied");
    expect(applied.textContent).toContain("给库里的 1 通补上了事实");
    expect(await contact()).toMatchObject({ agent: "林小满", queue: "大家电售后", csat: "5" });

    await user.click(screen.getByRole("button", { name: "撤销" }));
    await screen.findByRole("button", { name: "已撤回" });
    expect(await contact()).toMatchObject({ agent: "", queue: "", csat: "" });
  });
});
