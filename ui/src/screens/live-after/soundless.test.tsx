import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { issueNumbered, openWindow } from "../../../test/fake/window";
import { seedLive } from "../../ipc/fake/seedLive";
import { meta, newId, state } from "../../ipc/fake/state";

const user = userEvent.setup();

const silentMark = () => {
  const found = state.observations.find((o) => o.text === "第三次报地址");
  if (!found) throw new Error("the call without sound has marks");
  return found;
};

/** Hangs a mark of the call without sound under issue 128, before or instead of what hangs there. */
function fileSilent(alone: boolean): void {
  seedLive();
  const { id } = issueNumbered(128);
  if (alone) state.links = state.links.filter((l) => l.issue_id !== id);
  state.links.unshift({
    id: newId(),
    issue_id: id,
    observation_id: silentMark().id,
    relation: "evidence",
    moved_from: null,
    importance: 0,
    ...meta(state.actor),
  });
}

const silentCard = async () => {
  const sign = await screen.findByTestId("no-sound");
  return within(sign.closest("article, li, tr") as HTMLElement);
};

describe("evidence of a call without sound", () => {
  it("says on the issue that there is no recording yet, instead of offering to play", async () => {
    openWindow(
      () => `/issue/${issueNumbered(128).id}`,
      () => fileSilent(false),
    );
    const card = await silentCard();
    expect(card.getByText("还没有录音")).toBeTruthy();
    expect(card.queryByTestId("evidence-play")).toBeNull();
    expect(screen.getAllByTestId("evidence-play").length).toBeGreaterThan(0);
  });

  it("alone leaves nothing on the issue to be played", async () => {
    openWindow(
      () => `/issue/${issueNumbered(128).id}`,
      () => fileSilent(true),
    );
    await silentCard();
    expect(screen.queryByTestId("evidence-play")).toBeNull();
    expect(screen.queryByRole("button", { name: /连播/ })).toBeNull();
  });

  it("is passed over when all evidence is played", async () => {
    openWindow(
      () => `/issue/${issueNumbered(128).id}`,
      () => fileSilent(false),
    );
    await silentCard();
    const all = document.querySelector<HTMLElement>("section[aria-label] .hd .btn.pri");
    await user.click(all as HTMLElement);
    await waitFor(() => expect(state.player.playing).toBe(true));
    expect(state.player.recording_id).not.toBe(silentMark().recording_id);
  });

  it("has a sign in place of the button in the list of issues", async () => {
    openWindow("/issues", () => fileSilent(true));
    const row = await silentCard();
    expect(row.getByRole("img", { name: "还没有录音" })).toBeTruthy();
    expect(row.queryByTestId("evidence-play")).toBeNull();
  });

  it("is found by the search, which says so", async () => {
    openWindow("/search?q=第三次报地址", seedLive);
    await waitFor(() =>
      expect(screen.getAllByTestId("search-hit").some((hit) => hit.textContent?.includes("还没有录音"))).toBe(
        true,
      ),
    );
  });
});
