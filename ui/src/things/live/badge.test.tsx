import { act, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import { openWindow } from "../../../test/fake/window";
import { booth } from "../../ipc/fake/booth";
import { endByItself, liveCommands } from "../../ipc/fake/live";
import { setLive } from "../../ipc/fake/liveClock";
import { stageCall } from "../../ipc/fake/liveStage";
import { emit } from "../../ipc/fake/state";

const user = userEvent.setup();

beforeEach(() => {
  booth.auto = false;
});

const elsewhere = () => openWindow("/issues", () => stageCall());

describe("a call that goes on is told on every screen", () => {
  it.each(["/cases", "/sessions", "/issues", "/search", "/settings"])("on %s", async (path) => {
    openWindow(path, () => stageCall());
    const badge = await screen.findByTestId("live-badge");
    expect(badge.textContent).toMatch(/^正在采集18:4\d$/);
    expect(screen.getByTestId("rail-live").querySelector("[role=img]")?.getAttribute("aria-label")).toBe(
      "正在采集",
    );
    expect(document.title).toBe("正在采集 — 亲听");
  });

  it("and not when none does", async () => {
    openWindow("/sessions");
    await screen.findAllByTestId("session-row");
    expect(screen.queryByTestId("live-badge")).toBeNull();
    expect(document.title).toBe("亲听");
  });

  it("and that it asks whether anybody is still there", async () => {
    openWindow("/issues", () => stageCall());
    await screen.findByTestId("live-badge");
    act(() => setLive({ quiet_since_ms: 0 }));
    await waitFor(() => expect(screen.getByTestId("live-badge").textContent).toMatch(/^还在听吗18:4\d$/));
    expect(document.title).toBe("还在听吗 — 亲听");
  });

  it("the badge leads to it", async () => {
    elsewhere();
    await user.click(await screen.findByTestId("live-badge"));
    expect(await screen.findByTestId("live-clock")).toBeTruthy();
  });

  it("going elsewhere and coming back loses nothing", async () => {
    openWindow("/live", () => stageCall());
    await screen.findAllByTestId("live-line");
    const count = screen.getAllByTestId("live-line").length;
    await user.click(screen.getByTestId("rail-sessions"));
    await screen.findAllByTestId("session-row");
    await user.click(screen.getByTestId("rail-live"));
    await waitFor(() => expect(screen.getAllByTestId("live-line")).toHaveLength(count));
  });
});

describe("a call that ends by itself", () => {
  it.each([
    ["the disk", { code: "live.disk_closed", args: {} }, "磁盘快满了"],
    ["sleep", { code: "live.slept", args: { minutes: "12" } }, "电脑睡了 12 分钟"],
  ])("because of %s says why, once, and what was kept", async (_, note, said) => {
    elsewhere();
    await screen.findByTestId("live-badge");
    const id = booth.status?.case.id;
    act(() => endByItself(note));
    const over = await screen.findByTestId("live-over");
    expect(over.textContent).toContain(said);
    expect(over.textContent).toContain("录到 18:45，都存下了");
    expect(screen.getAllByText(new RegExp(said))).toHaveLength(1);
    expect(screen.queryByTestId("live-badge")).toBeNull();
    await user.click(screen.getByRole("button", { name: "打开这一案" }));
    expect(window.location.hash).toBe(`#/case/${id}`);
  });

  it("from the tray says what was kept, and blames no earlier trouble with the text", async () => {
    elsewhere();
    await screen.findByTestId("live-badge");
    booth.paceMs = 4;
    act(() => setLive({ notice: { code: "speech.worker_died", args: {} } }));
    await act(async () => void (await liveCommands.live_stop()));
    const over = await screen.findByTestId("live-over");
    expect(over.dataset.code).toBeUndefined();
    expect(over.textContent).toContain("现场结束了");
  });

  it("a notice that has nothing to do with a call is told as ever", async () => {
    openWindow("/sessions");
    await screen.findAllByTestId("session-row");
    act(() => emit({ type: "notice", note: { code: "audio.device_lost", args: {} } }));
    expect((await screen.findByRole("alert")).textContent).toContain("声音设备断开了");
  });
});
