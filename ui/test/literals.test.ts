import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const src = join(import.meta.dirname, "../src");
const files = readdirSync(src, { recursive: true, encoding: "utf8" }).filter(
  (f) => f.endsWith(".tsx") && !f.endsWith(".test.tsx"),
);

/** The code without comments, so that what is said to readers is not taken for what is shown. */
function code(file: string): string {
  return readFileSync(join(src, file), "utf8")
    .replaceAll(/\/\*[\s\S]*?\*\//g, "")
    .replaceAll(/(^|[^:])\/\/.*$/gm, "$1");
}

const attributes = "aria-label|title|placeholder|alt|label|hint";

describe("no component", () => {
  it.each(files)("%s shows words that are not in the catalogues", (file) => {
    const text = code(file);
    expect(text.match(/\p{Script=Han}+/gu) ?? []).toEqual([]);
    const spoken = new RegExp(`\\b(?:${attributes})="[^"{]*[A-Za-z]{3}[^"]*"`, "g");
    expect(text.match(spoken) ?? []).toEqual([]);
    // Words between tags: at least two of them, or one that begins like a sentence.
    const between = text.match(/>\s*(?:[A-Z][a-z]{2,}|[A-Za-z]+ [a-z]{2,}[A-Za-z ]*)[.!?]?\s*<\//g) ?? [];
    expect(between).toEqual([]);
  });
});
