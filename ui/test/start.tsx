/** The app as it starts, on a stage of the product: with the doors where no workspace is open. */
import { cleanup, render } from "@testing-library/react";
import { vi } from "vitest";
import { App } from "../src/App";
import type { Doors, ErrorNote } from "../src/ipc";
import { ipc } from "../src/ipc";
import { queryClient } from "../src/records/queries";
import { stageCarrier } from "./host/carrier";
import { settle } from "./host/choice";
import { reset } from "./host/stage";
import "./languages";

settle(stageCarrier);

/** Starts the app afresh after what `prepare` does; without it, for the very first time. */
export async function start(prepare: () => unknown = () => undefined, isOpen = false) {
  cleanup();
  await reset({ doors: !isOpen });
  await prepare();
  queryClient.clear();
  window.location.hash = "";
  return render(<App />);
}

/** The doors say besides what no stage can bring about. */
export function doorsSay(facts: Partial<Doors>) {
  const read = ipc.doors;
  vi.spyOn(ipc, "doors").mockImplementation(async () => ({ ...(await read()), ...facts }));
}

/** The workspace that was named does not open, and this is why. */
export const closedBy = (why: ErrorNote) => vi.spyOn(ipc, "workspaceInfo").mockRejectedValue(why);
