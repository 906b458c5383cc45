/** Commands that change which workspace the window is over. */
import type { Invoke } from "./generated/commands";
import type { CaseId, ErrorNote } from "./generated/types";

export type Doors = {
  demo_exists: boolean;
  own_path: string;
  own_exists: boolean;
  last_problem: ErrorNote | null;
};

export type OpenedPlace = { path: string; is_demo: boolean; start_at: CaseId | null };

export const placeCommands = (invoke: Invoke) => ({
  doors: () => invoke("doors", null) as Promise<Doors>,
  openDemo: () => invoke("open_demo", null) as Promise<OpenedPlace>,
  resetDemo: () => invoke("reset_demo", null) as Promise<OpenedPlace>,
  leaveDemo: () => invoke("leave_demo", null) as Promise<OpenedPlace>,
  openOwn: () => invoke("open_own", null) as Promise<OpenedPlace>,
  pickWorkspace: () => invoke("pick_workspace", null) as Promise<string | null>,
  openWorkspace: (req: string) => invoke("open_workspace", req) as Promise<OpenedPlace>,
});
