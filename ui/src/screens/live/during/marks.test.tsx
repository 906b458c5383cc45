import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { areMarks, callNow, during, key, lines, M, marksNow, newest } from "../../../../test/during";
import { goOn, listening, STAGED_MS } from "../../../../test/host/live";
import { world } from "../../../../test/host/stage";
import { openWindow } from "../../../../test/window";
import { ipc } from "../../../ipc";
import { ageOf } from "../marks";

const user = userEvent.setup();

const notesNow = async () => {
  const notes = await ipc.seatNotesOf((await callNow()).case.id);
  return notes.map((view) => view.note).sort((a, b) => (a.id < b.id ? -1 : 1));
};

describe("marks", () => {
  it("M marks the moment of the press, less the lag, and the pin is there before the answer", async () => {
    await during();
    key(M);
    expect(screen.getAllByTestId("mark-row")).toHaveLength(5);
    await areMarks(5);
    const mark = await newest();
    expect(Math.abs((mark?.raw_mark_ms ?? 0) - STAGED_MS)).toBeLessThan(1000);
    expect(mark?.lag_ms).toBe(2000);
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
    await during();
    const sent = vi.spyOn(ipc, "liveMark");
    key(M);
    expect(sent).toHaveBeenCalledOnce();
    expect(sent.mock.calls[0]?.[0].ago_ms).toBeLessThan(500);
    sent.mockRestore();
  });

  it("a tag key right after tags that mark; Shift adds; a tag key by itself marks", async () => {
    await during();
    const [one, two, three] = world().tags.map((t) => t.id);
    key(M);
    key({ key: "1", code: "Digit1" });
    await waitFor(async () => expect((await newest())?.tags).toEqual([one]));
    key({ key: "!", code: "Digit2", shiftKey: true });
    await waitFor(async () => expect((await newest())?.tags).toEqual([one, two]));
    expect(await marksNow()).toHaveLength(5);
    vi.setSystemTime(Date.now() + 11_000);
    key({ key: "3", code: "Digit3" });
    await areMarks(6);
    expect((await newest())?.tags).toEqual([three]);
  });

  it("B marks a quote, which shows in its words", async () => {
    await during();
    key({ key: "b", code: "KeyB" });
    await waitFor(async () => expect((await newest())?.kind).toBe("quote"));
    await waitFor(() => expect(lines().at(-1)?.querySelector("mark")).toBeTruthy());
  });

  it("are taken back by Ctrl+Z, by the button, and alone", async () => {
    await during();
    key(M);
    await areMarks(5);
    key({ key: "z", code: "KeyZ", ctrlKey: true });
    await areMarks(4);
    key(M);
    await areMarks(5);
    await user.click(screen.getByTestId("live-undo"));
    await waitFor(() => expect(screen.getAllByTestId("mark-row")).toHaveLength(4));
  });

  it("a sentence is added without leaving the call; letters typed there mark nothing", async () => {
    await during();
    key(M);
    await areMarks(5);
    key({ key: "w", code: "KeyW" });
    const note = await screen.findByTestId("composer-note");
    await waitFor(() => expect(document.activeElement).toBe(note));
    await user.type(note, "mb1zx 客户第三次说{Enter}");
    await waitFor(async () => expect((await newest())?.text).toBe("mb1zx 客户第三次说"));
    expect(await marksNow()).toHaveLength(5);
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
    await areMarks(5);
    key({ key: "w", code: "KeyW" });
    await user.click(within(await screen.findByRole("radiogroup", { name: "类别" })).getByText("建议"));
    await waitFor(async () => expect((await newest())?.kind).toBe("suggestion"));
  });

  it("that is refused is taken out again and said", async () => {
    await during();
    vi.spyOn(ipc, "liveMark").mockRejectedValueOnce({ code: "disk.full", args: {} });
    key(M);
    expect((await screen.findByRole("alert")).textContent).toContain("磁盘满了");
    expect(screen.getAllByTestId("mark-row")).toHaveLength(4);
  });

  it("need no sound: on the clock alone they are kept", async () => {
    await openWindow("/live", async () => {
      await listening.begin({ mode: "clock_only", lanes: [], consent: null, notice: null });
      await listening.goOnTo(60_000);
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
    const { actor } = await ipc.workspaceInfo();
    const note = (await notesNow()).at(-1);
    expect(note).toMatchObject({ kind: "explain", text: "", author_id: actor.id });
    expect(Math.abs((note?.at_ms ?? 0) - STAGED_MS)).toBeLessThan(1000);
  });

  it("a question is written without a word, and carries the moment its writing began", async () => {
    await during();
    key({ key: "a", code: "KeyA" });
    await user.type(screen.getByTestId("live-note-input"), "这");
    await goOn(8000);
    await user.type(screen.getByTestId("live-note-input"), "是谁批的{Enter}");
    await waitFor(async () => expect(await notes()).toHaveLength(5));
    const note = (await notesNow()).at(-1);
    expect(note).toMatchObject({ kind: "ask", text: "这是谁批的" });
    expect(note?.at_ms).toBeLessThan(STAGED_MS + 2000);
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
    await areMarks(5);
    const mark = await newest();
    expect(mark?.text).toContain("平台规则里没有这一条");
    expect(Math.abs((mark?.raw_mark_ms ?? 0) - (mark?.lag_ms ?? 0) - 1_056_000)).toBeLessThan(1500);
  });

  it("a note that could not be kept comes back to be sent again", async () => {
    await during();
    vi.spyOn(ipc, "addSeatNote").mockRejectedValueOnce({ code: "disk.full", args: {} });
    await user.type(screen.getByTestId("live-note-input"), "规则在哪{Enter}");
    await screen.findByRole("alert");
    expect(screen.getByTestId("live-note-input")).toHaveProperty("value", "规则在哪");
  });
});
