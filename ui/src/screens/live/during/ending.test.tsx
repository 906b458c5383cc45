import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { callNow, during, key, lines } from "../../../../test/during";
import { goOn } from "../../../../test/host/live";
import { hold } from "../../../../test/host/stage";
import { ipc } from "../../../ipc";
import { keySettings } from "../../../keys/useActions";

const user = userEvent.setup();

describe("pausing sharing", () => {
  const Z = { key: "z", code: "KeyZ" };

  it("stops the words and shows itself until somebody goes on; the clock does not stop", async () => {
    await during();
    key(Z);
    await waitFor(() => expect(screen.getByTestId("live-state").textContent).toBe("已暂停共享"));
    expect(screen.getByTestId("live-badge").textContent).toContain("已暂停共享");
    const count = lines().length;
    await goOn(12_000);
    expect(lines()).toHaveLength(count);
    await waitFor(() => expect(screen.getByTestId("live-clock").textContent).toBe("18:58"));
    key(Z);
    await waitFor(() => expect(screen.getByTestId("live-state").textContent).toBe("正在采集"));
    await waitFor(() => expect(screen.getByTestId("live-gap").textContent).toContain("暂停共享 0:12"));
  });

  it("has a button that says which way it goes", async () => {
    await during();
    await user.click(screen.getByTestId("live-pause"));
    await user.click(await screen.findByTestId("live-resume"));
    expect(await screen.findByTestId("live-pause")).toBeTruthy();
    expect((await callNow()).gaps).toHaveLength(1);
  });

  it("answers to the key of this workspace", async () => {
    await during(async () => {
      await ipc.updateSettings({ ...(await ipc.getSettings()), keymap: { "live.pause": "y" } });
    });
    await waitFor(() => expect(keySettings.keymap).toEqual({ "live.pause": "y" }));
    key({ key: "y", code: "KeyY" });
    await waitFor(() => expect(screen.getByTestId("live-state").textContent).toBe("已暂停共享"));
  });
});

describe("ending", () => {
  it("takes two steps in place, and opens the case", async () => {
    await during();
    const { id } = (await callNow()).case;
    await hold(true);
    await user.click(screen.getByTestId("live-stop"));
    const sure = await screen.findByTestId("live-stop-confirm");
    expect(document.activeElement).toBe(sure);
    expect((await callNow()).ending).toBe(false);
    await user.click(sure);
    expect((await screen.findByTestId("live-ending")).textContent).toContain("正在核对录音");
    await hold(false);
    await waitFor(() => expect(window.location.hash).toBe(`#/case/${id}`));
    await screen.findByTestId("waveform");
    expect(screen.queryByTestId("live-badge")).toBeNull();
    expect(screen.queryByTestId("live-over")).toBeNull();
  });

  it("is taken back by Escape, and by the other button", async () => {
    await during();
    key({ key: "x", code: "KeyX" });
    await screen.findByTestId("live-stop-confirm");
    key({ key: "Escape", code: "Escape" });
    await user.click(await screen.findByTestId("live-stop"));
    await user.click(screen.getByRole("button", { name: "接着听" }));
    expect(await screen.findByTestId("live-stop")).toBeTruthy();
    expect((await callNow()).ending).toBe(false);
  });

  it("that fails says why, and the call is still there to be ended", async () => {
    await during();
    vi.spyOn(ipc, "liveStop").mockRejectedValueOnce({ code: "disk.full", args: {} });
    await user.click(screen.getByTestId("live-stop"));
    await user.click(await screen.findByTestId("live-stop-confirm"));
    expect((await screen.findByRole("alert")).textContent).toContain("磁盘满了");
    await user.click(await screen.findByTestId("live-stop"));
    await user.click(await screen.findByTestId("live-stop-confirm"));
    await waitFor(() => expect(window.location.hash).toContain("#/case/"));
  });
});
