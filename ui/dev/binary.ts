/** The program behind the door: where a build leaves it, and what to say where there is none. */
import { existsSync, statSync } from "node:fs";
import { join, resolve } from "node:path";

const repository = resolve(import.meta.dirname, "../..");
const name = process.platform === "win32" ? "qinting-stage.exe" : "qinting-stage";

/** The newest one that was built. */
export function stageBinary(): string {
  const target = resolve(repository, process.env.CARGO_TARGET_DIR ?? "target");
  const built = ["debug", "release"]
    .map((profile) => join(target, profile, name))
    .filter((p) => existsSync(p));
  const [newest] = built.sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  if (!newest)
    throw new Error("The page asks the product here, and it is not built: cargo build -p qinting-stage");
  return newest;
}
