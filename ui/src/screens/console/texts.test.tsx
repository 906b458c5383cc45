import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { heldBack } from "../../../test/host/now";
import { afterLive, caseNamed, holdModels, recordingNamed, says } from "../../../test/host/stage";
import { until } from "../../../test/host/told/bringIn";
import { fridgeCall, longCall } from "../../../test/host/told/calls";
import { heardBy } from "../../../test/host/told/models";
import { openWindow, seriousFindings } from "../../../test/window";
import { ipc, listRecords } from "../../ipc";

const user = userEvent.setup();

const fridge = () => caseNamed("冰箱");
const textsNow = async (id: string) => (await ipc.getCase(id)).texts;
const standings = async (id = fridge()) => (await textsNow(id)).map((text) => text.standing);
const areStandings = (all: string[], id?: string) =>
  waitFor(async () => expect(await standings(id)).toEqual(all));

/** A call is heard once more, and this is what is heard. */
async function heardAgain(id: string, lines: Parameters<typeof says>[0]) {
  await holdModels([heardBy]);
  await says(lines);
  const { length } = await textsNow(id);
  await ipc.transcribe({ case_id: id, language: null, model: null });
  await until(async () => (await textsNow(id)).length > length);
}

const open = (prepare?: () => unknown) => openWindow(() => `/case/${fridge()}`, prepare);

afterEach(() => vi.restoreAllMocks());

describe("a later text that may be the poorer one", () => {
  /** Half of it was heard, and of that nine lines are in doubt. */
  const poorer = () =>
    heardAgain(
      fridge(),
      fridgeCall.slice(0, 30).map((line, i) => ({ ...line, confidence: i < 9 ? 0.3 : 0.9 })),
    );

  it("waits beside, says how the two differ, and is taken with one key", async () => {
    await open(poorer);
    const said = await screen.findByTestId("text-beside");
    expect(said.textContent).toContain("听到的话 5:30");
    expect(said.textContent).toContain("现在这份 10:20");
    expect(said.textContent).toContain("存疑 9 句");
    expect(await seriousFindings()).toEqual([]);
    await user.tab();
    within(said).getByRole("button", { name: "换成新的" }).focus();
    await user.keyboard("{Enter}");
    await waitFor(() => expect(screen.queryByTestId("text-beside")).toBeNull());
    await areStandings(["shown", "past"]);
  });

  it("is asked about no more once somebody keeps the present one", async () => {
    await open(poorer);
    const said = await screen.findByTestId("text-beside");
    await user.click(within(said).getByRole("button", { name: "留用现在的" }));
    await waitFor(() => expect(screen.queryByTestId("text-beside")).toBeNull());
    await areStandings(["past", "shown"]);
  });

  it("is read by whoever may not choose, who hears why", async () => {
    await open(async () => {
      await poorer();
      heldBack("facilitator,curator,administrator", "transcript.choose");
    });
    const said = await screen.findByTestId("text-beside");
    const take = within(said).getByRole("button", { name: "换成新的" });
    await waitFor(() => expect(take.getAttribute("aria-disabled")).toBe("true"));
    await user.click(take);
    expect(await standings()).toEqual(["beside", "shown"]);
  });
});

describe("texts of before", () => {
  it("are listed with what made them, and one of them is chosen", async () => {
    const id = afterLive().rescued.case_id;
    await openWindow(`/case/${id}`, () => heardAgain(id, longCall(60, 18.7)), { afterLive: true });
    await user.click(await screen.findByTestId("text-origin"));
    const items = await screen.findAllByRole("menuitemcheckbox");
    expect(items.map((item) => item.getAttribute("aria-checked"))).toEqual(["true", "false"]);
    expect(items[1]?.textContent).toContain("边听边写");
    await user.click(items[1] as HTMLElement);
    await areStandings(["past", "shown"], id);
  });

  it("are not told of where there is one alone", async () => {
    await open();
    await screen.findAllByTestId("turn-row");
    expect(screen.queryByTestId("text-origin")).toBeNull();
    expect(screen.queryByTestId("text-beside")).toBeNull();
  });
});

describe("who speaks in a line", () => {
  it("is corrected for its stretch, whatever its channel says", async () => {
    await open();
    const [row] = await screen.findAllByTestId("turn-row");
    await user.click(await within(row as HTMLElement).findByRole("button", { name: /校改/ }));
    const speaker = await screen.findByRole("combobox", { name: "说话人" });
    await user.selectOptions(speaker, "whisper");
    await user.click(screen.getByRole("button", { name: "保存" }));
    const recording_id = recordingNamed("冰箱");
    const [segment] = await ipc.segments({ recording_id, offset: 0, limit: 1 });
    await waitFor(async () =>
      expect((await listRecords("speaker_change", "recording_id", recording_id))[0]).toMatchObject({
        recording_id: segment?.recording_id,
        channel: segment?.channel,
        start_ms: segment?.start_ms,
        end_ms: segment?.end_ms,
        role: "whisper",
      }),
    );
  });
});
