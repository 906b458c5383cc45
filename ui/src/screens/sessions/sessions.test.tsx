import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { edit } from "../../../test/host/now";
import { caseNamed, personNamed, sessionNamed } from "../../../test/host/stage";
import { calls, press, rows, sessionNow, sessionsNow, user } from "../../../test/sessions";
import { expectInert, openWindow, payloads, seriousFindings } from "../../../test/window";
import type { SessionRow } from "../../ipc";
import { ipc } from "../../ipc";
import { placePath, THE_WHOLE } from "../../seat/place";
import { placeOf } from "../../shell/place";
import { byTime } from "./time";

describe("the order of sessions", () => {
  const now = new Date(2026, 10, 24, 12).getTime();
  const at = (starts_at: number | null) => ({ session: { starts_at } }) as SessionRow;
  const when = (rows: SessionRow[]) => rows.map((r) => r.session.starts_at);
  it("is those to come, the next first and the undated last, then those that were, the newest first", () => {
    const [soon, later, morning, before, long] = [
      now + 3_600_000,
      now + 90_000_000,
      now - 3_600_000,
      now - 90_000_000,
      now - 900_000_000,
    ];
    const groups = byTime([later, null, long, morning, before, soon].map(at), now);
    expect(groups.map((g) => [g.when, when(g.rows)])).toEqual([
      ["coming", [morning, soon, later, null]],
      ["past", [before, long]],
    ]);
  });
  it("names no group that is empty", () => expect(byTime([at(null)], now)).toHaveLength(1));
});

describe("where one is", () => {
  it.each([
    ["/sessions", "", "sessions"],
    ["/session/1", "see=marks", "sessions"],
    ["/case/1", "session=2", "sessions"],
    ["/case/1", "t=4", "library"],
    ["/cases", "", "library"],
    ["/issue/1", "", "issues"],
    ["/settings/models", "", "settings"],
  ] as const)("%s?%s lies in %s", (path, search, place) => expect(placeOf(path, search)).toBe(place));

  it.each([
    [placePath("c", THE_WHOLE), "/case/c"],
    [placePath("c", { start_ms: 1500, end_ms: 2500 }), "/case/c?t=1.5,2.5"],
    [placePath("c", { start_ms: 1500, end_ms: null }), "/case/c?t=1.5"],
    [placePath("c", { ...THE_WHOLE, turns: { first: 12, last: 14 } }), "/case/c?turn=12-14"],
    [placePath("c", THE_WHOLE, "s"), "/case/c?session=s"],
    [placePath("c", { start_ms: 1500, end_ms: 2500 }, "s"), "/case/c?t=1.5,2.5&session=s"],
  ])("the address of a place is %s", (made, address) => expect(made).toBe(address));
});

describe("the list of sessions", () => {
  it("is one key away, between the live page and the issues", async () => {
    await openWindow("/cases");
    await screen.findAllByTestId("case-row");
    press({ key: "3", code: "Digit3", ctrlKey: true, altKey: true });
    expect(await rows()).toHaveLength(3);
    expect(screen.getByTestId("rail-sessions").getAttribute("aria-current")).toBe("page");
    press({ key: "4", code: "Digit4", ctrlKey: true, altKey: true });
    await screen.findAllByTestId("issue-row");
    press({ key: "5", code: "Digit5", ctrlKey: true, altKey: true });
    await waitFor(() => expect(location.hash).toBe("#/settings"));
  });

  it("says of each what it asks, who leads it and how much was heard", async () => {
    await openWindow("/sessions");
    const [, , row] = await rows();
    const words = row?.textContent ?? "";
    for (const said of [
      "退货的边界在哪里",
      "大件售后",
      "三楼 B 区",
      "主持 青禾",
      "错的是哪一步？",
      "4 通 35:57",
    ])
      expect(words).toContain(said);
    expect(within(row as HTMLElement).getByText("2 人")).toBeTruthy();
    expect(within(row as HTMLElement).getByText("记下 8 条")).toBeTruthy();
  });

  it("shows no count that has no rows", async () => {
    await openWindow("/sessions");
    const undated = (await rows())[1] as HTMLElement;
    expect(undated.textContent).toContain("新店第一周");
    expect(undated.textContent).not.toMatch(/记下|立题|\d 人/);
  });

  it.each(["calls", "people", "marks", "issues"])("a count of %s leads to its rows", async (part) => {
    await openWindow("/sessions");
    const row = (await rows())[2] as HTMLElement;
    await user.click(row.querySelector(`[data-see="${part}"]`) as HTMLElement);
    await waitFor(() => expect(location.hash).toContain(`see=${part}`));
    await waitFor(() =>
      expect(document.activeElement?.closest("[data-rows]")?.getAttribute("data-rows")).toBe(part),
    );
  });

  it("is walked with the arrows, from one group into the next", async () => {
    await openWindow("/sessions");
    const links = (await rows()).map((r) => r.querySelector<HTMLElement>("[data-rowlink]"));
    links[0]?.focus();
    for (const to of [1, 2, 2]) {
      press({ key: "ArrowDown", code: "ArrowDown" });
      expect(document.activeElement).toBe(links[to]);
    }
  });

  it("without any says what a session is and how to begin one", async () => {
    await openWindow("/sessions", undefined, { empty: true });
    expect((await screen.findByText("还没有专场")).parentElement?.textContent).toContain("几个人坐到一起");
    const [, start] = screen.getAllByRole("button", { name: /新专场/ });
    await user.click(start as HTMLElement);
    expect(document.activeElement).toBe(screen.getByTestId("session-title"));
  });

  it("that cannot be read says so and can be read again", async () => {
    const broken = vi.spyOn(ipc, "listSessions").mockRejectedValueOnce({ code: "disk.denied", args: {} });
    await openWindow("/sessions");
    await user.click(await screen.findByRole("button", { name: "重试" }));
    expect(await rows()).toHaveLength(3);
    broken.mockRestore();
  });

  it("shows any text as text, and axe finds nothing serious", async () => {
    await openWindow("/sessions?new", async () => {
      const words = { title: payloads, theme: payloads, question: payloads };
      await edit("session", await sessionNow(sessionNamed("新店第一周")), words);
    });
    await rows();
    expectInert();
    expect(await seriousFindings()).toEqual([]);
  });
});

describe("a new session", () => {
  it("needs only a title", async () => {
    await openWindow("/sessions?new");
    expect(await screen.findByTestId("session-create")).toHaveProperty("disabled", true);
    await user.type(screen.getByTestId("session-title"), "装不进去的家{Control>}{Enter}{/Control}");
    expect(await screen.findByRole("heading", { level: 1, name: "装不进去的家" })).toBeTruthy();
    expect((await sessionsNow()).at(-1)).toMatchObject({
      starts_at: null,
      people: [],
      cases: [],
      question: "",
    });
  });

  it("takes time, place, people, and calls in the order they are ticked", async () => {
    await openWindow("/sessions?new");
    await user.type(await screen.findByTestId("session-title"), "签收那一分钟");
    await user.type(screen.getByLabelText("带着的问题"), "谁来付这笔钱？");
    await user.type(screen.getByLabelText("时间"), "2026-12-01 9:30");
    await user.type(screen.getByLabelText("地点"), "远程");
    await user.selectOptions(screen.getByLabelText("主持"), "青禾");
    await user.click(screen.getByRole("checkbox", { name: /周以宁/ }));
    await user.click(await screen.findByRole("checkbox", { name: /快递三次改地址/ }));
    await user.click(screen.getByRole("checkbox", { name: /冰箱进不了厨房/ }));
    await user.click(screen.getByTestId("session-create"));
    expect(await calls()).toEqual([caseNamed("快递三次"), caseNamed("冰箱")]);
    expect((await sessionsNow()).at(-1)).toMatchObject({
      title: "签收那一分钟",
      question: "谁来付这笔钱？",
      place: "远程",
      starts_at: new Date(2026, 11, 1, 9, 30).getTime(),
      facilitator_id: personNamed("青禾").id,
      people: [personNamed("周以宁").id],
    });
  });

  it("with a time that is none says how to write it, and waits", async () => {
    await openWindow("/sessions?new");
    await user.type(await screen.findByTestId("session-title"), "某场");
    await user.type(screen.getByLabelText("时间"), "下周二");
    expect(screen.getByText(/写成 2026-11-24 14:00/)).toBeTruthy();
    expect(screen.getByTestId("session-create")).toHaveProperty("disabled", true);
  });

  it("is left with Esc, and nothing is kept", async () => {
    await openWindow("/sessions?new");
    await user.type(await screen.findByTestId("session-title"), "某场{Escape}");
    await waitFor(() => expect(screen.queryByTestId("session-title")).toBeNull());
    expect(await sessionsNow()).toHaveLength(3);
  });
});
