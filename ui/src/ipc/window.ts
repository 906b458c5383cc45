/** Commands and events over Tauri. */
import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import { getCurrentWebview } from "@tauri-apps/api/webview";
import { newId } from "../app/newId";
import type { AppEvent } from "./generated/types";
import type { Carrier } from "./index";

/** The name under which the window sends every [`AppEvent`]. */
const EVENT = "qinting";

/** A subscription that is set up by a promise but taken away at once. */
function unlistenLater(started: Promise<() => void>): () => void {
  return () => void started.then((stop) => stop());
}

export const windowCarrier: Carrier = {
  invoke: (command, request, stop) => {
    const id = newId();
    const cancel = () => void invoke("call", { id: newId(), command: "cancel_call", request: id });
    stop?.addEventListener("abort", cancel, { once: true });
    const answer = invoke("call", { id, command, request });
    return stop ? answer.finally(() => stop.removeEventListener("abort", cancel)) : answer;
  },
  listen: (callback) => unlistenLater(listen<AppEvent>(EVENT, (event) => callback(event.payload))),
  listenDrop: (callback) =>
    unlistenLater(
      getCurrentWebview().onDragDropEvent(({ payload }) => {
        if (payload.type === "drop") callback({ type: "drop", paths: payload.paths });
        else callback({ type: payload.type === "leave" ? "leave" : "over" });
      }),
    ),
};
