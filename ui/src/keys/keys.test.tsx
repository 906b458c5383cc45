import { fireEvent, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { actionIds, actions, chordsOf, isSingle, refusal, takenBy } from "./actions";
import { chordOf, keyName } from "./chord";
import { type Handlers, keySettings, useActions } from "./useActions";

afterEach(() => {
  keySettings.keymap = {};
  keySettings.singleKeys = true;
});

function Page({ handlers }: { handlers: Handlers }) {
  useActions(handlers);
  return (
    <>
      <input data-testid="field" />
      <textarea data-testid="note" />
      <button type="button" data-testid="button" />
      <div role="menu" tabIndex={-1} data-testid="menu" />
      <section data-keys="player">
        <button type="button" data-testid="inside" />
      </section>
    </>
  );
}

const press = (testId: string, init: KeyboardEventInit) =>
  fireEvent.keyDown(testId === "page" ? document.body : screen.getByTestId(testId), init);

describe("single keys", () => {
  it("work while nothing is typed", () => {
    const mark = vi.fn();
    render(<Page handlers={{ "mark.add": mark }} />);
    press("page", { key: "m", code: "KeyM" });
    expect(mark).toHaveBeenCalledOnce();
  });

  it.each(["field", "note"])("never fire in a text field (%s)", (where) => {
    const mark = vi.fn();
    render(<Page handlers={{ "mark.add": mark, "player.toggle": mark, "mark.range": mark }} />);
    press(where, { key: "m", code: "KeyM" });
    press(where, { key: " ", code: "Space" });
    press(where, { key: "Enter", code: "Enter" });
    expect(mark).not.toHaveBeenCalled();
  });

  it.each<[string, KeyboardEventInit]>([
    ["composing", { key: "m", code: "KeyM", isComposing: true }],
    ["key code of an input method", { key: "Process", code: "KeyM", keyCode: 229 }],
  ])("never fire while an input method is at work: %s", (_, init) => {
    const mark = vi.fn();
    render(<Page handlers={{ "mark.add": mark }} />);
    press("page", init);
    expect(mark).not.toHaveBeenCalled();
  });

  it("can be switched off, without taking the others", () => {
    const mark = vi.fn();
    const toggle = vi.fn();
    render(<Page handlers={{ "mark.add": mark, "player.toggle": toggle }} />);
    keySettings.singleKeys = false;
    press("page", { key: "m", code: "KeyM" });
    press("page", { key: " ", code: "Space" });
    expect(mark).not.toHaveBeenCalled();
    expect(toggle).toHaveBeenCalledOnce();
  });

  it("follow the remapping of the workspace", () => {
    const mark = vi.fn();
    render(<Page handlers={{ "mark.add": mark }} />);
    keySettings.keymap = { "mark.add": "x" };
    press("page", { key: "m", code: "KeyM" });
    expect(mark).not.toHaveBeenCalled();
    press("page", { key: "x", code: "KeyX" });
    expect(mark).toHaveBeenCalledOnce();
  });

  it("belong to an open menu", () => {
    const mark = vi.fn();
    render(<Page handlers={{ "mark.add": mark }} />);
    press("menu", { key: "m", code: "KeyM" });
    expect(mark).not.toHaveBeenCalled();
  });
});

describe("keys in text", () => {
  it("work in a field and not outside it", () => {
    const save = vi.fn();
    render(<Page handlers={{ "text.save": save }} />);
    press("page", { key: "Enter", code: "Enter", ctrlKey: true });
    expect(save).not.toHaveBeenCalled();
    press("note", { key: "Enter", code: "Enter", ctrlKey: true });
    expect(save).toHaveBeenCalledOnce();
  });

  it("leave Ctrl+Z to the field", () => {
    const undo = vi.fn();
    render(<Page handlers={{ "app.undo": undo }} />);
    press("note", { key: "z", code: "KeyZ", ctrlKey: true });
    expect(undo).not.toHaveBeenCalled();
    press("page", { key: "z", code: "KeyZ", ctrlKey: true });
    expect(undo).toHaveBeenCalledOnce();
  });
});

describe("a focused control", () => {
  it("that was walked to keeps Space and Enter", () => {
    const toggle = vi.fn();
    render(<Page handlers={{ "player.toggle": toggle }} />);
    press("button", { key: "Tab", code: "Tab" });
    press("button", { key: " ", code: "Space" });
    expect(toggle).not.toHaveBeenCalled();
  });

  it("that was clicked gives them back to the player", () => {
    const toggle = vi.fn();
    render(<Page handlers={{ "player.toggle": toggle }} />);
    fireEvent.pointerDown(screen.getByTestId("button"));
    press("button", { key: " ", code: "Space" });
    expect(toggle).toHaveBeenCalledOnce();
  });

  it("has ↑ ↓ for the speed only inside the player", () => {
    const faster = vi.fn();
    render(<Page handlers={{ "player.faster": faster }} />);
    press("button", { key: "ArrowUp", code: "ArrowUp" });
    expect(faster).not.toHaveBeenCalled();
    press("inside", { key: "ArrowUp", code: "ArrowUp" });
    expect(faster).toHaveBeenCalledOnce();
  });
});

describe("what is mounted later", () => {
  it("is asked first and may pass a key on", () => {
    const below = vi.fn();
    const above = vi.fn(() => false);
    render(
      <>
        <Page handlers={{ "player.close": below }} />
        <Only handlers={{ "player.close": above }} />
      </>,
    );
    press("page", { key: "Escape", code: "Escape" });
    expect(above).toHaveBeenCalledOnce();
    expect(below).toHaveBeenCalledOnce();
  });
});

function Only({ handlers }: { handlers: Handlers }) {
  useActions(handlers);
  return null;
}

describe("chords", () => {
  it.each<[string, KeyboardEventInit, string]>([
    ["a letter", { key: "m", code: "KeyM" }, "m"],
    ["a letter with Caps Lock", { key: "M", code: "KeyM" }, "m"],
    ["a letter under a Cyrillic layout", { key: "ь", code: "KeyM" }, "m"],
    ["a letter where Dvorak prints another", { key: "m", code: "KeyM" }, "m"],
    ["a Chinese comma", { key: ",", code: "Comma" }, ","],
    ["a Chinese bracket", { key: "【", code: "BracketLeft" }, "["],
    ["a question mark", { key: "?", code: "Slash", shiftKey: true }, "?"],
    ["a digit with Shift", { key: "!", code: "Digit1", shiftKey: true }, "Shift+1"],
    ["the number pad", { key: "3", code: "Numpad3" }, "3"],
    ["Space", { key: " ", code: "Space" }, "Space"],
    ["Ctrl and a letter", { key: "k", code: "KeyK", ctrlKey: true }, "Mod+k"],
    [
      "Alt, Shift and an arrow",
      { key: "ArrowLeft", code: "ArrowLeft", altKey: true, shiftKey: true },
      "Alt+Shift+ArrowLeft",
    ],
  ])("%s", (_, init, chord) => {
    expect(chordOf(new KeyboardEvent("keydown", init))).toBe(chord);
  });

  it("are named by what a key prints, so that other layouts keep their letters", () => {
    expect(keyName({ key: "a", code: "KeyQ", shiftKey: false })).toBe("a");
  });
});

describe("the key map", () => {
  it("gives no key to two actions that could both want it", () => {
    const clashes = actionIds.flatMap((action) =>
      chordsOf(action, {}).flatMap((chord) => {
        const other = takenBy(action, chord, {});
        return other ? [`${chord}: ${action}, ${other}`] : [];
      }),
    );
    expect(clashes).toEqual([]);
  });

  it("refuses a key that is taken, also by a remapped action", () => {
    expect(takenBy("mark.quote", "m", {})).toBe("mark.add");
    expect(takenBy("mark.quote", "x", { "mark.add": "x" })).toBe("mark.add");
    expect(takenBy("mark.quote", "m", { "mark.add": "x" })).toBeNull();
    expect(takenBy("mark.quote", "m", { "mark.add": "" })).toBeNull();
  });

  it("lets nothing that works in text fields answer to a bare letter", () => {
    expect(refusal("text.save", "s")).toBe("needsModifier");
    expect(refusal("text.save", "Mod+s")).toBeNull();
    for (const id of actionIds)
      for (const chord of actions[id].chords) expect(refusal(id, chord), id).toBeNull();
  });

  it("counts as single what types a character", () => {
    expect(["m", "?", ",", "1", "Shift+m"].map(isSingle)).toEqual([true, true, true, true, true]);
    expect(["Space", "Mod+m", "Alt+1", "Escape", "ArrowLeft"].map(isSingle)).toEqual([
      false,
      false,
      false,
      false,
      false,
    ]);
  });
});
