/** What somebody changes is seen at once wherever it is shown, without leaving the page or looking again. */
import { act, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { addRecord, ipc } from "../src/ipc";
import { evidenceNow } from "./host/now";
import { issueNumbered, recordingNamed } from "./host/stage";
import { openWindow } from "./window";

const user = userEvent.setup();
const PROBLEM = 128;

const openIssue = async () => {
  await openWindow(() => `/issue/${issueNumbered(PROBLEM).id}`);
  await screen.findAllByTestId("evidence-play");
};

/** A line one of the issue's moments rests on, with the recording it is in. */
async function heardLine() {
  const clip = (await evidenceNow(PROBLEM)).find((e) => e.lines.length > 0);
  if (!clip) throw new Error("the told issue has moments with words");
  const { recording_id, start_ms, end_ms } = clip.observation;
  const lines = await ipc.segments({ recording_id, offset: 0, limit: 200 });
  const line = lines.find((l) => l.start_ms < end_ms && l.end_ms > start_ms);
  if (!line) throw new Error("its words are in the transcript");
  return line;
}

describe("an issue that is open", () => {
  it("shows a word that was corrected in a call it rests on", async () => {
    await openIssue();
    const line = await heardLine();
    await act(() => ipc.editSegment({ id: line.id, rev: line.rev, text: "改正过的一句" }));
    await waitFor(() =>
      expect(
        screen
          .getAllByRole("article")
          .map((e) => e.textContent)
          .join(),
      ).toContain("改正过的一句"),
    );
  });

  it("names who speaks in its moments anew when the two lanes of a call change places", async () => {
    await openIssue();
    const line = await heardLine();
    const roles = async () => (await evidenceNow(PROBLEM)).flatMap((e) => e.lines.map((l) => l.role)).join();
    const before = await roles();
    const shown = () =>
      screen
        .getAllByRole("article")
        .map((e) => e.innerHTML)
        .join();
    const then = shown();
    await act(() => ipc.swapChannels([line.recording_id]));
    expect(await roles()).not.toBe(before);
    await waitFor(() => expect(shown()).not.toBe(then));
  });
});

describe("a search that is on the screen", () => {
  const secret = "灯塔";
  it.each([
    [
      "a comment",
      () => addRecord("comment", { issue_id: issueNumbered(PROBLEM).id, text: `像${secret}一样` }),
    ],
    ["a code", () => ipc.addTag({ name: secret, colour: "ink", parent_id: null })],
    [
      "a note at the seat",
      () =>
        ipc.addSeatNote({
          recording_id: recordingNamed("冰箱"),
          at_ms: 1_000,
          author_id: null,
          kind: "aside",
          text: `师兄说${secret}`,
        }),
    ],
  ])("finds %s that was written just now", async (_, write) => {
    await openWindow("/search");
    await user.type(await screen.findByTestId("search-input"), secret);
    await waitFor(() => expect(screen.queryAllByTestId("search-hit")).toHaveLength(0));
    await act(async () => void (await write()));
    expect((await screen.findAllByTestId("search-hit")).length).toBeGreaterThan(0);
  });
});
