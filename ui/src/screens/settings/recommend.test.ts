import { describe, expect, it } from "vitest";
import type { ModelRow } from "../../ipc";
import { inOrder, recommended, speedOn } from "./recommend";

const model = (id: string, speed_hint: number, state: ModelRow["state"] = "absent"): ModelRow => ({
  id,
  name: id,
  bytes: 1,
  hash: "",
  languages: [],
  speed_hint,
  state,
  bytes_present: 0,
  is_default: false,
  is_demo: false,
});
const shelf = [
  model("tiny", 30),
  model("base", 15),
  model("small", 4.5),
  model("medium", 1.5),
  model("large-v3-turbo-q5_0", 0.8),
];

describe("what to take", () => {
  it.each([
    [1, "small"],
    [2, "small"],
    [4, "small"],
    [8, "large-v3-turbo-q5_0"],
    [32, "large-v3-turbo-q5_0"],
  ])("with %d cores is %s", (cores, id) => expect(recommended(shelf, cores)?.id).toBe(id));

  it("is nothing when the catalogue has none of the good ones", () =>
    expect(recommended([model("file:1", 0)], 8)).toBeUndefined());

  it.each([
    [2, 4.5],
    [8, 9],
    [64, 9],
  ])("works at a speed said for %d cores: %d", (cores, speed) =>
    expect(speedOn(model("small", 4.5), cores)).toBe(speed),
  );

  it("stands right after what is here already", () => {
    const all = [...shelf, model("file:demo", 0, "installed")];
    expect(inOrder(all, shelf[2]).map((m) => m.id)).toEqual([
      "file:demo",
      "small",
      "tiny",
      "base",
      "medium",
      "large-v3-turbo-q5_0",
    ]);
  });
});
