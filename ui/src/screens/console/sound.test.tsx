import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { bring, callNamed, hold, holdModels } from "../../../test/host/stage";
import { until } from "../../../test/host/told/bringIn";
import { longCall } from "../../../test/host/told/calls";
import { written } from "../../../test/host/told/files";
import { catalogue, heardBy } from "../../../test/host/told/models";
import { openWindow, seriousFindings } from "../../../test/window";
import { ipc } from "../../ipc";

const user = userEvent.setup();
/** A call of which both lanes carry the same, with its text. */
async function oneLane(): Promise<string> {
  await holdModels([heardBy]);
  const sound = { notices: [{ kind: "holes" as const, count: 2, total_ms: 6_000 }], same_on_both: true };
  const id = await bring("一路.wav", written({ minutes: 2, lines: longCall(12, 2) }, sound));
  await until(async () => (await ipc.getCase(id)).transcript === "done");
  return id;
}
const opened = async (prepare: () => Promise<string> = oneLane) => {
  let id = "";
  await openWindow(
    () => `/case/${id}`,
    async () => {
      id = await prepare();
    },
  );
  return id;
};
/** The same, of which the lanes were split. */
async function split(): Promise<string> {
  const id = await oneLane();
  const { recording } = await ipc.getCase(id);
  if (recording) await ipc.retake({ recording_id: recording.id, keep_both_lanes: true });
  return id;
}

describe("how the sound of a call came in", () => {
  it("stands on the case, and two lanes that are one can be split", async () => {
    const id = await opened();
    const notices = await screen.findByTestId("sound-notices");
    expect(notices.textContent).toContain("有 2 处共 6.0 秒读不出来，那里是静音。");
    expect(await seriousFindings()).toEqual([]);
    await user.click(within(notices).getByRole("button", { name: "分成两条" }));
    await waitFor(async () => expect((await ipc.getCase(id)).recording?.channels).toBe(2));
    await waitFor(() => expect(screen.queryByText(/两个声道是同一个声音/)).toBeNull());
  });

  it("of an older decoder is named in the check-up, and can be taken again", async () => {
    // No stage has a decoder of before.
    const { recording_id, case: old } = callNamed("冰箱");
    const [read, retake] = [ipc.doctor, vi.spyOn(ipc, "retake")];
    const older = { case_id: old.id, title: old.title, recording_id: recording_id ?? "", codec: "mp3" };
    vi.spyOn(ipc, "doctor").mockImplementation(async () => ({
      ...(await read()),
      to_retake: retake.mock.calls.length > 0 ? [] : [older],
    }));
    await openWindow("/settings/about");
    const row = await screen.findByTestId("to-retake");
    await user.click(within(row).getByRole("button", { name: /^重新取/ }));
    await waitFor(() => expect(screen.queryByTestId("to-retake")).toBeNull());
    expect(retake).toHaveBeenCalledWith({ recording_id, keep_both_lanes: false });
    vi.restoreAllMocks();
  });
});

describe("a text made before the sound was taken again", () => {
  const open = async (after: () => unknown = () => undefined) => {
    await opened(async () => {
      const id = await split();
      await after();
      return id;
    });
    return screen.findByTestId("older-text");
  };

  it("is said to be of the earlier sound, and is made anew with one key", async () => {
    const said = await open(() => hold(true));
    expect(said.textContent).toContain("文字不会自己跟着变");
    expect((await screen.findByTestId("job-state")).textContent).toBe("照旧录音转写");
    expect(await seriousFindings()).toEqual([]);
    // Walked to: else Enter opens a range here.
    await user.tab();
    within(said).getByRole("button", { name: "重新转写" }).focus();
    await user.keyboard("{Enter}");
    await waitFor(() => expect(screen.getByTestId("job-state").dataset.state).toBe("running"));
    expect(within(screen.getByTestId("older-text")).queryByRole("button")).toBeNull();
  });

  it("leads to a model where there is none", async () => {
    const said = await open(() => holdModels(catalogue));
    await waitFor(() =>
      expect(within(said).getByRole("link").getAttribute("href")).toBe("#/settings/models"),
    );
  });

  it("is said as soon as two lanes were split, and no more when that is undone", async () => {
    await opened();
    const notices = await screen.findByTestId("sound-notices");
    expect(screen.queryByTestId("older-text")).toBeNull();
    await user.click(within(notices).getByRole("button", { name: "分成两条" }));
    await screen.findByTestId("older-text");
    await user.click(within(await screen.findByTestId("undo-bar")).getByRole("button", { name: /撤销/ }));
    await waitFor(() => expect(screen.queryByTestId("older-text")).toBeNull());
  });
});
