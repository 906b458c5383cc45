import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it } from "vitest";
import { casesNow, edit } from "../../../test/host/now";
import { afterLive } from "../../../test/host/stage";
import { expectInert, openWindow, payloads, seriousFindings } from "../../../test/window";
import { startI18n } from "../../i18n";
import { getRecord, ipc } from "../../ipc";

const user = userEvent.setup();
const rescued = () => screen.findAllByTestId("recovered-call");
const waiting = () => screen.findAllByTestId("waiting-call");
const evening = (path: string, prepare?: () => unknown) => openWindow(path, prepare, { afterLive: true });
const oneRescued = () => ipc.liveAcknowledge(afterLive().damaged.id);
const callOf = (row: HTMLElement | undefined) => within(row as HTMLElement);

afterEach(() => startI18n("zh-CN"));

describe("calls that were cut off", () => {
  it("stand on the live page with their length, text and marks", async () => {
    await evening("/live");
    const [whole, damaged] = await rescued();
    expect(whole?.textContent).toContain("长 18:43");
    expect(whole?.textContent).toContain("有文字");
    expect(whole?.textContent).toContain("5 个记号");
    expect(damaged?.dataset.state).toBe("damaged");
    expect(damaged?.textContent).toContain("应有 12:30，救回 9:02，少了 3:28");
    expect(damaged?.textContent).toContain("没有文字");
  });

  it("open in the console", async () => {
    await evening("/live");
    const [whole] = await rescued();
    await user.click(callOf(whole).getByTestId("recovered-open"));
    await waitFor(() => expect(window.location.hash).toBe(`#/case/${afterLive().rescued.case_id}`));
  });

  it("stay until somebody has seen them", async () => {
    await evening("/live");
    const [whole] = await rescued();
    await user.click(callOf(whole).getByTestId("recovered-ack"));
    await waitFor(async () => expect(await rescued()).toHaveLength(1));
    expect((await getRecord("live_call", afterLive().rescued.id)).acknowledged).toBe(true);
  });

  it("are told on every other screen, on the live page only once", async () => {
    await evening("/issues", oneRescued);
    const bar = await screen.findByTestId("recovered-band");
    expect(bar.textContent).toContain("断电前的现场已救回");
    expect(bar.textContent).toContain("18:43");
    await user.click(within(bar).getByRole("button", { name: "知道了" }));
    await waitFor(() => expect(screen.queryByTestId("recovered-band")).toBeNull());
    await evening("/live");
    await rescued();
    expect(screen.queryByTestId("recovered-band")).toBeNull();
  });

  it("more than one are counted, and a damaged one is not hidden in the number", async () => {
    await evening("/cases");
    const bar = await screen.findByTestId("recovered-band");
    expect(bar.textContent).toContain("有 2 通断掉的现场救回来了，其中 1 通不完整");
    await user.click(within(bar).getByRole("button", { name: "去看" }));
    await waitFor(() => expect(window.location.hash).toBe("#/live"));
  });

  it("leave no bar where nothing was cut off", async () => {
    await openWindow("/cases");
    await screen.findAllByTestId("case-row");
    expect(screen.queryByTestId("recovered-band")).toBeNull();
  });
});

describe("calls that wait for their recording", () => {
  it("name the likeliest one with how certain it is, and lead to aligning", async () => {
    await evening("/live");
    const [clock, text] = await waiting();
    expect(clock?.textContent).toContain("快递三次改地址没改成");
    expect(clock?.textContent).toContain("多半是 80%");
    expect(text?.textContent).toContain("留了文字");
    expect(text?.textContent).toContain("还没有像的录音");
    await user.click(callOf(clock).getByTestId("align-open"));
    await waitFor(() => expect(window.location.hash).toMatch(/^#\/live\/align\//));
  });
});

describe("both lists", () => {
  it.each(["zh-CN", "en"] as const)("have nothing serious for axe to find in %s", async (language) => {
    startI18n(language);
    await evening("/live");
    await rescued();
    await waiting();
    expect(await seriousFindings()).toEqual([]);
  });

  it("show any title as text", async () => {
    await evening("/live", async () => {
      for (const row of await casesNow()) await edit("case", row.case, { title: payloads });
    });
    await rescued();
    await waiting();
    expectInert();
  });
});
