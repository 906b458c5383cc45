import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it } from "vitest";
import { casesNow, edit } from "../../../test/host/now";
import { afterLive, callNamed, recordingNamed } from "../../../test/host/stage";
import { expectInert, openWindow, payloads, seriousFindings } from "../../../test/window";
import { startI18n } from "../../i18n";
import { getRecord, type LiveCall } from "../../ipc";
import { playerState } from "../../player/clock";
import { offsetText, parseOffset } from "../../things/live/offset";
import { sureWord } from "../../things/live/sure";

const user = userEvent.setup();
const waiting = () => afterLive().clockOnly;
const texts = () => afterLive().textOnly;
const target = () => callNamed("快递三次").case;
const alignmentOf = async ({ id }: LiveCall) => (await getRecord("live_call", id)).alignment;

const evening = (path: string, prepare?: () => unknown) => openWindow(path, prepare, { afterLive: true });

/** Opens the page of the call that has a likely recording, and waits for the waveform. */
async function opened(prepare?: () => unknown) {
  await evening(`/live/align/${waiting().id}`, prepare);
  await screen.findAllByTestId("align-pin");
}

const offset = () => screen.getByTestId<HTMLInputElement>("align-offset").value;
const group = () => screen.getByRole("slider", { name: "相差" });
const press = (key: string, more: KeyboardEventInit = {}) =>
  act(() => void fireEvent.keyDown(group(), { key, code: key, ...more }));
/** The marks of the call, as they stand now. */
const marks = async () => {
  const ids = afterLive().marks.clockOnly.map((view) => view.observation.id);
  const now = await Promise.all(ids.map((id) => getRecord("observation", id)));
  return now.sort((a, b) => a.start_ms - b.start_ms);
};
const starts = async () => (await marks()).map((o) => o.start_ms);
const confirm = async () => {
  await user.click(screen.getByTestId("align-confirm"));
  await waitFor(() => expect(window.location.hash).toMatch(/^#\/case\//));
};

afterEach(() => startI18n("zh-CN"));

describe("an offset", () => {
  it.each([
    [12_300, "+00:12.3"],
    [-65_000, "−01:05.0"],
    [0, "+00:00.0"],
    [3_600_000, "+1:00:00.0"],
  ])("%d ms is written %s and read back", (ms, text) => {
    expect(offsetText(ms)).toBe(text);
    expect(parseOffset(text)).toBe(ms);
  });

  it.each([
    ["-5", -5000],
    ["+0:12.3", 12_300],
    ["12.3", 12_300],
    ["soon", null],
    ["", null],
    ["+-3", null],
  ])("%s is read as %s", (text, ms) => expect(parseOffset(text)).toBe(ms));
});

describe("a confidence", () => {
  it.each([
    [100, "sure"],
    [90, "sure"],
    [89, "likely"],
    [70, "likely"],
    [69, "maybe"],
    [40, "maybe"],
    [39, "unsure"],
    [0, "unsure"],
  ] as const)("of %d is %s", (confidence, word) => expect(sureWord(confidence)).toBe(word));
});

describe("aligning", () => {
  it("begins with the likeliest recording, its reasons and its offset", async () => {
    await opened();
    const [best] = screen.getAllByTestId("align-candidate");
    expect(best?.textContent).toContain("快递三次改地址没改成");
    expect(best?.textContent).toContain("多半是 80%");
    expect(best?.textContent).toContain("开始的时间差 12 秒");
    expect(within(best as HTMLElement).getByRole("radio")).toHaveProperty("checked", true);
    expect(offset()).toBe("+00:12.3");
  });

  it("puts marks and notes where they are shown, and goes there", async () => {
    await opened();
    await confirm();
    expect(await starts()).toEqual([16_300, 107_300, 192_800, 414_300]);
    expect(new Set((await marks()).map((o) => o.case_id))).toEqual(new Set([target().id]));
    expect(await alignmentOf(waiting())).toMatchObject({
      offset_ms: 12_300,
      method: "clock",
      confidence: 80,
    });
    expect(window.location.hash).toBe(`#/case/${target().id}?t=16.3`);
    expect((await screen.findByTestId("undo-bar")).textContent).toContain("对上了录音");
  });

  it("is taken back whole", async () => {
    await opened();
    await confirm();
    await user.click(within(await screen.findByTestId("undo-bar")).getByRole("button", { name: /撤销/ }));
    await waitFor(async () => expect(await alignmentOf(waiting())).toBeNull());
    expect(await starts()).toEqual([4000, 95_000, 180_500, 402_000]);
  });

  it.each([
    ["ArrowRight", {}, "+00:12.4"],
    ["ArrowLeft", {}, "+00:12.2"],
    ["ArrowRight", { shiftKey: true }, "+00:13.3"],
    ["ArrowLeft", { shiftKey: true }, "+00:11.3"],
  ] as const)("the whole group moves with %s %j to %s", async (key, more, text) => {
    await opened();
    press(key, more);
    expect(offset()).toBe(text);
    expect(group().getAttribute("aria-valuetext")).toBe(text);
  });

  it("the whole group moves with whichever pin is dragged, and by hand means by hand", async () => {
    await opened();
    const pin = screen.getAllByTestId("align-pin")[1] as HTMLElement;
    act(() => {
      fireEvent.pointerDown(pin, { button: 0, clientX: 500 });
      // Two minutes on a thousand pixels.
      fireEvent.pointerMove(pin, { clientX: 550 });
      fireEvent.pointerUp(pin, { clientX: 550 });
    });
    expect(offset()).toBe("+00:18.3");
    await confirm();
    expect(await alignmentOf(waiting())).toMatchObject({ offset_ms: 18_300, method: "hand" });
    expect(await starts()).toEqual([22_300, 113_300, 198_800, 420_300]);
  });

  it("a hand that only trembles moves nothing", async () => {
    await opened();
    const pin = screen.getAllByTestId("align-pin")[0] as HTMLElement;
    act(() => {
      fireEvent.pointerDown(pin, { button: 0, clientX: 500 });
      fireEvent.pointerMove(pin, { clientX: 502 });
      fireEvent.pointerUp(pin, { clientX: 502 });
    });
    expect(offset()).toBe("+00:12.3");
  });

  it("takes an offset that is typed, and says what it cannot read", async () => {
    await opened();
    const field = screen.getByTestId("align-offset");
    await user.clear(field);
    await user.type(field, "soon");
    expect(screen.getByRole("alert").textContent).toContain("+0:12.3");
    await user.clear(field);
    await user.type(field, "-3{Enter}");
    expect(offset()).toBe("−00:03.0");
  });

  it("plays around a mark where it would stand", async () => {
    await opened();
    await user.click(screen.getByRole("button", { name: "听记号 2 前后" }));
    await waitFor(() =>
      expect(playerState()).toMatchObject({ playing: true, clip: { start_ms: 105_300, end_ms: 112_300 } }),
    );
    await user.click(screen.getByRole("button", { name: "停下" }));
    await waitFor(() => expect(playerState().playing).toBe(false));
  });

  it("says when marks lie outside, and does not begin when all do", async () => {
    await opened();
    const field = screen.getByTestId("align-offset");
    await user.clear(field);
    await user.type(field, "+5:00{Enter}");
    expect(await screen.findByText("有 1 个记号落在录音外面。")).toBeTruthy();
    expect(screen.getByTestId("align-confirm")).toHaveProperty("disabled", false);
    await user.clear(field);
    await user.type(field, "+20:00{Enter}");
    expect(await screen.findByText("记号全在录音外面，这样对不上。")).toBeTruthy();
    expect(screen.getByTestId("align-confirm")).toHaveProperty("disabled", true);
  });

  it("by the hello puts the marked moment onto the first words", async () => {
    await opened();
    const mark = screen.getByRole<HTMLSelectElement>("combobox", { name: "哪个记号是“你好”" });
    expect(mark.selectedOptions[0]?.textContent).toContain("你好");
    await user.click(screen.getByTestId("align-hello"));
    await waitFor(() => expect(offset()).toBe("−00:09.0"));
    await confirm();
    expect(await alignmentOf(waiting())).toMatchObject({ method: "hello", confidence: 73 });
  });

  it("by the hello takes the moment that plays, too", async () => {
    await opened();
    await waitFor(() => expect(playerState().recording_id).toBe(recordingNamed("快递三次")));
    act(() => void fireEvent.keyDown(document.body, { key: "ArrowRight", code: "ArrowRight" }));
    await waitFor(() => expect(playerState().position_ms).toBe(5000));
    await user.click(screen.getByTestId("align-hello-here"));
    await waitFor(() => expect(offset()).toBe("−00:04.0"));
  });

  it("onto a recording somebody finds in the library", async () => {
    await evening(`/live/align/${texts().id}`);
    expect(await screen.findByText("先在左边选一段录音")).toBeTruthy();
    expect(screen.getByTestId("align-confirm")).toHaveProperty("disabled", true);
    await user.type(screen.getByRole("searchbox", { name: "找标题、坐席、客户" }), "续费");
    const [found] = await screen.findAllByTestId("align-candidate");
    // The call itself has no sound and so is not offered.
    expect(screen.getAllByTestId("align-candidate")).toHaveLength(1);
    await user.click(within(found as HTMLElement).getByRole("radio"));
    await screen.findAllByTestId("align-pin");
    await confirm();
    expect((await alignmentOf(texts()))?.method).toBe("hand");
  });

  it("again moves on from where the marks stand", async () => {
    await opened();
    await confirm();
    await user.click(await screen.findByRole("tab", { name: "案卷" }));
    await user.click(await screen.findByTestId("align-open"));
    await screen.findAllByTestId("align-pin");
    expect(screen.getAllByTestId("align-candidate")[0]?.textContent).toContain("现在对在这里");
    expect(offset()).toBe("+00:12.3");
    press("ArrowRight", { shiftKey: true });
    await confirm();
    expect(await starts()).toEqual([17_300, 108_300, 193_800, 415_300]);
  });
});

describe("the page of aligning", () => {
  it("says when the call has sound of its own, and when it is gone", async () => {
    await evening(`/live/align/${afterLive().rescued.id}`);
    expect(await screen.findByText("这通现场自己有声音，用不着对齐。")).toBeTruthy();
    await evening("/live/align/0193a1b2-0000-7000-8000-00000000dead");
    expect((await screen.findByRole("alert")).dataset.code).toBe("not_found");
  });

  it.each(["zh-CN", "en"] as const)("has nothing serious for axe to find in %s", async (language) => {
    startI18n(language);
    await opened();
    expect(await seriousFindings()).toEqual([]);
  });

  it("shows any text as text", async () => {
    await opened(async () => {
      for (const row of await casesNow()) await edit("case", row.case, { title: payloads });
      for (const mark of await marks()) await edit("observation", mark, { text: payloads });
    });
    expectInert();
  });
});
