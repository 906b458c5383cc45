import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { canned } from "../../../test/host/carrier";
import { workspaceIs } from "../../../test/host/now";
import { choose, holdModels, letThrough } from "../../../test/host/stage";
import { catalogue, demoModel } from "../../../test/host/told/models";
import { openWindow } from "../../../test/window";
import { ipc } from "../../ipc";

const user = userEvent.setup();
const settingsNow = () => ipc.getSettings();

afterEach(() => vi.restoreAllMocks());

describe("models", () => {
  const row = async (name: string) => {
    const rows = await screen.findAllByTestId("model-row");
    const found = rows.find((r) => r.textContent?.includes(name));
    if (!found) throw new Error(`no model ${name}`);
    return found;
  };

  it("are fetched with progress, become the default, and go", async () => {
    await openWindow("/settings/models");
    await user.click(within(await row("Whisper tiny")).getByRole("button", { name: /下载/ }));
    expect(await within(await row("Whisper tiny")).findByRole("progressbar")).toBeTruthy();
    await letThrough();
    await waitFor(async () => expect((await row("Whisper tiny")).dataset.state).toBe("installed"));
    expect((await row("Whisper tiny")).textContent).toContain("默认用它");
    await user.click(within(await row("Whisper tiny")).getByRole("button", { name: /移除/ }));
    await waitFor(async () => expect((await row("Whisper tiny")).dataset.state).toBe("absent"));
  });

  it("are stopped, and go on from there", async () => {
    await openWindow("/settings/models");
    await user.click(within(await row("Whisper small")).getByRole("button", { name: /下载/ }));
    await user.click(await within(await row("Whisper small")).findByRole("button", { name: "取消" }));
    await waitFor(async () => expect((await row("Whisper small")).textContent).toContain("接着下"));
  });

  it("that fail say why and what to do", async () => {
    await openWindow("/settings/models");
    await row("Whisper tiny");
    canned({
      type: "download",
      progress: {
        id: "tiny",
        bytes_present: 0,
        bytes_total: 1,
        host: "hf-mirror.com",
        done: false,
        error: { code: "model.unreachable", args: { host: "hf-mirror.com" } },
      },
    });
    const alert = await within(await row("Whisper tiny")).findByRole("alert");
    expect(alert.textContent).toContain("hf-mirror.com");
    expect(within(alert).getByRole("button", { name: "重试" })).toBeTruthy();
  });

  it("of the demo does not become the default without insisting", async () => {
    await openWindow("/settings/models", () => holdModels([...catalogue, demoModel]));
    const demo = await row("qinting-demo");
    expect(demo.textContent).toContain("只认得演示里的话");
    await user.click(within(demo).getByRole("button", { name: "默认用它" }));
    const no = await within(demo).findByRole("alert");
    expect(no.dataset.code).toBe("model.demo_only");
    expect(no.textContent).toContain("qinting-demo");
    await user.click(within(no).getByRole("button", { name: "算了" }));
    expect(within(demo).queryByRole("alert")).toBeNull();
    expect((await ipc.listModels()).some((m) => m.is_default)).toBe(false);
    await user.click(within(demo).getByRole("button", { name: "默认用它" }));
    await user.click(await within(demo).findByTestId("model-insist"));
    await waitFor(async () => expect((await ipc.listModels()).find((m) => m.is_default)?.is_demo).toBe(true));
    await waitFor(() => expect(within(demo).queryByRole("alert")).toBeNull());
  });

  it("of the demo is at home in the demo", async () => {
    await openWindow("/settings/models", async () => {
      await holdModels([...catalogue, demoModel]);
      await ipc.setDefaultModel({ id: demoModel.id, insist: true });
      workspaceIs({ is_demo: true });
    });
    const demo = await row("qinting-demo");
    expect(within(demo).queryByRole("button", { name: "默认用它" })).toBeNull();
    expect(demo.textContent).toContain("默认用它");
  });

  it("say which to take on this machine, until there is a real one", async () => {
    await openWindow("/settings/models");
    const said = await screen.findByTestId("model-take");
    const rows = await screen.findAllByTestId("model-row");
    const taken = rows.find((r) => r.textContent?.includes("建议先装")) as HTMLElement;
    expect(said.textContent).toContain(taken.querySelector("b")?.textContent);
    await user.click(within(taken).getByRole("button", { name: /下载/ }));
    await letThrough();
    await waitFor(() => expect(screen.queryByTestId("model-take")).toBeNull());
  });

  it("can be files of one's own", async () => {
    await openWindow("/settings/models", () => choose({ model: ["/calls/ggml-small.bin"] }));
    await user.click(screen.getByRole("button", { name: /用本地文件/ }));
    expect(await waitFor(() => row("ggml-small.bin"))).toBeTruthy();
  });

  it("come from mirrors in an order one can change", async () => {
    await openWindow("/settings/models");
    await user.click(await screen.findByRole("button", { name: "https://hf-mirror.com 往上" }));
    await waitFor(async () =>
      expect((await settingsNow()).model_mirrors).toEqual([
        "https://hf-mirror.com",
        "https://huggingface.co",
      ]),
    );
    await user.type(screen.getByRole("textbox", { name: "加一个地址" }), "https://models.example{Enter}");
    await waitFor(async () =>
      expect((await settingsNow()).model_mirrors).toContain("https://models.example"),
    );
  });
});
