/** Commands and events over Tauri. */
import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import { getCurrentWebview } from "@tauri-apps/api/webview";
import type { AppEvent } from "./generated/types";
import type { Carrier } from "./index";

/** The name under which the window sends every [`AppEvent`]. */
const EVENT = "qinting";

/** A subscription that is set up by a promise but taken away at once. */
function unlistenLater(started: Promise<() => void>): () => void {
  return () => void started.then((stop) => stop());
}

export const windowCarrier: Carrier = {
  invoke: (command, request) => invoke("call", { command, request }),
  listen: (callback) => unlistenLater(listen<AppEvent>(EVENT, (event) => callback(event.payload))),
  listenDrop: (callback) =>
    unlistenLater(
      getCurrentWebview().onDragDropEvent(({ payload }) => {
        if (payload.type === "drop") callback({ type: "drop", paths: payload.paths });
        else callback({ type: payload.type === "leave" ? "leave" : "over" });
      }),
    ),
};
