import i18next from "i18next";
import { expect, it } from "vitest";
import { startI18n } from "../src/i18n";

it("English is spoken when its words have come, unless another language was chosen meanwhile", async () => {
  void startI18n("zh-CN");
  const late = startI18n("en");
  void startI18n("zh-CN");
  await late;
  expect(i18next.t("loading")).toBe("正在读取");

  await startI18n("en");
  expect(i18next.t("loading")).toBe("Reading");
});

it("a language whose words are here is spoken at once", async () => {
  await startI18n("en");
  void startI18n("zh-CN");
  expect(i18next.t("loading")).toBe("正在读取");
  void startI18n("en");
  expect(i18next.t("loading")).toBe("Reading");
});
