import { readFileSync } from "node:fs";
import { join } from "node:path";
import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { slowly, workspaceIs } from "../../test/host/now";
import { world } from "../../test/host/stage";
import { openWindow, seriousFindings } from "../../test/window";
import { startI18n } from "../i18n";
import { ipc } from "../ipc";
import { enter } from "../seat/enter";
import { usePrefs } from "../seat/prefs";

vi.mock("../seat/enter", () => ({ enter: vi.fn() }));

const user = userEvent.setup();
/** The stage plays no demo; the page is told that it is one. */
const inDemo = () => {
  workspaceIs({ is_demo: true });
  const place = { path: "", is_demo: true, start_at: null };
  vi.spyOn(ipc, "resetDemo").mockImplementation(() => slowly(place));
  vi.spyOn(ipc, "leaveDemo").mockImplementation(() => slowly({ ...place, is_demo: false }));
};

/** Every address of the app, read from its routes, with somebody in the place of `:id`. */
function addresses(): string[] {
  const source = readFileSync(join(import.meta.dirname, "../App.tsx"), "utf8");
  return [...source.matchAll(/<Route path="([^"]+)"/g)].map((m) => m[1] ?? "");
}

function filled(address: string): string {
  const ids: Record<string, string | undefined> = {
    case: world().cases[0]?.case.id,
    issue: world().issues[0]?.issue.id,
    session: world().sessions[0]?.session.id,
  };
  const [, first = ""] = address.split("/");
  return address.replace("/:tab?", "/models").replace(":id", ids[first] ?? "0193");
}

afterEach(() => {
  vi.restoreAllMocks();
  vi.mocked(enter).mockClear();
  startI18n("zh-CN");
  usePrefs.setState({ language: "zh-CN" });
});

describe("the demo is marked", () => {
  it("there are screens to mark", () => expect(addresses().length).toBeGreaterThan(5));

  it.each(addresses())("on %s", async (address) => {
    await openWindow(() => filled(address), inDemo);
    const band = await screen.findByTestId("demo-band");
    expect(band.textContent).toContain("四通合成的电话");
    expect(band.textContent).toContain("编的");
  });

  it.each(addresses())("and one's own workspace is not, on %s", async (address) => {
    await openWindow(() => filled(address));
    await waitFor(() => expect(screen.getByTestId("person-switch").getAttribute("aria-label")).toBeTruthy());
    expect(screen.queryByTestId("demo-band")).toBeNull();
  });

  it("in English too", async () => {
    startI18n("en");
    await openWindow("/cases", inDemo);
    expect((await screen.findByTestId("demo-band")).textContent).toContain("invented");
  });

  it("with the way to a real model one step away", async () => {
    await openWindow("/cases", inDemo);
    await user.click(await screen.findByRole("link", { name: /装一个真的模型/ }));
    expect(window.location.hash).toBe("#/settings/models");
    expect(await screen.findByTestId("model-take")).toBeTruthy();
  });
});

describe("one click", () => {
  it.each([
    ["demo-reset", "正在重来…", { is_demo: true }],
    ["demo-leave", "正在离开…", { is_demo: false, start_at: null }],
  ] as const)("on %s does it, and says so while it does", async (button, working, place) => {
    await openWindow("/issues", inDemo);
    await user.click(await screen.findByTestId(button));
    expect((await screen.findByTestId(button)).textContent).toBe(working);
    for (const way of ["demo-reset", "demo-leave"])
      expect(screen.getByTestId(way)).toHaveProperty("disabled", true);
    await waitFor(() => expect(enter).toHaveBeenCalledWith(expect.objectContaining(place)));
  });

  it("that does not work says why, and can be tried again or let be", async () => {
    await openWindow("/cases", () => {
      inDemo();
      vi.mocked(ipc.resetDemo).mockRejectedValueOnce({ code: "disk.full", args: {} });
    });
    await user.click(await screen.findByTestId("demo-reset"));
    expect((await screen.findByRole("alert")).textContent).toContain("磁盘满了");
    await user.click(screen.getByRole("button", { name: "关闭" }));
    expect(screen.queryByRole("alert")).toBeNull();
    await user.click(screen.getByTestId("demo-leave"));
    await waitFor(() => expect(enter).toHaveBeenCalledOnce());
  });
});

it("axe finds nothing serious in the demo", async () => {
  await openWindow("/cases", inDemo);
  await screen.findByTestId("demo-band");
  await screen.findAllByTestId("case-row");
  expect(await seriousFindings()).toEqual([]);
});
