/** A live call in its nineteenth minute, on the fake host, for the tests of its screen. */
import { act, fireEvent, screen, waitFor } from "@testing-library/react";
import { expect } from "vitest";
import { booth } from "../../src/ipc/fake/booth";
import { tick } from "../../src/ipc/fake/liveClock";
import { stageCall } from "../../src/ipc/fake/liveStage";
import { state } from "../../src/ipc/fake/state";
import { openWindow } from "./window";

/** Comes in while the staged call goes on; time stands until [`goOn`]. */
export async function during(prepare: () => void = () => undefined) {
  openWindow("/live", () => {
    booth.auto = false;
    booth.paceMs = 40;
    stageCall();
    prepare();
  });
  await screen.findByTestId("live-clock");
  await waitFor(() => expect(lines().length).toBeGreaterThan(5));
  await screen.findAllByTestId("mark-row");
}

/** Lets the call go on for a while, in steps as the host tells them. */
export const goOn = (ms: number) =>
  act(() => {
    for (let t = 0; t < ms; t += 100) tick(100);
  });
export const lines = () => screen.queryAllByTestId("live-line");
export const words = (line: HTMLElement | undefined) => line?.querySelector("p")?.textContent ?? "";
export const key = (init: KeyboardEventInit) => act(() => void fireEvent.keyDown(document.body, init));
export const M = { key: "m", code: "KeyM" };
/** What the host has of the call that goes on. */
export const marks = () =>
  state.observations.filter((o) => o.deleted_at === null && o.case_id === booth.status?.case.id);
export const newest = () => state.observations.at(-1);
