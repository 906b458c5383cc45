import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { issueNumbered, personNamed, sessionNamed } from "../../../test/host/stage";
import { openWindow, seriousFindings } from "../../../test/window";
import { listRecords } from "../../ipc";

const user = userEvent.setup();
const ofIssue = () => `/issue/${issueNumbered(128).id}`;
const heard = () => sessionNamed("退货的边界在哪里").id;
const section = () => screen.findByRole("region", { name: "承诺" });
/** What the issue was promised. */
const promises = () => listRecords("commitment", "issue_id", issueNumbered(128).id);

async function promise(text: string) {
  const pane = within(await section());
  await user.click(pane.getByRole("button", { name: "记一条" }));
  await user.type(pane.getByRole("textbox", { name: "承诺什么" }), text);
  await user.click(pane.getByRole("button", { name: "保存" }));
  return within(await screen.findByTestId("commitment"));
}

const doing = async (words: string) => {
  await user.click(screen.getByRole("button", { name: /能做的$/ }));
  await user.click(await screen.findByRole("menuitem", { name: words }));
};

describe("promises of an issue", () => {
  it("say that there is none yet, and are made by who sits here unless somebody else is named", async () => {
    await openWindow(ofIssue);
    expect(await screen.findByText(/还没有人承诺什么/)).toBeTruthy();
    const line = await promise("规格表补一列");
    expect(line.getByText("规格表补一列")).toBeTruthy();
    expect(line.getByText("还没到期")).toBeTruthy();
    expect(await promises()).toMatchObject([{ person_id: personNamed("周以宁").id, kept: null }]);
    expect(await screen.findByText(/记了一条承诺：规格表补一列/)).toBeTruthy();
  });

  it("are kept with one step, and counted", async () => {
    await openWindow(ofIssue);
    await promise("规格表补一列");
    await doing("兑现了");
    expect(await screen.findByText("1／1 已兑现")).toBeTruthy();
  });

  it("are not broken without a word", async () => {
    await openWindow(ofIssue);
    await promise("规格表补一列");
    await doing("没兑现");
    const word = await screen.findByRole("textbox", { name: "为什么没兑现" });
    const say = screen.getByRole("button", { name: "没兑现" });
    expect(say.hasAttribute("disabled")).toBe(true);
    await user.type(word, "供应商没给数据");
    await user.click(say);
    await waitFor(async () =>
      expect(await promises()).toMatchObject([{ kept: false, word: "供应商没给数据" }]),
    );
    expect(await screen.findByText("供应商没给数据")).toBeTruthy();
  });

  it("are changed, and taken away", async () => {
    await openWindow(ofIssue);
    await promise("规格表补一列");
    await doing("改一改");
    const text = await screen.findByRole("textbox", { name: "承诺什么" });
    await user.clear(text);
    await user.type(text, "规格表补两列{Enter}");
    expect(await screen.findByText("规格表补两列")).toBeTruthy();
    await doing("删掉");
    await waitFor(async () => expect(await promises()).toEqual([]));
    expect(await screen.findByText(/还没有人承诺什么/)).toBeTruthy();
  });

  it("axe finds nothing serious", async () => {
    await openWindow(ofIssue);
    await promise("规格表补一列");
    expect(await seriousFindings()).toEqual([]);
  });
});

describe("promises of a session", () => {
  it("stand on its page and not on another's", async () => {
    await openWindow(() => `/session/${heard()}`);
    await promise("下周再听五通");
    expect(await listRecords("commitment", "session_id", heard())).toMatchObject([{ issue_id: null }]);
    const box = await screen.findByTestId("search-input");
    await user.type(box, "再听五通");
    const hit = await screen.findByTestId("search-hit");
    expect(hit.dataset.scope).toBe("record");
    await user.click(hit);
    expect(location.hash).toContain(`/session/${heard()}`);
  });
});
