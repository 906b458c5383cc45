import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { during, goOn, key, lines, M, marks, newest } from "../../../../test/fake/live";
import { openWindow } from "../../../../test/fake/window";
import { ipc } from "../../../ipc";
import { booth } from "../../../ipc/fake/booth";
import { liveCommands } from "../../../ipc/fake/live";
import { skipTo } from "../../../ipc/fake/liveClock";
import { STAGED_MS } from "../../../ipc/fake/liveStage";
import { state } from "../../../ipc/fake/state";
import { ageOf } from "../marks";

const user = userEvent.setup();

beforeEach(() => {
  booth.auto = false;
});

describe("marks", () => {
  it("M marks the moment of the press, less the lag, and the pin is there before the answer", async () => {
    await during();
    key(M);
    expect(screen.getAllByTestId("mark-row")).toHaveLength(5);
    await waitFor(() => expect(marks()).toHaveLength(5));
    expect(Math.abs((newest()?.raw_mark_ms ?? 0) - STAGED_MS)).toBeLessThan(1000);
    expect(newest()?.lag_ms).toBe(2000);
    expect(screen.getByText(/^刚记下 18:[45]\d$/)).toBeTruthy();
  });

  it("a press that was handled late still counts from when the key went down", () => {
    expect(ageOf({ timeStamp: performance.now() - 800 })).toBeGreaterThanOrEqual(800);
    expect(ageOf({ timeStamp: performance.now() - 800 })).toBeLessThan(1000);
  });

  it("a clock that jumped is no press of long ago", () => {
    expect(ageOf({ timeStamp: performance.now() - 3_600_000 })).toBe(0);
    expect(ageOf({ timeStamp: performance.now() + 3_600_000 })).toBe(0);
  });

  it("the age of the press goes to the host", async () => {
    const sent = vi.spyOn(ipc, "liveMark");
    await during();
    key(M);
    expect(sent).toHaveBeenCalledOnce();
    expect(sent.mock.calls[0]?.[0].ago_ms).toBeLessThan(500);
    sent.mockRestore();
  });

  it("a tag key right after tags that mark; Shift adds; a tag key by itself marks", async () => {
    await during();
    const [one, two, three] = state.tags.map((t) => t.id);
    key(M);
    key({ key: "1", code: "Digit1" });
    await waitFor(() => expect(newest()?.tags).toEqual([one]));
    key({ key: "!", code: "Digit2", shiftKey: true });
    await waitFor(() => expect(newest()?.tags).toEqual([one, two]));
    expect(marks()).toHaveLength(5);
    vi.useFakeTimers({ now: Date.now() + 11_000, toFake: ["Date"] });
    key({ key: "3", code: "Digit3" });
    vi.useRealTimers();
    await waitFor(() => expect(marks()).toHaveLength(6));
    expect(newest()?.tags).toEqual([three]);
  });

  it("B marks a quote, which shows in its words", async () => {
    await during();
    key({ key: "b", code: "KeyB" });
    await waitFor(() => expect(newest()?.kind).toBe("quote"));
    await waitFor(() => expect(lines().at(-1)?.querySelector("mark.q")).toBeTruthy());
  });

  it("are taken back by Ctrl+Z, by the button, and alone", async () => {
    await during();
    key(M);
    await waitFor(() => expect(marks()).toHaveLength(5));
    key({ key: "z", code: "KeyZ", ctrlKey: true });
    await waitFor(() => expect(marks()).toHaveLength(4));
    key(M);
    await waitFor(() => expect(marks()).toHaveLength(5));
    await user.click(screen.getByTestId("live-undo"));
    await waitFor(() => expect(screen.getAllByTestId("mark-row")).toHaveLength(4));
  });

  it("a sentence is added without leaving the call; letters typed there mark nothing", async () => {
    await during();
    key(M);
    await waitFor(() => expect(marks()).toHaveLength(5));
    key({ key: "w", code: "KeyW" });
    const note = await screen.findByTestId("composer-note");
    await waitFor(() => expect(document.activeElement).toBe(note));
    await user.type(note, "mb1zx 客户第三次说{Enter}");
    await waitFor(() => expect(newest()?.text).toBe("mb1zx 客户第三次说"));
    expect(marks()).toHaveLength(5);
    expect(screen.queryByTestId("composer-note")).toBeNull();
    expect(screen.getByTestId("live-state").textContent).toBe("正在采集");
  });

  it("a key that belongs to an input method is not a mark", async () => {
    await during();
    key({ ...M, isComposing: true });
    key({ key: "Process", code: "KeyM", keyCode: 229 });
    expect(screen.getAllByTestId("mark-row")).toHaveLength(4);
  });

  it("can be of another kind", async () => {
    await during();
    key(M);
    await waitFor(() => expect(marks()).toHaveLength(5));
    key({ key: "w", code: "KeyW" });
    await user.click(within(await screen.findByRole("radiogroup", { name: "类别" })).getByText("建议"));
    await waitFor(() => expect(newest()?.kind).toBe("suggestion"));
  });

  it("that is refused is taken out again and said", async () => {
    await during(() => void booth.refusals.set("live_mark", { code: "disk.full", args: {} }));
    key(M);
    expect((await screen.findByRole("alert")).textContent).toContain("磁盘满了");
    expect(screen.getAllByTestId("mark-row")).toHaveLength(4);
  });

  it("need no sound: on the clock alone they are kept", async () => {
    openWindow("/live", () => {
      liveCommands.live_begin({
        title: "",
        business_line: "",
        agent: "",
        customer: "",
        mode: "clock_only",
        lanes: [],
        consent: null,
        notice: null,
        mentor_id: null,
        session_id: null,
        anchor: "",
      });
      skipTo(60_000);
    });
    expect(await screen.findByText(/只记时钟：记号先落在/)).toBeTruthy();
    expect(screen.getByTestId("live-state").textContent).toBe("只记时钟");
    expect(screen.queryByTestId("live-pause")).toBeNull();
    key(M);
    await waitFor(() => expect(screen.getAllByTestId("mark-row")).toHaveLength(1));
  });
});

describe("at the seat", () => {
  const notes = () => screen.findAllByTestId("seat-note");

  it("one press asks to have it explained, at this moment", async () => {
    await during();
    await user.click(screen.getByTestId("live-note-explain"));
    await waitFor(async () => expect(await notes()).toHaveLength(5));
    expect(state.seatNotes.at(-1)).toMatchObject({ kind: "explain", text: "", author_id: state.actor });
    expect(Math.abs((state.seatNotes.at(-1)?.at_ms ?? 0) - STAGED_MS)).toBeLessThan(1000);
  });

  it("a question is written without a word, and carries the moment its writing began", async () => {
    await during();
    key({ key: "a", code: "KeyA" });
    await user.type(screen.getByTestId("live-note-input"), "这");
    goOn(8000);
    await user.type(screen.getByTestId("live-note-input"), "是谁批的{Enter}");
    await waitFor(async () => expect(await notes()).toHaveLength(5));
    expect(state.seatNotes.at(-1)).toMatchObject({ kind: "ask", text: "这是谁批的" });
    expect(state.seatNotes.at(-1)?.at_ms).toBeLessThan(STAGED_MS + 2000);
  });

  it("the mentor writes at the same computer, under the mentor's name", async () => {
    await during();
    await user.click(screen.getByTestId("live-note-mentor"));
    await user.type(screen.getByTestId("live-note-input"), "先别讲规则");
    await user.click(screen.getByTestId("live-note-heed"));
    await waitFor(async () => expect(await notes()).toHaveLength(5));
    const note = (await notes()).at(-1);
    expect(note?.dataset).toMatchObject({ kind: "heed", mentor: "true" });
    expect(note?.textContent).toContain("青禾");
  });

  it("a note becomes a mark at its own moment, with its words", async () => {
    await during();
    const [first] = await notes();
    await user.click(within(first as HTMLElement).getByTestId("seat-note-mark"));
    await waitFor(() => expect(marks()).toHaveLength(5));
    const mark = newest();
    expect(mark?.text).toContain("平台规则里没有这一条");
    expect(Math.abs((mark?.raw_mark_ms ?? 0) - (mark?.lag_ms ?? 0) - 1_056_000)).toBeLessThan(1500);
  });

  it("a note that could not be kept comes back to be sent again", async () => {
    await during(() => void booth.refusals.set("add_seat_note", { code: "disk.full", args: {} }));
    await user.type(screen.getByTestId("live-note-input"), "规则在哪{Enter}");
    await screen.findByRole("alert");
    expect(screen.getByTestId("live-note-input")).toHaveProperty("value", "规则在哪");
  });
});
