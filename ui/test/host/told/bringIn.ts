/** A recording comes in the way a person brings one. */
import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { CaseId, Commands } from "../../../src/ipc";

/** Writes a written call into a file and brings it in; gives the case it became. */
export async function bringIn(ipc: Commands, file: string, call: string): Promise<CaseId> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, call);
  const { items } = await ipc.importPlan({ paths: [file], plan: 0, suffix_rules: [] });
  const batch = await ipc.importStart(items);
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
