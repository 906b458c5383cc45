import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { slowly, workspaceIs } from "../../../test/host/now";
import { choose, emptyFolder } from "../../../test/host/stage";
import { closedBy, doorsSay, start } from "../../../test/start";
import { seriousFindings } from "../../../test/window";
import { startI18n } from "../../i18n";
import { ipc } from "../../ipc";
import { qk, queryClient } from "../../records/queries";
import { enter } from "../../seat/enter";
import { usePrefs } from "../../seat/prefs";
import { doorRows } from "./doors";

vi.mock("../../seat/enter", () => ({ enter: vi.fn() }));

const user = userEvent.setup();
const door = (name: "demo" | "empty" | "open") => screen.findByTestId(`door-${name}`);
const line = async (name: "demo" | "empty" | "open") =>
  within((await door(name)).closest("li") as HTMLElement);

/** The stage plays no demo. */
const demo = { path: "/demo", is_demo: true, start_at: "0193" };
const showsDemo = () => vi.spyOn(ipc, "openDemo").mockImplementation(() => slowly(demo));
const picks = async () => choose({ workspace: [await emptyFolder()] });

afterEach(() => {
  vi.restoreAllMocks();
  vi.mocked(enter).mockClear();
  usePrefs.setState({ language: "zh-CN" });
  startI18n("zh-CN");
});

describe("at the first start", () => {
  it("there are three doors and nothing of the app behind them", async () => {
    await start();
    expect((await door("demo")).textContent).toContain("看演示");
    expect((await door("empty")).textContent).toContain("从空的开始");
    expect((await door("empty")).textContent).toContain((await ipc.doors()).own_path);
    expect((await door("open")).textContent).toContain("打开一个已有的");
    expect(screen.queryByTestId("app-shell")).toBeNull();
  });

  it("the demo says that its voices are made and its people invented", async () => {
    await start();
    const words = (await door("demo")).textContent;
    for (const said of ["合成", "编的", "不用联网"]) expect(words).toContain(said);
  });

  it("the first door has the focus, and Tab goes on to the others", async () => {
    await start();
    await waitFor(async () => expect(document.activeElement).toBe(await door("demo")));
    await user.tab();
    expect(document.activeElement).toBe(await door("empty"));
    await user.tab();
    expect(document.activeElement).toBe(await door("open"));
  });

  it("Chinese becomes English at once", async () => {
    await start();
    await door("demo");
    expect(screen.getByRole("radio", { name: "中文" }).getAttribute("aria-checked")).toBe("true");
    await user.click(screen.getByRole("radio", { name: "English" }));
    // The start of the page listens for the choice and words everything anew.
    startI18n(usePrefs.getState().language);
    await waitFor(async () => expect((await door("demo")).textContent).toContain("See the demo"));
  });
});

describe("going through a door", () => {
  it.each([
    ["1", "demo"],
    ["2", "empty"],
    ["3", "open"],
  ] as const)("works with the key %s as with the button of %s", async (key, name) => {
    showsDemo();
    await start(picks);
    await door(name);
    await user.keyboard(key);
    await waitFor(async () => expect((await door(name)).getAttribute("aria-busy")).toBe("true"));
    await waitFor(() => expect(enter).toHaveBeenCalledOnce());
  });

  it("the demo is got ready in place, then shown at its first call", async () => {
    showsDemo();
    await start();
    await user.click(await door("demo"));
    expect(await (await line("demo")).findByRole("progressbar", { name: "正在准备演示…" })).toBeTruthy();
    // The other doors wait, and a second press is not a second demo.
    expect((await door("empty")).getAttribute("aria-disabled")).toBe("true");
    await user.keyboard("1");
    await waitFor(() =>
      expect(enter).toHaveBeenCalledWith(expect.objectContaining({ is_demo: true, start_at: demo.start_at })),
    );
    expect(enter).toHaveBeenCalledOnce();
  });

  it("a chosen folder is opened; choosing none changes nothing", async () => {
    await start();
    await user.click(await door("open"));
    await waitFor(async () => expect((await door("open")).getAttribute("aria-disabled")).toBe("false"));
    expect(enter).not.toHaveBeenCalled();
    const folder = await emptyFolder();
    await choose({ workspace: [folder] });
    await user.click(await door("open"));
    await waitFor(() => expect(vi.mocked(enter).mock.calls[0]?.[0].path).toBe(folder));
  });

  it.each([
    ["open", "workspace.not_one", "不是亲听的工作区", "另选一个文件夹"],
    ["empty", "disk.denied", "磁盘不让写", "重试"],
    ["demo", "disk.full", "磁盘满了", "重试"],
  ] as const)(
    "%s that meets %s says so beneath itself, with the next step",
    async (name, code, said, next) => {
      showsDemo();
      const way = ({ demo: "openDemo", empty: "openOwn", open: "openWorkspace" } as const)[name];
      vi.spyOn(ipc, way).mockRejectedValueOnce({ code, args: { path: "/home/demo/案卷" } });
      await start(picks);
      await user.click(await door(name));
      const alert = await (await line(name)).findByRole("alert");
      expect(alert.textContent).toContain(said);
      expect(enter).not.toHaveBeenCalled();
      await user.click(within(alert).getByRole("button", { name: next }));
      await waitFor(() => expect(enter).toHaveBeenCalledOnce());
    },
  );
});

describe("at a later start", () => {
  it("what is open stays on the screen while the host goes from one to another", async () => {
    await start(() => workspaceIs({ is_demo: true }), true);
    await screen.findByTestId("demo-band");
    vi.mocked(ipc.workspaceInfo).mockRejectedValue({ code: "workspace.none", args: {} });
    await queryClient.refetchQueries({ queryKey: qk.workspace });
    expect(queryClient.getQueryState(qk.workspace)?.status).toBe("error");
    expect(screen.getByTestId("demo-band")).toBeTruthy();
    expect(screen.queryByTestId("welcome")).toBeNull();
  });

  it("what is there already is gone on with", () => {
    const titles = (demo_exists: boolean, own_exists: boolean) =>
      doorRows({ demo_exists, own_exists, own_path: "/w", last_problem: null }).map((row) => row.title);
    expect(titles(false, false)).toEqual(["demo", "empty", "other"]);
    expect(titles(true, true)).toEqual(["demoAgain", "own", "other"]);
  });

  it("a workspace that did not open is named, with what is safe", async () => {
    await start(() => {
      doorsSay({ last_problem: { code: "workspace.damaged", args: {} } });
    });
    const last = await screen.findByTestId("welcome-last");
    expect(last.textContent).toContain("没有打开");
    expect(last.textContent).toContain("数据库没有通过检查");
    expect(last.textContent).toContain("原样没动");
    expect(await door("demo")).toBeTruthy();
  });

  it("nothing is said of what is in a workspace that is gone", async () => {
    await start(() => {
      doorsSay({ last_problem: { code: "workspace.gone", args: { path: "案卷" } } });
    });
    const last = await screen.findByTestId("welcome-last");
    expect(last.textContent).toContain("案卷");
    expect(last.textContent).not.toContain("原样没动");
  });

  it.each(["workspace.busy", "workspace.newer", "workspace.damaged"])("%s is no dead end", async (code) => {
    await start(() => {
      closedBy({ code, args: { found: "99", known: "1" } });
      doorsSay({ demo_exists: true });
    });
    expect((await screen.findByTestId("unopened")).dataset.code).toBe(code);
    await waitFor(async () => expect((await door("demo")).textContent).toBe("接着看演示"));
    await user.click(await door("empty"));
    await waitFor(() => expect(enter).toHaveBeenCalledOnce());
  });

  it("a way out that fails says why", async () => {
    await start(() => {
      closedBy({ code: "workspace.busy", args: {} });
      showsDemo().mockRejectedValueOnce({ code: "disk.full", args: {} });
    });
    await user.click(await door("demo"));
    expect(await screen.findByText(/磁盘满了/)).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "重试" }));
    await waitFor(() => expect(enter).toHaveBeenCalledOnce());
  });
});

it.each(["workspace.none", "workspace.busy"])("axe finds nothing serious with %s", async (code) => {
  await start(() => {
    if (code !== "workspace.none") closedBy({ code, args: {} });
    doorsSay({ last_problem: { code: "workspace.damaged", args: {} } });
  });
  await door("open");
  expect(await seriousFindings()).toEqual([]);
});
