import { describe, expect, it } from "vitest";
import { en } from "../src/i18n/en";
import type { Counted } from "../src/i18n/same";
import { zhCN } from "../src/i18n/zh-CN";
import { actionCodes } from "../src/ipc/generated/actions";
import { errorCodes } from "../src/ipc/generated/codes";
import { actionIds } from "../src/keys/actions";

const namespaces = Object.keys(zhCN) as (keyof typeof zhCN)[];
/** What English says for a key: one text, or two by a number. */
const english = (namespace: keyof typeof en) =>
  Object.entries<string | Counted>(en[namespace]).map(
    ([key, said]) => [key, typeof said === "string" ? [said] : [said.one, said.other]] as const,
  );
const gaps = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((m) => m[1]).sort();

/** Not what is counted: "{{name}} does not take part". */
const verbs = new Set(["does", "goes", "was", "has", "less"]);
/** Limits and tries, which are two at least. */
const neverOne = new Set([
  "errors.import.too_many",
  "errors.job.given_up",
  "errors.live.given_up",
  "errors.media.channels",
  "errors.media.too_long",
  "errors.model.stalled",
  "errors.speech.given_up",
  "settings.workspace.binHint",
]);

describe("both languages", () => {
  it.each(namespaces)("say the same things in %s", (namespace) => {
    expect(Object.keys(en[namespace]).sort()).toEqual(Object.keys(zhCN[namespace]).sort());
  });

  it.each(namespaces)("leave no word of %s empty, and fill the same gaps", (namespace) => {
    const source: Record<string, string> = zhCN[namespace];
    for (const [key, texts] of english(namespace)) {
      expect(source[key], `zh-CN ${key}`).not.toBe("");
      for (const text of texts) {
        expect(text, `en ${key}`).not.toBe("");
        expect(gaps(text), key).toEqual(gaps(source[key] ?? ""));
      }
    }
  });

  it.each(namespaces)(
    "say in %s for one what English says for one, wherever there is a count",
    (namespace) => {
      for (const [key, texts] of english(namespace)) {
        const isCounted = texts.some((text) => gaps(text).includes("count"));
        if (isCounted)
          expect(texts.length, `${namespace}.${key} wants a word for one and for others`).toBe(2);
        const [one, other] = texts;
        const many = /\{\{count\}\} (?:[a-z-]+ )?([a-z]{3,}s)\b/.exec(other ?? "");
        if (many && !verbs.has(many[1] ?? "")) expect(one, `${namespace}.${key}`).not.toBe(other);
      }
    },
  );

  it.each(namespaces)("put no other number of %s before a word of many", (namespace) => {
    for (const [key, texts] of english(namespace)) {
      const many = texts.flatMap((text) => [...text.matchAll(/\{\{(?!count)\w+\}\} ([a-z]{3,}s)\b/g)]);
      const words = many.map((m) => m[1] ?? "").filter((word) => !verbs.has(word));
      if (!neverOne.has(`${namespace}.${key}`)) expect(words, `${namespace}.${key}`).toEqual([]);
    }
  });

  it("say no Chinese in English, apart from the seal", () => {
    for (const namespace of namespaces) {
      for (const [key, texts] of english(namespace)) {
        if (key !== "seal") expect(texts.join(), `${namespace}.${key}`).not.toMatch(/\p{Script=Han}/u);
      }
    }
  });

  it.each(errorCodes)("word the error %s", (code) => {
    expect(zhCN.errors).toHaveProperty([code]);
    expect(en.errors).toHaveProperty([code]);
  });

  it.each(actionIds)("name the key action %s", (action) => {
    expect(zhCN.keys).toHaveProperty([action]);
  });
});

describe("what was done", () => {
  it.each(actionCodes)("%s has words in both languages", (action) => {
    expect(zhCN.actions).toHaveProperty([action]);
    expect(en.actions).toHaveProperty([action]);
  });
});
