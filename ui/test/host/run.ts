/** Once per run: the world of the tests is told, and every test file gets copies of it. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { stageBinary } from "../../dev/binary";
import { Lines } from "../../dev/lines";
import type { Ticket } from "../../src/ipc";
import { commands } from "../../src/ipc/generated/commands";
import { type AfterLive, AfterLiveTeller } from "./told/afterLive";
import { NOW } from "./told/days";
import { heardBy } from "./told/models";
import { Teller, type World } from "./told/world";

/** Where the stage of a run is, and what is to be found on it. */
export type Run = {
  binary: string;
  room: string;
  built: string;
  world: World;
  /** The same world later that day, when live calls were heard in it. */
  after: { built: string; calls: AfterLive };
};

declare module "vitest" {
  export interface ProvidedContext {
    run: Run;
  }
}

export default async function setup(project: TestProject) {
  const binary = stageBinary();
  const room = await mkdtemp(join(tmpdir(), "qinting-page-"));
  const lines = new Lines(binary, [join(room, "build")]);
  const end = () => rm(room, { recursive: true, force: true });
  try {
    const { built, world, after } = await build(lines, join(room, "brought"));
    project.provide("run", { binary, room, built, world, after });
    return end;
  } catch (e) {
    await end();
    throw e;
  } finally {
    await lines.end();
  }
}

async function build(lines: Lines, brought: string): Promise<Pick<Run, "built" | "world" | "after">> {
  const ipc = commands((call, request, stop) => lines.ask(call, request, stop));
  await lines.ask("stage_reset", { empty: true, now: NOW, models: [heardBy] });
  const at = (set: number) => lines.ask("stage_time", { set });
  const chosen = async (audio: string[]) => {
    await lines.ask("stage_hands", { audio });
    return (await lines.ask("pick_audio")) as Ticket;
  };
  const world = await new Teller(ipc, at, chosen, brought).tell();
  const built = (await lines.ask("stage_leave")) as string;
  await lines.ask("stage_reset", { built, now: NOW });
  const teller = new AfterLiveTeller(ipc, (call, request) => lines.ask(call, request), lines.listen, world);
  const calls = await teller.tell();
  return { built, world, after: { built: (await lines.ask("stage_leave")) as string, calls } };
}
