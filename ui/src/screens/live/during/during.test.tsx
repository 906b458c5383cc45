import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { areMarks, callNow, during, key, lines, M, words } from "../../../../test/during";
import { canned } from "../../../../test/host/carrier";
import { goOn, hears, STAGED_MS, sound, staged } from "../../../../test/host/live";
import { final } from "../../../../test/host/told/listening";
import { openWindow, reload, seriousFindings } from "../../../../test/window";
import type { LaneState } from "../../../ipc";
import { ipc } from "../../../ipc";

const user = userEvent.setup();
const lane = (number: number, state: LaneState) => sound({ happens: [{ lane: { lane: number, state } }] });
const draft = (utterance: number, start_ms: number, committed: string, tentative: string) =>
  hears({ live: "draft", lane: 1, utterance, start_ms, end_ms: start_ms + 500, committed, tentative });

describe("while a call goes on", () => {
  it("the clock, the call, its consent, what is on disk and how late the text is are in sight", async () => {
    await during();
    expect(screen.getByTestId("live-clock").textContent).toMatch(/^18:(4[6-9]|5\d)$/);
    expect(screen.getByTestId("live-state").textContent).toBe("正在采集");
    expect(screen.getByTestId("live-told").textContent).toMatch(/双方已告知\d\d:\d\d:\d\d 语音告知/);
    expect(screen.getByTestId("live-kept").textContent).toContain("已落盘 18:45");
    expect(screen.getByTestId("live-behind").textContent).toContain("文字慢 0.9 秒");
    expect(screen.getByText("师兄 青禾在旁")).toBeTruthy();
  });

  it.each([
    ["dimmed" as const, "true"],
    ["shown" as const, undefined],
  ])("a line of nothing but a filler, %s, is a line", async (fillers, dimmed) => {
    await during(async () => {
      await ipc.updateSettings({ ...(await ipc.getSettings()), fillers });
      await hears(final({ lane: 1, start: STAGED_MS, end: STAGED_MS + 400, text: "嗯嗯。" }, 900));
    });
    await waitFor(() => {
      const line = lines().find((l) => words(l) === "嗯嗯。");
      expect(line?.dataset.state).toBe("final");
      expect(line?.dataset.filler).toBe(dimmed);
    });
  });

  it("levels move on both lanes, without the page being rendered anew", async () => {
    await during();
    const meter = screen.getByTestId("live-meter-0");
    expect(meter.getAttribute("role")).toBe("meter");
    await goOn(100);
    const before = meter.getAttribute("aria-valuenow");
    await goOn(750);
    await waitFor(() => expect(meter.getAttribute("aria-valuenow")).not.toBe(before));
    expect(screen.getByTestId("live-meter-0")).toBe(meter);
  });

  it.each<[string, () => Promise<unknown>, string, string]>([
    [
      "the text falls behind",
      () => hears({ live: "lag", behind_ms: 7400, thinned: true }),
      "live-behind",
      "文字慢 7.4 秒字先跳着出",
    ],
    [
      "the text stops",
      () => hears({ live: "failed", note: { code: "speech.worker_died", args: {} } }),
      "live-behind",
      "文字停了声音和记号照常",
    ],
    ["the disk is getting full", () => sound({ happens: [{ disk: 21 }] }), "live-kept", "磁盘还够 21 分钟"],
    [
      "something is wrong",
      async () => {
        // No stage has a disk that refuses.
        const status = { ...(await callNow()), notice: { code: "disk.denied", args: { path: "" } } };
        canned({ type: "live", status });
      },
      "live-notice",
      "磁盘不让写",
    ],
  ])("%s: it is said and everything else goes on", async (_, happens, where, said) => {
    await during();
    await happens();
    await waitFor(() => expect(screen.getByTestId(where).textContent).toContain(said));
    key(M);
    await areMarks(5);
  });

  it("asks, when nobody was there for hours, whether it shall go on, and goes on meanwhile", async () => {
    await during();
    expect(screen.queryByTestId("live-asks")).toBeNull();
    await goOn(3 * 3_600_000);
    const asks = await screen.findByTestId("live-asks");
    expect(asks.textContent).toContain("从 19:29 起没有人说话，也没有记号。还在听吗？");
    expect(screen.getByTestId("live-state").textContent).toBe("正在采集");
    expect(document.title).toBe("还在听吗 — 亲听");
    expect(await seriousFindings()).toEqual([]);
    await user.click(screen.getByTestId("live-go-on"));
    await waitFor(() => expect(screen.queryByTestId("live-asks")).toBeNull());
    expect((await callNow()).quiet_since_ms).toBeNull();
    expect(document.title).toBe("正在采集 — 亲听");
  });

  it("its other answer asks for the end as the button does", async () => {
    await during(() => goOn(3 * 3_600_000));
    await user.click(await screen.findByTestId("live-asks-end"));
    await user.click(await screen.findByTestId("live-stop-confirm"));
    await waitFor(async () => expect(await ipc.liveStatus()).toBeNull());
  });

  it.each<[LaneState, string]>([
    ["lost", "断开了，插回就接着录"],
    ["zeros", "没有声音，看看线和静音键"],
    ["faint", "太轻，把音量调高"],
    ["clipping", "太响破音，把音量调低"],
  ])("a lane that is %s says so with the next step, and stops saying it", async (to, said) => {
    await during();
    await lane(0, to);
    await waitFor(() => expect(screen.getByTestId("live-trouble-0").textContent).toBe(said));
    await lane(0, "running");
    await waitFor(() => expect(screen.getByTestId("live-trouble-0").textContent).toBe(""));
  });

  it("a lost device leaves its stretch in the text, and marks go on", async () => {
    await during();
    await lane(0, "lost");
    await goOn(4000);
    key(M);
    await lane(0, "running");
    await waitFor(() => expect(screen.getByTestId("live-gap").textContent).toContain("客户设备断开 0:04"));
    await areMarks(5);
  });

  it("the same sound on both lanes is said", async () => {
    await during();
    await sound({ happens: [{ same_on_both: true }] });
    expect(await screen.findByText("两路声音一样，换一路")).toBeTruthy();
  });

  it("customer and agent can be swapped", async () => {
    await during();
    await user.click(screen.getByTestId("live-swap"));
    await waitFor(async () =>
      expect((await callNow()).lanes.map((l) => l.role)).toEqual(["agent", "customer"]),
    );
  });
});

describe("words", () => {
  it("grow, are certain from the front, and become final in their place; nothing above them moves", async () => {
    await during();
    const above = lines().slice(0, -1);
    const open = lines().at(-1);
    expect(open?.dataset).toMatchObject({ state: "draft", channel: "0" });
    const certain = () => screen.getByTestId("live-committed").textContent ?? "";
    const first = certain();
    expect(words(open)).toContain("上一个客服也说去确认");
    await goOn(2000);
    await waitFor(() => expect(certain().length).toBeGreaterThan(first.length));
    expect(certain().startsWith(first)).toBe(true);
    await goOn(4000);
    await waitFor(() => expect(open?.dataset.state).toBe("final"));
    expect(words(open)).toContain("最后短信告诉我工单已经关了，你说我还能信谁？");
    expect(lines().slice(0, above.length)).toEqual(above);
    expect(lines()[above.length]).toBe(open);
  });

  it("that began earlier and came later do not push in above what was read", async () => {
    await during();
    const before = lines().map(words);
    await draft(900, STAGED_MS - 60_000, "晚到的话", "");
    await waitFor(() => expect(lines()).toHaveLength(before.length + 1));
    expect(lines().map(words).slice(0, before.length)).toEqual(before);
    expect(words(lines().at(-1))).toBe("晚到的话");
  });

  it("that turn out to be nothing go away", async () => {
    await during();
    const count = lines().length;
    await draft(901, STAGED_MS, "", "嗯");
    await waitFor(() => expect(lines()).toHaveLength(count + 1));
    await hears({ live: "final", lane: 1, utterance: 901, segments: [] });
    await waitFor(() => expect(lines()).toHaveLength(count));
  });

  it("go on after the engine was started again, though it counts anew", async () => {
    await during();
    await goOn(6000);
    const count = lines().length;
    await hears({ live: "failed", note: { code: "speech.worker_died", args: {} } }, { live: "ready" });
    await draft(22, STAGED_MS + 9000, "又有了", "");
    await waitFor(() => expect(lines().map(words)).toContain("又有了"));
    expect(lines().length).toBeGreaterThanOrEqual(count);
  });

  it("are not read out unless asked for, and what is tentative never is", async () => {
    await during();
    expect(screen.getByRole("list", { name: "实时文字" }).getAttribute("aria-live")).toBe("off");
    const said = screen.getByTestId("live-newest");
    await goOn(6000);
    expect(said.textContent).toBe("");
    await user.click(screen.getByTestId("live-aloud"));
    expect(said.getAttribute("aria-live")).toBe("polite");
    await goOn(16_000);
    await waitFor(() => expect(said.textContent).toMatch(/^(这一次我不转单|行，你打)/));
  });

  it("of marks stand in the line they belong to", async () => {
    await during();
    const pin = screen.getAllByTestId("live-mark-pin").at(-1);
    expect(words(pin?.closest("li") ?? undefined)).toContain("上一个客服");
    expect(pin?.getAttribute("aria-label")).toBe("记号 4，问题");
    await user.click(pin as HTMLElement);
    expect(await screen.findByTestId("composer-note")).toBeTruthy();
  });

  it("stay out where there is no model; marks are kept all the same", async () => {
    await openWindow("/live", () => staged({ hasModel: false }));
    expect(await screen.findByText(/没有转写模型，所以没有字/)).toBeTruthy();
    expect(await screen.findAllByTestId("mark-row")).toHaveLength(4);
  });
});

describe("a page that is reloaded", () => {
  it("has the words, the marks, the notes and the pause it had", async () => {
    await during();
    key({ key: "z", code: "KeyZ" });
    await screen.findByText("已暂停共享", { selector: "[data-testid=live-state]" });
    const before = {
      words: lines()
        .filter((l) => l.dataset.state === "final")
        .map(words),
    };
    reload();
    await screen.findByTestId("live-clock");
    await waitFor(() =>
      expect(
        lines()
          .filter((l) => l.dataset.state === "final")
          .map(words),
      ).toEqual(before.words),
    );
    expect(lines().at(-1)?.dataset.state).toBe("draft");
    expect(screen.getByTestId("live-state").textContent).toBe("已暂停共享");
    expect(await screen.findAllByTestId("mark-row")).toHaveLength(4);
    expect(await screen.findAllByTestId("seat-note")).toHaveLength(4);
    expect(screen.getAllByTestId("live-gap")).toHaveLength(1);
    await user.click(screen.getByTestId("live-resume"));
    await goOn(6000);
    expect(await screen.findByTestId("live-pause")).toBeTruthy();
  });

  it("still knows its last mark to write on", async () => {
    await during();
    reload();
    await screen.findAllByTestId("mark-row");
    await user.click(screen.getByTestId("live-write"));
    expect(await screen.findByTestId("composer-note")).toBeTruthy();
  });
});

describe("with assistive technology", () => {
  it.each<[string, () => unknown]>([
    ["", () => undefined],
    ["while sharing is paused", () => ipc.livePause()],
    ["with a lost device", () => lane(0, "lost")],
  ])("axe finds nothing serious %s", async (_, prepare) => {
    await during(prepare);
    expect(await seriousFindings()).toEqual([]);
  });

  it("every part is a region that F6 reaches", async () => {
    await during();
    const named = [...document.querySelectorAll("[data-region]")].map((r) => r.getAttribute("aria-label"));
    for (const part of ["这一通现场", "声道与记号", "实时文字", "记号", "师兄"])
      expect(named).toContain(part);
  });
});
