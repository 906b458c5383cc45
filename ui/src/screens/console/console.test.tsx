import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { afterEach, describe, expect, it, vi } from "vitest";
import { edit, evidenceNow, playerNow } from "../../../test/host/now";
import { caseNamed, recordingNamed, world } from "../../../test/host/stage";
import { allIssues } from "../../../test/host/told/days";
import { open } from "../../../test/stage";
import { ipc } from "../../ipc";
import { accept, playerState } from "../../player/clock";
import { qk, queryClient } from "../../records/queries";
import { nextTags } from "./marks";
import { parseMoment } from "./moment";
import { useConsole } from "./store";

/** Opens a case and waits until it can be worked with. */
async function opened(title: string, search = "") {
  const view = await open(() => `/case/${caseNamed(title)}${search}`);
  await screen.findByTestId("waveform");
  // Its turns, or the words that say there are none.
  const text = within(await screen.findByTestId("transcript"));
  const none = /^(还没有文字|文字正在来|没有听出话来)$/;
  await waitFor(() => expect(text.queryAllByTestId("turn-row")[0] ?? text.queryByText(none)).toBeTruthy());
  return view;
}

const key = (init: KeyboardEventInit) => act(() => void fireEvent.keyDown(document.body, init));
/** The marks of the call on the screen, as the host has them. */
const marks = async () =>
  (await ipc.observationsOf(useConsole.getState().here?.caseId ?? "")).map((view) => view.observation);
/** The one that nobody told of. */
const newest = async () => {
  const known = new Set(world().marks.map(({ observation }) => observation.id));
  return (await marks()).find((mark) => !known.has(mark.id));
};
/** Waits until the call has so many marks. */
const count = (many: number) => waitFor(async () => expect(await marks()).toHaveLength(many));

afterEach(() => vi.restoreAllMocks());

describe("opening a case", () => {
  it("shows the player where this person left off, and does not play", async () => {
    await opened("冰箱");
    await waitFor(() => expect(screen.getByTestId("player-time")).toHaveProperty("textContent", "5:13"));
    expect(playerState()).toMatchObject({ playing: false, speed: 1.2, position_ms: 313_000 });
  });

  it("at a link stands at the moment", async () => {
    await opened("冰箱", "?t=61.5,70");
    await waitFor(() => expect(playerState().position_ms).toBe(61_500));
    expect(playerState().playing).toBe(false);
    expect(useConsole.getState().selection).toEqual({ start_ms: 61_500, end_ms: 70_000 });
  });

  it("at the link of a mark chooses that mark, even when the list of marks comes after the sound", async () => {
    const read = ipc.observationsOf;
    vi.spyOn(ipc, "observationsOf").mockImplementation(
      (id) => new Promise((done) => setTimeout(() => done(read(id)), 300)),
    );
    const id = caseNamed("冰箱");
    const mark = world().marks.find(({ observation }) => observation.case_id === id)?.observation;
    if (!mark) throw new Error("the call has marks");
    await open(`/case/${id}?t=${mark.start_ms / 1000},${mark.end_ms / 1000}`);
    await waitFor(() => expect(useConsole.getState().activeId).toBe(mark.id));
  });

  it.each([
    ["t=12.4,18.9", { start_ms: 12_400, end_ms: 18_900 }],
    ["t=12", { start_ms: 12_000, end_ms: null }],
    ["t=9,3", null],
    ["t=-4", null],
    ["t=<script>", null],
    ["", null],
  ])("reads %s", (search, moment) => expect(parseMoment(search)).toEqual(moment));

  it("says when there is no text, and can be heard all the same", async () => {
    await opened("还没有文字");
    expect(await screen.findByTestId("job-state")).toBeTruthy();
    expect(screen.getByTestId("player-play")).toHaveProperty("disabled", false);
  });

  it("that is gone says so", async () => {
    await open("/case/0193a1b2-0000-7000-8000-00000000dead");
    expect((await screen.findByRole("alert")).dataset.code).toBe("not_found");
  });

  it("has every part as a region that F6 reaches", async () => {
    const { container } = await opened("冰箱");
    expect(container.querySelectorAll("[data-region]").length).toBeGreaterThanOrEqual(5);
  });
});

describe("marking", () => {
  it("M marks the instant of the key, once, and the pin is there", async () => {
    await opened("冰箱");
    await waitFor(() => expect(screen.getAllByTestId("mark-row")).toHaveLength(4));
    key({ key: "m", code: "KeyM" });
    expect(screen.getAllByTestId("mark-row")).toHaveLength(5);
    await count(5);
    expect(await newest()).toMatchObject({ raw_mark_ms: 313_000, kind: "problem", tags: [] });
    expect(screen.getByTestId("undo-bar")).toBeTruthy();
  });

  it("a tag key right after tags that mark; Shift adds; the same key takes off", async () => {
    await opened("冰箱");
    const [one, two] = world().tags.map((t) => t.id);
    await screen.findAllByTestId("mark-row");
    await waitFor(() => expect(screen.queryAllByTestId("tag-key-1")).toHaveLength(0));
    key({ key: "m", code: "KeyM" });
    await screen.findByTestId("tag-key-1");
    key({ key: "1", code: "Digit1" });
    await waitFor(async () => expect((await newest())?.tags).toEqual([one]));
    key({ key: "!", code: "Digit2", shiftKey: true });
    await waitFor(async () => expect((await newest())?.tags).toEqual([one, two]));
    key({ key: "1", code: "Digit1" });
    await waitFor(async () => expect((await newest())?.tags).toEqual([two]));
    expect(await marks()).toHaveLength(5);
  });

  it("a tag key with no fresh mark marks with that tag", async () => {
    await opened("冰箱");
    await screen.findAllByTestId("mark-row");
    await waitFor(() => expect(queryClient.getQueryData(qk.tags)).toBeTruthy());
    key({ key: "3", code: "Digit3" });
    await count(5);
    expect((await newest())?.tags).toEqual([world().tags[2]?.id]);
  });

  it("a tag key while it plays on, after ten seconds, is a new mark", async () => {
    await opened("冰箱");
    await screen.findAllByTestId("mark-row");
    key({ key: "m", code: "KeyM" });
    await count(5);
    act(() => {
      useConsole.setState({ touchedAt: Date.now() - 11_000 });
      accept({ ...playerState(), playing: true });
    });
    key({ key: "2", code: "Digit2" });
    await count(6);
    act(() => accept({ ...playerState(), playing: false }));
  });

  it("B marks a quote", async () => {
    await opened("冰箱");
    await screen.findAllByTestId("mark-row");
    key({ key: "b", code: "KeyB" });
    await waitFor(async () => expect(await newest()).toMatchObject({ kind: "quote" }));
  });

  it("Enter begins a range, and Enter again ends the same one", async () => {
    await opened("冰箱");
    await screen.findAllByTestId("mark-row");
    key({ key: "Enter", code: "Enter" });
    await count(5);
    expect(await newest()).toMatchObject({ start_ms: 311_000 });
    act(() => accept({ ...playerState(), position_ms: 330_000 }));
    key({ key: "Enter", code: "Enter" });
    await waitFor(async () => expect(await newest()).toMatchObject({ start_ms: 311_000, end_ms: 330_000 }));
    expect(await marks()).toHaveLength(5);
  });

  it("a drawn range is marked as it is drawn", async () => {
    await opened("冰箱");
    await screen.findAllByTestId("mark-row");
    act(() => useConsole.setState({ selection: { start_ms: 5000, end_ms: 9000 } }));
    key({ key: "m", code: "KeyM" });
    await waitFor(async () => expect(await newest()).toMatchObject({ start_ms: 5000, end_ms: 9000 }));
  });

  it("the ends of the active range move by keys", async () => {
    await opened("冰箱");
    fireEvent.click(
      within((await screen.findAllByTestId("mark-row"))[2] as HTMLElement).getAllByRole(
        "button",
      )[0] as HTMLElement,
    );
    key({ key: "ArrowLeft", code: "ArrowLeft", altKey: true });
    key({ key: "ArrowRight", code: "ArrowRight", altKey: true, shiftKey: true });
    await waitFor(async () => {
      const o = (await marks()).find((mark) => mark.text.startsWith("关键安装"));
      expect([o?.start_ms, o?.end_ms]).toEqual([294_800, 325_200]);
    });
  });

  it("a refused mark is taken back and said", async () => {
    await opened("冰箱");
    await screen.findAllByTestId("mark-row");
    await ipc.deleteCase(caseNamed("冰箱"));
    key({ key: "m", code: "KeyM" });
    await waitFor(() => expect(screen.getByRole("alert").dataset.code).toBe("case.in_bin"));
    // The four that were there go as well, once it is read again that the call is in the bin.
    await waitFor(() => expect(screen.queryAllByTestId("mark-row").length).toBeLessThanOrEqual(4));
  });

  it("Ctrl+Z takes the mark back", async () => {
    await opened("冰箱");
    await screen.findAllByTestId("mark-row");
    key({ key: "m", code: "KeyM" });
    await screen.findByTestId("undo-bar");
    expect(document.activeElement).toBe(document.body);
    key({ key: "z", code: "KeyZ", ctrlKey: true });
    await waitFor(() => expect(screen.getAllByTestId("mark-row")).toHaveLength(4));
  });

  it.each([
    [[], "a", false, ["a"]],
    [["b"], "a", false, ["a"]],
    [["b"], "a", true, ["b", "a"]],
    [["a", "b"], "a", false, ["b"]],
    [["a"], "a", true, []],
  ])("tags %j with %s (add: %s) become %j", (tags, tag, add, expected) => {
    expect(nextTags(tags, tag, add)).toEqual(expected);
  });
});

describe("the note", () => {
  it("saves itself when the hand rests, and letters typed in it mark nothing", async () => {
    const user = userEvent.setup();
    await opened("冰箱");
    await screen.findAllByTestId("mark-row");
    key({ key: "m", code: "KeyM" });
    await count(5);
    await user.type(await screen.findByTestId("composer-note"), "m b 1 page says 83");
    await waitFor(async () => expect((await newest())?.text).toBe("m b 1 page says 83"), { timeout: 3000 });
    expect(await marks()).toHaveLength(5);
  });

  it("shows pasted markup as text", async () => {
    await opened("冰箱");
    const script = `<img src=x onerror="alert(1)"><script>alert(1)</script>`;
    for (const mark of await marks()) await edit("observation", mark, { text: script });
    await waitFor(() => expect(screen.getAllByText(script).length).toBeGreaterThan(0));
    expect(document.querySelector("main img, main script")).toBeNull();
  });
});

describe("filing", () => {
  it("suggests what is alike while the title is typed, and files a new issue", async () => {
    const user = userEvent.setup();
    await opened("冰箱");
    fireEvent.click(
      within((await screen.findAllByTestId("mark-row"))[3] as HTMLElement).getAllByRole(
        "button",
      )[0] as HTMLElement,
    );
    await user.click(await screen.findByTestId("file-issue"));
    const title = await screen.findByTestId("issue-title");
    await user.clear(title);
    await user.type(title, "含铰链宽度");
    await waitFor(() => expect(screen.getAllByTestId("similar-issue")[0]?.textContent).toContain("128"));
    await user.click(screen.getByTestId("issue-create"));
    await waitFor(async () => expect((await ipc.listIssues(allIssues)).total).toBe(17));
    expect((await ipc.listIssues(allIssues)).rows[0]?.issue.title).toBe("含铰链宽度");
    expect(screen.queryByTestId("issue-title")).toBeNull();
  });

  it("puts several observations under an issue there is", async () => {
    await opened("冰箱");
    await screen.findAllByTestId("mark-row");
    const ids = (await marks()).map((o) => o.id);
    act(() => useConsole.setState({ activeId: ids[0] ?? null, picked: ids, filing: ids }));
    const title = await screen.findByTestId("issue-title");
    fireEvent.change(title, { target: { value: "嵌入式洗碗机留空" } });
    const row = await waitFor(() => {
      const rows = screen.getAllByTestId("similar-issue");
      return (
        rows.find((r) => r.textContent?.includes("141")) ?? Promise.reject(new Error("not suggested yet"))
      );
    });
    fireEvent.click(
      within(row as HTMLElement)
        .getAllByRole("button")
        .at(-1) as HTMLElement,
    );
    await waitFor(async () => {
      const attached = (await evidenceNow(141)).filter((e) => ids.includes(e.observation.id));
      expect(attached).toHaveLength(ids.length);
    });
  });
});

describe("the transcript", () => {
  it("stops following when somebody scrolls, and goes on when asked", async () => {
    await opened("冰箱");
    const row = (await screen.findAllByTestId("turn-row"))[0] as HTMLElement;
    expect(useConsole.getState().textFollows).toBe(true);
    fireEvent.wheel(row.closest("[data-testid=turns]") as HTMLElement, { deltaY: 100 });
    expect(useConsole.getState().textFollows).toBe(false);
    key({ key: "f", code: "KeyF" });
    expect(useConsole.getState().textFollows).toBe(true);
  });

  it("is corrected in place: Enter saves, not while composing; the engine's words are kept", async () => {
    await opened("冰箱", "?t=0");
    await screen.findAllByTestId("turn-row");
    await waitFor(() => expect(playerState().position_ms).toBe(0));
    act(() => accept({ ...playerState(), position_ms: 500 }));
    await waitFor(() => expect(document.querySelector("[aria-current][data-turn='0']")).toBeTruthy());
    key({ key: "e", code: "KeyE" });
    const field = within(await screen.findByTestId("turn-edit")).getByRole("textbox");
    fireEvent.change(field, { target: { value: "改过的一句" } });
    fireEvent.keyDown(field, { key: "Enter", isComposing: true });
    expect(screen.getByTestId("turn-edit")).toBeTruthy();
    fireEvent.keyDown(field, { key: "Enter" });
    await waitFor(() => expect(screen.queryByTestId("turn-edit")).toBeNull());
    const [first] = await ipc.segments({ recording_id: recordingNamed("冰箱"), offset: 0, limit: 1 });
    expect(first).toMatchObject({ text: "改过的一句" });
    expect(first?.text_original).toContain("知秋");
  });

  it("draws a handful of rows of ten thousand", async () => {
    await opened("三小时");
    const rows = await screen.findAllByTestId("turn-row");
    expect(rows.length).toBeGreaterThan(5);
    expect(rows.length).toBeLessThan(80);
  });

  it("shows a filler within the turn it was said into when that is chosen, to be heard by hand or key", async () => {
    await open(`/case/${caseNamed("会员自动续费")}?t=0`, async () => {
      await ipc.updateSettings({ ...(await ipc.getSettings()), fillers: "joined" });
    });
    const aside = await screen.findByTestId("aside");
    await waitFor(() => expect(useConsole.getState().here?.hasAudio).toBe(true));
    expect(aside.textContent).toBe("〔嗯〕");
    expect(aside.closest("[data-turn]")?.getAttribute("data-turn")).toBe("0");
    expect(document.querySelector("[data-turn='1']")).toBeNull();
    within(aside.closest("[data-turn]") as HTMLElement)
      .getByTestId("turn-time")
      .focus();
    await userEvent.keyboard("{Tab}{Enter}");
    await waitFor(async () => expect((await playerNow()).playing).toBe(true));
    // Without the setting it is a line of its own that stands back.
    await ipc.updateSettings({ ...(await ipc.getSettings()), fillers: "dimmed" });
    await act(() => queryClient.invalidateQueries({ queryKey: qk.settings }));
    await waitFor(() => expect(document.querySelector("[data-turn='1'][data-filler]")).toBeTruthy());
    expect(screen.queryByTestId("aside")).toBeNull();
  });

  it("finds words, counts the places and marks them", async () => {
    await opened("冰箱");
    key({ key: "f", code: "KeyF", ctrlKey: true });
    const field = await screen.findByRole("textbox", { name: "稿内查找" });
    fireEvent.change(field, { target: { value: "页面" } });
    const bar = within(field.closest("search") as HTMLElement);
    await waitFor(() => expect(bar.getByRole("status").textContent).toMatch(/^1／\d+$/));
  });
});

describe("axe finds nothing serious", () => {
  it.each(["冰箱", "还没有文字", "单声道"])("in %s", async (title) => {
    const { container } = await opened(title);
    const row = screen.queryAllByTestId("mark-row")[0];
    if (row) fireEvent.click(within(row).getAllByRole("button")[0] as HTMLElement);
    if (row) fireEvent.click(await screen.findByTestId("file-issue"));
    const { violations } = await axe.run(container, { rules: { "color-contrast": { enabled: false } } });
    const serious = violations.filter((v) => v.impact === "serious" || v.impact === "critical");
    expect(serious.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(" | ")}`)).toEqual([]);
  });
});
