import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { openWindow, seriousFindings } from "../../../test/window";
import { plainRows, state } from "../../ipc/fake/state";

const user = userEvent.setup();
const issue = () => {
  const found = state.issues.find((i) => i.number === 128);
  if (!found) throw new Error("no issue 128");
  return found;
};
const section = () => screen.findByRole("region", { name: "承诺" });
const promises = () => plainRows("commitment").filter((row) => row.deleted_at === null);

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
    openWindow(() => `/issue/${issue().id}`);
    expect(await screen.findByText(/还没有人承诺什么/)).toBeTruthy();
    const line = await promise("规格表补一列");
    expect(line.getByText("规格表补一列")).toBeTruthy();
    expect(line.getByText("还没到期")).toBeTruthy();
    expect(promises()).toMatchObject([{ issue_id: issue().id, person_id: state.actor, kept: null }]);
    expect(await screen.findByText(/记了一条承诺：规格表补一列/)).toBeTruthy();
  });

  it("are kept with one step, and counted", async () => {
    openWindow(() => `/issue/${issue().id}`);
    await promise("规格表补一列");
    await doing("兑现了");
    expect(await screen.findByText("1／1 已兑现")).toBeTruthy();
  });

  it("are not broken without a word", async () => {
    openWindow(() => `/issue/${issue().id}`);
    await promise("规格表补一列");
    await doing("没兑现");
    const word = await screen.findByRole("textbox", { name: "为什么没兑现" });
    const say = screen.getByRole("button", { name: "没兑现" });
    expect(say.hasAttribute("disabled")).toBe(true);
    await user.type(word, "供应商没给数据");
    await user.click(say);
    await waitFor(() => expect(promises()[0]).toMatchObject({ kept: false, word: "供应商没给数据" }));
    expect(await screen.findByText("供应商没给数据")).toBeTruthy();
  });

  it("are changed, and taken away", async () => {
    openWindow(() => `/issue/${issue().id}`);
    await promise("规格表补一列");
    await doing("改一改");
    const text = await screen.findByRole("textbox", { name: "承诺什么" });
    await user.clear(text);
    await user.type(text, "规格表补两列{Enter}");
    expect(await screen.findByText("规格表补两列")).toBeTruthy();
    await doing("删掉");
    await waitFor(() => expect(promises()).toEqual([]));
    expect(await screen.findByText(/还没有人承诺什么/)).toBeTruthy();
  });

  it("axe finds nothing serious", async () => {
    openWindow(() => `/issue/${issue().id}`);
    await promise("规格表补一列");
    expect(await seriousFindings()).toEqual([]);
  });
});

describe("promises of a session", () => {
  it("stand on its page and not on another's", async () => {
    openWindow(() => `/session/${state.sessions[0]?.id}`);
    await promise("下周再听五通");
    expect(promises()).toMatchObject([{ session_id: state.sessions[0]?.id, issue_id: null }]);
    const box = await screen.findByTestId("search-input");
    await user.type(box, "再听五通");
    const hit = await screen.findByTestId("search-hit");
    expect(hit.dataset.scope).toBe("record");
    await user.click(hit);
    expect(location.hash).toContain(`/session/${state.sessions[0]?.id}`);
  });
});
