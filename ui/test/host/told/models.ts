/** Models of the tests: the catalogue as somebody finds it who has none whole, and the one that heard the calls. */
import type { ModelRow } from "../../../src/ipc";

const mega = 1_000_000;

function model(id: string, name: string, bytes: number, speed_hint: number): ModelRow {
  return {
    id,
    name,
    bytes,
    hash: "0".repeat(40),
    languages: ["zh", "en", "multi"],
    speed_hint,
    state: "absent",
    bytes_present: 0,
    is_default: false,
    is_demo: false,
  };
}

export const catalogue: ModelRow[] = [
  model("tiny", "Whisper tiny", 78 * mega, 30),
  { ...model("base", "Whisper base", 148 * mega, 15), state: "partial", bytes_present: (148 * mega) / 4 },
  model("small", "Whisper small", 488 * mega, 4.5),
  model("large-v3-turbo-q5_0", "Whisper large-v3-turbo q5_0", 574 * mega, 0.8),
];

/** The model of the demo, which knows only what is said there. */
export const demoModel: ModelRow = {
  ...model("file:0eebcfa092d0", "qinting-demo-q5_0.bin", 600_000, 0),
  state: "installed",
  bytes_present: 600_000,
  is_demo: true,
};

export const heardBy: ModelRow = {
  ...model("small-q5_1", "Whisper small q5_1", 190 * mega, 4.5),
  state: "installed",
  bytes_present: 190 * mega,
};
