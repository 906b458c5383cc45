/** A recording comes in the way a person brings one. */
import { mkdir, writeFile } from "node:fs/promises";
import { basename, dirname } from "node:path";
import type { CaseId, Commands, Ticket } from "../../../src/ipc";

/** Gives a ticket for files, as a dialog does. */
export type Choosing = (files: string[]) => Promise<Ticket>;

/** Writes a written call into a file and brings it in; gives the case it became. */
export async function bringIn(ipc: Commands, chosen: Choosing, file: string, call: string): Promise<CaseId> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, call);
  const ticket = await chosen([file]);
  await ipc.importPlan({ ticket, suffix_rules: [], zone: "Asia/Shanghai", counts: "last", sources: [] });
  const calls = [{ files: [0], title: basename(file, ".wav") }];
  const batch = await ipc.importStart({ ticket, calls, basis: "", notice: "" });
  const done = await until(async () =>
    (await ipc.importStatus()).find((one) => one.id === batch && one.state !== "running"),
  );
  const id = done.files[0]?.case_id;
  if (!id) throw new Error(`not brought in: ${JSON.stringify(done)}`);
  return id;
}

/** Waits until something is there. */
export async function until<T>(look: () => Promise<T | undefined | false>): Promise<T> {
  for (let tries = 0; tries < 1000; tries += 1) {
    const found = await look();
    if (found) return found;
    await new Promise((done) => setTimeout(done, 10));
  }
  throw new Error("it does not come");
}
