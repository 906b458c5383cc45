import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { sound } from "../../../test/host/live";
import { are } from "../../../test/host/now";
import { copied } from "../../../test/host/stage";
import { devices } from "../../../test/host/told/listening";
import { expectInert, openWindow, payloads } from "../../../test/window";
import { startI18n } from "../../i18n";
import { type DeviceInfo, ipc } from "../../ipc";
import { dateTimeText } from "../../text/format";

const user = userEvent.setup();
const page = () => within(screen.getByTestId("settings-page"));
const fact = async (name: string) => (await screen.findByTestId(`device-${name}`)).textContent;
const nameNow = async () => (await ipc.getSettings()).device_name;
const rename = () => screen.findByRole("button", { name: "改名字" });
const infoIs = async (facts: Partial<DeviceInfo>) => {
  const info = { ...(await ipc.deviceInfo()), ...facts };
  vi.spyOn(ipc, "deviceInfo").mockResolvedValue(info);
};

afterEach(() => {
  vi.restoreAllMocks();
  startI18n("zh-CN");
});

describe("about this device", () => {
  it("says which installation it is, what its machine has, and where things lie", async () => {
    await openWindow("/settings/look", () => sound({ sources: devices }));
    await user.click(await screen.findByTestId("settings-device"));
    const info = await ipc.deviceInfo();
    expect(await fact("id")).toBe(info.id);
    expect(info.since).not.toBeNull();
    expect(await fact("since")).toBe(dateTimeText(info.since ?? 0));
    expect(await fact("version")).toBe((await ipc.workspaceInfo()).version);
    expect(await fact("cores")).toBe(`${info.cores} 核`);
    expect(await fact("free")).toMatch(/^[\d.]+ [kMG]?B$/);
    expect(await fact("workspace")).toBe((await ipc.workspaceInfo()).path);
    expect(await fact("models")).toBe((await ipc.doctor()).models_folder);
    const inData = (path: string | null) => path?.startsWith(info.data_folder ?? "nowhere");
    expect(inData(await fact("workspace"))).toBe(true);
    expect(await fact("system")).toBe("PulseAudio");
    expect(await fact("output")).toBe("内置扬声器");
    expect(await fact("input")).toBe("话务盒 USB");
    expect(await fact("played")).toBe("USB 耳麦里放的声音");
  });

  it("says what a machine does not have or does not tell", async () => {
    await openWindow("/settings/device", () =>
      infoIs({
        since: null,
        data_folder: null,
        memory_bytes: null,
        sound: { system: null, output: null, input: null, played: null },
      }),
    );
    expect(await fact("since")).toContain("没有留下来");
    expect(await fact("data")).toContain("没有留下来");
    expect(await fact("memory")).toBe("系统没有说");
    expect(await fact("system")).toBe("没有找到");
    expect(await fact("input")).toBe("没有话筒");
  });

  it("waits in words, says what went wrong, and looks again", async () => {
    let refuse = (_: unknown) => {};
    await openWindow("/settings/device", () => {
      vi.spyOn(ipc, "deviceInfo").mockImplementationOnce(() => new Promise((_, no) => (refuse = no)));
    });
    await screen.findByTestId("settings-page");
    expect(page().getByRole("status").textContent).toBe("正在读取");
    refuse({ code: "disk.denied", args: { path: "workspace" } });
    const alert = await page().findByRole("alert");
    expect(screen.queryByTestId("device-id")).toBeNull();
    await user.click(within(alert).getByRole("button", { name: "重试" }));
    expect(await fact("id")).toBe((await ipc.deviceInfo()).id);
    expect(page().queryByRole("alert")).toBeNull();
  });

  it("takes a name from the keyboard alone, and lets it go again", async () => {
    await openWindow("/settings/device");
    const opener = await rename();
    opener.focus();
    await user.keyboard("{Enter}");
    await user.keyboard("  前台左边那台 {Enter}");
    await waitFor(async () => expect(await nameNow()).toBe("前台左边那台"));
    expect(await page().findByText("前台左边那台")).toBeTruthy();
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole("button", { name: "改名字" })));
    await ipc.undo();
    expect(await page().findByText("还没有起名字")).toBeTruthy();
  });

  it("says that a name is too long before it is sent, and keeps what was written when it is refused", async () => {
    await openWindow("/settings/device");
    await user.click(await rename());
    const field = screen.getByTestId("device-name");
    await user.click(field);
    await user.paste("长".repeat(61));
    expect(page().getByRole("status").textContent).toContain("最多 60 个字");
    await user.clear(field);
    await user.type(field, "左边");
    vi.spyOn(ipc, "updateSettings").mockRejectedValueOnce({ code: "disk.full", args: {} });
    await user.keyboard("{Enter}");
    expect(await page().findByRole("alert")).toBeTruthy();
    expect(screen.getByTestId("device-name")).toHaveProperty("value", "左边");
    await user.keyboard("{Enter}");
    await waitFor(async () => expect(await nameNow()).toBe("左边"));
  });

  it("is read by a guest, and not named", async () => {
    await openWindow("/settings/device", () => are({ 周以宁: ["guest"], 青禾: ["administrator"] }));
    expect(await fact("id")).toBe((await ipc.deviceInfo()).id);
    const opener = await rename();
    await waitFor(() => expect(opener.getAttribute("aria-disabled")).toBe("true"));
    await user.click(opener);
    expect(screen.queryByTestId("device-name")).toBeNull();
  });

  it.each([
    ["zh-CN", "全部复制", "编号：", "工作区在："],
    ["en", "Copy all", "Id: ", "Workspace in: "],
  ] as const)(
    "is copied whole in %s, without whose folders they are",
    async (language, button, id, place) => {
      startI18n(language);
      await openWindow("/settings/device", async () => {
        const settings = await ipc.getSettings();
        await ipc.updateSettings({ ...settings, device_name: "左边" });
        await infoIs({ workspace: "/home/demo/案卷", models_folder: "C:\\Users\\demo\\models" });
      });
      await user.click(await screen.findByRole("button", { name: button }));
      await waitFor(async () => expect(await copied()).toContain((await ipc.deviceInfo()).id));
      const text = await copied();
      expect(text.split("\n")).toHaveLength(14);
      expect(text).toContain(`${id}${(await ipc.deviceInfo()).id}`);
      expect(text).toContain(`${place}案卷`);
      expect(text).toContain("左边");
      expect(text).not.toContain("demo");
      expect(text).not.toMatch(/[\\/]/);
    },
  );

  it("shows any name as text", async () => {
    await openWindow("/settings/device", async () => {
      const settings = await ipc.getSettings();
      await ipc.updateSettings({ ...settings, device_name: payloads.slice(0, 60) });
    });
    await screen.findByText(/onerror/);
    expectInert();
  });
});
