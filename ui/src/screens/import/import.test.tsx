import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { casesNow } from "../../../test/host/now";
import { broughtFile, caseNamed, choose, folderOf, hold } from "../../../test/host/stage";
import { longCall } from "../../../test/host/told/calls";
import { type SoundTold, written } from "../../../test/host/told/files";
import { dropFiles, expectInert, openWindow, payloads, seriousFindings } from "../../../test/window";
import type { FactsPlan } from "../../ipc";
import { ipc } from "../../ipc";
import { playerState } from "../../player/clock";
import { bytesText, fileName, rowsOf, usableRules } from "../../things/case/import/plan";
import { batchPermille, type Draft, untouched } from "../../things/case/import/store";

const user = userEvent.setup();

/** A short call that is no other. */
let calls = 0;
const call = (sound: SoundTold = {}) => {
  calls += 1;
  return written({ minutes: 1 + calls / 100, lines: longCall(4, 1), mono: true }, sound);
};
/** What somebody has in a folder: five recordings of four calls, and a note. */
const gathered = async () =>
  folderOf({
    "0412_agent.wav": call(),
    "0412_caller.wav": call(),
    "退货边界.mp3": call(),
    "broken.wav": call({ refused: { code: "media.broken", args: {} } }),
    "again.wav": await readFile(broughtFile(0)),
    "readme.pdf": "…",
  });
/** The library, whose dialog gives that folder. */
const opened = () =>
  openWindow("/cases", async () => {
    const settings = await ipc.getSettings();
    await ipc.updateSettings({ ...settings, suffix_rules: [{ agent: "_agent", customer: "_caller" }] });
    await choose({ audio: [await gathered()] });
  });
const rows = () => screen.findAllByTestId("case-row");

describe("a plan", () => {
  it.each([
    ["/a/b/通话.wav", "通话.wav"],
    ["C:\\calls\\one.mp3", "one.mp3"],
    ["plain.ogg", "plain.ogg"],
  ])("names %s by its file", (path, name) => expect(fileName(path)).toBe(name));

  it("keeps only rules with two different ends", () => {
    const rules = [
      { agent: " _a ", customer: "_c" },
      { agent: "", customer: "_c" },
      { agent: "_x", customer: "_x" },
    ];
    expect(usableRules(rules)).toEqual([{ agent: "_a", customer: "_c" }]);
  });

  it("takes two sides apart again, and keeps what was decided of either", () => {
    const [agent, customer] = [
      { at: 0, path: "/1_a.wav", bytes: 4 },
      { at: 1, path: "/1_c.wav", bytes: 6 },
    ] as const;
    const told = { title: "1", known: {}, from: [], contradictions: [], lengths_apart: null };
    const call = { ...told, files: [agent, customer], already: null, same_as: null };
    const plan = { calls: [call] } as unknown as FactsPlan;
    const whole = "/1_a.wav\n/1_c.wav";
    const rows = (draft: Partial<Draft>) =>
      rowsOf(plan, { ...untouched, ...draft }).map(({ title, files, comes }) => [title, files.length, comes]);
    expect(rows({})).toEqual([["1", 2, true]]);
    const apart = { split: { [whole]: true as const } };
    expect(rows(apart)).toEqual([
      ["1_a", 1, true],
      ["1_c", 1, true],
    ]);
    expect(rows({ ...apart, left: { "/1_c.wav": true }, titles: { "/1_a.wav": "退货" } })).toEqual([
      ["退货", 1, true],
      ["1_c", 1, false],
    ]);
  });

  it.each([
    [999, "999 B"],
    [1_500_000, "1.5 MB"],
    [190_000_000, "190 MB"],
    [48_000_000_000, "48.0 GB"],
  ])("writes %d bytes as %s", (bytes, text) => expect(bytesText(bytes)).toBe(text));

  it("never counts past the whole", () => {
    const undecided = { case_id: null, duration_ms: null, channels: null, error: null };
    const file = {
      path: "a",
      ...undecided,
      notices: [],
      other: null,
      wordless: false,
      facts: 0,
      unheard: [],
      sides: null,
    };
    const applied = { applied: null, not_applied: null };
    const batch = { id: 1, state: "running" as const, current: 1, current_permille: 1000, ...applied };
    expect(batchPermille({ ...batch, files: [{ ...file, outcome: "imported" }] })).toBe(1000);
    expect(batchPermille({ ...batch, files: [] })).toBe(1000);
  });
});

describe("bringing calls in", () => {
  const planRows = () => screen.findAllByTestId("plan-row");
  /** The calls of the plan, whatever else was brought. */
  const calls = async () => {
    const coming = await screen.findByTestId("ledger-coming");
    if (coming.getAttribute("aria-pressed") === "false") await user.click(coming);
  };
  const counted = (what: string) => screen.getByTestId(`ledger-${what}`).querySelector("b")?.textContent;

  it("shows what would happen before anything does, and the rules can be changed there", async () => {
    await opened();
    const before = (await casesNow()).length;
    await user.click(await screen.findByTestId("import-open"));
    await calls();
    expect((await planRows()).length).toBe(3);
    expect(counted("coming")).toBe("3");
    expect(counted("here")).toBe("1");
    const agent = screen.getByRole("textbox", { name: /第 1 条：坐席/ });
    await user.clear(agent);
    await user.type(agent, "_nobody");
    await waitFor(async () => expect((await planRows()).length).toBe(4));
    await user.clear(agent);
    await user.type(agent, "_agent");
    await waitFor(async () => expect((await planRows()).length).toBe(3));
    await user.click(screen.getByRole("button", { name: "分开" }));
    expect((await planRows()).length).toBe(4);
    await user.click(screen.getAllByRole("button", { name: "这次不导" })[0] as HTMLElement);
    expect((await planRows()).length).toBe(3);
    expect(counted("left")).toBe("1");
    expect((await casesNow()).length).toBe(before);
  });

  it("says of each file what became of it, and what to do", async () => {
    await opened();
    await user.click(await screen.findByTestId("import-open"));
    await calls();
    const title = (
      await screen.findAllByRole("textbox", { name: /0412_agent.wav 的标题/ })
    )[0] as HTMLElement;
    await user.clear(title);
    await user.type(title, "退货协商");
    await user.click(screen.getByTestId("ledger-here"));
    await user.click(await screen.findByRole("button", { name: "照样导" }));
    await user.click(screen.getByTestId("import-start"));
    await screen.findByText("导完了。");
    const files = screen.getAllByTestId("import-file");
    const outcome = (name: string) => files.find((f) => f.textContent?.includes(name));
    expect(outcome("0412_agent.wav")?.dataset.outcome).toBe("joined");
    expect(outcome("退货边界.mp3")?.dataset.outcome).toBe("imported");
    expect(outcome("broken.wav")?.textContent).toContain("文件里面坏了：broken.wav。从来源再取一份。");
    const duplicate = within(outcome("again.wav") as HTMLElement).getByRole("link");
    expect(duplicate.getAttribute("href")).toBe(`#/case/${caseNamed("冰箱")}`);
    expect(await screen.findByText("退货协商")).toBeTruthy();
  });

  it("goes on while another screen is open, and can be stopped there", async () => {
    await openWindow("/cases");
    await rows();
    await hold(true);
    const folder = await folderOf(
      Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`${i}.wav`, call()])),
    );
    await dropFiles(folder);
    await user.click(await screen.findByTestId("import-start"));
    await user.click(await screen.findByRole("button", { name: "收起" }));
    await user.click(screen.getByTestId("rail-issues"));
    await user.click(await screen.findByTestId("import-status"));
    const sheet = await screen.findByTestId("import-sheet");
    await user.click(within(sheet).getByRole("button", { name: "取消" }));
    expect(await screen.findByText("停下了。")).toBeTruthy();
    expect((await ipc.importStatus())[0]?.state).toBe("cancelled");
    expect(screen.queryByTestId("import-status")).toBeNull();
  });

  it("takes files dropped on any screen", async () => {
    await openWindow("/sessions");
    await screen.findAllByTestId("session-row");
    await dropFiles(await folderOf({ "one.wav": call(), "notes.pdf": "…" }));
    await calls();
    expect(await planRows()).toHaveLength(1);
    await user.click(screen.getByTestId("ledger-passed"));
    expect(screen.getByText("notes.pdf")).toBeTruthy();
  });

  it("does not break off a call that plays: what was dropped waits until somebody goes there", async () => {
    await openWindow(`/case/${caseNamed("冰箱")}`);
    await user.click(await screen.findByTestId("player-play"));
    await waitFor(() => expect(playerState().playing).toBe(true));
    await dropFiles(await folderOf({ "one.wav": call() }));
    const waits = await screen.findByTestId("import-waits");
    expect(playerState().playing).toBe(true);
    expect(window.location.hash).toContain("/case/");
    await user.click(within(waits).getByRole("button", { name: "去看" }));
    expect(await planRows()).toHaveLength(1);
    expect(screen.queryByTestId("import-waits")).toBeNull();
    await user.click(screen.getByTestId("rail-issues"));
    await user.click(within(await screen.findByTestId("import-waits")).getByRole("button", { name: "关闭" }));
    expect(screen.queryByTestId("import-waits")).toBeNull();
  });

  it("keeps changed rules only when asked", async () => {
    await opened();
    await user.click(await screen.findByTestId("import-open"));
    await planRows();
    await user.click(screen.getByRole("button", { name: "加一条" }));
    await user.type(screen.getByRole("textbox", { name: /第 2 条：坐席/ }), "-a");
    await user.type(screen.getByRole("textbox", { name: /第 2 条：客户/ }), "-c");
    await user.click(await screen.findByRole("checkbox", { name: "以后也这样认" }));
    await waitFor(() => expect(screen.getByTestId("import-start")).toHaveProperty("disabled", false));
    await user.click(screen.getByTestId("import-start"));
    await waitFor(async () =>
      expect((await ipc.getSettings()).suffix_rules).toEqual([
        { agent: "_agent", customer: "_caller" },
        { agent: "-a", customer: "-c" },
      ]),
    );
  });

  it("does not lock the window while it asks", async () => {
    await opened();
    await user.click(await screen.findByTestId("import-open"));
    await planRows();
    expect(screen.getByTestId("rail-issues").closest("[aria-hidden=true]")).toBeNull();
    expect(await seriousFindings()).toEqual([]);
  });

  it("shows file names as text", async () => {
    await openWindow("/cases");
    await rows();
    const name = `${payloads.replaceAll("/", "")}.wav`;
    const folder = await folderOf({ [name]: call({ refused: { code: "media.broken", args: {} } }) });
    await dropFiles(join(folder, name));
    await planRows();
    await user.click(screen.getByTestId("import-start"));
    expect((await screen.findByTestId("import-file")).textContent).toContain("文件里面坏了");
    expectInert();
  });
});
