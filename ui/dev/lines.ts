/** Lines to a program that answers as `qinting call` does (docs/cli.md). */
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { AppEvent, ErrorNote } from "../src/ipc/generated/types";

type Line = { id?: number; answer?: unknown; bytes?: string; error?: ErrorNote; event?: AppEvent };
type Waiting = { done: (answer: unknown) => void; failed: (note: ErrorNote) => void };

export class Lines {
  readonly listeners = new Set<(event: AppEvent) => void>();
  readonly ended: Promise<void>;
  #child: ChildProcessWithoutNullStreams;
  #waiting = new Map<number, Waiting>();
  #asked = 0;

  constructor(program: string, args: string[]) {
    this.#child = spawn(program, args, { stdio: ["pipe", "pipe", "pipe"] });
    createInterface({ input: this.#child.stdout }).on("line", (line) => this.#heard(JSON.parse(line)));
    const last: string[] = [];
    this.#child.stderr.on("data", (said) => last.push(String(said)));
    this.ended = new Promise((done) => {
      this.#child.on("close", () => {
        const died: ErrorNote = { code: "internal", args: { ref: last.join("").slice(-400) } };
        for (const { failed } of this.#waiting.values()) failed(died);
        this.#waiting.clear();
        done();
      });
    });
    this.#child.stdin.on("error", () => undefined);
  }

  /** Asks, and gives what is answered; a refusal is thrown as it is. */
  ask(call: string, request: unknown = null, stop?: AbortSignal): Promise<unknown> {
    this.#asked += 1;
    const id = this.#asked;
    const answered = new Promise((done, failed) => this.#waiting.set(id, { done, failed }));
    this.#write({ id, call, request });
    if (!stop) return answered;
    const cancel = () => this.#write({ call: "cancel_call", request: String(id) });
    stop.addEventListener("abort", cancel, { once: true });
    return answered.finally(() => stop.removeEventListener("abort", cancel));
  }

  /** Calls back with every event until what it gives is called. */
  listen = (callback: (event: AppEvent) => void): (() => void) => {
    this.listeners.add(callback);
    return () => void this.listeners.delete(callback);
  };

  /** Nothing more is asked; waits until the program is gone. */
  async end(): Promise<void> {
    this.#child.stdin.end();
    await this.ended;
  }

  /** At once, whatever it is at. */
  stop(): void {
    this.#child.kill("SIGKILL");
  }

  #write(line: object): void {
    this.#child.stdin.write(`${JSON.stringify(line)}\n`);
  }

  #heard({ id, answer, bytes, error, event }: Line): void {
    if (event) {
      for (const listener of [...this.listeners]) listener(event);
      return;
    }
    const waiting = id === undefined ? undefined : this.#waiting.get(id);
    if (id === undefined || !waiting) return;
    this.#waiting.delete(id);
    if (error) waiting.failed(error);
    else waiting.done(bytes === undefined ? answer : bytesOf(bytes));
  }
}

function bytesOf(base64: string): ArrayBuffer {
  const bytes = Buffer.from(base64, "base64");
  const own = new ArrayBuffer(bytes.length);
  new Uint8Array(own).set(bytes);
  return own;
}
