import { act, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { are } from "../../../../test/host/now";
import { caseNamed } from "../../../../test/host/stage";
import { open } from "../../../../test/stage";
import { seriousFindings } from "../../../../test/window";
import { startI18n } from "../../../i18n";
import { addRecord, ipc } from "../../../ipc";
import { useConsole } from "../store";

const user = userEvent.setup();
const fridge = () => caseNamed("冰箱");
/** As the host has them, the first first. */
const contacts = async () => (await ipc.getCase(fridge())).contacts;

/** Opens the case file of the call with the fridge. */
async function file(before?: () => unknown) {
  const view = await open(() => `/case/${fridge()}`, before);
  await user.click(await screen.findByRole("button", { name: "改案卷" }));
  await screen.findByRole("textbox", { name: "坐席" });
  return view;
}

const field = (name: string, within_ = screen as Pick<typeof screen, "getByRole">) =>
  within_.getByRole("textbox", { name });

async function put(box: HTMLElement, text: string) {
  await user.clear(box);
  if (text) await user.type(box, text);
  await user.tab();
}

describe("a case of one contact", () => {
  it("looks as if who spoke and when were its own", async () => {
    await file();
    const panel = screen.getByRole("tabpanel");
    const labels = [...panel.querySelectorAll("label")].map((l) => l.textContent);
    const facts = [
      "标题",
      "业务线",
      "技能组",
      "坐席",
      "客户",
      "小结",
      "客户层级",
      "工单号",
      "来电时间",
      "合法性基础",
      "告知",
    ];
    expect(labels).toEqual(facts);
    expect(screen.queryAllByTestId("contact")).toEqual([]);
  });

  it("keeps them on the contact", async () => {
    await file();
    await put(field("坐席"), "云起");
    await put(field("来电时间"), "2026-11-17 08:30");
    const at = new Date(2026, 10, 17, 8, 30).getTime();
    await waitFor(async () => expect((await contacts())[0]).toMatchObject({ agent: "云起", began_at: at }));
    await waitFor(() => expect(screen.getByRole("region", { name: "案卷" }).textContent).toContain("云起"));
  });
});

describe("another contact", () => {
  it("is added from the keyboard, edited by itself, and taken away", async () => {
    await file();
    screen.getByRole("radio", { name: "中文" }).focus();
    await user.tab();
    expect(document.activeElement).toBe(screen.getByRole("button", { name: "添加一次接触" }));
    await user.keyboard("{Enter}");
    const chat = await screen.findByRole("region", { name: "在线会话 时间不详" });
    expect(screen.getAllByTestId("contact")).toHaveLength(2);
    await waitFor(() => expect(document.activeElement).toBe(field("开始时间", within(chat))));
    const phone = screen.getByRole("region", { name: /^电话 / });
    expect(within(phone).queryByRole("button", { name: "去掉这次接触" })).toBeNull();

    await put(field("客户", within(chat)), "李女士");
    await put(field("开始时间", within(chat)), "2026-11-01 09:00");
    await waitFor(async () =>
      expect((await contacts())[0]).toMatchObject({ customer: "李**", kind: "chat" }),
    );
    expect((await contacts())[1]).toMatchObject({ customer: "王**", kind: "phone" });
    // It was first: what is told of the case in one line is told of it.
    await waitFor(() => expect(screen.getByRole("region", { name: "案卷" }).textContent).toContain("李**"));
    const [first] = screen.getAllByTestId("contact");
    expect(first?.getAttribute("aria-label")).toMatch(/^在线会话 .*09:00$/);

    await user.click(screen.getByRole("button", { name: "去掉这次接触" }));
    await waitFor(() => expect(screen.queryAllByTestId("contact")).toEqual([]));
    expect(field("客户")).toHaveProperty("value", "王**");
  });

  it("can turn out to be a call", async () => {
    await file();
    await user.click(screen.getByRole("button", { name: "添加一次接触" }));
    const chat = await screen.findByRole("region", { name: /^在线会话/ });
    await user.click(within(chat).getByRole("radio", { name: "电话" }));
    await waitFor(async () => expect((await contacts()).map((c) => c.kind)).toEqual(["phone", "phone"]));
  });

  it("is read where it is not for who sits here to change", async () => {
    await file(() => are({ 周以宁: ["agent"], 青禾: ["administrator"] }));
    await waitFor(() => expect(field("坐席").matches(":disabled")).toBe(true));
    expect(field("标题").matches(":disabled")).toBe(true);
    const add = screen.getByRole("button", { name: "添加一次接触" });
    await waitFor(() => expect(add.getAttribute("aria-disabled")).toBe("true"));
  });

  it.each(["zh-CN", "en"] as const)("has nothing serious for axe to find in %s", async (language) => {
    startI18n(language);
    await open(
      () => `/case/${fridge()}`,
      () => addRecord("contact", { case_id: fridge(), kind: "chat", began_at: 1 }),
    );
    await screen.findByTestId("waveform");
    act(() => useConsole.setState({ tab: "file" }));
    expect(await screen.findAllByTestId("contact")).toHaveLength(2);
    expect(await seriousFindings()).toEqual([]);
    startI18n("zh-CN");
  });
});
