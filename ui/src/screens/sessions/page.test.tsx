import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { edit } from "../../../test/host/now";
import { caseNamed, pass, personNamed, sessionNamed, world } from "../../../test/host/stage";
import { calls, heard, openHeard, press, rows, sessionNow, told, user } from "../../../test/sessions";
import { expectInert, openWindow, payloads, seriousFindings } from "../../../test/window";
import { ipc } from "../../ipc";

describe("what is listened to", () => {
  const order = (...at: number[]) => {
    const before = told();
    return at.map((i) => before[i]);
  };

  it("is moved with Alt and the arrows; the focus goes along and the new place is said", async () => {
    await openHeard();
    const [first] = await calls();
    const wanted = order(1, 2, 0, 3);
    document.querySelector<HTMLElement>(`[data-case="${first}"] [data-rowlink]`)?.focus();
    press({ key: "ArrowDown", code: "ArrowDown", altKey: true });
    press({ key: "ArrowDown", code: "ArrowDown", altKey: true });
    await waitFor(async () => expect((await sessionNow()).cases).toEqual(wanted));
    await waitFor(async () => expect(await calls()).toEqual(wanted));
    expect(document.activeElement?.closest("[data-case]")?.getAttribute("data-case")).toBe(first);
    expect(screen.getByText(/现在是第 3 通，共 4 通/)).toBeTruthy();
  });

  it("is moved with buttons, which keep the focus until there is no further to go", async () => {
    await openHeard();
    const wanted = order(1, 0, 2, 3);
    const second = (await screen.findAllByTestId("session-case"))[1] as HTMLElement;
    await user.click(within(second).getByRole("button", { name: /往前挪/ }));
    await waitFor(async () => expect((await sessionNow()).cases).toEqual(wanted));
    expect(document.activeElement?.closest("[data-case]")?.getAttribute("data-case")).toBe(wanted[0]);
    expect(document.activeElement?.hasAttribute("data-rowlink")).toBe(true);
  });

  it("keeps the place of a call that left the library for a while", async () => {
    await openWindow(
      () => `/session/${heard().id}`,
      () => ipc.deleteCase(told()[1] ?? ""),
    );
    const [one, two, three, four] = told();
    expect(await calls()).toEqual([one, three, four]);
    const row = (await screen.findAllByTestId("session-case"))[2] as HTMLElement;
    await user.click(within(row).getByRole("button", { name: /往前挪/ }));
    await waitFor(async () => expect((await sessionNow()).cases).toEqual([one, two, four, three]));
  });

  it("loses a call, and undo brings it back", async () => {
    await openHeard();
    const before = await calls();
    const [first] = await screen.findAllByTestId("session-case-take");
    await user.click(first as HTMLElement);
    await waitFor(async () => expect(await calls()).toEqual(before.slice(1)));
    await user.click(within(await screen.findByTestId("undo-bar")).getByRole("button", { name: /撤销/ }));
    await waitFor(async () => expect(await calls()).toEqual(before));
  });

  it("gets more calls from the library, and offers none that is there already", async () => {
    await openHeard();
    const before = await calls();
    await user.click(screen.getByTestId("session-add-calls"));
    expect(await screen.findByRole("checkbox", { name: /奶粉批号/ })).toBeTruthy();
    expect(screen.queryByRole("checkbox", { name: /冰箱进不了厨房/ })).toBeNull();
    await user.click(screen.getByRole("checkbox", { name: /奶粉批号/ }));
    await user.click(screen.getByRole("button", { name: "加上 1 通" }));
    await waitFor(async () => expect((await sessionNow()).cases).toEqual([...before, caseNamed("奶粉")]));
  });
});

describe("the page of a session", () => {
  it.each([
    ["名字", "换个名字", "title"],
    ["主题", "换个主题", "theme"],
    ["带着的问题", "换个问题？", "question"],
    ["地点", "四楼", "place"],
  ] as const)("%s is changed where it stands", async (label, words, field) => {
    await openHeard();
    await user.click(await screen.findByRole("button", { name: `改${label}` }));
    const box = screen.getByRole("textbox", { name: label });
    await user.clear(box);
    await user.type(box, `${words}{Control>}{Enter}{/Control}`);
    await waitFor(async () => expect((await sessionNow())[field]).toBe(words));
    expect(await screen.findAllByText(words)).not.toHaveLength(0);
  });

  it("its time is read as it is written; what is no time is not kept", async () => {
    await openHeard();
    const before = heard().starts_at;
    await user.click(await screen.findByRole("button", { name: "改时间" }));
    const box = screen.getByRole("textbox", { name: "时间" });
    await user.clear(box);
    await user.type(box, "明天{Enter}");
    expect(screen.getByText(/写成 2026-11-24 14:00/)).toBeTruthy();
    expect((await sessionNow()).starts_at).toBe(before);
    await user.clear(box);
    await user.type(box, "2026-12-03 10:00{Enter}");
    await waitFor(async () =>
      expect((await sessionNow()).starts_at).toBe(new Date(2026, 11, 3, 10).getTime()),
    );
  });

  it("somebody else's words are not overwritten unseen", async () => {
    await openHeard();
    await user.click(await screen.findByRole("button", { name: "改地点" }));
    await edit("session", await sessionNow(), { place: "五楼" });
    const box = screen.getByRole("textbox", { name: "地点" });
    await user.clear(box);
    await user.type(box, "六楼{Enter}");
    const clash = await screen.findByRole("group", { name: /刚才有人也改了/ });
    expect(clash.textContent).toContain("五楼");
    await user.click(within(clash).getByRole("button", { name: "用我的" }));
    await waitFor(async () => expect((await sessionNow()).place).toBe("六楼"));
  });

  it("people are asked along, also somebody new, and taken off again", async () => {
    await openWindow(() => `/session/${sessionNamed("新店第一周").id}`);
    await user.click(await screen.findByTestId("session-add-person"));
    const pop = within(await screen.findByRole("dialog", { name: "加人" }));
    await user.click(pop.getByRole("button", { name: /周以宁/ }));
    await waitFor(async () =>
      expect((await sessionNow(sessionNamed("新店第一周"))).people).toEqual([personNamed("周以宁").id]),
    );
    await user.click(pop.getByRole("button", { name: "加一个人" }));
    await user.type(pop.getByLabelText("名字"), "林小满{Enter}");
    await waitFor(() => expect(screen.getAllByTestId("session-person")).toHaveLength(2));
    const added = (await ipc.listPeople()).find((p) => p.name === "林小满");
    expect(added).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "周以宁 不参加" }));
    await waitFor(async () =>
      expect((await sessionNow(sessionNamed("新店第一周"))).people).toEqual([added?.id]),
    );
  });

  it("who was asked along by somebody else meanwhile stays", async () => {
    await openWindow(() => `/session/${sessionNamed("新店第一周").id}`);
    await user.click(await screen.findByTestId("session-add-person"));
    const pop = within(await screen.findByRole("dialog", { name: "加人" }));
    const mine = await pop.findByRole("button", { name: /周以宁/ });
    const [first, second] = world().people.map((p) => p.id);
    if (!first || !second) throw new Error("two people were told of");
    await edit("session", await sessionNow(sessionNamed("新店第一周")), { people: [second] });
    await user.click(mine);
    await waitFor(async () =>
      expect((await sessionNow(sessionNamed("新店第一周"))).people).toEqual([second, first]),
    );
  });

  it("its facilitator is chosen and left open again", async () => {
    await openHeard();
    fireEvent.keyDown(await screen.findByTestId("session-facilitator"), { key: "Enter" });
    await user.click(await screen.findByRole("menuitemcheckbox", { name: "周以宁" }));
    await waitFor(async () => expect((await sessionNow()).facilitator_id).toBe(personNamed("周以宁").id));
    fireEvent.keyDown(await screen.findByTestId("session-facilitator"), { key: "Enter" });
    await user.click(await screen.findByRole("menuitem", { name: "先不定" }));
    await waitFor(async () => expect((await sessionNow()).facilitator_id).toBeNull());
  });

  it("is deleted with an undo that brings it back", async () => {
    await openHeard();
    await user.click(await screen.findByTestId("session-delete"));
    await waitFor(async () => expect(await rows()).toHaveLength(2));
    await user.click(within(await screen.findByTestId("undo-bar")).getByRole("button", { name: /撤销/ }));
    await waitFor(async () => expect(await rows()).toHaveLength(3));
  });

  it("that is gone says so and leads back", async () => {
    await openWindow("/session/0193a1b2-0000-7000-8000-00000000dead");
    expect(await screen.findByText("这一场不在了")).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "回列表" }));
    expect(await rows()).toHaveLength(3);
  });

  it("shows any text as text, and axe finds nothing serious", async () => {
    const words = { title: payloads, theme: payloads, question: payloads, place: payloads };
    await openHeard("", async () => {
      await edit("session", await sessionNow(), words);
      for (const { observation } of world().marks) await edit("observation", observation, { text: payloads });
    });
    await screen.findAllByTestId("session-mark");
    expectInert();
    expect(await seriousFindings()).toEqual([]);
  });
});

describe("what was heard", () => {
  it("stands by call in the order of the list, and each mark plays in place", async () => {
    await openHeard();
    const played = vi.spyOn(ipc, "playerClip");
    const marks = await screen.findAllByTestId("session-mark");
    expect(marks).toHaveLength(8);
    const titles = [...document.querySelectorAll("[data-marks-of] h3 a")].map((a) => a.textContent);
    expect(titles).toEqual(told().map((id) => world().cases.find((c) => c.case.id === id)?.case.title));
    await user.click(within(marks[1] as HTMLElement).getByRole("button", { name: /播放/ }));
    expect(played).toHaveBeenLastCalledWith(expect.objectContaining({ start_ms: 289_000, end_ms: 299_400 }));
    const bar = await screen.findByRole("region", { name: "证据快听" });
    expect(bar.textContent).toContain("这一场的第 2 条，共 8 条");
    await user.click(within(bar).getByRole("button", { name: /下一段/ }));
    expect(played).toHaveBeenLastCalledWith(expect.objectContaining({ start_ms: 295_000 }));
    played.mockRestore();
  });

  it("plays on from clip to clip when asked for all of it", async () => {
    await openHeard();
    const played = vi.spyOn(ipc, "playerClip");
    await user.click(await screen.findByTestId("session-play-all"));
    expect(played).toHaveBeenCalledTimes(1);
    const clip = played.mock.calls[0]?.[0];
    await pass((clip?.end_ms ?? 0) - (clip?.start_ms ?? 0));
    await waitFor(() => expect(played).toHaveBeenCalledTimes(2));
    played.mockRestore();
  });

  it("its time leads to that moment, still inside the session", async () => {
    await openHeard();
    const [first] = await screen.findAllByTestId("session-mark");
    await user.click(within(first as HTMLElement).getByRole("link", { name: "4:15" }));
    await screen.findByTestId("waveform");
    expect(location.hash).toContain(`?t=255,268.6&session=${heard().id}`);
  });

  it("a call's count leads to what was marked in it", async () => {
    await openHeard();
    const [, second] = await screen.findAllByTestId("session-case");
    await user.click(within(second as HTMLElement).getByRole("button", { name: "记下 2 条" }));
    const group = document.activeElement?.closest("[data-marks-of]")?.getAttribute("data-marks-of");
    expect(group).toBe(told()[1]);
  });

  it("the issues that rest on it play their evidence and open", async () => {
    await openHeard();
    const found = await screen.findAllByTestId("issue-row");
    const first = found[0] as HTMLElement;
    await user.click(within(first).getByTestId("evidence-play"));
    const bar = await screen.findByRole("region", { name: "证据快听" });
    expect(bar.textContent).toContain(`${first.dataset.number} 的第 1 段`);
    await user.click(within(first).getByRole("link"));
    await waitFor(() => expect(location.hash).toContain("#/issue/"));
  });
});

describe("a call inside a session", () => {
  /** The mark of a call that nobody told of. */
  const newest = async (title: string) => {
    const known = new Set(world().marks.map(({ observation }) => observation.id));
    const views = await ipc.observationsOf(caseNamed(title));
    return views.map((view) => view.observation).find(({ id }) => !known.has(id));
  };
  const hear = (title: string) => openWindow(() => `/case/${caseNamed(title)}?session=${heard().id}`);

  it("says which call it is, and goes to the next and the one before, with buttons and keys", async () => {
    await hear("冰箱");
    expect((await screen.findByTestId("session-place")).textContent).toBe("第 1 通，共 4 通");
    expect(screen.getByTestId("session-previous")).toHaveProperty("disabled", true);
    await user.click(screen.getByTestId("session-next"));
    await waitFor(() => expect(screen.getByTestId("session-place").textContent).toBe("第 2 通，共 4 通"));
    await screen.findByRole("heading", { level: 1, name: "洗碗机留空标注不清" });
    press({ key: "N", code: "KeyN", shiftKey: true });
    await waitFor(() => expect(screen.getByTestId("session-place").textContent).toBe("第 3 通，共 4 通"));
    await screen.findByTestId("waveform");
    press({ key: "P", code: "KeyP", shiftKey: true });
    await waitFor(() => expect(screen.getByTestId("session-place").textContent).toBe("第 2 通，共 4 通"));
  });

  it("has the session in its trail, which leads back", async () => {
    await hear("冰箱");
    const trail = await screen.findByRole("navigation", { name: "所在位置" });
    await user.click(await within(trail).findByRole("link", { name: "退货的边界在哪里" }));
    await screen.findAllByTestId("session-case");
    expect(screen.getByTestId("rail-sessions").getAttribute("aria-current")).toBe("page");
  });

  it("gives its marks to the session, and the mark names it", async () => {
    await hear("冰箱");
    await screen.findByTestId("waveform");
    await waitFor(() => expect(screen.getAllByTestId("mark-row")).toHaveLength(4));
    press({ key: "m", code: "KeyM" });
    await waitFor(async () => expect((await newest("冰箱"))?.session_id).toBe(heard().id));
    expect((await screen.findByTestId("mark-session")).textContent).toContain("退货的边界在哪里");
  });

  it("heard outside of it, or where it does not play the call, gives marks to nobody", async () => {
    await openWindow(() => `/case/${caseNamed("奶粉")}?t=3&session=${heard().id}`);
    await screen.findByTestId("waveform");
    expect(screen.queryByTestId("session-place")).toBeNull();
    await waitFor(() => expect(location.hash).toBe(`#/case/${caseNamed("奶粉")}?t=3`));
    expect(screen.getByTestId("rail-library").getAttribute("aria-current")).toBe("page");
    press({ key: "m", code: "KeyM" });
    await waitFor(async () => expect(await newest("奶粉")).toBeTruthy());
    expect((await newest("奶粉"))?.session_id).toBeNull();
  });

  it("keeps a mark whose session went away in that very moment", async () => {
    await hear("冰箱");
    await screen.findByTestId("waveform");
    await screen.findByTestId("session-place");
    const mark = vi.spyOn(ipc, "mark");
    mark.mockImplementationOnce(() => Promise.reject({ code: "invalid", args: { field: "session_id" } }));
    press({ key: "m", code: "KeyM" });
    await waitFor(async () => expect(await newest("冰箱")).toBeTruthy());
    expect((await newest("冰箱"))?.session_id).toBeNull();
    mark.mockRestore();
  });
});
