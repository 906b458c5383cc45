import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { openWindow, seriousFindings } from "../../../test/window";
import { recordingOf } from "../../ipc/fake/cases";
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
