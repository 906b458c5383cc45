/** What a test tells the stage, and what it finds in the world that was told once for the run. */
import { mkdtemp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { act } from "@testing-library/react";
import { afterAll, inject, vi } from "vitest";
import type {
  CaseId,
  CaseRow,
  FactKey,
  Issue,
  ListeningSession,
  ModelRow,
  Person,
  RecordingId,
  Tag,
} from "../../src/ipc";
import { ipc } from "../../src/ipc";
import { before, stage } from "./carrier";
import type { AfterLive } from "./told/afterLive";
import { bringIn } from "./told/bringIn";
import type { Line } from "./told/calls";
import { NOW } from "./told/days";
import { spoken } from "./told/files";
import { catalogue } from "./told/models";
import type { World } from "./told/world";

/** Later on the day that was told of: what is made in a test comes after all of it. */
export const TODAY = NOW + 2 * 3_600_000;

afterAll(() => vi.useRealTimers());

/** How a stage begins that does not begin as usual. */
type Otherwise = {
  /** Nothing is open: somebody stands before the doors. */
  doors?: boolean;
  /** A workspace that is new. */
  empty?: boolean;
  /** Nobody here said yet that the workspace is theirs. */
  foreign?: boolean;
  /** Others may use its folder. */
  shared?: boolean;
  models?: ModelRow[];
  /** It is later that day, and live calls were heard (`told/afterLive`). */
  afterLive?: boolean;
};

/** When live calls were heard, the evening has come. */
export const EVENING = NOW + 7 * 3_600_000;

/** Everything is again as it was told, on the day it was told. */
export function reset({ afterLive = false, ...otherwise }: Otherwise = {}) {
  const now = afterLive ? EVENING : TODAY;
  vi.setSystemTime(now);
  const built = afterLive ? { built: inject("run").after.built } : {};
  return before(stage().ask("stage_reset", { now, models: catalogue, ...built, ...otherwise }));
}

/** Time passes, for the host and for the page: what plays is further on. */
export async function pass(ms: number) {
  vi.setSystemTime(Date.now() + ms);
  await act(() => stage().ask("stage_time", { pass: ms }));
}

/** Something happened at another time. */
export async function at(time: number, deed: () => Promise<unknown>) {
  await stage().ask("stage_time", { set: time });
  await deed();
  await stage().ask("stage_time", { set: TODAY });
}

/** A folder with nothing in it. */
export const emptyFolder = () => mkdtemp(join(inject("run").room, "folder-"));

/** The file a call was brought in from, in the order they were told. */
export const broughtFile = (index: number) => join(inject("run").room, "brought", `call-${index}.wav`);

/** These are the models from now on. */
export const holdModels = (rows: ModelRow[]) => stage().ask("stage_models", rows);
/** Downloads of models, which stand at their half, come to their end. */
export const letThrough = () => stage().ask("stage_let_through");
/** What is chosen in the dialogs that open from now on. */
export const choose = (choices: {
  audio?: string[];
  folder?: string[];
  model?: string[];
  export?: string[];
  workspace?: string[];
  /** Nothing that cannot be taken back is to be done. */
  says_no?: boolean;
}) => stage().ask("stage_hands", choices);
/** Decoding and hearing stand from now on, or go on. */
export const hold = (isHeld: boolean) => stage().ask("stage_hold", isHeld);

/** Measuring what the sound tells stands, or goes on. */
export const holdMeasuring = (isHeld: boolean) => stage().ask("stage_hold_measuring", isHeld);
/** Whoever hears a call from now on hears this in it. */
export const says = (lines: readonly Line[]) =>
  stage().ask(
    "stage_says",
    lines.map((line) => spoken(line)),
  );
/** Files that somebody has in a folder: written calls, or whatever their text is; gives the folder. */
export async function folderOf(files: Record<string, string | Buffer>): Promise<string> {
  const folder = await emptyFolder();
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return folder;
}

/** A recording that comes in now; gives its case. What stands for its sound is a written call. */
export async function bring(name: string, call: string): Promise<CaseId> {
  const chosen = async (audio: string[]) => {
    await choose({ audio });
    return (await ipc.pickAudio()) ?? "";
  };
  return bringIn(ipc, chosen, join(await emptyFolder(), name), call);
}
/** What a source says of a contact: facts by their keys, and everything as it came. */
type Said = {
  known: { [key in FactKey]?: { kind: string; value: unknown } };
  rest?: Record<string, unknown>;
};

/** A source tells of a contact that is in. */
export const tellFacts = (contact_id: string, { known, rest = {} }: Said) => {
  const origin = { source: 0, place: { kind: "name" } };
  return stage().ask("stage_facts", [{ contact_id, facts: { known, rest, origin, faults: [] } }]);
};
/** What is on the clipboard. */
export const copied = () => stage().ask("stage_copied") as Promise<string>;

export const world = (): World => inject("run").world;
/** The live calls of the evening, as they were told. */
export const afterLive = (): AfterLive => inject("run").after.calls;

function known<T>(found: T | undefined, what: string): T {
  if (found === undefined) throw new Error(`nobody told of ${what}`);
  return found;
}

/** The call whose title begins so. */
export const callNamed = (start: string): CaseRow =>
  known(
    world().cases.find((row) => row.case.title.startsWith(start)),
    start,
  );
export const caseNamed = (start: string): string => callNamed(start).case.id;
export const recordingNamed = (start: string): RecordingId =>
  known(callNamed(start).recording_id ?? undefined, `the sound of ${start}`);
/** The issue with this number, as it was told. */
export const issueNumbered = (number: number): Issue =>
  known(
    world().issues.find((row) => row.issue.number === number),
    `issue ${number}`,
  ).issue;
export const sessionNamed = (title: string): ListeningSession =>
  known(
    world().sessions.find((row) => row.session.title === title),
    title,
  ).session;
export const personNamed = (name: string): Person =>
  known(
    world().people.find((person) => person.name === name),
    name,
  );
export const tagNamed = (name: string): Tag =>
  known(
    world().tags.find((tag) => tag.name === name),
    name,
  );
