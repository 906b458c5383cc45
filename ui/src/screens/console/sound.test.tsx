import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { openWindow, seriousFindings } from "../../../test/fake/window";
import { recordingOf } from "../../ipc/fake/cases";
import { demoModel } from "../../ipc/fake/places";
import { state } from "../../ipc/fake/state";

const user = userEvent.setup();
const first = () => state.cases[0]?.id ?? "";

describe("how the sound of a call came in", () => {
  it("stands on the case, and two lanes that are one can be split", async () => {
    openWindow("/cases", () => {
      const recording = recordingOf(first());
      if (!recording) return;
      Object.assign(recording, { channels: 1, roles: ["unknown"], was_dual_mono: true });
      recording.notices = [{ kind: "holes", count: 2, total_ms: 6_000 }, { kind: "same_on_both" }];
    });
    window.location.hash = `#/case/${first()}`;
    const notices = await screen.findByTestId("sound-notices");
    expect(notices.textContent).toContain("有 2 处共 6.0 秒读不出来，那里是静音。");
    expect(await seriousFindings()).toEqual([]);
    await user.click(within(notices).getByRole("button", { name: "分成两条" }));
    await waitFor(() => expect(recordingOf(first())?.channels).toBe(2));
    await waitFor(() => expect(screen.queryByText(/两个声道是同一个声音/)).toBeNull());
  });

  it("of an older decoder is named in the check-up, and can be taken again", async () => {
    openWindow("/settings/about", () => {
      const recording = recordingOf(first());
      if (recording) recording.decoder = 0;
    });
    const row = await screen.findByTestId("to-retake");
    await user.click(within(row).getByRole("button", { name: /^重新取/ }));
    await waitFor(() => expect(screen.queryByTestId("to-retake")).toBeNull());
  });
});

describe("a text made before the sound was taken again", () => {
  const older = () => {
    const recording = recordingOf(first());
    if (recording) state.olderText.add(recording.id);
  };
  const open = async (prepare: () => void = older) => {
    openWindow(() => `/case/${first()}`, prepare);
    return screen.findByTestId("older-text");
  };

  it("is said to be of the earlier sound, and is made anew with one key", async () => {
    const said = await open(() => {
      older();
      state.models = [{ ...demoModel, is_default: true }];
    });
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
    const said = await open();
    await waitFor(() =>
      expect(within(said).getByRole("link").getAttribute("href")).toBe("#/settings/models"),
    );
  });

  it("is said as soon as two lanes were split, and no more when that is undone", async () => {
    openWindow(
      () => `/case/${first()}`,
      () => {
        const recording = recordingOf(first());
        if (recording) recording.notices = [{ kind: "same_on_both" }];
      },
    );
    const notices = await screen.findByTestId("sound-notices");
    expect(screen.queryByTestId("older-text")).toBeNull();
    await user.click(within(notices).getByRole("button", { name: "分成两条" }));
    await screen.findByTestId("older-text");
    await user.click(within(await screen.findByTestId("undo-bar")).getByRole("button", { name: /撤销/ }));
    await waitFor(() => expect(screen.queryByTestId("older-text")).toBeNull());
  });
});
