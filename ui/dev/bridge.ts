/**
 * The door of a program on this machine, for a page that a development server gave out, and for no other: whoever asks
 * has to name the server as the page knows it, come from that page, and hold the secret of this run.
 */
import { timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AppEvent, ErrorNote } from "../src/ipc/generated/types";

/** Where calls come in; events are told below it. */
export const PATH = "/qinting-host";
/** The header that holds the secret. */
export const SECRET_HEADER = "x-qinting-secret";
/** A call is words and ids; what is longer is none. */
const MOST_BYTES = 16_000_000;

/** Whoever answers calls by name, and tells what happens. */
export type Host = {
  ask: (call: string, request: unknown, stop?: AbortSignal) => Promise<unknown>;
  listeners: Set<(event: AppEvent) => void>;
};

type Next = () => void;

/** Only a page of this very server, of this very run, is let in. */
function isOurs(req: IncomingMessage, port: number, secret: string): boolean {
  const names = [`127.0.0.1:${port}`, `localhost:${port}`];
  const { host, origin } = req.headers;
  const given = req.headers[SECRET_HEADER];
  if (!host || !names.includes(host) || origin !== `http://${host}`) return false;
  if (typeof given !== "string" || given.length !== secret.length) return false;
  return timingSafeEqual(Buffer.from(given), Buffer.from(secret));
}

/** Answers what is asked below [`PATH`], and lets everything else pass. */
export function bridge(host: Host, port: () => number, secret: string) {
  return async (req: IncomingMessage, res: ServerResponse, next: Next) => {
    if (!req.url?.startsWith(PATH)) return next();
    if (req.method !== "POST" || !isOurs(req, port(), secret)) {
      res.writeHead(403).end();
    } else if (req.url === `${PATH}/events`) {
      tell(host, res);
    } else {
      await answer(host, req, res);
    }
  };
}

function tell(host: Host, res: ServerResponse): void {
  res.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
  // What is said first lets the page know that it hears.
  res.write(":\n\n");
  const listener = (event: AppEvent) => res.write(`data: ${JSON.stringify(event)}\n\n`);
  host.listeners.add(listener);
  res.on("close", () => host.listeners.delete(listener));
}

async function answer(host: Host, req: IncomingMessage, res: ServerResponse): Promise<void> {
  // A page that does not wait any more does not want what it asked.
  const stop = new AbortController();
  res.on("close", () => stop.abort());
  try {
    const { call, request } = await asked(req);
    const value = await host.ask(call, request, stop.signal);
    if (value instanceof ArrayBuffer) {
      res.writeHead(200, { "content-type": "application/octet-stream" }).end(Buffer.from(value));
    } else {
      res.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(value ?? null));
    }
  } catch (thrown) {
    const isNote = typeof thrown === "object" && thrown !== null && "code" in thrown;
    const note: ErrorNote = isNote ? (thrown as ErrorNote) : { code: "invalid", args: { field: "request" } };
    res.writeHead(422, { "content-type": "application/json" }).end(JSON.stringify(note));
  }
}

async function asked(req: IncomingMessage): Promise<{ call: string; request: unknown }> {
  let body = "";
  for await (const part of req) {
    body += part;
    if (body.length > MOST_BYTES) throw new Error("too long");
  }
  const { call, request = null } = JSON.parse(body) as { call?: unknown; request?: unknown };
  if (typeof call !== "string") throw new Error("no call");
  return { call, request };
}
