import { fireEvent, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { Tooltip } from "radix-ui";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { issueNow } from "../../test/host/now";
import { issueNumbered } from "../../test/host/stage";
import { openWindow } from "../../test/window";
import { listRecords } from "../ipc";
import { InlineText } from "../parts/InlineText";
import { NewPane } from "../parts/NewPane";
import { TextFilter } from "../parts/TextFilter";
import { chordOf, isComposing } from "./chord";

const user = userEvent.setup();
/** The key that takes or drops a candidate, as WebKit tells it: the end first, then the key. */
const endingKey = (field: Element, key: "Enter" | "Escape", more: KeyboardEventInit = {}) => {
  fireEvent.compositionStart(field);
  fireEvent.compositionEnd(field);
  fireEvent.keyDown(field, { key, code: key, keyCode: 229, ...more });
  fireEvent.keyUp(field, { key, code: key });
};
/** A key that an input method saw first and left alone, as Windows tells it. */
const passedKey = (field: Element, code: string, more: KeyboardEventInit = {}) => {
  fireEvent.keyDown(field, { key: "Process", code, keyCode: 229, ...more });
  fireEvent.keyUp(field, { key: "Process", code });
};

describe("a key", () => {
  const seen: boolean[] = [];
  beforeEach(() => {
    seen.length = 0;
    render(<input data-testid="field" onKeyDown={(e) => seen.push(isComposing(e.nativeEvent))} />);
  });
  const down = (init: KeyboardEventInit) => fireEvent.keyDown(screen.getByTestId("field"), init);

  it.each<[string, KeyboardEventInit, boolean]>([
    ["while something is put together", { key: "Enter", code: "Enter", isComposing: true }, true],
    ["a chord meanwhile", { key: "k", code: "KeyK", ctrlKey: true, isComposing: true }, true],
    ["a letter the input method took", { key: "Process", code: "KeyM", keyCode: 229 }, true],
    ["an accent that waits for its letter", { key: "Dead", code: "Quote" }, true],
    ["Ctrl and a letter it let pass", { key: "Process", code: "KeyK", keyCode: 229, ctrlKey: true }, false],
    ["Cmd and Enter it let pass", { key: "Process", code: "Enter", keyCode: 229, metaKey: true }, false],
    ["Esc it let pass", { key: "Process", code: "Escape", keyCode: 229 }, false],
    ["Enter without an input method", { key: "Enter", code: "Enter", keyCode: 13 }, false],
  ])("%s", (_, init, composing) => {
    down(init);
    expect(seen).toEqual([composing]);
  });

  it("that ended a composition belongs to it; the next one does not", () => {
    const field = screen.getByTestId("field");
    endingKey(field, "Enter", { ctrlKey: true });
    passedKey(field, "Enter", { ctrlKey: true });
    expect(seen).toEqual([true, false]);
  });

  it.each<[string, KeyboardEventInit, string]>([
    ["Ctrl and a letter", { key: "Process", code: "KeyK", ctrlKey: true }, "Mod+k"],
    ["Ctrl and a letter by its place", { key: "л", code: "KeyK", ctrlKey: true }, "Mod+k"],
    ["Ctrl and Enter", { key: "Process", code: "Enter", ctrlKey: true }, "Mod+Enter"],
    ["Esc", { key: "Process", code: "Escape" }, "Escape"],
  ])("is named under an input method: %s", (_, init, chord) => {
    expect(chordOf(new KeyboardEvent("keydown", init))).toBe(chord);
  });
});

describe("a field", () => {
  it("of an issue is not saved by the Enter that takes a candidate, nor left by the Esc that drops one", async () => {
    const save = vi.fn(async () => ({ state: "saved" as const }));
    await openWindow("/issues");
    render(
      <InlineText label="标题" value="旧" rev={1} testId="words" onSave={save}>
        旧
      </InlineText>,
      { wrapper: Tooltip.Provider },
    );
    await user.click(screen.getByRole("button", { name: "改标题" }));
    const field = await screen.findByTestId("words");
    await user.type(field, "新");
    endingKey(field, "Enter");
    endingKey(field, "Escape");
    expect(save).not.toHaveBeenCalled();
    passedKey(field, "Enter", { ctrlKey: true });
    expect(save).toHaveBeenCalledOnce();
  });

  it("of something new does not close the pane around it", () => {
    const close = vi.fn();
    const create = vi.fn();
    const pane = { title: "新", create: "建", createTestId: "create", ready: true, error: null };
    render(
      <Tooltip.Provider>
        <NewPane {...pane} onCreate={create} onClose={close}>
          <input data-testid="words" />
        </NewPane>
      </Tooltip.Provider>,
    );
    const field = screen.getByTestId("words");
    endingKey(field, "Escape");
    endingKey(field, "Enter", { ctrlKey: true });
    expect(close).not.toHaveBeenCalled();
    expect(create).not.toHaveBeenCalled();
    passedKey(field, "Enter", { ctrlKey: true });
    passedKey(field, "Escape");
    expect(create).toHaveBeenCalledOnce();
    expect(close).toHaveBeenCalledOnce();
  });

  it("that narrows a list is not emptied", () => {
    const change = vi.fn();
    render(<TextFilter label="找" value="退" onChange={change} />);
    const field = screen.getByRole("searchbox");
    endingKey(field, "Escape");
    expect(change).not.toHaveBeenCalledWith("");
    passedKey(field, "Escape");
    expect(change).toHaveBeenCalledWith("");
  });

  it("of a code keeps its form open", async () => {
    await openWindow("/settings/codebook");
    await user.click(await screen.findByTestId("tag-add"));
    const field = (await screen.findAllByRole("textbox"))[0] as HTMLElement;
    endingKey(field, "Escape");
    expect(field.isConnected).toBe(true);
    passedKey(field, "Escape");
    expect(field.isConnected).toBe(false);
  });

  it("for a comment and for a reason is sent only by a chord of its own", async () => {
    await openWindow(() => `/issue/${issueNumbered(128).id}`);
    const comment = await screen.findByRole("textbox", { name: "写一句" });
    await user.type(comment, "周五答复");
    endingKey(comment, "Enter", { ctrlKey: true });
    expect(await listRecords("comment", "issue_id", issueNumbered(128).id)).toHaveLength(1);

    await openWindow("/issues?view=board");
    await user.click(await screen.findByRole("button", { name: "126 移到…" }));
    await user.click(await screen.findByRole("button", { name: /^待研判/ }));
    const reason = await screen.findByRole("textbox", { name: /为什么/ });
    await user.type(reason, "做不下去");
    endingKey(reason, "Enter", { ctrlKey: true });
    endingKey(reason, "Escape");
    expect(reason.isConnected).toBe(true);
    expect((await issueNow(126)).status).toBe("in_progress");
  });
});
