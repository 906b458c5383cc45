import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { goOn, listening } from "../../../../test/host/live";
import { holdModels, sessionNamed } from "../../../../test/host/stage";
import { boxLanes, devices, type SoundTold } from "../../../../test/host/told/listening";
import { heardBy } from "../../../../test/host/told/models";
import { openWindow, seriousFindings } from "../../../../test/window";
import type { CaptureSource, LaneCheck, LiveLane, LiveSettings } from "../../../ipc";
import { ipc } from "../../../ipc";
import { areSame, oneMore, without, withSource } from "./laneRules";
import { useMemory } from "./memory";
import { verdictOf } from "./SoundTest";

const user = userEvent.setup();

beforeEach(() => {
  useMemory.setState(useMemory.getInitialState(), true);
});

const chosen = () => useMemory.setState({ consent: "both_agreed", notice: "voice" });

type Seat = { told?: SoundTold; live?: Partial<LiveSettings>; hasModel?: boolean };

/** A seat with these devices, where the last call was recorded through the box. */
async function seat({ told = {}, live = {}, hasModel = true }: Seat = {}) {
  if (hasModel) await holdModels([heardBy]);
  await listening.sound({ sources: devices, ...told });
  const settings = await ipc.getSettings();
  const last = { ...settings.live, mode: "record" as const, lanes: boxLanes, ...live };
  await ipc.updateSettings({ ...settings, live: last });
}

/** Opens the page and waits until the host told what there is to choose from. */
async function opened(at: Seat = {}, search = "") {
  await openWindow(`/live${search}`, () => seat(at));
  return screen.findByTestId("live-start");
}
/** What is captured now. */
const captured = async () => (await listening.sound({})).captures;
const callNow = async () => (await ipc.liveStatus())?.call ?? null;
const mode = (name: string) => screen.getByTestId(`live-mode-${name}`);

describe("before a call", () => {
  it("levels of the chosen lanes move while the page is open, and the devices are let go when it is left", async () => {
    await opened();
    await waitFor(async () => expect(await captured()).toHaveLength(2));
    await goOn(100);
    expect(Number(screen.getByTestId("live-meter-0").getAttribute("aria-valuenow"))).toBeGreaterThan(0);
    expect(screen.getByTestId("live-meter-0").getAttribute("aria-valuetext")).toMatch(/dB$/);
    await user.click(screen.getByTestId("rail-library"));
    await waitFor(async () => expect(await captured()).toBeNull());
  });

  it("the button says what is missing, goes there, and begins nothing", async () => {
    const start = await opened();
    expect(screen.getByText("还缺：依据、告知")).toBeTruthy();
    await user.click(start);
    expect(document.activeElement).toBe(screen.getByTestId("live-consent"));
    expect(screen.getByTestId("live-consent").getAttribute("aria-invalid")).toBe("true");
    expect(await callNow()).toBeNull();
  });

  it("basis and notice go along with the call", async () => {
    const start = await opened();
    await user.selectOptions(screen.getByTestId("live-consent"), "contract");
    await user.selectOptions(screen.getByTestId("live-notice"), "spoken");
    await user.click(start);
    await screen.findByTestId("live-clock");
    expect(await callNow()).toMatchObject({ mode: "record", consent: "contract", notice: "spoken" });
    expect(await captured()).toEqual(boxLanes);
  });

  it("the second time two clicks do: the rail, and start", async () => {
    chosen();
    await openWindow("/cases", seat);
    await user.click(screen.getByTestId("rail-live"));
    await user.click(await screen.findByTestId("live-start"));
    await screen.findByTestId("live-clock");
    expect(await callNow()).toMatchObject({ mode: "record", consent: "both_agreed", notice: "voice" });
  });

  it("Enter begins: the button has the focus", async () => {
    chosen();
    const start = await opened();
    expect(document.activeElement).toBe(start);
    await user.keyboard("{Enter}");
    await screen.findByTestId("live-clock");
  });

  it("clock only takes no sound, asks for nothing, and begins at once", async () => {
    const start = await opened();
    await user.click(mode("clock_only"));
    await waitFor(async () => expect(await captured()).toBeNull());
    expect(screen.queryByTestId("live-consent")).toBeNull();
    await user.click(start);
    await screen.findByTestId("live-clock");
    expect(await callNow()).toMatchObject({ mode: "clock_only", lanes: [], consent: null, notice: null });
  });

  it("what is known beforehand goes along, and none of it is needed", async () => {
    chosen();
    const start = await opened({}, "?session=0193a1b2-0000-7000-8000-00000000dead");
    await user.type(screen.getByTestId("live-title"), "退货");
    await user.type(screen.getByTestId("live-anchor"), "8021");
    await user.selectOptions(screen.getByTestId("live-mentor"), "青禾");
    await user.click(start);
    await screen.findByTestId("live-clock");
    const status = await ipc.liveStatus();
    expect(status?.case.title).toBe("退货");
    expect(status?.call.anchor).toBe("8021");
    expect(status?.mentor).toBe("青禾");
    // A session that is gone is none.
    expect(status?.call.session_id).toBeNull();
  });

  it("an address with a session chooses that session", async () => {
    const { id } = sessionNamed("钱什么时候到账");
    await openWindow(`/live?session=${id}`, seat);
    const session = await screen.findByTestId("live-session");
    await waitFor(() => expect(session).toHaveProperty("value", id));
  });

  it("a lane more, and one less", async () => {
    await opened({
      live: { lanes: [{ source: "headset-mic", name: "", side: "whole", role: "agent" }] },
    });
    await user.click(screen.getByTestId("live-add-lane"));
    expect(screen.getByTestId("live-lane-1-source")).toHaveProperty("value", "headset.monitor");
    expect(screen.getByTestId("live-lane-1-role")).toHaveProperty("value", "customer");
    await waitFor(async () =>
      expect((await captured())?.map((l) => l.source)).toEqual(["headset-mic", "headset.monitor"]),
    );
    await user.click(screen.getByRole("button", { name: "去掉第 2 路" }));
    expect(screen.queryByTestId("live-lane-1-source")).toBeNull();
  });

  it("the same sound on both lanes is said before anybody records it twice", async () => {
    chosen();
    const lane = { source: "headset-mic", name: "", side: "whole" } as const;
    const lanes: LiveLane[] = [
      { ...lane, role: "agent" },
      { ...lane, role: "customer" },
    ];
    const start = await opened({ live: { lanes } });
    expect(screen.getByText(/两路选了同一个声音/)).toBeTruthy();
    await user.click(start);
    expect(document.activeElement).toBe(screen.getByTestId("live-lane-1-source"));
    expect(await callNow()).toBeNull();
  });

  it("sources are grouped by what they are", async () => {
    await opened();
    const groups = [...screen.getByTestId("live-lane-0-source").querySelectorAll("optgroup")];
    expect(groups.map((g) => g.label)).toEqual(["麦克风", "本机播放"]);
  });

  it("says in plain words that what the machine plays cannot be heard here", async () => {
    await opened({ told: { sources: devices.filter((d) => d.kind === "input") } });
    expect(screen.getByText(/不让程序听到它自己放的声音/)).toBeTruthy();
  });

  it("without any device the clock still works, and it says so", async () => {
    await opened({ told: { sources: [] } });
    expect(screen.getByText(/没有找到能听的设备/)).toBeTruthy();
    await user.click(mode("clock_only"));
    await user.click(screen.getByTestId("live-start"));
    await screen.findByTestId("live-clock");
  });

  it("without a model words cannot be all that is kept; recording goes without text", async () => {
    await opened({ hasModel: false });
    expect(mode("text_only")).toHaveProperty("disabled", true);
    expect(screen.getByRole("link", { name: "去装模型" })).toBeTruthy();
  });

  it("tells how long the disk lasts, and warns when that is short", async () => {
    // How much room this machine has is no matter of the test.
    const read = ipc.liveChoices;
    const room = vi.spyOn(ipc, "liveChoices");
    room.mockImplementation(async () => ({ ...(await read()), disk_minutes: 7 * 60 }));
    await opened();
    expect(screen.getByTestId("live-disk").textContent).toBe("还可录约 7 小时");
    room.mockImplementation(async () => ({ ...(await read()), disk_minutes: 12 }));
    await opened();
    expect(screen.getByTestId("live-disk").textContent).toBe("还可录约 12 分钟");
    expect(screen.getByTestId("live-disk").className).toContain("is-warning");
    room.mockRestore();
  });

  it("a source that gives nothing is named where it is chosen", async () => {
    await opened({ told: { refuses: { code: "live.source_refused", args: { name: "话务盒 USB" } } } });
    expect((await screen.findByRole("alert")).textContent).toContain("“话务盒 USB”在，但不给声音");
    expect(screen.getByTestId("live-test")).toHaveProperty("disabled", true);
  });

  it("a call that cannot begin says why, and everything chosen is still there", async () => {
    chosen();
    const start = await opened();
    vi.spyOn(ipc, "liveBegin").mockRejectedValueOnce({ code: "live.disk_low", args: { minutes: "2" } });
    await user.type(screen.getByTestId("live-title"), "退货");
    await user.click(start);
    expect((await screen.findByRole("alert")).textContent).toContain("只够再录 2 分钟");
    expect(screen.getByTestId("live-title")).toHaveProperty("value", "退货");
    await user.click(start);
    await screen.findByTestId("live-clock");
  });
});

describe("five seconds of test", () => {
  const check = (fields: Partial<LaneCheck>): LaneCheck => ({
    peak_db: -9,
    rms_db: -22,
    silent: false,
    clipped: false,
    ...fields,
  });

  it.each<[string, LaneCheck]>([
    ["Good", check({})],
    ["Silent", check({ silent: true, rms_db: -120 })],
    ["Clipped", check({ clipped: true, peak_db: 0 })],
    ["Faint", check({ rms_db: -58 })],
  ])("finds a lane %s", (verdict, lane) => expect(verdictOf(lane)).toBe(verdict));

  it("says what is wrong with which lane and what to do, and plays it back", async () => {
    const lanes = [check({}), check({ silent: true })];
    await opened({ told: { test: { duration_ms: 5000, lanes, same_on_both: false } } });
    await user.click(screen.getByTestId("live-test"));
    const verdict = await screen.findByTestId("live-test-verdict");
    expect(verdict.textContent).toContain("客户清楚");
    expect(verdict.textContent).toContain("坐席没有声音。看看线插好没有");
    await user.click(screen.getByTestId("live-test-play"));
    await waitFor(async () => expect((await ipc.playerState()).playing).toBe(true));
  });

  it("finds the same signal on both lanes", async () => {
    const lanes = [check({}), check({})];
    await opened({ told: { test: { duration_ms: 5000, lanes, same_on_both: true } } });
    await user.click(screen.getByTestId("live-test"));
    expect((await screen.findByTestId("live-test-verdict")).textContent).toContain("两路是同一个声音");
  });

  it("is no verdict on lanes that were chosen afterwards", async () => {
    await opened();
    await user.click(screen.getByTestId("live-test"));
    await screen.findByTestId("live-test-verdict");
    await user.selectOptions(screen.getByTestId("live-lane-0-source"), "headset-mic");
    expect(screen.queryByTestId("live-test-verdict")).toBeNull();
  });
});

describe("lanes", () => {
  const source = (id: string, kind: CaptureSource["kind"], channels: number): CaptureSource => ({
    id,
    name: id,
    kind,
    channels,
    sample_rate_hz: 48_000,
    is_default: false,
  });
  const mic = source("mic", "input", 1);
  const box = source("box", "input", 2);
  const out = source("out", "system", 2);
  const lane = (at: CaptureSource, fields: Partial<LiveLane> = {}): LiveLane => ({
    source: at.id,
    name: at.name,
    side: "whole",
    role: "agent",
    ...fields,
  });

  it.each<[string, LiveLane[], CaptureSource[], [string, string, string][] | null]>([
    [
      "a microphone is joined by what the machine plays",
      [lane(mic)],
      [mic, out],
      [
        ["mic", "whole", "agent"],
        ["out", "whole", "customer"],
      ],
    ],
    [
      "a box with two sides is split",
      [lane(box)],
      [box, mic],
      [
        ["box", "left", "agent"],
        ["box", "right", "customer"],
      ],
    ],
    [
      "a microphone is joined by another one",
      [lane(mic)],
      [mic, box],
      [
        ["mic", "whole", "agent"],
        ["box", "whole", "customer"],
      ],
    ],
    [
      "nobody's voice becomes the other's",
      [lane(mic, { role: "unknown" })],
      [mic, out],
      [
        ["mic", "whole", "agent"],
        ["out", "whole", "customer"],
      ],
    ],
    ["one microphone is all there is", [lane(mic)], [mic], null],
  ])("%s", (_, lanes, sources, expected) => {
    expect(oneMore(lanes, sources)?.map((l) => [l.source, l.side, l.role]) ?? null).toEqual(expected);
  });

  it("two lanes on one source take a side each", () => {
    const lanes = [lane(box, { side: "left" }), lane(mic, { role: "customer" })];
    expect(withSource(lanes, 1, box)[1]).toMatchObject({ source: "box", side: "right", role: "customer" });
  });

  it("the lane that stays takes all of its source", () => {
    const lanes = [lane(box, { side: "left" }), lane(box, { side: "right" })];
    expect(without(lanes, 1)).toEqual([lane(box)]);
  });

  it.each<[boolean, LiveLane[]]>([
    [true, [lane(mic), lane(mic, { role: "customer" })]],
    [false, [lane(box, { side: "left" }), lane(box, { side: "right" })]],
    [false, [lane(mic)]],
  ])("are the same: %s", (same, lanes) => expect(areSame(lanes)).toBe(same));
});

describe("with assistive technology", () => {
  it("axe finds nothing serious before a call", async () => {
    await opened();
    expect(await seriousFindings()).toEqual([]);
  });
});
