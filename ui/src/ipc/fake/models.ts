/** Speech models, and the check-up. */
import type { Checkup, LogCheckup, ModelRow, RetakeCandidate } from "../generated/types";
import { demoModel, desk, placePath } from "./places";
import { emit, found, refuse, state } from "./state";

const mega = 1_000_000;
const catalogue: [string, string, number, number, ModelRow["state"]][] = [
  ["tiny", "Whisper tiny", 78 * mega, 30, "absent"],
  ["base", "Whisper base", 148 * mega, 15, "partial"],
  ["small", "Whisper small", 488 * mega, 4.5, "absent"],
  ["large-v3-turbo-q5_0", "Whisper large-v3-turbo q5_0", 574 * mega, 0.8, "absent"],
];

function models(): ModelRow[] {
  if (state.models.length === 0) {
    state.models = catalogue.map(([id, name, bytes, speed_hint, s]) => ({
      id,
      name,
      bytes,
      hash: "0".repeat(40),
      languages: ["zh", "en", "multi"],
      speed_hint,
      state: s,
      bytes_present: s === "partial" ? bytes / 3 : 0,
      is_default: false,
      is_demo: false,
    }));
    state.models.push({ ...demoModel, is_default: desk.place === "demo" });
  }
  return state.models;
}

/** The model a transcription takes when none is named: never the demo's unless it was chosen. */
export function modelInUse(): ModelRow | undefined {
  return models().find((m) => m.state === "installed" && m.is_default);
}

/** A download in ten steps. */
function download(id: string): void {
  const model = found(models(), id);
  model.state = "downloading";
  const step = () => {
    if (model.state !== "downloading") return;
    model.bytes_present = Math.min(model.bytes, model.bytes_present + model.bytes / 10);
    const done = model.bytes_present >= model.bytes;
    if (done) Object.assign(model, { state: "installed", is_default: !models().some((m) => m.is_default) });
    emit({
      type: "download",
      progress: {
        id,
        bytes_present: model.bytes_present,
        bytes_total: model.bytes,
        host: "hf-mirror.com",
        done,
        error: null,
      },
    });
    if (!done) setTimeout(step, 150);
  };
  setTimeout(step, 50);
}

/** Calls that an older decoder brought in. */
function toRetake(): RetakeCandidate[] {
  return state.recordings
    .filter((r) => r.decoder === 0)
    .map((r) => ({
      case_id: r.case_id,
      title: found(state.cases, r.case_id).title,
      recording_id: r.id,
      codec: r.sources[0]?.codec ?? "",
    }));
}

/** Reads every media file in four steps, unless somebody stops it. */
let reading = false;
async function doctorFull(): Promise<Checkup> {
  reading = true;
  const total_bytes = 1_240_000_000;
  for (let step = 0; step <= 4 && reading; step += 1) {
    emit({ type: "media", reading: { done_bytes: (total_bytes / 4) * step, total_bytes } });
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
  const report = doctor();
  if (reading) Object.assign(report.media, { read: report.media.files, unread: 0 });
  reading = false;
  return report;
}

function doctor(): Checkup {
  return {
    version: "0.1.0",
    workspace: placePath(),
    database: {
      schema_version: 1,
      sqlite_version: "3.50.4",
      sound: true,
      problems: [],
      counts: { case: state.cases.length, issue: state.issues.length },
    },
    ffmpeg: "5.1.9",
    zone: "Asia/Shanghai",
    devices: [{ id: "default", name: "内置扬声器", is_default: true }],
    models: models().filter((m) => m.state === "installed"),
    models_folder: "/home/demo/.local/share/qinting/models",
    free_bytes: 48_000_000_000,
    media_bytes: 1_240_000_000,
    missing_media: [],
    media: {
      files: state.recordings.length * 3,
      read: 12,
      unread: state.unread,
      broken: state.brokenMedia,
    },
    to_retake: toRetake(),
    index: state.index,
    healthy: state.brokenMedia.length === 0,
  };
}

export const modelCommands = {
  list_models: models,
  download_model: download,
  cancel_download: (id: string) => {
    const model = found(models(), id);
    if (model.state === "downloading") model.state = "partial";
  },
  remove_model: (id: string) => {
    Object.assign(found(models(), id), { state: "absent", bytes_present: 0, is_default: false });
  },
  set_default_model: ({ id, insist }: { id: string; insist: boolean }) => {
    const chosen = found(models(), id);
    if (chosen.is_demo && desk.place !== "demo" && !insist) refuse("model.demo_only", { name: chosen.name });
    for (const model of models()) model.is_default = model.id === id;
    return models();
  },
  add_model_file: (path: string) => {
    if (!path.endsWith(".bin")) refuse("model.not_a_model");
    const model: ModelRow = {
      id: "file:0123abcd",
      name: path.split("/").pop() ?? path,
      bytes: 57 * mega,
      hash: "0".repeat(64),
      languages: ["multi"],
      speed_hint: 0,
      state: "installed",
      bytes_present: 57 * mega,
      is_default: false,
      is_demo: false,
    };
    models().push(model);
    return model;
  },
  pick_model_file: () => "/home/demo/ggml-small.bin",
  doctor,
  doctor_full: doctorFull,
  doctor_stop: () => {
    reading = false;
  },
  verify_log: (): LogCheckup => ({
    operations: 128,
    erased: 0,
    values: 940,
    chains: [
      { replica: "019e0000-0000-7000-8000-00000000000c", operations: 128, since: 0, until: 0, ours: true },
    ],
    faults: state.logFaults,
    fault_count: state.logFaults.length,
  }),
};
