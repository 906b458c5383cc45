import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { clockOnly } from "../../../test/host/live";
import { evidenceNow, playerNow } from "../../../test/host/now";
import { callNamed, issueNumbered } from "../../../test/host/stage";
import { openWindow } from "../../../test/window";
import { ipc, type Observation } from "../../ipc";

const user = userEvent.setup();

const said = "第三次报地址";

/** A call without sound, and its mark that says so. */
async function soundless(): Promise<Observation> {
  const { marks } = await clockOnly("现场 11-18 11:00", [
    [4_000, "highlight", "你好"],
    [95_000, "problem", said],
  ]);
  const found = marks.find(({ observation }) => observation.text === said);
  if (!found) throw new Error("the call without sound has marks");
  return found.observation;
}

/** Hangs that mark under issue 128, beside or instead of what hangs there. */
async function fileSilent(alone: boolean) {
  const mark = await soundless();
  const rests = await evidenceNow(128);
  await ipc.attachEvidence({
    issue_id: issueNumbered(128).id,
    observation_ids: [mark.id],
    relation: "evidence",
  });
  if (alone) for (const { link } of rests) await ipc.detachEvidence(link.id);
}

const silentCard = async () => {
  const sign = await screen.findByTestId("no-sound");
  return within(sign.closest("article, li, tr") as HTMLElement);
};

describe("evidence of a call without sound", () => {
  it("says on the issue that there is no recording yet, instead of offering to play", async () => {
    await openWindow(
      () => `/issue/${issueNumbered(128).id}`,
      () => fileSilent(false),
    );
    const card = await silentCard();
    expect(card.getByText("还没有录音")).toBeTruthy();
    expect(card.queryByTestId("evidence-play")).toBeNull();
    expect(screen.getAllByTestId("evidence-play").length).toBeGreaterThan(0);
  });

  it("alone leaves nothing on the issue to be played", async () => {
    await openWindow(
      () => `/issue/${issueNumbered(128).id}`,
      () => fileSilent(true),
    );
    await silentCard();
    expect(screen.queryByTestId("evidence-play")).toBeNull();
    expect(screen.queryByRole("button", { name: /连播/ })).toBeNull();
  });

  it("is passed over when all evidence is played", async () => {
    await openWindow(
      () => `/issue/${issueNumbered(128).id}`,
      () => fileSilent(false),
    );
    await silentCard();
    const all = document.querySelector<HTMLElement>(
      "section[aria-label] [data-part=section-head] [data-tone=primary]",
    );
    await user.click(all as HTMLElement);
    await waitFor(async () => expect((await playerNow()).playing).toBe(true));
    expect((await playerNow()).recording_id).toBe(callNamed("冰箱").recording_id);
  });

  it("has a sign in place of the button in the list of issues", async () => {
    await openWindow("/issues", () => fileSilent(true));
    const row = await silentCard();
    expect(row.getByRole("img", { name: "还没有录音" })).toBeTruthy();
    expect(row.queryByTestId("evidence-play")).toBeNull();
  });

  it("is found by the search, which says so", async () => {
    await openWindow("/search?q=第三次报地址", soundless);
    await waitFor(() =>
      expect(screen.getAllByTestId("search-hit").some((hit) => hit.textContent?.includes("还没有录音"))).toBe(
        true,
      ),
    );
  });
});
