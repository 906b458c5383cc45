/** Which workspace the fake window is over. Kept over a reload, as the host keeps it; `?place=none` starts at the doors. */
import type { CopyRow, Doors, ErrorNote, ModelRow, OpenedPlace, Salvaged, Sharing } from "../generated/types";
import { refuse, state } from "./state";

export type Place = "none" | "demo" | "own";

const KEPT = "qinting.fake.place";
const places: Place[] = ["none", "demo", "own"];
/** How long the fake takes to build or open one, ms. */
const PACE_MS = 400;

const desk = {
  place: "own" as Place,
  /** Why nothing is open, when that is not simply the first start. */
  closed: null as ErrorNote | null,
  demoExists: false,
  ownExists: true,
  lastProblem: null as ErrorNote | null,
  /** What the folder dialog answers. */
  picked: null as string | null,
  /** Why the open one is only read. */
  onlyRead: null as ErrorNote | null,
  /** What one can go back to. */
  copies: [] as CopyRow[],
  /** What the next switch is refused with. */
  refusal: null as ErrorNote | null,
  /** Who may use the workspace's folder. */
  sharing: "private" as Sharing,
};

/** The desk as it stands; tests change it before the window opens. */
export { desk };

/** A seat at one's own workspace, as most tests want it. */
export function resetPlaces(): void {
  Object.assign(desk, {
    place: "own",
    closed: null,
    demoExists: false,
    ownExists: true,
    lastProblem: null,
    picked: null,
    onlyRead: null,
    copies: [],
    refusal: null,
    sharing: "private",
  });
}

/** Before any workspace is open every command of a seat is answered with why. */
export function refuseUnopened(command: string): void {
  if (Object.hasOwn(placeCommands, command) || anywhere.includes(command)) return;
  if (desk.closed) refuse(desk.closed.code, desk.closed.args);
  if (desk.place === "none") refuse("workspace.none");
}

/** What needs no workspace. */
const anywhere = ["ui_ready", "speak", "copy_text", "take_pending_link"];

const paths: Record<"demo" | "own", string> = {
  demo: "/home/demo/.local/share/qinting/demo",
  own: "/home/demo/亲听",
};

export function placePath(): string {
  return desk.place === "demo" ? paths.demo : (desk.picked ?? paths.own);
}

/** The model that travels with the demo. */
export const demoModel: ModelRow = {
  id: "file:0d3a0d3a",
  name: "qinting-demo-q5_0.bin",
  bytes: 3_680_000,
  hash: "0".repeat(64),
  languages: ["demo"],
  speed_hint: 0,
  state: "installed",
  bytes_present: 3_680_000,
  is_default: false,
  is_demo: true,
};

async function moveTo(place: "demo" | "own", path = paths[place]): Promise<OpenedPlace> {
  await new Promise((resolve) => setTimeout(resolve, PACE_MS));
  const { refusal } = desk;
  desk.refusal = null;
  if (refusal) refuse(refusal.code, refusal.args);
  desk.place = place;
  desk.closed = null;
  if (place === "demo") desk.demoExists = true;
  sessionStorage.setItem(KEPT, place);
  return {
    path,
    is_demo: place === "demo",
    start_at: place === "demo" ? (state.cases[0]?.id ?? null) : null,
  };
}

export const placeCommands = {
  doors: (): Doors => ({
    demo_exists: desk.demoExists,
    own_path: paths.own,
    own_exists: desk.ownExists,
    last_problem: desk.lastProblem,
  }),
  open_demo: () => moveTo("demo"),
  reset_demo: () => moveTo("demo"),
  leave_demo: () => moveTo("own"),
  open_own: () => moveTo("own"),
  pick_workspace: () => desk.picked,
  open_workspace: (path: string) => moveTo("own", path),
  copy_here: async () => {
    const copy = await moveTo("own", "/home/demo/.local/share/qinting/workspace");
    desk.onlyRead = null;
    return copy;
  },
  take_as_ours: async () => {
    const place = await moveTo("own", placePath());
    desk.onlyRead = null;
    return place;
  },
  list_copies: () => desk.copies,
  restore_copy: async (name: string) => {
    if (!desk.copies.some((copy) => copy.name === name)) refuse("not_found", { kind: "copy" });
    return moveTo("own");
  },
  salvage: async (): Promise<Salvaged> => {
    await moveTo("own");
    return { saved: 1800, lost: 12, from_copy: 9, left_out: 3 };
  },
};

/** In a plain browser: the place before the reload, or the one the address asks for. */
function remembered(): Place {
  const kept = sessionStorage.getItem(KEPT) ?? new URLSearchParams(window.location.search).get("place");
  return places.find((place) => place === kept) ?? "own";
}
desk.place = remembered();
desk.ownExists = desk.place !== "none";
