/** Commands and events over Tauri. */
import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import type { Carrier } from "./carrier";
import type { AppEvent } from "./generated/types";
import { newId } from "./newId";

/** The name under which the window sends every [`AppEvent`]. */
const EVENT = "qinting";

export const windowCarrier: Carrier = {
  invoke: (command, request, stop) => {
    const id = newId();
    const cancel = () => void invoke("call", { id: newId(), command: "cancel_call", request: id });
    stop?.addEventListener("abort", cancel, { once: true });
    const answer = invoke("call", { id, command, request });
    return stop ? answer.finally(() => stop.removeEventListener("abort", cancel)) : answer;
  },
  listen: (callback) => {
    const started = listen<AppEvent>(EVENT, (event) => callback(event.payload));
    return () => void started.then((stop) => stop());
  },
};
