/** How a test file reaches the product: a process of its own, whose workspace is a copy of the one built for the run. */
import { join } from "node:path";
import { act } from "@testing-library/react";
import { afterAll, inject } from "vitest";
import { Lines } from "../../dev/lines";
import type { AppEvent, Carrier } from "../../src/ipc";

let lines: Lines | undefined;
let ready: Promise<unknown> = Promise.resolve();

/** The lines to this file's own stage. */
export function stage(): Lines {
  if (lines) return lines;
  const { binary, room, built } = inject("run");
  lines = new Lines(binary, [join(room, `file-${process.pid}-${Date.now()}`), built]);
  return lines;
}

afterAll(() => lines?.end());

/** What a page asks from here on waits until this is done. */
export function before<T>(work: Promise<T>): Promise<T> {
  ready = work.catch(() => undefined);
  return work;
}

export const stageCarrier: Carrier = {
  invoke: async (command, request, stop) => {
    await ready;
    return stage().ask(command, request, stop);
  },
  listen: (callback) => stage().listen(callback),
};

/** The page hears what no test can bring about in the host. */
export function canned(event: AppEvent): void {
  act(() => {
    for (const listener of stage().listeners) listener(event);
  });
}
