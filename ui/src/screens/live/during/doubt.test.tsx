import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { during, lines, words } from "../../../../test/during";
import { goOn, hears, STAGED_MS } from "../../../../test/host/live";
import { final } from "../../../../test/host/told/listening";
import { openWindow, reload, seriousFindings } from "../../../../test/window";

const user = userEvent.setup();

const place = { lane: 1, utterance: 900, start_ms: STAGED_MS, end_ms: STAGED_MS + 2000 };

const draft = (committed: string, tentative: string) =>
  hears({ live: "draft", ...place, committed, tentative });
const doubt = (text: string) => hears({ live: "doubt", ...place, text });
const settle = (text: string, unsure: boolean) =>
  hears(final({ lane: 1, start: place.start_ms, end: place.end_ms, text, unsure }, place.utterance));

const line = () => lines().at(-1);
const note = () => line()?.querySelector("[data-testid=doubt]") ?? null;
const low = () => line()?.querySelector("[data-doubtful]")?.textContent ?? "";

describe("what is doubtful", () => {
  it("stands as doubtful in its place, says that it is looked at again, and is settled there", async () => {
    await during();
    await draft("班长", "同意");
    await waitFor(() => expect(words(line())).toBe("班长同意"));
    const row = line();
    expect(row?.querySelector("[data-testid=live-caret]")).not.toBeNull();
    expect(note()).toBeNull();
    await doubt("班长同意了上门曲建");
    await waitFor(() => expect(row?.dataset.state).toBe("doubt"));
    expect(line()).toBe(row);
    expect(low()).toBe("班长同意了上门曲建");
    expect(note()?.textContent).toBe("正在复核（这一句没听准，正在再听一遍）");
    expect(row?.querySelector("[data-testid=live-caret]")).toBeNull();
    expect(await seriousFindings()).toEqual([]);
    await settle("班长同意了上门取件", false);
    await waitFor(() => expect(row?.dataset.state).toBe("final"));
    expect(line()).toBe(row);
    expect(words(row)).toBe("班长同意了上门取件");
    expect([low(), note()]).toEqual(["", null]);
  });

  it("is taken back by no draft that comes late, and gives way to a better doubt", async () => {
    await during();
    await doubt("上门曲建");
    await draft("上门", "");
    await doubt("上门取件");
    await waitFor(() => expect(low()).toBe("上门取件"));
    expect(line()?.dataset.state).toBe("doubt");
  });

  it.each([
    ["record", "存疑（通话结束后的完整识别会定夺）"],
    ["text_only", "存疑（没留声音，不会再听一遍）"],
  ] as const)("stays so where it was not settled, and says what decides (%s)", async (mode, said) => {
    await during(undefined, { mode });
    await settle("班长同意了", true);
    await waitFor(() => expect(low()).toBe("班长同意了"));
    expect(note()?.textContent).toBe(said);
  });

  it("is read out as doubtful", async () => {
    await during();
    await user.click(screen.getByTestId("live-aloud"));
    await doubt("班长同意");
    expect(screen.getByTestId("live-newest").textContent).toBe("");
    await settle("班长同意了", true);
    await waitFor(() => expect(screen.getByTestId("live-newest").textContent).toBe("存疑：班长同意了"));
  });

  it("is still there after the page was loaded anew", async () => {
    await during();
    await goOn(20_000);
    const standing = () => lines().find((l) => l.dataset.state === "doubt");
    await waitFor(() => expect(words(standing())).toBe("行你大"));
    reload();
    await screen.findByTestId("live-clock");
    await waitFor(() => expect(words(standing())).toBe("行你大"));
    await goOn(3000);
    await waitFor(() => expect(standing()).toBeUndefined());
    expect(lines().map(words)).toContain("行，你打。");
  });
});

describe("a machine that cannot keep up", () => {
  const said = () => screen.queryByTestId("live-thinned");
  const thin = (thinned: boolean) => hears({ live: "lag", behind_ms: 900, thinned });

  it("says so once in words, politely, and not again in this call", async () => {
    await during();
    expect(said()).toBeNull();
    await thin(true);
    await waitFor(() => expect(said()?.textContent).toContain("这台电脑跟不上逐字草稿：草稿会少一些"));
    expect(said()?.getAttribute("role")).toBe("status");
    await thin(false);
    expect(said()).not.toBeNull();
    expect(await seriousFindings()).toEqual([]);
    await user.click(said()?.querySelector("button") as HTMLElement);
    expect(said()).toBeNull();
    await thin(true);
    await waitFor(() => expect(screen.getByTestId("live-behind").textContent).toContain("字先跳着出"));
    expect(said()).toBeNull();
  });

  it("says it into a place that was there before, so that it is announced", async () => {
    await during();
    const places = screen.getAllByRole("status").filter((place) => !place.hasChildNodes());
    await thin(true);
    await waitFor(() => expect(places).toContain(said()));
  });

  it("says it again in the next call", async () => {
    await during();
    await thin(true);
    await waitFor(() => expect(said()).not.toBeNull());
    await user.click(said()?.querySelector("button") as HTMLElement);
    await openWindow("/library");
    await during();
    await thin(true);
    await waitFor(() => expect(said()).not.toBeNull());
  });
});
