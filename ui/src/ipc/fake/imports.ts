/** Bringing calls in: outcomes follow from the file names, so that tests can ask for any of them. */
import type {
  ImportAgain,
  ImportBatch,
  ImportFile,
  ImportItem,
  ImportPlan,
  ImportPlanRequest,
  ImportStart,
  Ticket,
} from "../generated/types";
import { addContact, emit, meta, newId, state } from "./state";

const stem = (path: string) => (path.split("/").pop() ?? path).replace(/\.[^.]+$/, "");

/** A ticket of this host names its files in the open. */
const pathsOf = (ticket: Ticket) => JSON.parse(ticket) as string[];
const ticketFor = (...paths: string[]): Ticket => JSON.stringify(paths);

/** A call on its way in. */
type Call = { paths: string[]; title: string; although?: ImportAgain["although"] };

function plan({ ticket, suffix_rules }: ImportPlanRequest): ImportPlan {
  const paths = pathsOf(ticket);
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
    const files = other ? [path, other] : [path];
    items.push({
      files: files.map((p) => ({ at: paths.indexOf(p), path: p, bytes: 1_500_000 })),
      title: other && base ? base : stem(path),
    });
  }
  // The caller's file may come before the agent's.
  const joined = new Set(items.filter((i) => i.files.length === 2).flatMap((i) => i.files.map((f) => f.at)));
  return {
    items: items.filter((i) => i.files.length === 2 || !joined.has(i.files[0]?.at ?? -1)),
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

function decide(file: ImportFile, item: Call, caseId: string | null): string | null {
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
  if (name.includes("cut") && item.although !== "truncated") {
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
  if (/again|silent/.test(name) && item.although !== "known") {
    const wordless = name.includes("silent");
    Object.assign(file, { outcome: "duplicate", case_id: state.cases[0]?.id ?? null, wordless });
    return null;
  }
  const binned = state.cases.find((c) => c.deleted_at !== null && c.title === item.title);
  if (binned && item.although !== "known") {
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

/** The call of each file, by batch. */
const calls = new Map<number, Call[]>();

/** Time one file takes. */
const stepMs = 60;

function start(items: Call[]): number {
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
  const made = new Map<Call, string>();
  calls.set(
    batch.id,
    files.map((f) => f.item),
  );
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
  import_start: ({ ticket, calls: asked }: ImportStart) =>
    start(asked.map(({ files, title }) => ({ paths: files.map((at) => pathsOf(ticket)[at] ?? ""), title }))),
  import_again: ({ batch, file, although }: ImportAgain) => {
    const call = calls.get(batch)?.[file];
    return start(call ? [{ ...call, although }] : []);
  },
  import_cancel: (id: number) => {
    const batch = state.imports.find((b) => b.id === id);
    if (batch?.state !== "running") return;
    batch.state = "cancelled";
    emit({ type: "import", batch });
  },
  pick_audio: () =>
    ticketFor(
      "/calls/0412_agent.wav",
      "/calls/0412_caller.wav",
      "/calls/退货边界.mp3",
      "/calls/broken.wav",
      "/calls/again.wav",
      "/calls/readme.txt",
    ),
  pick_audio_folder: () => ticketFor("/calls/0413_agent.wav", "/calls/0413_caller.wav"),
};
