import type { ModelRow } from "../../ipc";

/** `speed_hint` is for this many threads of work. */
const HINT_THREADS = 2;
/** More than this the engine does not use on one call. */
const MOST_THREADS = 4;
/** Best first: what hears Chinese telephone speech well for its size. */
const preferred = ["large-v3-turbo-q5_0", "small", "base"];

/** How many cores the web engine sees on this machine. */
export const coresHere = (): number => navigator.hardwareConcurrency || 2;

/** Rough minutes of audio per minute of work; `cores` as the web engine counts them, which may be two for each real one. */
export function speedOn(model: ModelRow, cores: number): number {
  const threads = Math.min(MOST_THREADS, Math.max(Math.min(cores, 2), Math.floor(cores / 2)));
  const speed = (model.speed_hint * threads) / HINT_THREADS;
  return speed < 10 ? Math.round(speed * 10) / 10 : Math.round(speed);
}

/** The best model of the catalogue that makes text faster here than the call was spoken, else the quickest of the good ones. */
export function recommended(models: readonly ModelRow[], cores: number): ModelRow | undefined {
  const good = preferred.flatMap((id) => models.find((m) => m.id === id) ?? []);
  return good.find((m) => speedOn(m, cores) > 1) ?? good.at(-1);
}

const ranks = (model: ModelRow, first: ModelRow | undefined): number => {
  if (model.state === "installed") return 0;
  return model.id === first?.id ? 1 : 2;
};

/** What is here, then what to take, then the rest as the catalogue has it. */
export function inOrder(models: readonly ModelRow[], first: ModelRow | undefined): ModelRow[] {
  return [...models].sort((a, b) => ranks(a, first) - ranks(b, first));
}
