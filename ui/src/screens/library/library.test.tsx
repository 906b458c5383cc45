import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { dropFiles, expectInert, openWindow, payloads, seriousFindings } from "../../../test/window";
import { ipc } from "../../ipc";
import { emit, plainRows, state } from "../../ipc/fake/state";
import { bytesText, fileName, splitItem, usableRules } from "../import/plan";
import { batchPermille } from "../import/store";

const user = userEvent.setup();
const rows = () => screen.findAllByTestId("case-row");
const titles = async () => (await rows()).map((r) => within(r).getAllByRole("link")[0]?.textContent);
const rowOf = async (title: string) => {
  const found = (await rows()).find((r) => r.textContent?.includes(title));
  if (!found) throw new Error(`no row ${title}`);
  return found;
};
const menuOf = async (title: string) => {
  await user.click(within(await rowOf(title)).getByRole("button", { name: /更多/ }));
  return screen.findByRole("menu");
};

describe("the library", () => {
  it("is narrowed by words and business line, and ordered", async () => {
    openWindow("/cases");
    await rows();
    await user.type(screen.getByRole("searchbox", { name: "找标题、坐席、客户" }), "知秋");
    await waitFor(async () => expect(await titles()).toHaveLength(3));
    await user.clear(screen.getByRole("searchbox", { name: "找标题、坐席、客户" }));
    await user.selectOptions(screen.getByRole("combobox", { name: "业务线" }), "物流");
    await waitFor(async () => expect(await titles()).toEqual(["快递三次改地址没改成", "两个订单只到一个"]));
    await user.selectOptions(screen.getByRole("combobox", { name: "业务线" }), "");
    await user.click(screen.getByRole("button", { name: "时长" }));
    await waitFor(async () => expect((await titles())[0]).toBe("三小时的家装协调会录音"));
    expect(screen.getByRole("columnheader", { name: "时长" }).getAttribute("aria-sort")).toBe("descending");
  });

  it("opens a call with Enter, after walking to it with the arrows", async () => {
    openWindow("/cases");
    const first = within((await rows())[0] as HTMLElement).getAllByRole("link")[0] as HTMLElement;
    first.focus();
    fireEvent.keyDown(first, { key: "ArrowDown" });
    const second = document.activeElement as HTMLElement;
    expect(second.textContent).toBe("三小时的家装协调会录音");
    await user.keyboard("{Enter}");
    expect(window.location.hash).toMatch(/^#\/case\//);
  });

  it("draws only what is in sight of five thousand", async () => {
    openWindow("/cases", () => {
      const one = state.cases[6];
      for (let i = 0; one && i < 5000; i++) state.cases.push({ ...one, id: `many-${i}` });
    });
    await waitFor(() =>
      expect(Number(screen.getByRole("table").getAttribute("aria-rowcount"))).toBeGreaterThan(5000),
    );
    expect((await rows()).length).toBeLessThan(60);
  });

  it("takes a call away, and gives it back", async () => {
    openWindow("/cases");
    const menu = await menuOf("奶粉批号");
    await user.click(within(menu).getByRole("menuitem", { name: "移到回收站" }));
    await waitFor(() => expect(screen.queryByText("奶粉批号查不到")).toBeNull());
    await user.click(within(await screen.findByTestId("undo-bar")).getByRole("button", { name: /撤销/ }));
    expect(await screen.findByText("奶粉批号查不到")).toBeTruthy();
  });

  it("copies the link of a call", async () => {
    openWindow("/cases");
    const menu = await menuOf("奶粉批号");
    await user.click(within(menu).getByRole("menuitem", { name: "复制链接" }));
    await waitFor(() => expect(state.copied).toMatch(/^qinting:\/\/case\//));
  });

  it("shows where the text stands, and lets a failed one be tried again", async () => {
    openWindow("/cases", () => {
      const made = { attempt: 1, created_at: 1, updated_at: 1 };
      const [a, b] = [state.cases[6], state.cases[7]];
      if (!a || !b) return;
      const work = (case_id: string) =>
        ({ kind: "transcribe", case_id, recording_id: "r", model: null, language: "zh" }) as const;
      state.jobs.push(
        { id: "j1", work: work(a.id), state: "running", progress_permille: 423, error: null, ...made },
        {
          id: "j2",
          work: work(b.id),
          state: "failed",
          progress_permille: 0,
          error: { code: "speech.worker_died", args: {} },
          ...made,
        },
        // Not asked for, and of a later version: neither is a text.
        {
          id: "j3",
          work: { kind: "take_in", call_id: "c" },
          state: "failed",
          progress_permille: 0,
          error: { code: "disk.full", args: {} },
          ...made,
        },
        {
          id: "j4",
          work: { kind: "other", name: "edition" },
          state: "running",
          progress_permille: 1,
          error: null,
          ...made,
        },
      );
    });
    expect((await rowOf("还没有文字的一通")).textContent).toContain("转写 42%");
    const failed = within(await rowOf("安装师傅临时加价")).getByTestId("job-state");
    expect(failed.dataset.state).toBe("failed");
    expect(within(failed).getByText("转写失败").title).toContain("转写中断了");
    await user.click(within(failed).getByRole("button", { name: "重试转写" }));
    await waitFor(() => expect(state.jobs.find((j) => j.id === "j2")?.state).not.toBe("failed"));
  });

  it("says that there is no model, and where to get one", async () => {
    openWindow("/cases");
    await user.click(await screen.findByRole("button", { name: "去装模型" }));
    expect(window.location.hash).toBe("#/settings/models");
  });

  it("that is empty says how a call comes in", async () => {
    openWindow("/cases", () => {
      state.cases = [];
    });
    expect(await screen.findByText("还没有录音")).toBeTruthy();
  });

  it("shows any text as text", async () => {
    openWindow("/cases", () => {
      for (const c of state.cases) {
        const facts = { title: payloads, business_line: payloads };
        Object.assign(c, { ...facts, queue: payloads, disposition: payloads, customer_tier: payloads });
      }
      for (const c of plainRows("contact")) Object.assign(c, { agent: payloads, customer: payloads });
    });
    await rows();
    expect(document.body.textContent).toContain(payloads);
    expectInert();
  });

  it("has nothing serious for axe", async () => {
    openWindow("/cases");
    await rows();
    expect(await seriousFindings()).toEqual([]);
  });
});

describe("a plan", () => {
  it.each([
    ["/a/b/通话.wav", "通话.wav"],
    ["C:\\calls\\one.mp3", "one.mp3"],
    ["plain.ogg", "plain.ogg"],
  ])("names %s by its file", (path, name) => expect(fileName(path)).toBe(name));

  it("keeps only rules with two different ends", () => {
    const rules = [
      { agent: " _a ", customer: "_c" },
      { agent: "", customer: "_c" },
      { agent: "_x", customer: "_x" },
    ];
    expect(usableRules(rules)).toEqual([{ agent: "_a", customer: "_c" }]);
  });

  it("takes two sides apart again", () => {
    const [agent, customer] = [
      { at: 0, path: "/1_a.wav", bytes: 4 },
      { at: 1, path: "/1_c.wav", bytes: 6 },
    ] as const;
    expect(splitItem({ files: [agent, customer], title: "1" })).toEqual([
      { files: [agent], title: "1_a" },
      { files: [customer], title: "1_c" },
    ]);
  });

  it.each([
    [999, "999 B"],
    [1_500_000, "1.5 MB"],
    [190_000_000, "190 MB"],
    [48_000_000_000, "48.0 GB"],
  ])("writes %d bytes as %s", (bytes, text) => expect(bytesText(bytes)).toBe(text));

  it("never counts past the whole", () => {
    const undecided = { case_id: null, duration_ms: null, channels: null, error: null };
    const file = { path: "a", ...undecided, notices: [], other: null, wordless: false };
    const batch = { id: 1, state: "running" as const, current: 1, current_permille: 1000 };
    expect(batchPermille({ ...batch, files: [{ ...file, outcome: "imported" }] })).toBe(1000);
    expect(batchPermille({ ...batch, files: [] })).toBe(1000);
  });
});

describe("bringing calls in", () => {
  const planRows = () => screen.findAllByTestId("plan-row");

  it("shows what would happen before anything does, and the rules can be changed there", async () => {
    openWindow("/cases");
    const before = state.cases.length;
    await user.click(await screen.findByTestId("import-open"));
    expect((await planRows()).length).toBe(4);
    expect(screen.getByText(/5 个文件，会成为 4 通/)).toBeTruthy();
    expect(screen.getByText("readme.txt")).toBeTruthy();
    const agent = screen.getByRole("textbox", { name: /第 1 条：坐席/ });
    await user.clear(agent);
    await user.type(agent, "_nobody");
    await waitFor(async () => expect((await planRows()).length).toBe(5));
    await user.clear(agent);
    await user.type(agent, "_agent");
    await waitFor(async () => expect((await planRows()).length).toBe(4));
    await user.click(screen.getByRole("button", { name: "分开" }));
    expect((await planRows()).length).toBe(5);
    await user.click(screen.getAllByRole("button", { name: "这次不导" })[0] as HTMLElement);
    expect((await planRows()).length).toBe(4);
    expect(state.cases.length).toBe(before);
  });

  it("says of each file what became of it, and what to do", async () => {
    openWindow("/cases");
    await user.click(await screen.findByTestId("import-open"));
    const title = (
      await screen.findAllByRole("textbox", { name: /0412_agent.wav 的标题/ })
    )[0] as HTMLElement;
    await user.clear(title);
    await user.type(title, "退货协商");
    await user.click(screen.getByTestId("import-start"));
    await screen.findByText("导完了。");
    const files = screen.getAllByTestId("import-file");
    const outcome = (name: string) => files.find((f) => f.textContent?.includes(name));
    expect(outcome("0412_agent.wav")?.dataset.outcome).toBe("joined");
    expect(outcome("退货边界.mp3")?.dataset.outcome).toBe("imported");
    expect(outcome("broken.wav")?.textContent).toContain("文件里面坏了：broken.wav。从来源再取一份。");
    const duplicate = within(outcome("again.wav") as HTMLElement).getByRole("link");
    expect(duplicate.getAttribute("href")).toBe(`#/case/${state.cases[0]?.id}`);
    expect(await screen.findByText("退货协商")).toBeTruthy();
  });

  it("goes on while another screen is open, and can be stopped there", async () => {
    openWindow("/cases");
    await rows();
    await dropFiles(...Array.from({ length: 40 }, (_, i) => `/calls/${i}.wav`));
    await user.click(await screen.findByTestId("import-start"));
    await user.click(await screen.findByRole("button", { name: "收起" }));
    await user.click(screen.getByTestId("rail-issues"));
    await user.click(await screen.findByTestId("import-status"));
    const sheet = await screen.findByTestId("import-sheet");
    await user.click(within(sheet).getByRole("button", { name: "取消" }));
    expect(await screen.findByText("停下了。")).toBeTruthy();
    expect(state.imports[0]?.state).toBe("cancelled");
    expect(screen.queryByTestId("import-status")).toBeNull();
  });

  it("takes files dropped on any screen", async () => {
    openWindow("/issues");
    await screen.findAllByTestId("issue-row");
    await dropFiles("/calls/one.wav", "/calls/notes.txt");
    expect(await planRows()).toHaveLength(1);
    expect(screen.getByText(/跳过 1 个不是录音的文件/)).toBeTruthy();
  });

  it("keeps changed rules only when asked", async () => {
    openWindow("/cases");
    await user.click(await screen.findByTestId("import-open"));
    await planRows();
    await user.click(screen.getByRole("button", { name: "加一条" }));
    await user.type(screen.getByRole("textbox", { name: /第 2 条：坐席/ }), "-a");
    await user.type(screen.getByRole("textbox", { name: /第 2 条：客户/ }), "-c");
    await user.click(await screen.findByRole("checkbox", { name: "以后也这样认" }));
    await waitFor(() => expect(screen.getByTestId("import-start")).toHaveProperty("disabled", false));
    await user.click(screen.getByTestId("import-start"));
    await waitFor(() =>
      expect(state.settings.suffix_rules).toEqual([
        { agent: "_agent", customer: "_caller" },
        { agent: "-a", customer: "-c" },
      ]),
    );
  });

  it("does not lock the window while it asks", async () => {
    openWindow("/cases");
    await user.click(await screen.findByTestId("import-open"));
    await planRows();
    expect(screen.getByTestId("rail-issues").closest("[aria-hidden=true]")).toBeNull();
    expect(await seriousFindings()).toEqual([]);
  });

  it("shows file names as text", async () => {
    openWindow("/cases");
    await rows();
    await dropFiles(`/calls/${payloads.replaceAll("/", "")}.wav`);
    await planRows();
    act(() =>
      emit({
        type: "import",
        batch: {
          id: 7,
          state: "done",
          current: 1,
          current_permille: 0,
          files: [
            {
              path: payloads,
              outcome: "rejected",
              case_id: null,
              duration_ms: null,
              channels: null,
              notices: [],
              wordless: false,
              error: { code: "media.broken", args: { name: payloads } },
            },
          ],
        },
      }),
    );
    expectInert();
  });
});

describe("the sessions of a call", () => {
  const session = () => state.sessions.find((s) => s.title === "退货的边界在哪里");

  it("are named in its row and lead there", async () => {
    openWindow("/cases");
    const row = (await rows()).find((r) => r.textContent?.includes("冰箱进不了厨房")) as HTMLElement;
    await user.click(await within(row).findByTestId("case-session"));
    await waitFor(() => expect(location.hash).toBe(`#/session/${session()?.id}`));
  });

  it("narrow the library to what is heard in one, together with the other filters", async () => {
    openWindow("/cases");
    await rows();
    await user.selectOptions(await screen.findByLabelText("专场"), "退货的边界在哪里");
    await waitFor(async () => expect(await rows()).toHaveLength(4));
    await user.selectOptions(screen.getByLabelText("业务线"), "大家电");
    await waitFor(async () => expect(await rows()).toHaveLength(2));
    await user.selectOptions(screen.getByLabelText("排序"), "title");
    const titles = (await rows()).map((r) => r.querySelector("b")?.textContent);
    expect(titles).toEqual([...titles].sort((a, b) => (a ?? "").localeCompare(b ?? "", "zh")));
  });

  it("hide nothing once the session is gone", async () => {
    openWindow("/cases");
    const all = (await rows()).length;
    await user.selectOptions(await screen.findByLabelText("专场"), "退货的边界在哪里");
    await waitFor(async () => expect(await rows()).toHaveLength(4));
    await act(() => ipc.deleteSession(session()?.id ?? ""));
    await waitFor(async () => expect(await rows()).toHaveLength(all));
  });
});

describe("an empty workspace of one's own", () => {
  const empty = (prepare: () => void = () => undefined) =>
    openWindow("/cases", () => {
      state.cases = [];
      state.sessions = [];
      prepare();
    });

  it("offers to bring calls in, and quietly the demo", async () => {
    empty();
    const bare = (await screen.findByText("还没有录音")).parentElement as HTMLElement;
    expect(within(bare).getByRole("button", { name: "导入录音" })).toBeTruthy();
    await user.click(await screen.findByTestId("empty-demo"));
    await waitFor(() => expect(location.hash).toBe("#/settings/workspace"));
  });

  it("shows the way to a model when none is there to be used", async () => {
    empty();
    await user.click(await screen.findByTestId("empty-model"));
    await waitFor(() => expect(location.hash).toBe("#/settings/models"));
  });

  it("says nothing of models when one is there", async () => {
    const has = vi.spyOn(ipc, "workspaceInfo");
    const info = await ipc.workspaceInfo();
    has.mockResolvedValue({ ...info, has_model: true });
    empty();
    await screen.findByTestId("empty-demo");
    expect(screen.queryByTestId("empty-model")).toBeNull();
    has.mockRestore();
  });
});
