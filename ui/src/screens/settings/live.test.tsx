import { fireEvent, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it } from "vitest";
import { canned } from "../../../test/host/carrier";
import { holdModels } from "../../../test/host/stage";
import { boxLanes } from "../../../test/host/told/listening";
import { catalogue } from "../../../test/host/told/models";
import { openWindow, seriousFindings } from "../../../test/window";
import { startI18n } from "../../i18n";
import { ipc, type LiveSettings } from "../../ipc";
import { globalChord } from "./globalChord";

const user = userEvent.setup();
const key = () => screen.findByTestId("global-mark-key");
const press = async (init: KeyboardEventInit) => fireEvent.keyDown(await key(), init);
const liveNow = async () => (await ipc.getSettings()).live;
const set = async (live: Partial<LiveSettings>) => {
  const settings = await ipc.getSettings();
  await ipc.updateSettings({ ...settings, live: { ...settings.live, ...live } });
};
const remembered = () => set({ lanes: boxLanes, mode: "record" });
const withKey = () => set({ global_mark_key: "Ctrl+Alt+M" });

afterEach(() => startI18n("zh-CN"));

describe("a chord for the whole system", () => {
  const none = { ctrlKey: false, altKey: false, shiftKey: false, metaKey: false };
  it.each([
    [{ ...none, ctrlKey: true, altKey: true, code: "KeyM" }, "Ctrl+Alt+M"],
    [{ ...none, ctrlKey: true, shiftKey: true, code: "Digit1" }, "Ctrl+Shift+1"],
    [{ ...none, altKey: true, code: "F9" }, "Alt+F9"],
    [{ ...none, metaKey: true, code: "Space" }, "Super+Space"],
    [{ ...none, code: "KeyM" }, null],
    [{ ...none, shiftKey: true, code: "KeyM" }, null],
    [{ ...none, ctrlKey: true, code: "AudioVolumeUp" }, null],
  ])("%j is %s", (pressed, chord) => expect(globalChord(pressed)).toBe(chord));
});

describe("settings for listening live", () => {
  it("take no chord from the system until one is recorded", async () => {
    await openWindow("/settings/live");
    expect((await key()).textContent).toContain("没有，点这里录一组");
    await user.click(await key());
    await press({ key: "m", code: "KeyM" });
    expect((await screen.findByRole("alert")).textContent).toContain("Ctrl");
    expect((await liveNow()).global_mark_key).toBeNull();
    await press({ key: "m", code: "KeyM", ctrlKey: true, altKey: true });
    await waitFor(async () => expect((await liveNow()).global_mark_key).toBe("Ctrl+Alt+M"));
    expect(screen.queryByRole("alert")).toBeNull();
    expect((await key()).textContent).toContain("Ctrl Alt M");
  });

  it("say after how many hours without anybody a call asks", async () => {
    await openWindow("/settings/live");
    const ask = await screen.findByTestId("ask-after");
    expect((ask as HTMLSelectElement).value).toBe("2");
    await user.selectOptions(ask, "8");
    await waitFor(async () => expect((await liveNow()).ask_after_hours).toBe(8));
    await user.selectOptions(ask, "不问");
    await waitFor(async () => expect((await liveNow()).ask_after_hours).toBe(0));
  });

  it("give the chord back", async () => {
    await openWindow("/settings/live", withKey);
    await user.click(await screen.findByRole("button", { name: "不用" }));
    await waitFor(async () => expect((await liveNow()).global_mark_key).toBeNull());
  });

  it("say that another program has the chord", async () => {
    await openWindow("/settings/live", withKey);
    await key();
    canned({ type: "notice", note: { code: "live.key_refused", args: { key: "Ctrl+Alt+M" } } });
    const said = await screen.findAllByRole("alert");
    expect(
      said.some(
        (one) => screen.getByTestId("settings-page").contains(one) && one.dataset.code === "live.key_refused",
      ),
    ).toBe(true);
  });

  it("choose the model for drafts among those that are here", async () => {
    await openWindow("/settings/live", () =>
      holdModels(catalogue.map((model) => ({ ...model, state: "installed" }))),
    );
    const choice = await screen.findByTestId<HTMLSelectElement>("draft-model");
    await waitFor(() => expect(choice.options.length).toBeGreaterThan(1));
    const id = choice.options[1]?.value ?? "";
    await user.selectOptions(choice, id);
    await waitFor(async () => expect((await liveNow()).draft_model).toBe(id));
    await user.selectOptions(choice, "");
    await waitFor(async () => expect((await liveNow()).draft_model).toBeNull());
  });

  it("show the sources of the last call, and forget them", async () => {
    await openWindow("/settings/live", remembered);
    expect(await screen.findAllByTestId("live-source")).toHaveLength(2);
    await user.click(screen.getByTestId("live-forget"));
    await waitFor(async () => expect((await liveNow()).lanes).toEqual([]));
    expect(await screen.findByText("还没有记着的声源。")).toBeTruthy();
    expect((await liveNow()).mode).toBe("record");
  });

  it.each(["zh-CN", "en"] as const)("have nothing serious for axe to find in %s", async (language) => {
    startI18n(language);
    await openWindow("/settings/live", remembered);
    await screen.findAllByTestId("live-source");
    expect(await seriousFindings()).toEqual([]);
  });
});
