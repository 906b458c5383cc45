/** Commands and events to the program beside a development server (`dev/bridge.ts`). Never in what ships. */

import type { Carrier } from "./carrier";
import type { AppEvent } from "./generated/types";

const PATH = "/qinting-host";
const SECRET = "x-qinting-secret";

/** The secret of this run, which the server wrote into the page it gave out. */
const secret = () => document.querySelector<HTMLMetaElement>(`meta[name="${SECRET}"]`)?.content ?? "";

const post = (path: string, body: unknown, signal?: AbortSignal) =>
  fetch(path, {
    method: "POST",
    headers: { [SECRET]: secret(), "content-type": "application/json" },
    body: JSON.stringify(body),
    ...(signal && { signal }),
  });

const listeners = new Set<(event: AppEvent) => void>();
let following = false;

/** One stream for all who listen: a browser holds six connections to a server, and the rest would wait forever. */
async function follow(): Promise<void> {
  const answer = await post(`${PATH}/events`, null);
  const parts = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (;;) {
    const part = await parts?.read();
    if (!part || part.done) return;
    const said = (text + part.value).split("\n\n");
    text = said.pop() ?? "";
    for (const line of said) {
      if (!line.startsWith("data: ")) continue;
      const event: AppEvent = JSON.parse(line.slice(6));
      for (const listener of listeners) listener(event);
    }
  }
}

const carrier: Carrier = {
  invoke: async (call, request, stop) => {
    const answer = await post(PATH, { call, request }, stop);
    const isBytes = answer.headers.get("content-type") === "application/octet-stream";
    if (isBytes) return answer.arrayBuffer();
    const value = await answer.json();
    // What only a window has (its dialogs, links that wait for it) is not there, and no trouble.
    if (value?.code === "command.elsewhere") return null;
    if (!answer.ok) throw value;
    return value;
  },
  listen: (callback) => {
    listeners.add(callback);
    if (!following) follow().catch(() => undefined);
    following = true;
    return () => listeners.delete(callback);
  },
};

export const openDevelopmentCarrier = async (): Promise<Carrier> => carrier;
