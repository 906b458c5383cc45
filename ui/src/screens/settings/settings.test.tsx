import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { expectInert, openWindow, payloads, seriousFindings } from "../../../test/fake/window";
import { enter } from "../../app/enter";
import { usePrefs } from "../../app/prefs";
import { startI18n } from "../../i18n";
import { desk } from "../../ipc/fake/places";
import { emit, state } from "../../ipc/fake/state";
import { activeTags, moved } from "./codes";

vi.mock("../../app/enter", () => ({ enter: vi.fn() }));

const user = userEvent.setup();
const tagRows = async () => (await screen.findAllByTestId("tag-row")).map((r) => r.dataset.name);
const tagNamed = (name: string) => {
  const found = state.tags.find((tag) => tag.name === name);
  if (!found) throw new Error(`no tag ${name}`);
  return found;
};

afterEach(() => {
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
    openWindow("/settings/codebook");
    expect((await tagRows()).slice(0, 2)).toEqual(["售后规则", "商品信息"]);
    await user.click(screen.getByRole("button", { name: "商品信息 往上" }));
    await waitFor(async () => expect((await tagRows()).slice(0, 2)).toEqual(["商品信息", "售后规则"]));
    expect(activeTags(state.tags)[0]?.name).toBe("商品信息");
    expect(screen.getByRole("button", { name: "商品信息 往上" })).toHaveProperty("disabled", true);
  });

  it("takes a code with its colour and meaning, and changes one", async () => {
    openWindow("/settings/codebook");
    await user.click(await screen.findByTestId("tag-add"));
    await user.type(screen.getByRole("textbox", { name: "名字" }), "承诺");
    await user.type(screen.getByRole("textbox", { name: "什么时候用" }), "答应了什么");
    await user.click(screen.getByRole("radio", { name: "松" }));
    await user.click(screen.getByRole("button", { name: "保存" }));
    await waitFor(() => expect(tagNamed("承诺")).toMatchObject({ colour: "ok", definition: "答应了什么" }));
    await user.click(await screen.findByRole("button", { name: "改 话术" }));
    const name = screen.getByRole("textbox", { name: "名字" });
    await user.clear(name);
    await user.type(name, "说法{Enter}");
    await waitFor(async () => expect(await tagRows()).toContain("说法"));
  });

  it("recolours", async () => {
    openWindow("/settings/codebook");
    await user.click(await screen.findByRole("button", { name: "话术 的颜色" }));
    await user.click(await screen.findByRole("menuitemcheckbox", { name: "靛" }));
    await waitFor(() => expect(tagNamed("话术").colour).toBe("info"));
  });

  it("retires a code and brings it back", async () => {
    openWindow("/settings/codebook");
    await user.click(await screen.findByRole("button", { name: "停用 话术" }));
    const resting = await screen.findByTestId("tag-resting");
    expect(resting.textContent).toContain("话术");
    await user.click(within(resting).getByRole("button", { name: "恢复" }));
    await waitFor(async () => expect(await tagRows()).toContain("话术"));
  });

  it("merges one code into another after saying what that means", async () => {
    openWindow("/settings/codebook");
    const [from, into] = [tagNamed("售后规则"), tagNamed("商品信息")];
    const carried = state.observations.filter((o) => o.tags.includes(from.id)).length;
    expect(carried).toBeGreaterThan(0);
    await user.click(await screen.findByRole("button", { name: "把 售后规则 并入别的" }));
    expect(screen.getByTestId("merge-do")).toHaveProperty("disabled", true);
    await user.selectOptions(screen.getByRole("combobox", { name: /售后规则/ }), "商品信息");
    expect(screen.getByText(/记录都改算“商品信息”/)).toBeTruthy();
    expect(tagNamed("售后规则").status.state).toBe("active");
    await user.click(screen.getByTestId("merge-do"));
    await waitFor(() => expect(tagNamed("售后规则").status).toEqual({ state: "merged_into", into: into.id }));
    expect(state.observations.some((o) => o.tags.includes(from.id))).toBe(false);
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
    openWindow("/settings/marking");
    await press("mark.add", { key: "b", code: "KeyB" });
    expect((await screen.findByRole("alert")).textContent).toContain("记金句");
    expect(state.settings.keymap).toEqual({});
    await press("mark.add", { key: "y", code: "KeyY" });
    await waitFor(() => expect(state.settings.keymap).toEqual({ "mark.add": "y" }));
    await user.click((await screen.findAllByRole("button", { name: "还原“记一下”的键" }))[0] as HTMLElement);
    await waitFor(() => expect(state.settings.keymap).toEqual({}));
  });

  it("that work in text need a modifier", async () => {
    openWindow("/settings/marking");
    await press("app.search", { key: "y", code: "KeyY" });
    expect((await screen.findByRole("alert")).textContent).toContain("Ctrl");
    await press("app.search", { key: "y", code: "KeyY", ctrlKey: true });
    await waitFor(() => expect(state.settings.keymap).toEqual({ "app.search": "Mod+y" }));
  });

  it("are left alone with Esc, and switched off with Backspace", async () => {
    openWindow("/settings/marking");
    await press("mark.quote", { key: "Escape" });
    expect(state.settings.keymap).toEqual({});
    await press("mark.quote", { key: "Backspace" });
    await waitFor(() => expect(state.settings.keymap).toEqual({ "mark.quote": "" }));
  });

  it("of one letter can be switched off", async () => {
    openWindow("/settings/marking");
    await user.click(await screen.findByRole("checkbox", { name: /单个字母键/ }));
    await waitFor(() => expect(state.settings.single_keys).toBe(false));
  });

  it("mark as much earlier as is set", async () => {
    openWindow("/settings/marking");
    fireEvent.change(await screen.findByRole("slider", { name: "往前记" }), { target: { value: "3500" } });
    await waitFor(() => expect(state.settings.mark_lag_ms).toBe(3500));
  });
});

describe("people", () => {
  it("are added, changed, and take the seat", async () => {
    openWindow("/settings/people");
    await user.click(await screen.findByRole("button", { name: "加一个人" }));
    await user.type(await screen.findByRole("textbox", { name: "名字" }), "沐山");
    await user.click(screen.getByRole("checkbox", { name: "师兄" }));
    await user.click(screen.getAllByRole("button", { name: "加一个人" }).at(-1) as HTMLElement);
    await waitFor(() => expect(state.people.at(-1)?.roles).toEqual(["participant", "mentor"]));
    await user.click(await screen.findByRole("button", { name: "改 沐山" }));
    const name = screen.getByRole("textbox", { name: "名字" });
    await user.clear(name);
    await user.type(name, "林沐山{Enter}");
    await waitFor(() => expect(state.people.at(-1)?.name).toBe("林沐山"));
    await user.click((await screen.findAllByRole("button", { name: "换成他" }))[1] as HTMLElement);
    await waitFor(() => expect(state.actor).toBe(state.people.at(-1)?.id));
  });

  it("are switched at the foot of the rail", async () => {
    openWindow("/issues");
    await user.click(await screen.findByTestId("person-switch"));
    await user.click(await screen.findByRole("radio", { name: /青禾/ }));
    await waitFor(() => expect(state.actor).toBe(state.people[1]?.id));
    await waitFor(() =>
      expect(screen.getByTestId("person-switch").getAttribute("aria-label")).toContain("青禾"),
    );
  });
});

describe("models", () => {
  const row = async (name: string) => {
    const rows = await screen.findAllByTestId("model-row");
    const found = rows.find((r) => r.textContent?.includes(name));
    if (!found) throw new Error(`no model ${name}`);
    return found;
  };

  it("are fetched with progress, become the default, and go", async () => {
    openWindow("/settings/models");
    await user.click(within(await row("Whisper tiny")).getByRole("button", { name: /下载/ }));
    expect(await within(await row("Whisper tiny")).findByRole("progressbar")).toBeTruthy();
    await waitFor(async () => expect((await row("Whisper tiny")).dataset.state).toBe("installed"));
    expect((await row("Whisper tiny")).textContent).toContain("默认用它");
    await user.click(within(await row("Whisper tiny")).getByRole("button", { name: /移除/ }));
    await waitFor(async () => expect((await row("Whisper tiny")).dataset.state).toBe("absent"));
  });

  it("are stopped, and go on from there", async () => {
    openWindow("/settings/models");
    await user.click(within(await row("Whisper small")).getByRole("button", { name: /下载/ }));
    await user.click(await within(await row("Whisper small")).findByRole("button", { name: "取消" }));
    await waitFor(async () => expect((await row("Whisper small")).textContent).toContain("接着下"));
  });

  it("that fail say why and what to do", async () => {
    openWindow("/settings/models");
    await row("Whisper tiny");
    act(() =>
      emit({
        type: "download",
        progress: {
          id: "tiny",
          bytes_present: 0,
          bytes_total: 1,
          host: "hf-mirror.com",
          done: false,
          error: { code: "model.unreachable", args: { host: "hf-mirror.com" } },
        },
      }),
    );
    const alert = await within(await row("Whisper tiny")).findByRole("alert");
    expect(alert.textContent).toContain("hf-mirror.com");
    expect(within(alert).getByRole("button", { name: "重试" })).toBeTruthy();
  });

  it("of the demo does not become the default without insisting", async () => {
    openWindow("/settings/models");
    const demo = await row("qinting-demo");
    expect(demo.textContent).toContain("只认得演示里的话");
    await user.click(within(demo).getByRole("button", { name: "默认用它" }));
    const no = await within(demo).findByRole("alert");
    expect(no.dataset.code).toBe("model.demo_only");
    expect(no.textContent).toContain("qinting-demo");
    await user.click(within(no).getByRole("button", { name: "算了" }));
    expect(within(demo).queryByRole("alert")).toBeNull();
    expect(state.models.some((m) => m.is_default)).toBe(false);
    await user.click(within(demo).getByRole("button", { name: "默认用它" }));
    await user.click(await within(demo).findByTestId("model-insist"));
    await waitFor(() => expect(state.models.find((m) => m.is_default)?.is_demo).toBe(true));
    await waitFor(() => expect(within(demo).queryByRole("alert")).toBeNull());
  });

  it("of the demo is at home in the demo", async () => {
    openWindow("/settings/models", () => {
      desk.place = "demo";
    });
    const demo = await row("qinting-demo");
    expect(within(demo).queryByRole("button", { name: "默认用它" })).toBeNull();
    expect(demo.textContent).toContain("默认用它");
  });

  it("say which to take on this machine, until there is a real one", async () => {
    openWindow("/settings/models");
    const said = await screen.findByTestId("model-take");
    const rows = await screen.findAllByTestId("model-row");
    const taken = rows[1] as HTMLElement;
    expect(taken.textContent).toContain("建议先装");
    expect(said.textContent).toContain(taken.querySelector("b")?.textContent);
    await user.click(within(taken).getByRole("button", { name: /下载/ }));
    await waitFor(() => expect(screen.queryByTestId("model-take")).toBeNull());
  });

  it("can be files of one's own", async () => {
    openWindow("/settings/models");
    await user.click(screen.getByRole("button", { name: /用本地文件/ }));
    expect(await row("ggml-small.bin")).toBeTruthy();
  });

  it("come from mirrors in an order one can change", async () => {
    openWindow("/settings/models");
    await user.click(await screen.findByRole("button", { name: "https://hf-mirror.com 往上" }));
    await waitFor(() =>
      expect(state.settings.model_mirrors).toEqual(["https://hf-mirror.com", "https://huggingface.co"]),
    );
    await user.type(screen.getByRole("textbox", { name: "加一个地址" }), "https://models.example{Enter}");
    await waitFor(() => expect(state.settings.model_mirrors).toContain("https://models.example"));
  });
});

it("import rules are saved when asked", async () => {
  openWindow("/settings/import");
  const field = await screen.findByRole("textbox", { name: /第 1 条：客户/ });
  await user.clear(field);
  await user.type(field, "_kehu");
  expect(state.settings.suffix_rules[0]?.customer).toBe("_caller");
  await user.click(screen.getByRole("button", { name: "保存" }));
  await waitFor(() => expect(state.settings.suffix_rules[0]?.customer).toBe("_kehu"));
  await user.click(screen.getByRole("checkbox", { name: "导入后马上转写" }));
  await waitFor(() => expect(state.settings.transcribe_on_import).toBe(false));
});

it("numbers and fillers of the text are written as chosen, and what that changes is said", async () => {
  openWindow("/settings/import");
  await user.click(await screen.findByRole("radio", { name: "365" }));
  await waitFor(() => expect(state.settings.numbers).toBe("digits"));
  expect(screen.getByText(/只影响以后的中文文字/)).toBeTruthy();
  await user.click(screen.getByRole("radio", { name: "并进对方那句" }));
  await waitFor(() => expect(state.settings.fillers).toBe("joined"));
});

it("the look of this seat is kept here, not in the workspace", async () => {
  openWindow("/settings/look");
  await user.click(await screen.findByTestId("theme-dark"));
  await user.click(screen.getByTestId("text-200"));
  expect(usePrefs.getState()).toMatchObject({ theme: "dark", textSize: 200 });
  expect(localStorage.getItem("qinting.prefs")).toContain("dark");
});

it("sound comes out where it is told to", async () => {
  openWindow("/settings/sound");
  await user.click(await screen.findByRole("radio", { name: "USB 耳机" }));
  await waitFor(() => expect(state.player.device).toBe("headset"));
});

describe("the workspace", () => {
  afterEach(() => vi.mocked(enter).mockClear());

  it("says where it is, and leads to another, or to the demo", async () => {
    openWindow("/settings/workspace", () => {
      desk.picked = "/home/demo/案卷";
    });
    expect((await screen.findByTestId("workspace-path")).textContent).toBe("/home/demo/案卷");
    await user.click(await screen.findByTestId("workspace-open"));
    await waitFor(() =>
      expect(enter).toHaveBeenLastCalledWith(expect.objectContaining({ path: "/home/demo/案卷" })),
    );
    openWindow("/settings/workspace");
    await user.click(await screen.findByTestId("workspace-demo"));
    await waitFor(() => expect(enter).toHaveBeenLastCalledWith(expect.objectContaining({ is_demo: true })));
  });

  it("in the demo leads back to one's own", async () => {
    openWindow("/settings/workspace", () => {
      desk.place = "demo";
      desk.ownExists = false;
    });
    expect((await screen.findByTestId("workspace-demo")).textContent).toBe("重来一遍");
    const own = await screen.findByTestId("workspace-own");
    expect(own.textContent).toBe("从空的开始");
    await user.click(own);
    await waitFor(() => expect(enter).toHaveBeenLastCalledWith(expect.objectContaining({ is_demo: false })));
  });

  it("says under the way that did not open why it did not", async () => {
    openWindow("/settings/workspace", () => {
      desk.picked = "/home/demo/照片";
      desk.refusal = { code: "workspace.not_one", args: { path: "/home/demo/照片" } };
    });
    const open = await screen.findByTestId("workspace-open");
    await user.click(open);
    const row = within(open.closest("li") as HTMLElement);
    expect((await row.findByRole("alert")).textContent).toContain("不是亲听的工作区：/home/demo/照片");
    await user.click(row.getByRole("button", { name: "重试" }));
    await waitFor(() => expect(enter).toHaveBeenCalledOnce());
  });
});

it("the check-up says where everything lies", async () => {
  openWindow("/settings/about");
  expect(await screen.findByText("都好")).toBeTruthy();
  expect(screen.getAllByText("/home/demo/亲听").length).toBeGreaterThan(0);
});

it("the check-up names the calls of broken files with what helps, and reads all files when asked", async () => {
  openWindow("/settings/about", () => {
    const [one] = state.recordings;
    if (!one) throw new Error("no recording");
    const of = { case_id: one.case_id, recording_id: one.id, title: "退货", in_bin: false };
    state.unread = 7;
    state.brokenMedia = [
      { ...of, part: "source", name: "a.wav", fault: "bytes", way_out: "import_again" },
      { ...of, part: "peaks", name: "", fault: "missing", way_out: "take_again" },
    ];
  });
  expect(await screen.findByText("有地方不对")).toBeTruthy();
  const [source, peaks] = screen.getAllByTestId("broken-media");
  expect(source?.textContent).toContain("退货原文件 a.wav 内容变了再导入一次同一个原文件就能修好");
  expect(peaks?.textContent).toContain("波形不见了");
  expect(screen.getByText(/还有 7 个收进来后没从头读过/)).toBeTruthy();
  await user.click(screen.getByTestId("read-all"));
  expect(await screen.findByText("正在从头读录音文件")).toBeTruthy();
  await waitFor(() => expect(screen.queryByText(/还有 7 个/)).toBeNull());
  await user.click(screen.getByTestId("read-all"));
  state.unread = 3;
  await user.click(await screen.findByRole("button", { name: "取消" }));
  expect(await screen.findByText(/还有 3 个收进来后没从头读过/)).toBeTruthy();
});

it("shows any text as text", async () => {
  openWindow("/settings/codebook", () => {
    for (const tag of state.tags)
      Object.assign(tag, { name: payloads, definition: payloads, aliases: [payloads] });
    for (const p of state.people) Object.assign(p, { name: payloads, org_unit: payloads });
  });
  await screen.findAllByTestId("tag-row");
  await user.click(screen.getByTestId("settings-people"));
  await screen.findAllByText(/onerror/);
  expectInert();
});

it.each(["people", "codebook", "marking", "import", "models", "sound", "look", "workspace", "about"])(
  "axe finds nothing serious in %s",
  async (tab) => {
    openWindow(`/settings/${tab}`);
    await screen.findByTestId("settings-people");
    await screen.findAllByRole("heading", { level: 2 });
    expect(await seriousFindings()).toEqual([]);
  },
);
