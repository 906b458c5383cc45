import { createServer, type IncomingHttpHeaders, request } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AppEvent } from "../src/ipc/generated/types";
import { bridge, type Host, PATH, SECRET_HEADER } from "./bridge.ts";

const secret = "0".repeat(64);
const listeners = new Set<(event: AppEvent) => void>();
let stopped = 0;
const host: Host = {
  listeners,
  ask: (call, request, stop) => {
    if (call === "refused") return Promise.reject({ code: "not_found", args: {} });
    if (call === "peaks") return Promise.resolve(new Uint8Array([1, 2, 3]).buffer);
    if (call !== "slow") return Promise.resolve({ call, request });
    return new Promise((_, failed) =>
      stop?.addEventListener("abort", () => {
        stopped += 1;
        failed({ code: "cancelled", args: {} });
      }),
    );
  },
};
let port = 0;
const answers = bridge(host, () => port, secret);
const server = createServer((req, res) => void answers(req, res, () => res.writeHead(404).end()));

beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => server.close());

/** As the page itself asks. */
const own = (): IncomingHttpHeaders => ({
  host: `127.0.0.1:${port}`,
  origin: `http://127.0.0.1:${port}`,
  [SECRET_HEADER]: secret,
});

function post(body: string, headers: IncomingHttpHeaders = own(), path = PATH, method = "POST") {
  return new Promise<{ status: number; bytes: Buffer }>((done, failed) => {
    const asked = request({ host: "127.0.0.1", port, path, method, headers }, (res) => {
      const parts: Buffer[] = [];
      res.on("data", (part) => parts.push(part));
      res.on("end", () => done({ status: res.statusCode ?? 0, bytes: Buffer.concat(parts) }));
    });
    asked.on("error", failed);
    asked.end(body);
  });
}
const call = (name: string) => JSON.stringify({ call: name, request: { id: 1 } });

describe("the door of a development server", () => {
  it("answers the page it gave out", async () => {
    const { status, bytes } = await post(call("get_case"));
    expect([status, JSON.parse(String(bytes))]).toEqual([200, { call: "get_case", request: { id: 1 } }]);
  });

  it("hands bytes on as they are", async () => {
    expect([...(await post(call("peaks"))).bytes]).toEqual([1, 2, 3]);
  });

  it("hands a refusal on as it is worded", async () => {
    const { status, bytes } = await post(call("refused"));
    expect([status, JSON.parse(String(bytes))]).toEqual([422, { code: "not_found", args: {} }]);
  });

  it.each(["", "no json", "[]", `{"request":1}`])("refuses %j, which is no call", async (body) => {
    expect((await post(body)).status).toBe(422);
  });

  it.each<[string, () => IncomingHttpHeaders]>([
    ["under another name of this machine", () => ({ ...own(), host: `evil.example:${port}` })],
    ["at another port", () => ({ ...own(), host: "127.0.0.1:1" })],
    ["from another page", () => ({ ...own(), origin: "http://evil.example" })],
    ["from no page", () => ({ ...own(), origin: undefined })],
    ["without the secret", () => ({ ...own(), [SECRET_HEADER]: undefined })],
    ["with another secret", () => ({ ...own(), [SECRET_HEADER]: "1".repeat(64) })],
    ["with a part of the secret", () => ({ ...own(), [SECRET_HEADER]: secret.slice(1) })],
  ])("is shut to who asks %s, for calls and for events", async (_, headers) => {
    const known = Object.entries(headers()).filter(([, value]) => value !== undefined);
    expect((await post(call("get_case"), Object.fromEntries(known))).status).toBe(403);
    expect((await post("", Object.fromEntries(known), `${PATH}/events`)).status).toBe(403);
    expect(listeners.size).toBe(0);
  });

  it("is shut to what an address alone can ask", async () => {
    expect((await post("", own(), PATH, "GET")).status).toBe(403);
  });

  it("lets every other address pass", async () => {
    expect((await post("", own(), "/src/main.tsx")).status).toBe(404);
  });

  it("tells what happens for as long as somebody hears", async () => {
    const heard = await new Promise<string>((done) => {
      const asked = request({
        host: "127.0.0.1",
        port,
        path: `${PATH}/events`,
        method: "POST",
        headers: own(),
      });
      asked.on("response", (res) => {
        let text = "";
        res.on("data", (part) => {
          text += part;
          if (text === ":\n\n")
            for (const tell of listeners) tell({ type: "index", state: { done: 1, total: 2 } });
          else {
            asked.destroy();
            done(text);
          }
        });
      });
      asked.end();
    });
    expect(heard).toBe(':\n\ndata: {"type":"index","state":{"done":1,"total":2}}\n\n');
    await expect.poll(() => listeners.size).toBe(0);
  });

  it("stops what a page does not wait for any more", async () => {
    const asked = request({ host: "127.0.0.1", port, path: PATH, method: "POST", headers: own() });
    asked.on("error", () => undefined);
    asked.end(call("slow"), () => setTimeout(() => asked.destroy(), 50));
    await expect.poll(() => stopped).toBe(1);
  });
});
