import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it } from "vitest";
import { staged } from "../../../test/host/live";
import { afterLive, caseNamed, hold, holdModels } from "../../../test/host/stage";
import { heardBy } from "../../../test/host/told/models";
import { openWindow, seriousFindings } from "../../../test/window";
import { startI18n } from "../../i18n";
import { ipc } from "../../ipc";
import { playerState } from "../../player/clock";
import { worthShowing } from "../../player/regions";
import { rowsOf } from "./text/rows";

const user = userEvent.setup();
const heard = () => afterLive().rescued.case_id;
const clockOnly = () => afterLive().clockOnly.case_id;
const textOnly = () => afterLive().textOnly.case_id;

const open = (of: () => string, search = "") =>
  openWindow(() => `/case/${of()}${search}`, undefined, { afterLive: true });
const marks = async (of: () => string) =>
  (await ipc.observationsOf(of())).map((view) => view.observation).sort((a, b) => (a.id < b.id ? -1 : 1));

afterEach(() => startI18n("zh-CN"));

describe("a case without sound", () => {
  it("offers no player and no waveform, and says what it waits for", async () => {
    await open(clockOnly);
    const box = await screen.findByTestId("case-no-audio");
    expect(box.textContent).toContain("还没有录音");
    expect(box.textContent).toContain("这通只记了时钟");
    await waitFor(() => expect(box.textContent).toContain("可能是“快递三次改地址没改成”"));
    for (const id of ["waveform", "player-play", "mark-button", "job-state"])
      expect(screen.queryByTestId(id)).toBeNull();
    expect(screen.queryByRole("button", { name: /播放/ })).toBeNull();
  });

  it("has its marks, with times that are no buttons, and leads to aligning", async () => {
    await open(clockOnly);
    const rows = await screen.findAllByTestId("mark-row");
    expect(rows.map((r) => within(r).getAllByRole("button").length)).toEqual([1, 1, 1, 1]);
    expect(rows[2]?.textContent).toContain("3:00");
    await user.click(screen.getByTestId("align-open"));
    await waitFor(() => expect(window.location.hash).toMatch(/^#\/live\/align\//));
  });

  it("leaves the player alone, whatever is pressed", async () => {
    await open(clockOnly);
    await user.click(
      within((await screen.findAllByTestId("mark-row"))[1] as HTMLElement).getByRole("button"),
    );
    for (const key of ["m", "b", " ", "Enter", "n", "s", ","])
      act(() => void fireEvent.keyDown(document.body, { key, code: key }));
    await screen.findByTestId("composer-note");
    expect(await marks(clockOnly)).toHaveLength(4);
    expect(playerState().recording_id).toBeNull();
    expect(screen.queryByRole("alert")).toBeNull();
  });

  it("of which the text was kept shows the text, and no time in it plays", async () => {
    await open(textOnly);
    expect((await screen.findByTestId("case-no-audio")).textContent).toContain("这通只留了文字");
    const [turn] = await screen.findAllByTestId("turn-row");
    const time = within(turn as HTMLElement).getByTestId("turn-time");
    expect([time.tagName, time.textContent]).toEqual(["SPAN", "0:00"]);
    expect(screen.getByRole("region", { name: "文字稿" }).textContent).toContain("现场记下的文字");
    expect(screen.queryByText("正在跟随")).toBeNull();
  });

  it("shows the line an address names", async () => {
    await open(textOnly, "?t=60");
    await waitFor(() =>
      expect(document.querySelector("[data-testid=turn-row][aria-current]")?.textContent).toContain("0:59"),
    );
  });

  it.each(["zh-CN", "en"] as const)("has nothing serious for axe to find in %s", async (language) => {
    startI18n(language);
    await open(textOnly);
    await screen.findAllByTestId("turn-row");
    expect(await seriousFindings()).toEqual([]);
  });
});

describe("the case of a call that goes on", () => {
  it("says so and leads to it", async () => {
    let id = "";
    await openWindow(
      () => `/case/${id}`,
      async () => {
        id = (await staged()).case_id;
      },
    );
    const box = await screen.findByTestId("case-no-audio");
    await waitFor(() => expect(box.textContent).toContain("正在听"));
    expect(screen.queryByTestId("align-open")).toBeNull();
    await user.click(within(box).getByRole("link", { name: "到现场" }));
    await waitFor(() => expect(window.location.hash).toBe("#/live"));
  });
});

describe("notes of the seat", () => {
  const notes = async () => {
    await open(heard);
    await user.click(await screen.findByRole("tab", { name: "旁注 5" }));
    return screen.findAllByTestId("seat-note");
  };

  it("stand in order with time, kind and who said it", async () => {
    const [first, second, third] = await notes();
    expect(first?.textContent).toContain("7:36");
    expect(first?.textContent).toContain("师兄 青禾");
    expect(second?.textContent).toContain("请你留意");
    expect(third?.textContent).toContain("悄悄问一句");
    expect(third?.textContent).toContain("周以宁");
    expect(third?.textContent).not.toContain("师兄");
  });

  it("lead to their moment", async () => {
    const [first] = await notes();
    await user.click(within(first as HTMLElement).getByRole("button", { name: "到 7:36" }));
    await waitFor(() => expect(playerState().position_ms).toBe(456_000));
  });

  it("become a mark at their moment, with their words", async () => {
    const [, , , later, explain] = await notes();
    await user.click(within(later as HTMLElement).getByRole("button", { name: "记成一条" }));
    await waitFor(async () => expect(await marks(heard)).toHaveLength(6));
    const made = (await marks(heard)).at(-1);
    expect(made).toMatchObject({ raw_mark_ms: 511_000, lag_ms: 0, kind: "problem" });
    expect(made?.text).toContain("工单");
    expect(await screen.findByTestId("composer-note")).toBeTruthy();
    expect(explain?.dataset.kind).toBe("explain");
  });

  it("are taken away and brought back", async () => {
    const [first] = await notes();
    await user.click(within(first as HTMLElement).getByRole("button", { name: "删除这句旁注" }));
    await waitFor(() => expect(screen.getAllByTestId("seat-note")).toHaveLength(4));
    await user.click(within(await screen.findByTestId("undo-bar")).getByRole("button", { name: /撤销/ }));
    await waitFor(() => expect(screen.getAllByTestId("seat-note")).toHaveLength(5));
  });

  it("have no tab where nobody sat beside", async () => {
    await open(() => caseNamed("冰箱"));
    await screen.findAllByTestId("mark-row");
    expect(screen.queryByRole("tab", { name: /旁注/ })).toBeNull();
  });
});

describe("a case from a live call", () => {
  it("tells what was kept, on what ground, and who was there", async () => {
    await open(heard);
    await user.click(await screen.findByRole("tab", { name: "案卷" }));
    const facts = screen.getByRole("region", { name: "现场" }).textContent ?? "";
    for (const fact of ["录音", "双方已告知并同意", "语音告知", "青禾", "断电后救回，完整", "话务盒 USB"])
      expect(facts).toContain(fact);
  });

  it("says that its text is a draft while the whole is heard again", async () => {
    await open(heard);
    await screen.findAllByTestId("turn-row");
    expect(screen.queryByTestId("draft-text")).toBeNull();
    await holdModels([heardBy]);
    await hold(true);
    await act(() => ipc.transcribe({ case_id: heard(), language: null, model: null }));
    expect((await screen.findByTestId("draft-text")).textContent).toBe("草稿文字，正在重听全文");
  });

  it("names what was paused and what was lost, with its length, on the waveform and in the text", async () => {
    await open(heard);
    expect((await screen.findAllByText("安全暂停 0:18")).length).toBeGreaterThan(0);
    expect(screen.getAllByText("丢了 0:13").length).toBeGreaterThan(0);
  });

  it("does not tell a pause a second time as silence", () => {
    const paused = { kind: "paused" as const, start_ms: 10_000, end_ms: 20_000 };
    const within = { kind: "silence" as const, start_ms: 10_100, end_ms: 19_900 };
    const apart = { kind: "silence" as const, start_ms: 30_000, end_ms: 36_000 };
    const breath = { kind: "silence" as const, start_ms: 40_000, end_ms: 41_000 };
    expect(worthShowing([within, paused, apart, breath])).toEqual([paused, apart]);
    expect(rowsOf([0, 25_000], [within, apart, paused]).silences).toEqual([paused, apart]);
  });
});
