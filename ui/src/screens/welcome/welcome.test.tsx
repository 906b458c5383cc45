import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { start } from "../../../test/fake/start";
import { seriousFindings } from "../../../test/fake/window";
import { enter } from "../../app/enter";
import { usePrefs } from "../../app/prefs";
import { qk, queryClient } from "../../app/queries";
import { startI18n } from "../../i18n";
import { desk } from "../../ipc/fake/places";
import { state } from "../../ipc/fake/state";
import { doorRows } from "./doors";

vi.mock("../../app/enter", () => ({ enter: vi.fn() }));

const user = userEvent.setup();
const door = (name: "demo" | "empty" | "open") => screen.findByTestId(`door-${name}`);
const line = async (name: "demo" | "empty" | "open") =>
  within((await door(name)).closest("li") as HTMLElement);

afterEach(() => {
  vi.mocked(enter).mockClear();
  usePrefs.setState({ language: "zh-CN" });
  startI18n("zh-CN");
});

describe("at the first start", () => {
  it("there are three doors and nothing of the app behind them", async () => {
    start();
    expect((await door("demo")).textContent).toContain("看演示");
    expect((await door("empty")).textContent).toContain("从空的开始");
    expect((await door("empty")).textContent).toContain("/home/demo/亲听");
    expect((await door("open")).textContent).toContain("打开一个已有的");
    expect(screen.queryByTestId("app-shell")).toBeNull();
  });

  it("the demo says that its voices are made and its people invented", async () => {
    start();
    const words = (await door("demo")).textContent;
    for (const said of ["合成", "编的", "不用联网"]) expect(words).toContain(said);
  });

  it("the first door has the focus, and Tab goes on to the others", async () => {
    start();
    await waitFor(async () => expect(document.activeElement).toBe(await door("demo")));
    await user.tab();
    expect(document.activeElement).toBe(await door("empty"));
    await user.tab();
    expect(document.activeElement).toBe(await door("open"));
  });

  it("Chinese becomes English at once", async () => {
    start();
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
    start(() => {
      desk.picked = "/home/demo/案卷";
    });
    await door(name);
    await user.keyboard(key);
    await waitFor(async () => expect((await door(name)).getAttribute("aria-busy")).toBe("true"));
    await waitFor(() => expect(enter).toHaveBeenCalledOnce());
  });

  it("the demo is got ready in place, then shown at its first call", async () => {
    start();
    await user.click(await door("demo"));
    expect(await (await line("demo")).findByRole("progressbar", { name: "正在准备演示…" })).toBeTruthy();
    // The other doors wait, and a second press is not a second demo.
    expect((await door("empty")).getAttribute("aria-disabled")).toBe("true");
    await user.keyboard("1");
    await waitFor(() =>
      expect(enter).toHaveBeenCalledWith(
        expect.objectContaining({ is_demo: true, start_at: state.cases[0]?.id }),
      ),
    );
    expect(enter).toHaveBeenCalledOnce();
  });

  it("a chosen folder is opened; choosing none changes nothing", async () => {
    start();
    await user.click(await door("open"));
    await waitFor(async () => expect((await door("open")).getAttribute("aria-disabled")).toBe("false"));
    expect(enter).not.toHaveBeenCalled();
    desk.picked = "/home/demo/案卷";
    await user.click(await door("open"));
    await waitFor(() => expect(vi.mocked(enter).mock.calls[0]?.[0].path).toBe("/home/demo/案卷"));
  });

  it.each([
    ["open", "workspace.not_one", "不是亲听的工作区", "另选一个文件夹"],
    ["empty", "disk.denied", "磁盘不让写", "重试"],
    ["demo", "disk.full", "磁盘满了", "重试"],
  ] as const)(
    "%s that meets %s says so beneath itself, with the next step",
    async (name, code, said, next) => {
      start(() => {
        desk.picked = "/home/demo/案卷";
        desk.refusal = { code, args: { path: "/home/demo/案卷" } };
      });
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
    start(() => {
      desk.place = "demo";
    });
    await screen.findByTestId("demo-band");
    desk.place = "none";
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
    start(() => {
      desk.lastProblem = { code: "workspace.damaged", args: {} };
    });
    const last = await screen.findByTestId("welcome-last");
    expect(last.textContent).toContain("没有打开");
    expect(last.textContent).toContain("数据库没有通过检查");
    expect(last.textContent).toContain("原样没动");
    expect(await door("demo")).toBeTruthy();
  });

  it("nothing is said of what is in a workspace that is gone", async () => {
    start(() => {
      desk.lastProblem = { code: "workspace.gone", args: { path: "案卷" } };
    });
    const last = await screen.findByTestId("welcome-last");
    expect(last.textContent).toContain("案卷");
    expect(last.textContent).not.toContain("原样没动");
  });

  it.each(["workspace.busy", "workspace.newer", "workspace.damaged"])("%s is no dead end", async (code) => {
    start(() => {
      desk.closed = { code, args: { found: "99", known: "1" } };
      desk.demoExists = true;
    });
    expect((await screen.findByTestId("unopened")).dataset.code).toBe(code);
    await waitFor(async () => expect((await door("demo")).textContent).toBe("接着看演示"));
    await user.click(await door("empty"));
    await waitFor(() => expect(enter).toHaveBeenCalledOnce());
  });

  it("a way out that fails says why", async () => {
    start(() => {
      desk.closed = { code: "workspace.busy", args: {} };
      desk.refusal = { code: "disk.full", args: {} };
    });
    await user.click(await door("demo"));
    expect(await screen.findByText(/磁盘满了/)).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "重试" }));
    await waitFor(() => expect(enter).toHaveBeenCalledOnce());
  });
});

it.each(["workspace.none", "workspace.busy"])("axe finds nothing serious with %s", async (code) => {
  start(() => {
    if (code !== "workspace.none") desk.closed = { code, args: {} };
    desk.lastProblem = { code: "workspace.damaged", args: {} };
  });
  await door("open");
  expect(await seriousFindings()).toEqual([]);
});
