/** A live call in its nineteenth minute, for the tests of its screen. */
import { act, fireEvent, screen, waitFor } from "@testing-library/react";
import { expect } from "vitest";
import type { LiveStatus, ObservationView } from "../src/ipc";
import { ipc } from "../src/ipc";
import { staged } from "./host/live";
import { openWindow } from "./window";

/** Comes in while the call goes on; time stands until it is let go on. */
export async function during(
  prepare: () => unknown = () => undefined,
  otherwise?: Parameters<typeof staged>[0],
) {
  await openWindow("/live", async () => {
    await staged(otherwise);
    await prepare();
  });
  await screen.findByTestId("live-clock");
  await waitFor(() => expect(lines().length).toBeGreaterThan(5));
  await screen.findAllByTestId("mark-row");
}

export const lines = () => screen.queryAllByTestId("live-line");
export const words = (line: HTMLElement | undefined) => line?.querySelector("p")?.textContent ?? "";
export const key = (init: KeyboardEventInit) => act(() => void fireEvent.keyDown(document.body, init));
export const M = { key: "m", code: "KeyM" };

/** The call that goes on, as the host has it. */
export async function callNow(): Promise<LiveStatus> {
  const status = await ipc.liveStatus();
  if (!status) throw new Error("no call goes on");
  return status;
}
/** What was marked in it, in the order it was made. */
export async function marksNow(): Promise<ObservationView["observation"][]> {
  const marks = await ipc.observationsOf((await callNow()).case.id);
  return marks.map((m) => m.observation).sort((a, b) => (a.id < b.id ? -1 : 1));
}
export const newest = async () => (await marksNow()).at(-1);
/** So many marks are in it now. */
export const areMarks = (count: number) => waitFor(async () => expect(await marksNow()).toHaveLength(count));
