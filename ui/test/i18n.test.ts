import { describe, expect, it } from "vitest";
import { en } from "../src/i18n/en";
import { zhCN } from "../src/i18n/zh-CN";
import { actionCodes } from "../src/ipc/generated/actions";
import { errorCodes } from "../src/ipc/generated/codes";
import { actionIds } from "../src/keys/actions";

const namespaces = Object.keys(zhCN) as (keyof typeof zhCN)[];
const gaps = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((m) => m[1]).sort();

describe("both languages", () => {
  it.each(namespaces)("say the same things in %s", (namespace) => {
    expect(Object.keys(en[namespace]).sort()).toEqual(Object.keys(zhCN[namespace]).sort());
  });

  it.each(namespaces)("leave no word of %s empty, and fill the same gaps", (namespace) => {
    const other: Record<string, string> = en[namespace];
    for (const [key, words] of Object.entries<string>(zhCN[namespace])) {
      expect(words, `zh-CN ${key}`).not.toBe("");
      expect(other[key], `en ${key}`).not.toBe("");
      expect(gaps(other[key] ?? ""), key).toEqual(gaps(words));
    }
  });

  it("say no Chinese in English, apart from the seal", () => {
    for (const namespace of namespaces) {
      for (const [key, words] of Object.entries<string>(en[namespace])) {
        if (key !== "seal") expect(words, `${namespace}.${key}`).not.toMatch(/\p{Script=Han}/u);
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
