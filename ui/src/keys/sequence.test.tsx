import { act, fireEvent, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openWindow } from "../../test/window";
import { ipc } from "../ipc";
import { actionIds, actions, chordsOf, isSingle, refusal, takenBy } from "./actions";
import { useKeySettings } from "./settings";
import { keySettings, LEAD_MS } from "./useActions";

const address = () => window.location.hash.replace(/\?.*/, "");
const press = (key: string, on: Element = document.body, more: KeyboardEventInit = {}) =>
  fireEvent.keyDown(on, { key, code: `Key${key.toUpperCase()}`, ...more });
const later = (ms: number) => act(() => vi.advanceTimersByTime(ms));
const settle = () => vi.waitFor(() => expect(screen.getByTestId("rail-library")).toBeTruthy());
const map = (keymap: Record<string, string>) => Object.assign(keySettings, { keymap });

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["performance"] });
});
afterEach(() => {
  vi.useRealTimers();
  Object.assign(keySettings, { keymap: {}, singleKeys: true });
  useKeySettings.setState({ keymap: {}, singleKeys: true });
});

describe("G and a letter within a second", () => {
  it.each([
    ["c", "#/cases"],
    ["l", "#/live"],
    ["s", "#/sessions"],
    ["i", "#/issues"],
    ["p", "#/settings"],
    ["b", "#/bin"],
  ])("goes where the rail goes: %s", async (letter, place) => {
    await openWindow(letter === "c" ? "/issues" : "/cases");
    await settle();
    press("g");
    later(LEAD_MS);
    press(letter);
    expect(address()).toBe(place);
  });

  it("goes nowhere after that second", async () => {
    await openWindow("/cases");
    await settle();
    press("g");
    later(LEAD_MS + 1);
    press("i");
    expect(address()).toBe("#/cases");
  });

  it("goes nowhere with another key between them", async () => {
    await openWindow("/cases");
    await settle();
    press("g");
    press("y");
    press("i");
    expect(address()).toBe("#/cases");
  });

  it("waits through a Shift that is let go, and begins anew with every G", async () => {
    await openWindow("/cases");
    await settle();
    press("g");
    later(LEAD_MS);
    press("g");
    fireEvent.keyDown(document.body, { key: "Shift", code: "ShiftLeft" });
    later(LEAD_MS);
    press("i");
    expect(address()).toBe("#/issues");
  });

  it("is text in a text field, whichever of the two was typed there", async () => {
    await openWindow("/cases");
    await settle();
    const field = document.querySelector("input[type=search], input") as HTMLInputElement;
    press("g", field);
    press("i", field);
    press("g", field);
    press("i");
    press("g");
    press("i", field);
    expect(address()).toBe("#/cases");
  });

  it("is the input method's while it puts a character together", async () => {
    await openWindow("/cases");
    await settle();
    press("g", document.body, { key: "Process", keyCode: 229 });
    press("i");
    expect(address()).toBe("#/cases");
  });

  it("follows what a key prints, and where it lies under other letters", async () => {
    await openWindow("/cases");
    await settle();
    press("п", document.body, { code: "KeyG" });
    press("ш", document.body, { code: "KeyI" });
    expect(address()).toBe("#/issues");
  });

  it("rests where single keys are switched off; Ctrl, Alt and a digit do not", async () => {
    await openWindow("/cases");
    await settle();
    keySettings.singleKeys = false;
    press("g");
    press("i");
    expect(address()).toBe("#/cases");
    fireEvent.keyDown(document.body, { key: "4", code: "Digit4", ctrlKey: true, altKey: true });
    expect(address()).toBe("#/issues");
  });

  it("follows the remapping, and is none where the action has no key", async () => {
    await openWindow("/cases");
    await settle();
    map({ "app.rail4": "g q", "app.rail3": "" });
    press("g");
    press("i");
    press("g");
    press("s");
    expect(address()).toBe("#/cases");
    press("g");
    press("q");
    expect(address()).toBe("#/issues");
  });
});

describe("G alone", () => {
  it("is no key of any screen, and cannot become one", () => {
    expect(actionIds.filter((id) => chordsOf(id, {}).includes("g"))).toEqual([]);
    expect(refusal("mark.add", "g")).toBe("leads");
    expect(refusal("mark.add", "g Mod+c")).toBe("leads");
    expect(refusal("app.rail1", "g 1")).toBeNull();
  });

  it("gives way where a workspace gave it to an action before", () => {
    expect(chordsOf("mark.add", { "mark.add": "g" })).toEqual(actions["mark.add"].chords);
  });
});

describe("Alt and a digit", () => {
  it("gives a tag and is refused to everything else", () => {
    expect(takenBy("app.rail1", "Alt+3", {})).toBe("mark.tag3");
    expect(takenBy("app.search", "Alt+Shift+9", { "mark.tag9": "y" })).toBe("mark.tag9");
    expect(takenBy("mark.tag3", "Alt+3", {})).toBeNull();
    const given = actionIds.flatMap((id) => actions[id].chords).filter((c) => /^Alt\+(Shift\+)?\d$/.test(c));
    expect(given).toEqual([]);
  });

  it("with AltGr types what the layout has there", async () => {
    await openWindow("/cases");
    await settle();
    const field = document.querySelector("input") as HTMLInputElement;
    const altGr = { ctrlKey: true, altKey: true, modifierAltGraph: true };
    const typed = !fireEvent.keyDown(field, { key: "{", code: "Digit4", ...altGr });
    expect(typed).toBe(false);
    expect(address()).toBe("#/cases");
  });
});

describe("a sequence", () => {
  it("counts as a single key, and clashes as others do", () => {
    expect(isSingle("g c")).toBe(true);
    expect(takenBy("app.rail1", "g i", {})).toBe("app.rail4");
    expect(takenBy("mark.add", "g i", {})).toBe("app.rail4");
    expect(takenBy("app.rail1", "g i", { "app.rail4": "g q" })).toBeNull();
  });

  it("stands on the key sheet and in the tooltip of the rail beside the other keys", async () => {
    await openWindow("/cases");
    await settle();
    press("?", document.body, { code: "Slash", shiftKey: true });
    const sheet = await screen.findByRole("dialog");
    const row = within(sheet).getByText("听案").previousElementSibling;
    expect([...(row?.querySelectorAll("kbd") ?? [])].map((k) => k.textContent)).toEqual([
      "Ctrl Alt 1",
      "G C",
    ]);
    fireEvent.focus(screen.getByTestId("rail-issues"));
    const tip = await screen.findByRole("tooltip");
    expect(tip.textContent).toContain("Ctrl Alt 4");
    expect(tip.textContent).toContain("G I");
  });

  it("is given in the settings key by key, and a taken one is refused by name", async () => {
    vi.useRealTimers();
    const user = userEvent.setup();
    await openWindow("/settings/marking");
    const row = await screen.findByTestId("key-app.rail1");
    const key = within(row).getByRole("button", { name: /^改/ });
    await user.click(key);
    press("g", key);
    expect(key.textContent).toContain("再按一个键");
    press("i", key);
    expect((await within(row).findByRole("alert")).textContent).toContain("问题");
    expect((await ipc.getSettings()).keymap).toEqual({});
    press("g", key);
    press("q", key);
    await vi.waitFor(async () => expect((await ipc.getSettings()).keymap).toEqual({ "app.rail1": "g q" }));
  });
});
