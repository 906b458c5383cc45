import { act, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { canned } from "../../../test/host/carrier";
import { goOn, hears, sound, staged } from "../../../test/host/live";
import { openWindow } from "../../../test/window";
import { ipc } from "../../ipc";

const user = userEvent.setup();

const elsewhere = async () => {
  let id = "";
  await openWindow("/issues", async () => {
    id = (await staged()).case_id;
  });
  await screen.findByTestId("live-badge");
  return id;
};

describe("a call that goes on is told on every screen", () => {
  it.each(["/cases", "/sessions", "/issues", "/search", "/settings"])("on %s", async (path) => {
    await openWindow(path, staged);
    const badge = await screen.findByTestId("live-badge");
    expect(badge.textContent).toMatch(/^正在采集18:4\d$/);
    expect(screen.getByTestId("rail-live").querySelector("[role=img]")?.getAttribute("aria-label")).toBe(
      "正在采集",
    );
    expect(document.title).toBe("正在采集 — 亲听");
  });

  it("and not when none does", async () => {
    await openWindow("/sessions");
    await screen.findAllByTestId("session-row");
    expect(screen.queryByTestId("live-badge")).toBeNull();
    expect(document.title).toBe("亲听");
  });

  it("and that it asks whether anybody is still there", async () => {
    await elsewhere();
    await goOn(3 * 3_600_000);
    await waitFor(() => expect(screen.getByTestId("live-badge").textContent).toMatch(/^还在听吗3:1\d:\d\d$/));
    expect(document.title).toBe("还在听吗 — 亲听");
  });

  it("the badge leads to it", async () => {
    await elsewhere();
    await user.click(screen.getByTestId("live-badge"));
    expect(await screen.findByTestId("live-clock")).toBeTruthy();
  });

  it("going elsewhere and coming back loses nothing", async () => {
    await openWindow("/live", staged);
    await waitFor(() => expect(screen.getAllByTestId("live-line").length).toBeGreaterThan(5));
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
    const id = await elsewhere();
    await sound({ happens: [{ ended: note }] });
    const over = await screen.findByTestId("live-over");
    expect(over.textContent).toContain(said);
    expect(over.textContent).toContain("录到 18:46，都存下了");
    expect(screen.getAllByText(new RegExp(said))).toHaveLength(1);
    expect(screen.queryByTestId("live-badge")).toBeNull();
    await user.click(screen.getByRole("button", { name: "打开这一案" }));
    expect(window.location.hash).toBe(`#/case/${id}`);
  });

  it("from the tray says what was kept, and blames no earlier trouble with the text", async () => {
    await elsewhere();
    await hears({ live: "failed", note: { code: "speech.worker_died", args: {} } });
    await act(async () => void (await ipc.liveStop()));
    const over = await screen.findByTestId("live-over");
    expect(over.dataset.code).toBeUndefined();
    expect(over.textContent).toContain("现场结束了");
  });

  it("a notice that has nothing to do with a call is told as ever", async () => {
    await openWindow("/sessions");
    await screen.findAllByTestId("session-row");
    canned({ type: "notice", note: { code: "audio.device_lost", args: {} } });
    expect((await screen.findByRole("alert")).textContent).toContain("声音设备断开了");
  });
});
