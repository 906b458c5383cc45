import { expect, it } from "vitest";
import { enter } from "./enter";

it.each([
  ["0193", "#/case/0193"],
  [null, "#/cases"],
])("a workspace to be seen first at %s starts the page anew at %s", (start_at, hash) => {
  window.location.hash = "/issue/of-the-one-before";
  const told: string[] = [];
  const onHash = () => told.push("router");
  window.addEventListener("hashchange", onHash);
  enter({ path: "/w", is_demo: true, start_at }, () => told.push(window.location.hash));
  window.removeEventListener("hashchange", onHash);
  expect(told).toEqual([hash]);
});
