import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { canned } from "../../../test/host/carrier";
import { edit, issueNow } from "../../../test/host/now";
import { issueNumbered, recordingNamed, world } from "../../../test/host/stage";
import { expectInert, openWindow, payloads, seriousFindings } from "../../../test/window";
import type { SearchHit } from "../../ipc";
import { ipc } from "../../ipc";
import { pathOf } from "./useSearchHits";

afterEach(() => vi.restoreAllMocks());

const user = userEvent.setup();
const hits = () => screen.findAllByTestId("search-hit");
const box = () => screen.findByTestId("search-input");
const ctrlK = () => fireEvent.keyDown(document.body, { key: "k", code: "KeyK", ctrlKey: true });

describe("a hit", () => {
  const at = { case_id: "c", start_ms: 12_400, end_ms: 18_900 };
  it.each<[string, SearchHit["target"], string]>([
    ["words said", { kind: "segment", at, role: "agent", doubtful: false }, "/case/c?t=12.4,18.9"],
    ["a moment", { kind: "observation", observation_id: "o", at }, "/case/c?t=12.4,18.9"],
    ["a note at the seat", { kind: "seat_note", at: { ...at, end_ms: null } }, "/case/c?t=12.4"],
    ["a case", { kind: "case", case_id: "c" }, "/case/c"],
    ["an issue", { kind: "issue", issue_id: "i", number: 7 }, "/issue/i"],
    ["a session", { kind: "session", session_id: "s" }, "/session/s"],
    ["somebody", { kind: "person", person_id: "p" }, "/settings/people?at=p"],
    ["a code", { kind: "tag", tag_id: "t", retired: false }, "/settings/codebook?at=t"],
    [
      "a promise",
      { kind: "record", record: "commitment", of: { kind: "session", session_id: "s" } },
      "/session/s",
    ],
  ])("on %s leads there", (_, target, path) => expect(pathOf({ title: "", excerpt: "", target })).toBe(path));
});

describe("the search box", () => {
  it("opens with Ctrl K, is walked with the arrows, and Enter leads to the moment", async () => {
    await openWindow("/issues");
    await screen.findAllByTestId("issue-row");
    ctrlK();
    expect(document.activeElement).toBe(await box());
    await user.keyboard("八十");
    // A slow machine looks for the first character by itself before the second is there.
    await waitFor(() => expect(screen.getAllByTestId("search-hit")).toHaveLength(4));
    const found = await hits();
    expect(new Set(found.map((h) => h.dataset.scope))).toEqual(new Set(["segment", "observation"]));
    const field = await box();
    expect(field.getAttribute("aria-activedescendant")).toBe(found[0]?.id);
    await user.keyboard("{ArrowDown}");
    expect(found[1]?.getAttribute("aria-selected")).toBe("true");
    await user.keyboard("{ArrowUp}{Enter}");
    await waitFor(() => expect(window.location.hash).toMatch(/^#\/case\/.+\?t=\d/));
  });

  it("groups what it finds and marks the words", async () => {
    await openWindow("/issues");
    await user.type(await box(), "退款");
    const list = await screen.findByRole("listbox");
    expect(await within(list).findByRole("group", { name: "问题" })).toBeTruthy();
    expect(within(list).getByRole("group", { name: "案" })).toBeTruthy();
    expect(within(list).getAllByText("退款")[0]?.tagName).toBe("MARK");
  });

  it.each([
    ["退貨", "退货"],
    ["１２８", "128"],
  ])("marks what it finds for %s as it stands there", async (typed, written) => {
    await openWindow("/issues", async () =>
      edit("issue", await issueNow(128), { title: `${written}说不清` }),
    );
    await user.type(await box(), typed);
    const marked = await screen.findAllByText(written, { selector: "mark" });
    const rows = marked.map((m) => m.closest("[data-testid=search-hit]")?.textContent);
    expect(rows.some((row) => row?.includes(`${written}说不清`))).toBe(true);
  });

  it("does not find as certain what was hardly heard, until somebody corrected it", async () => {
    await openWindow("/issues", async () => {
      const recording_id = recordingNamed("洗碗机");
      const lines = await ipc.segments({ recording_id, offset: 0, limit: 70 });
      const unsure = lines.find((line) => line.confidence < 0.5);
      if (unsure) await ipc.editSegment({ id: unsure.id, rev: unsure.rev, text: "运费这笔钱怎么算" });
    });
    await user.type(await box(), "怎么算");
    await waitFor(async () => expect((await hits()).length).toBeGreaterThan(1));
    const found = await hits();
    const doubtful = found.filter((h) => h.textContent?.includes("存疑（没听准，引用前听一听原声）"));
    expect(doubtful.map((h) => h.querySelector("[data-doubtful]")?.textContent)).toEqual([
      "拆柜门师傅说要三百二，运费你们说三百八，这钱怎么算？",
    ]);
  });

  it("finds an issue by its number", async () => {
    await openWindow("/cases");
    await user.type(await box(), "128");
    await waitFor(() => expect(screen.getAllByTestId("search-hit")[0]?.dataset.scope).toBe("issue"));
    await user.keyboard("{Enter}");
    await waitFor(() => expect(window.location.hash).toBe(`#/issue/${issueNumbered(128).id}`));
  });

  it("closes with Esc and gives the focus back", async () => {
    await openWindow("/issues");
    await screen.findAllByTestId("issue-row");
    const before = screen.getByTestId("issue-new");
    before.focus();
    ctrlK();
    await user.keyboard("退款");
    await hits();
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("listbox")).toBeNull());
    expect(document.activeElement).toBe(before);
  });

  it("waits for the input method", async () => {
    await openWindow("/issues");
    const field = await box();
    field.focus();
    fireEvent.compositionStart(field);
    fireEvent.input(field, { target: { value: "退kuan" }, isComposing: true });
    fireEvent.keyDown(field, { key: "Enter", isComposing: true });
    expect(window.location.hash).toBe("#/issues");
    fireEvent.input(field, { target: { value: "退款" }, isComposing: true });
    fireEvent.compositionEnd(field, { data: "退款" });
    expect((await hits()).length).toBeGreaterThan(0);
  });

  it("names what no search can look for, and tells how far the index is renewed", async () => {
    const search = ipc.search;
    vi.spyOn(ipc, "search").mockImplementation(async (query, stop) => ({
      ...(await search(query, stop)),
      renewing: 75,
    }));
    await openWindow("/issues");
    await user.type(await box(), "退款 ，。");
    expect(await screen.findByText("没有找这些，它们只有标点：，。")).toBeTruthy();
    expect(screen.getByText(/索引在更新，已 75 %/)).toBeTruthy();
    vi.restoreAllMocks();
    canned({ type: "index", state: { done: 40, total: 40 } });
    await waitFor(() => expect(screen.queryByText(/索引在更新/)).toBeNull());
  });

  it("keeps what it found until the next is there, and says when there is nothing", async () => {
    await openWindow("/issues");
    await user.type(await box(), "退款");
    await hits();
    await user.type(await box(), "绝没有的话");
    expect(await screen.findByText("没有找到“退款绝没有的话”")).toBeTruthy();
  });

  it("does not lock the window", async () => {
    await openWindow("/issues");
    await user.type(await box(), "退款");
    await hits();
    expect(screen.getByTestId("rail-library").closest("[aria-hidden=true]")).toBeNull();
    expect(await seriousFindings()).toEqual([]);
  });

  it("shows everything on a page of its own, narrowed by kind", async () => {
    await openWindow("/issues");
    await user.type(await box(), "退款");
    await hits();
    await user.click(screen.getByRole("button", { name: /看全部结果/ }));
    await waitFor(() => expect(window.location.hash).toContain("/search?q="));
    expect(await screen.findByTestId("search-page-input")).toHaveProperty("value", "退款");
    await user.click(screen.getByRole("radio", { name: "问题" }));
    await waitFor(async () => expect((await hits()).every((h) => h.dataset.scope === "issue")).toBe(true));
    const first = (await hits())[0];
    expect(first?.getAttribute("href")).toBe(`#/issue/${issueNumbered(104).id}`);
  });

  it("shows any text as text", async () => {
    await openWindow("/issues", async () => {
      for (const { issue } of world().issues)
        await edit("issue", issue, { title: payloads, statement: payloads });
      for (const row of world().cases) await edit("case", row.case, { title: payloads });
    });
    await user.type(await box(), "onerror");
    await hits();
    expectInert();
    expect((await hits())[0]?.textContent).toContain("<img src=x");
  });

  it("that was not asked anything says what it searches", async () => {
    await openWindow("/search");
    expect(await screen.findByText("想找什么")).toBeTruthy();
    expect(await seriousFindings()).toEqual([]);
  });
});
