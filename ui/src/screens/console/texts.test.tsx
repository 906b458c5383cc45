import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { caseNamed } from "../../../test/fake/stage";
import { openWindow, seriousFindings } from "../../../test/fake/window";
import type { Transcript } from "../../ipc";
import { recordingOf } from "../../ipc/fake/cases";
import { plainRows, state } from "../../ipc/fake/state";

const user = userEvent.setup();

function put(standing: Transcript["standing"], facts: Partial<Transcript>): void {
  const recording = recordingOf(caseNamed("冰箱"));
  if (!recording) throw new Error("the invented call has sound");
  state.texts.unshift({
    id: `0193a1b2-0000-7000-8000-0000000000${state.texts.length + 10}`,
    recording_id: recording.id,
    engine: "whisper.cpp 1.8",
    model: "base",
    language: "zh",
    simplified: true,
    numbers: "as_heard",
    began_at: 1_732_000_000_000,
    ended_at: 1_732_000_060_000,
    sound_sha256: recording.audio_sha256,
    sha256: "0".repeat(64),
    lines: 41,
    doubtful: 3,
    heard_ms: 182_000,
    shift_ms: 0,
    standing,
    created_at: 0,
    created_by: state.actor,
    updated_at: 0,
    rev: 1,
    deleted_at: null,
    ...facts,
  });
}

const open = (prepare: () => void) => openWindow(() => `/case/${caseNamed("冰箱")}`, prepare);
const standings = () => state.texts.map((text) => text.standing);

describe("a later text that may be the poorer one", () => {
  const poorer = () => {
    put("shown", {});
    put("beside", { model: "small", heard_ms: 121_000, doubtful: 9 });
  };

  it("waits beside, says how the two differ, and is taken with one key", async () => {
    open(poorer);
    const said = await screen.findByTestId("text-beside");
    expect(said.textContent).toContain("2:01");
    expect(said.textContent).toContain("3:02");
    expect(said.textContent).toContain("存疑 9 句");
    expect(await seriousFindings()).toEqual([]);
    await user.tab();
    within(said).getByRole("button", { name: "换成新的" }).focus();
    await user.keyboard("{Enter}");
    await waitFor(() => expect(screen.queryByTestId("text-beside")).toBeNull());
    expect(standings()).toEqual(["shown", "past"]);
  });

  it("is asked about no more once somebody keeps the present one", async () => {
    open(poorer);
    const said = await screen.findByTestId("text-beside");
    await user.click(within(said).getByRole("button", { name: "留用现在的" }));
    await waitFor(() => expect(screen.queryByTestId("text-beside")).toBeNull());
    expect(standings()).toEqual(["past", "shown"]);
  });

  it("is read by whoever may not choose, who hears why", async () => {
    open(() => {
      poorer();
      state.withheld = [{ action: "transcript.choose", roles: "mentor" }];
    });
    const said = await screen.findByTestId("text-beside");
    await user.click(within(said).getByRole("button", { name: "换成新的" }));
    expect(standings()).toEqual(["beside", "shown"]);
  });
});

describe("texts of before", () => {
  it("are listed with what made them, and one of them is chosen", async () => {
    open(() => {
      put("past", { model: "", engine: "live", lines: 30 });
      put("shown", {});
    });
    await user.click(await screen.findByTestId("text-origin"));
    const items = await screen.findAllByRole("menuitemcheckbox");
    expect(items.map((item) => item.getAttribute("aria-checked"))).toEqual(["true", "false"]);
    expect(items[1]?.textContent).toContain("边听边写");
    await user.click(items[1] as HTMLElement);
    await waitFor(() => expect(standings()).toEqual(["past", "shown"]));
  });

  it("are not told of where there is one alone", async () => {
    open(() => put("shown", {}));
    await screen.findAllByTestId("turn-row");
    expect(screen.queryByTestId("text-origin")).toBeNull();
    expect(screen.queryByTestId("text-beside")).toBeNull();
  });
});

describe("who speaks in a line", () => {
  it("is corrected for its stretch, whatever its channel says", async () => {
    open(() => {});
    const [row] = await screen.findAllByTestId("turn-row");
    await user.click(within(row as HTMLElement).getByRole("button", { name: /校改/ }));
    const speaker = await screen.findByRole("combobox", { name: "说话人" });
    await user.selectOptions(speaker, "whisper");
    await user.click(screen.getByRole("button", { name: "保存" }));
    const segment = state.segments.get(recordingOf(caseNamed("冰箱"))?.id ?? "")?.[0];
    await waitFor(() =>
      expect(plainRows("speaker_change")[0]).toMatchObject({
        recording_id: segment?.recording_id,
        channel: segment?.channel,
        start_ms: segment?.start_ms,
        end_ms: segment?.end_ms,
        role: "whisper",
      }),
    );
  });
});
