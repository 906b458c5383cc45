/** Bringing calls in: outcomes follow from the file names, so that tests can ask for any of them. */
import type { ImportBatch, ImportFile, ImportItem, ImportPlan, ImportPlanRequest } from "../generated/types";
import { addContact, emit, meta, newId, state } from "./state";

const stem = (path: string) => (path.split("/").pop() ?? path).replace(/\.[^.]+$/, "");

function plan({ paths, suffix_rules }: ImportPlanRequest): ImportPlan {
  const audio = paths.filter((p) => /\.(wav|mp3|m4a|flac|ogg|opus|amr)$/i.test(p));
  const ignored = paths.filter((p) => !audio.includes(p));
  const items: ImportItem[] = [];
  const taken = new Set<string>();
  for (const path of audio) {
    if (taken.has(path)) continue;
    const rule = suffix_rules.find((r) => stem(path).endsWith(r.agent));
    const base = rule && stem(path).slice(0, -rule.agent.length);
    const other = rule && audio.find((p) => !taken.has(p) && stem(p) === `${base}${rule.customer}`);
    taken.add(path);
    if (other) taken.add(other);
    items.push({
      paths: other ? [path, other] : [path],
      title: other && base ? base : stem(path),
      bytes: other ? 3_000_000 : 1_500_000,
      take_what_is_there: false,
      as_own_call: false,
    });
  }
  // The caller's file may come before the agent's.
  const joined = new Set(items.filter((i) => i.paths.length === 2).flatMap((i) => i.paths));
  return {
    items: items.filter((i) => i.paths.length === 2 || !joined.has(i.paths[0] ?? "")),
    ignored,
    ignored_count: ignored.length,
    unopened: [],
  };
}

function addCase(title: string): string {
  const id = newId();
  const first = state.cases[0];
  if (first) {
    const made = { ...first, id, title, ...meta(state.actor, Date.now()) };
    state.cases.push(made);
    addContact(made, {});
  }
  return id;
}

function decide(file: ImportFile, item: ImportItem, caseId: string | null): string | null {
  const name = file.path.split("/").pop() ?? "";
  if (/broken|empty|text/.test(name)) {
    const code = name.includes("empty")
      ? "media.empty"
      : name.includes("text")
        ? "media.not_audio"
        : "media.broken";
    Object.assign(file, { outcome: "rejected", error: { code, args: { name } } });
    return null;
  }
  if (name.includes("cut") && !item.take_what_is_there) {
    Object.assign(file, {
      outcome: "rejected",
      error: { code: "media.truncated", args: { name, got_ms: "95000" } },
    });
    return null;
  }
  if (name.includes("mended")) {
    Object.assign(file, { outcome: "mended", case_id: state.cases[0]?.id ?? null });
    return null;
  }
  if (/again|silent/.test(name) && !item.as_own_call) {
    const wordless = name.includes("silent");
    Object.assign(file, { outcome: "duplicate", case_id: state.cases[0]?.id ?? null, wordless });
    return null;
  }
  const binned = state.cases.find((c) => c.deleted_at !== null && c.title === item.title);
  if (binned && !item.as_own_call) {
    Object.assign(file, { outcome: "in_bin", case_id: binned.id });
    return binned.id;
  }
  const id = caseId ?? addCase(item.title);
  Object.assign(file, {
    outcome: item.paths.length === 2 ? "joined" : "imported",
    case_id: id,
    duration_ms: 125_000,
    channels: item.paths.length,
    notices: name.includes("cut") ? [{ kind: "cut_off", missing_ms: 30_000 }] : [],
  });
  return id;
}

/** Time one file takes. */
const stepMs = 60;

function start(items: ImportItem[]): number {
  const files = items.flatMap((item) =>
    item.paths.map((path) => ({
      item,
      file: {
        path,
        outcome: null,
        case_id: null,
        duration_ms: null,
        channels: null,
        error: null,
        notices: [],
        other: item.paths.find((p) => p !== path) ?? null,
        wordless: false,
      } as ImportFile,
    })),
  );
  const batch: ImportBatch = {
    id: state.imports.length + 1,
    state: "running",
    files: files.map((f) => f.file),
    current: 0,
    current_permille: 0,
  };
  state.imports.unshift(batch);
  const made = new Map<ImportItem, string>();
  const step = () => {
    if (batch.state !== "running") return;
    const next = files[batch.current];
    if (next && batch.current_permille < 500) batch.current_permille = 500;
    else if (next) {
      const id = decide(next.file, next.item, made.get(next.item) ?? null);
      if (id) made.set(next.item, id);
      batch.current += 1;
      batch.current_permille = 0;
    }
    if (batch.current >= files.length) batch.state = "done";
    emit({ type: "import", batch });
    if (batch.state === "running") setTimeout(step, stepMs);
  };
  setTimeout(step, stepMs);
  return batch.id;
}

export const importCommands = {
  import_status: () => state.imports,
  import_plan: plan,
  import_plan_cancel: () => undefined,
  import_start: start,
  import_cancel: (id: number) => {
    const batch = state.imports.find((b) => b.id === id);
    if (batch?.state !== "running") return;
    batch.state = "cancelled";
    emit({ type: "import", batch });
  },
  pick_audio: () => [
    "/calls/0412_agent.wav",
    "/calls/0412_caller.wav",
    "/calls/退货边界.mp3",
    "/calls/broken.wav",
    "/calls/again.wav",
    "/calls/readme.txt",
  ],
  pick_audio_folder: () => ["/calls/0413_agent.wav", "/calls/0413_caller.wav"],
};
