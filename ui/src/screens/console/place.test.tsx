/** Where a mark stands, and addresses of places that are no moment of sound. */
import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { caseNamed, recordingNamed, world } from "../../../test/host/stage";
import { open } from "../../../test/stage";
import { ipc } from "../../ipc";
import { playerState } from "../../player/clock";
import { parseTurns } from "./moment";
import { useConsole } from "./store";

/** Opens a case and waits until it can be worked with. */
async function opened(title: string, search = "") {
  await open(() => `/case/${caseNamed(title)}${search}`);
  await screen.findByTestId("waveform");
  await waitFor(() => expect(document.querySelector("[data-testid=turn-row]")).toBeTruthy());
}

const key = (init: KeyboardEventInit) => act(() => void fireEvent.keyDown(document.body, init));
/** The mark that nobody told of. */
const newest = async () => {
  const known = new Set(world().marks.map(({ observation }) => observation.id));
  const all = await ipc.observationsOf(caseNamed("冰箱"));
  return all.map((view) => view.observation).find((mark) => !known.has(mark.id));
};

describe("turns of a chat", () => {
  it.each([
    ["turn=12-14", { first: 12, last: 14 }],
    ["turn=12", { first: 12, last: 12 }],
    ["turn=0", null],
    ["turn=4-2", null],
    ["turn=x", null],
    ["t=12", null],
  ])("reads %s", (search, turns) => expect(parseTurns(search)).toEqual(turns));

  it("at a link to turns stands where they were said", async () => {
    await opened("冰箱", "?turn=3-4");
    const lines = await ipc.segments({ recording_id: recordingNamed("冰箱"), offset: 0, limit: 4 });
    const [third, fourth] = [lines[2], lines[3]];
    if (!third || !fourth) throw new Error("the invented call has lines");
    await waitFor(() => expect(playerState().position_ms).toBe(third.start_ms));
    await waitFor(() =>
      expect(useConsole.getState().selection).toEqual({ start_ms: third.start_ms, end_ms: fourth.end_ms }),
    );
  });

  it("at a link to turns nobody said stands where this person left off", async () => {
    await opened("冰箱", "?turn=90000");
    await waitFor(() => expect(playerState().position_ms).toBe(313_000));
  });
});

describe("the whole", () => {
  it("Shift+M marks the whole: on no turn, at no moment of the wave, and back again on a press", async () => {
    await opened("冰箱");
    await waitFor(() => expect(screen.getAllByTestId("mark-row")).toHaveLength(4));
    const pins = () => within(screen.getByTestId("pins")).queryAllByRole("button").length;
    const before = pins();
    key({ key: "M", code: "KeyM", shiftKey: true });
    await waitFor(async () => expect((await newest())?.anchor).toBe("whole"));
    const length = useConsole.getState().here?.durationMs;
    expect(await newest()).toMatchObject({
      anchor: "whole",
      start_ms: 0,
      end_ms: length,
      raw_mark_ms: 313_000,
    });
    const row = screen.getAllByTestId("mark-row").find((r) => r.getAttribute("aria-current"));
    expect(row?.textContent).toContain("整通");
    expect(pins()).toBe(before);
    expect(screen.queryByRole("textbox", { name: "开头" })).toBeNull();
    const press = screen.getByTestId("mark-whole");
    expect(press.getAttribute("aria-pressed")).toBe("true");
    fireEvent.click(press);
    await waitFor(async () => expect((await newest())?.anchor).toBe("sound"));
    expect(await screen.findByRole("textbox", { name: "开头" })).toBeTruthy();
  });
});
