import type { Invoke } from "./generated/commands";
import type { AppEvent } from "./generated/types";

/** What carries commands out and events in: the window, or in development whatever stands for it. */
export type Carrier = {
  invoke: Invoke;
  listen: (callback: (event: AppEvent) => void) => () => void;
};
