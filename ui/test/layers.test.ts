import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, it } from "vitest";

/**
 * The layers of the page, from the ground up: each stands on those before it and knows nothing of those after. The
 * screens lie side by side and do not know each other; `App.tsx` and `main.tsx` stand on all of them.
 */
const layers = [
  "ipc",
  "text",
  "records",
  "seat",
  "i18n",
  "keys",
  "parts",
  "player",
  "things/person",
  "things/live",
  "things/case",
  "things/mark",
  "things/issue",
  "things/session",
  "screens",
  "shell",
];

const src = join(import.meta.dirname, "../src");
const files = readdirSync(src, { recursive: true, encoding: "utf8" }).filter((f) =>
  /(?<!\.test)\.tsx?$/.test(f),
);

/** The files of ours a file takes something from, styles as well. */
function taken(file: string, of = (text: string) => text): string[] {
  const text = of(readFileSync(join(src, file), "utf8"));
  const named = [...text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*"(\.[^"]+)"/g)].map(([, path = ""]) =>
    normalize(join(dirname(file), path)),
  );
  return named.flatMap((path) => {
    const ends = ["", ".ts", ".tsx", "/index.ts", "/index.tsx"];
    const found = ends.find((end) => /\.\w+$/.test(path + end) && existsSync(join(src, path + end)));
    return found === undefined ? [] : [path + found];
  });
}

const layerOf = (file: string): number =>
  layers.findIndex((layer) => file.startsWith(`${layer}/`) || (layer === "text" && file.startsWith("../")));

const screenOf = (file: string): string | undefined => /^screens\/([^/]+)\//.exec(file)?.[1];

const placed = files.filter((file) => file.includes("/"));

/** What a file cannot do without: neither what it fetches later, nor types. */
const needed = (text: string) => text.replaceAll(/\bimport\(|\b(?:im|ex)port type\b[^;]*;/g, "");

describe("the page", () => {
  it("has no file outside its layers", () => {
    expect(placed.filter((file) => layerOf(file) === -1)).toEqual([]);
    expect(files.filter((file) => !file.includes("/")).sort()).toEqual(["App.tsx", "main.tsx"]);
  });

  it("takes nothing from a layer above", () => {
    const upwards = placed.flatMap((file) =>
      taken(file)
        .filter((other) => layerOf(other) === -1 || layerOf(other) > layerOf(file))
        .map((other) => `${file} takes from ${other}`),
    );
    expect(upwards).toEqual([]);
  });

  it("has no screen that knows another", () => {
    const sideways = placed.flatMap((file) =>
      taken(file)
        .filter((other) => screenOf(file) && screenOf(other) && screenOf(other) !== screenOf(file))
        .map((other) => `${file} takes from ${other}`),
    );
    expect(sideways).toEqual([]);
  });

  it("has its styles in modules beside what they dress, each in the layer it belongs to", () => {
    const styles = readdirSync(src, { recursive: true, encoding: "utf8" }).filter(
      (f) => f.endsWith(".css") && !f.startsWith("styles/"),
    );
    const layerFor = (file: string) =>
      /^(?:player|things)\//.test(file) ? "things" : file.startsWith("parts/") ? "parts" : "screens";
    const stray = styles.filter((file) => {
      const text = readFileSync(join(src, file), "utf8").replaceAll(/\/\*[\s\S]*?\*\//g, "");
      return !file.endsWith(".module.css") || !text.trim().startsWith(`@layer ${layerFor(file)} {`);
    });
    expect(styles).not.toEqual([]);
    expect(stray).toEqual([]);
  });

  it("loads before its first screen no other screen, and one language", () => {
    const first = new Set<string>(["main.tsx"]);
    for (const file of first) for (const other of taken(file, needed)) first.add(other);
    const named = (folder: string) =>
      new Set([...first].flatMap((file) => new RegExp(`^${folder}/([^/]+)/`).exec(file)?.[1] ?? []));
    expect(named("screens")).toEqual(new Set(["import", "library", "search"]));
    expect(named("i18n")).toEqual(new Set(["zh-CN"]));
  });

  it("goes in no circle, from file to file", () => {
    const seen = new Set<string>();
    const circles: string[] = [];
    const walk = (file: string, way: readonly string[]): void => {
      if (way.includes(file)) circles.push([...way.slice(way.indexOf(file)), file].join(" → "));
      if (seen.has(file)) return;
      seen.add(file);
      for (const other of taken(file)) walk(other, [...way, file]);
    };
    for (const file of files) walk(file, []);
    expect(circles).toEqual([]);
  });
});
