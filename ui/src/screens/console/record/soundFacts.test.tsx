import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { bring, caseNamed, holdMeasuring } from "../../../../test/host/stage";
import type { Line } from "../../../../test/host/told/calls";
import { written } from "../../../../test/host/told/files";
import { openWindow, seriousFindings } from "../../../../test/window";
import { ipc } from "../../../ipc";
import { playerState } from "../../../player/clock";

const user = userEvent.setup();

const lines: Line[] = [
  { who: "a", start: 1_000, end: 9_000, text: "您好，这里是售后。" },
  { who: "c", start: 8_500, end: 20_000, text: "我想退一台冰箱。" },
  { who: "a", start: 22_000, end: 26_000, text: "您稍等。" },
  { who: "a", start: 70_000, end: 75_000, text: "让您久等。" },
  { who: "c", start: 77_000, end: 80_000, text: "好。" },
];
const holds = [{ start_ms: 27_000, end_ms: 69_000, sign: "music" as const }];

/** Brings a call in and opens its case file. */
async function openFile(call: string | (() => Promise<string>)) {
  let id = "";
  await openWindow(
    () => `/case/${id}`,
    async () => {
      id = typeof call === "string" ? await bring("听得出.wav", call) : await call();
    },
  );
  await user.click(await screen.findByRole("tab", { name: "案卷" }));
  return id;
}

describe("what the sound of a call tells", () => {
  it("stands in the case file as a strip, times of each side, and places to go to", async () => {
    await openFile(written({ minutes: 1.5, lines }, { holds }));
    const facts = within(await screen.findByTestId("sound-facts"));
    const strip = await facts.findByRole("img");
    expect(strip.getAttribute("aria-label")).toBe("客户 16%，坐席 18%，同时说话 1%，静默 66%");
    const [customer, agent] = facts.getAllByRole("row").slice(1);
    expect(
      within(customer as HTMLElement)
        .getAllByRole("cell")
        .map((cell) => cell.textContent),
    ).toEqual(["0:14 46%", "0:11", "2.0 秒 最慢 0:02", "1 次"]);
    expect(agent?.textContent).toContain("2.0 秒");
    expect(facts.getByText("放着音乐")).toBeTruthy();
    expect(facts.getByRole("button", { name: /^0.5 秒，到 0:08/ })).toBeTruthy();
    expect(await seriousFindings()).toEqual([]);
    await user.click(facts.getByRole("button", { name: /^最长 0:44，到 0:26/ }));
    await waitFor(() => expect(playerState().position_ms).toBe(26_000));
  });

  it("says that one channel tells nothing of a side", async () => {
    await openFile(async () => caseNamed("单声道"));
    const facts = within(await screen.findByTestId("sound-facts"));
    expect(await facts.findByText("不是一边一个声道，各自说了多久不知道。")).toBeTruthy();
    expect(facts.queryByRole("table")).toBeNull();
    expect(facts.getByRole("img").getAttribute("aria-label")).toMatch(/^有人说话 \d+%，静默 \d+%$/);
  });

  it("comes while somebody looks, once it was measured", async () => {
    await openFile(async () => {
      await holdMeasuring(true);
      return bring("还没量.wav", written({ minutes: 1.5, lines }));
    });
    const facts = within(await screen.findByTestId("sound-facts"));
    expect((await facts.findByRole("status")).textContent).toContain("正在量");
    await holdMeasuring(false);
    expect(await facts.findByTestId("talk-strip")).toBeTruthy();
    expect(facts.queryByRole("status")).toBeNull();
  });

  it("is said not to be known where the sound could not be read", async () => {
    // What a stage is given can always be read.
    vi.spyOn(ipc, "soundFigures").mockResolvedValue({ state: "unreadable" });
    await openFile(async () => caseNamed("冰箱"));
    const facts = within(await screen.findByTestId("sound-facts"));
    expect(await facts.findByText("声音读不出来，量不了。")).toBeTruthy();
    vi.restoreAllMocks();
  });
});
