import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { canned } from "../../../test/host/carrier";
import { edit, playerNow, slowly, workspaceIs } from "../../../test/host/now";
import { callNamed, personNamed, tagNamed, world } from "../../../test/host/stage";
import { expectInert, openWindow, payloads, seriousFindings } from "../../../test/window";
import { startI18n } from "../../i18n";
import { type BrokenMedia, type Checkup, ipc } from "../../ipc";
import { enter } from "../../seat/enter";
import { usePrefs } from "../../seat/prefs";
import { activeTags, moved } from "./codes";

vi.mock("../../seat/enter", () => ({ enter: vi.fn() }));

const user = userEvent.setup();
const tagRows = async () => (await screen.findAllByTestId("tag-row")).map((r) => r.dataset.name);
const tagNow = async (name: string) => (await ipc.listTags()).find((tag) => tag.name === name);
const settingsNow = () => ipc.getSettings();

afterEach(() => {
  vi.restoreAllMocks();
  usePrefs.setState({ theme: "light", language: "zh-CN", textSize: 100 });
  startI18n("zh-CN");
});

describe("order", () => {
  it.each([
    [["a", "b", "c"], "c", 0, ["c", "a", "b"]],
    [["a", "b", "c"], "a", 1, ["b", "a", "c"]],
    [["a", "b"], "a", 9, ["b", "a"]],
    [["a", "b"], "b", -3, ["b", "a"]],
  ])("of %j with %s at %d", (ids, id, to, order) => expect(moved(ids, id, to)).toEqual(order));
});

describe("the codebook", () => {
  it("is reordered with buttons, and the keys go with the order", async () => {
    await openWindow("/settings/codebook");
    expect((await tagRows()).slice(0, 2)).toEqual(["规则", "流程"]);
    await user.click(screen.getByRole("button", { name: "流程 往上" }));
    await waitFor(async () => expect((await tagRows()).slice(0, 2)).toEqual(["流程", "规则"]));
    expect(activeTags(await ipc.listTags())[0]?.name).toBe("流程");
    expect(screen.getByRole("button", { name: "流程 往上" })).toHaveProperty("disabled", true);
  });

  it("takes a code with its colour and meaning, and changes one", async () => {
    await openWindow("/settings/codebook");
    await user.click(await screen.findByTestId("tag-add"));
    await user.type(screen.getByRole("textbox", { name: "名字" }), "承诺");
    await user.type(screen.getByRole("textbox", { name: "什么时候用" }), "答应了什么");
    await user.click(screen.getByRole("radio", { name: "松" }));
    await user.click(screen.getByRole("button", { name: "保存" }));
    await waitFor(async () =>
      expect(await tagNow("承诺")).toMatchObject({ colour: "ok", definition: "答应了什么" }),
    );
    await user.click(await screen.findByRole("button", { name: "改 话术" }));
    const name = screen.getByRole("textbox", { name: "名字" });
    await user.clear(name);
    await user.type(name, "说法{Enter}");
    await waitFor(async () => expect(await tagRows()).toContain("说法"));
  });

  it("recolours", async () => {
    await openWindow("/settings/codebook");
    await user.click(await screen.findByRole("button", { name: "话术 的颜色" }));
    await user.click(await screen.findByRole("menuitemcheckbox", { name: "靛" }));
    await waitFor(async () => expect((await tagNow("话术"))?.colour).toBe("info"));
  });

  it("retires a code and brings it back", async () => {
    await openWindow("/settings/codebook");
    await user.click(await screen.findByRole("button", { name: "停用 话术" }));
    const resting = await screen.findByTestId("tag-resting");
    expect(resting.textContent).toContain("话术");
    await user.click(within(resting).getByRole("button", { name: "恢复" }));
    await waitFor(async () => expect(await tagRows()).toContain("话术"));
  });

  it("merges one code into another after saying what that means", async () => {
    await openWindow("/settings/codebook");
    const [from, into] = [tagNamed("售后规则"), tagNamed("商品信息")];
    const carried = async (tag: string) => {
      const all = await Promise.all(world().cases.map((row) => ipc.observationsOf(row.case.id)));
      return all.flat().filter((view) => view.observation.tags.includes(tag)).length;
    };
    expect(await carried(from.id)).toBeGreaterThan(0);
    await user.click(await screen.findByRole("button", { name: "把 售后规则 并入别的" }));
    expect(screen.getByTestId("merge-do")).toHaveProperty("disabled", true);
    await user.selectOptions(screen.getByRole("combobox", { name: /售后规则/ }), "商品信息");
    expect(screen.getByText(/记录都改算“商品信息”/)).toBeTruthy();
    expect((await tagNow("售后规则"))?.status.state).toBe("active");
    await user.click(screen.getByTestId("merge-do"));
    await waitFor(async () =>
      expect((await tagNow("售后规则"))?.status).toEqual({ state: "merged_into", into: into.id }),
    );
    expect(await carried(from.id)).toBe(0);
    expect((await screen.findByTestId("tag-resting")).textContent).toContain("并入了 商品信息");
  });
});

describe("keys", () => {
  const button = async (action: string) =>
    within(await screen.findByTestId(`key-${action}`)).getByRole("button", { name: /^改/ });
  const press = async (action: string, init: KeyboardEventInit) => {
    const key = await button(action);
    if (key.getAttribute("aria-pressed") === "false") await user.click(key);
    fireEvent.keyDown(key, init);
  };

  it("are changed, refused when taken, and put back", async () => {
    await openWindow("/settings/marking");
    await press("mark.add", { key: "b", code: "KeyB" });
    expect((await screen.findByRole("alert")).textContent).toContain("记金句");
    expect((await settingsNow()).keymap).toEqual({});
    await press("mark.add", { key: "y", code: "KeyY" });
    await waitFor(async () => expect((await settingsNow()).keymap).toEqual({ "mark.add": "y" }));
    await user.click((await screen.findAllByRole("button", { name: "还原“记一下”的键" }))[0] as HTMLElement);
    await waitFor(async () => expect((await settingsNow()).keymap).toEqual({}));
  });

  it("that work in text need a modifier", async () => {
    await openWindow("/settings/marking");
    await press("app.search", { key: "y", code: "KeyY" });
    expect((await screen.findByRole("alert")).textContent).toContain("Ctrl");
    await press("app.search", { key: "y", code: "KeyY", ctrlKey: true });
    await waitFor(async () => expect((await settingsNow()).keymap).toEqual({ "app.search": "Mod+y" }));
  });

  it("are left alone with Esc, and switched off with Backspace", async () => {
    await openWindow("/settings/marking");
    await press("mark.quote", { key: "Escape" });
    expect((await settingsNow()).keymap).toEqual({});
    await press("mark.quote", { key: "Backspace" });
    await waitFor(async () => expect((await settingsNow()).keymap).toEqual({ "mark.quote": "" }));
  });

  it("of one letter can be switched off", async () => {
    await openWindow("/settings/marking");
    await user.click(await screen.findByRole("checkbox", { name: /单个字母键/ }));
    await waitFor(async () => expect((await settingsNow()).single_keys).toBe(false));
  });

  it("mark as much earlier as is set", async () => {
    await openWindow("/settings/marking");
    fireEvent.change(await screen.findByRole("slider", { name: "往前记" }), { target: { value: "3500" } });
    await waitFor(async () => expect((await settingsNow()).mark_lag_ms).toBe(3500));
  });
});

describe("people", () => {
  it("are added, changed, and take the seat", async () => {
    await openWindow("/settings/people");
    await user.click(await screen.findByRole("button", { name: "加一个人" }));
    await user.type(await screen.findByRole("textbox", { name: "名字" }), "沐山");
    await user.click(screen.getByRole("checkbox", { name: "师兄" }));
    await user.click(screen.getAllByRole("button", { name: "加一个人" }).at(-1) as HTMLElement);
    const named = async (name: string) => (await ipc.listPeople()).find((p) => p.name === name);
    await waitFor(async () => expect((await named("沐山"))?.roles).toEqual(["participant", "mentor"]));
    await user.click(await screen.findByRole("button", { name: "改 沐山" }));
    const name = screen.getByRole("textbox", { name: "名字" });
    await user.clear(name);
    await user.type(name, "林沐山{Enter}");
    await waitFor(async () => expect(await named("林沐山")).toBeTruthy());
    const theirs = () =>
      screen.getAllByTestId("person-line").find((li) => li.textContent?.includes("林沐山")) as HTMLElement;
    await waitFor(() => expect(theirs()).toBeTruthy());
    const line = theirs();
    await user.click(within(line).getByRole("button", { name: "换成他" }));
    await waitFor(async () => expect((await ipc.workspaceInfo()).actor.name).toBe("林沐山"));
  });

  it("are switched at the foot of the rail", async () => {
    await openWindow("/issues");
    await user.click(await screen.findByTestId("person-switch"));
    await user.click(await screen.findByRole("radio", { name: /青禾/ }));
    await waitFor(async () => expect((await ipc.workspaceInfo()).actor.id).toBe(personNamed("青禾").id));
    await waitFor(() =>
      expect(screen.getByTestId("person-switch").getAttribute("aria-label")).toContain("青禾"),
    );
  });
});

it("import rules are saved when asked", async () => {
  await openWindow("/settings/import");
  const field = await screen.findByRole("textbox", { name: /第 1 条：客户/ });
  await user.clear(field);
  await user.type(field, "_kehu");
  expect((await settingsNow()).suffix_rules[0]?.customer).toBe("_caller");
  await user.click(screen.getByRole("button", { name: "保存" }));
  await waitFor(async () => expect((await settingsNow()).suffix_rules[0]?.customer).toBe("_kehu"));
  await user.click(screen.getByRole("checkbox", { name: "导入后马上转写" }));
  await waitFor(async () => expect((await settingsNow()).transcribe_on_import).toBe(false));
});

it("numbers and fillers of the text are written as chosen, and what that changes is said", async () => {
  await openWindow("/settings/import");
  await user.click(await screen.findByRole("radio", { name: "365" }));
  await waitFor(async () => expect((await settingsNow()).numbers).toBe("digits"));
  expect(screen.getByText(/只影响以后的中文文字/)).toBeTruthy();
  await user.click(screen.getByRole("radio", { name: "并进对方那句" }));
  await waitFor(async () => expect((await settingsNow()).fillers).toBe("joined"));
});

it("the look of this seat is kept here, not in the workspace", async () => {
  await openWindow("/settings/look");
  await user.click(await screen.findByTestId("theme-dark"));
  await user.click(screen.getByTestId("text-200"));
  expect(usePrefs.getState()).toMatchObject({ theme: "dark", textSize: 200 });
  expect(localStorage.getItem("qinting.prefs")).toContain("dark");
});

it("sound comes out where it is told to", async () => {
  await openWindow("/settings/sound");
  await user.click(await screen.findByRole("radio", { name: "USB 耳机" }));
  await waitFor(async () => expect((await playerNow()).device).toBe("headset"));
});

describe("the workspace", () => {
  const place = { path: "/home/demo/案卷", is_demo: false, start_at: null };
  const demo = { ...place, is_demo: true };
  afterEach(() => vi.mocked(enter).mockClear());

  it("says where it is, and leads to another, or to the demo", async () => {
    vi.spyOn(ipc, "pickWorkspace").mockResolvedValue("ticket");
    vi.spyOn(ipc, "openWorkspace").mockResolvedValue(place);
    vi.spyOn(ipc, "openDemo").mockResolvedValue(demo);
    await openWindow("/settings/workspace", () => workspaceIs({ path: place.path }));
    expect((await screen.findByTestId("workspace-path")).textContent).toBe("/home/demo/案卷");
    await user.click(await screen.findByTestId("workspace-open"));
    await waitFor(() =>
      expect(enter).toHaveBeenLastCalledWith(expect.objectContaining({ path: "/home/demo/案卷" })),
    );
    await openWindow("/settings/workspace");
    await user.click(await screen.findByTestId("workspace-demo"));
    await waitFor(() => expect(enter).toHaveBeenLastCalledWith(expect.objectContaining({ is_demo: true })));
  });

  it("in the demo leads back to one's own", async () => {
    vi.spyOn(ipc, "leaveDemo").mockResolvedValue(place);
    const doors = await ipc.doors();
    vi.spyOn(ipc, "doors").mockResolvedValue({ ...doors, own_exists: false });
    await openWindow("/settings/workspace", () => workspaceIs({ is_demo: true }));
    expect((await screen.findByTestId("workspace-demo")).textContent).toBe("重来一遍");
    const own = await screen.findByTestId("workspace-own");
    expect(own.textContent).toBe("从空的开始");
    await user.click(own);
    await waitFor(() => expect(enter).toHaveBeenLastCalledWith(expect.objectContaining({ is_demo: false })));
  });

  it("says under the way that did not open why it did not", async () => {
    const refused = { code: "workspace.not_one", args: { path: "/home/demo/照片" } };
    vi.spyOn(ipc, "pickWorkspace").mockResolvedValue("ticket");
    vi.spyOn(ipc, "openWorkspace").mockRejectedValueOnce(refused).mockResolvedValue(place);
    await openWindow("/settings/workspace");
    const open = await screen.findByTestId("workspace-open");
    await user.click(open);
    const row = within(open.closest("li") as HTMLElement);
    expect((await row.findByRole("alert")).textContent).toContain("不是亲听的工作区：/home/demo/照片");
    await user.click(row.getByRole("button", { name: "重试" }));
    await waitFor(() => expect(enter).toHaveBeenCalledOnce());
  });
});

it("the check-up says where everything lies", async () => {
  await openWindow("/settings/about");
  expect(await screen.findByText("都好")).toBeTruthy();
  const { path } = await ipc.workspaceInfo();
  expect(screen.getAllByText(path).length).toBeGreaterThan(0);
});

it("the check-up names the calls of broken files with what helps, and reads all files when asked", async () => {
  const row = callNamed("冰箱");
  const of = { case_id: row.case.id, recording_id: row.recording_id ?? "", title: "退货", in_bin: false };
  const whole = await ipc.doctor();
  const media = { ...whole.media, unread: 7 };
  const broken: BrokenMedia[] = [
    { ...of, part: "source", name: "a.wav", fault: "bytes", way_out: "import_again" },
    { ...of, part: "peaks", name: "", fault: "missing", way_out: "take_again" },
  ];
  vi.spyOn(ipc, "doctor").mockResolvedValue({ ...whole, media: { ...media, broken }, healthy: false });
  const read = vi.spyOn(ipc, "doctorFull");
  const stopped = vi.spyOn(ipc, "doctorStop");
  await openWindow("/settings/about");
  expect(await screen.findByText("有地方不对")).toBeTruthy();
  const [source, peaks] = screen.getAllByTestId("broken-media");
  expect(source?.textContent).toContain("退货原文件 a.wav 内容变了再导入一次同一个原文件就能修好");
  expect(peaks?.textContent).toContain("波形不见了");
  expect(screen.getByText(/还有 7 个收进来后没从头读过/)).toBeTruthy();
  read.mockImplementationOnce(async () => {
    canned({ type: "media", reading: { done_bytes: 1, total_bytes: 4 } });
    return slowly({ ...whole, media: { ...media, unread: 0 } });
  });
  await user.click(screen.getByTestId("read-all"));
  expect(await screen.findByText("正在从头读录音文件")).toBeTruthy();
  await waitFor(() => expect(screen.queryByText(/还有 7 个/)).toBeNull());
  let end = (_: Checkup) => {};
  read.mockImplementationOnce(() => {
    canned({ type: "media", reading: { done_bytes: 1, total_bytes: 4 } });
    return new Promise<Checkup>((done) => {
      end = done;
    });
  });
  await user.click(screen.getByTestId("read-all"));
  await user.click(await screen.findByRole("button", { name: "取消" }));
  expect(stopped).toHaveBeenCalledOnce();
  end({ ...whole, media: { ...media, unread: 3 } });
  expect(await screen.findByText(/还有 3 个收进来后没从头读过/)).toBeTruthy();
});

it("shows any text as text", async () => {
  await openWindow("/settings/codebook", async () => {
    for (const [n, tag] of (await ipc.listTags()).entries())
      await edit("tag", tag, { name: `${payloads}${n}`, definition: payloads });
    for (const [n, p] of (await ipc.listPeople()).entries())
      await edit("person", p, { name: `${payloads}${n}`, org_unit: payloads });
  });
  await screen.findAllByTestId("tag-row");
  await user.click(screen.getByTestId("settings-people"));
  await screen.findAllByText(/onerror/);
  expectInert();
});

it.each([
  "people",
  "codebook",
  "marking",
  "import",
  "models",
  "sound",
  "look",
  "workspace",
  "device",
  "about",
])("axe finds nothing serious in %s", async (tab) => {
  await openWindow(`/settings/${tab}`);
  await screen.findByTestId("settings-people");
  await screen.findAllByRole("heading", { level: 2 });
  expect(await seriousFindings()).toEqual([]);
});
