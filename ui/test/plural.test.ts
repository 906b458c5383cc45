import i18next from "i18next";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startI18n } from "../src/i18n";
import "./languages";

beforeAll(() => startI18n("en"));
afterAll(() => startI18n("zh-CN"));

it("English says one of one and several of several", () => {
  const marks = (count: number) => i18next.t("rescued.marks", { ns: "align", count });
  expect([0, 1, 2].map(marks)).toEqual(["0 marks", "1 mark", "2 marks"]);
});

it("two counts in one sentence follow each its own number", () => {
  const t = i18next.getFixedT("en", "issues");
  const reach = (cases: number, customers: number) =>
    t("strip.summary", {
      count: 1,
      cases: t("of.cases", { count: cases }),
      customers: t("of.customers", { count: customers }),
    });
  expect(reach(1, 2)).toBe("1 clip, 1 case, 2 customers");
});

it("Chinese has one word for any number", () => {
  const t = i18next.getFixedT("zh-CN", "align");
  expect([1, 2].map((count) => t("rescued.marks", { count }))).toEqual(["1 个记号", "2 个记号"]);
});
