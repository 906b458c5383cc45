/**
 * All words of the UI. zh-CN is the source: `en` has to have the same keys, which the compiler checks, and for what
 * depends on a `count` two words, for one and for others. Chinese has one.
 */
import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import type { Language } from "../seat/prefs";
import { isolated } from "../text/bidi";
import { en } from "./en";
import { spread } from "./same";
import { zhCN } from "./zh-CN";

export const namespaces = [
  "actions",
  "align",
  "common",
  "errors",
  "keys",
  "console",
  "library",
  "issues",
  "live",
  "settings",
  "search",
  "people",
  "sessions",
  "welcome",
] as const;

export type Namespace = (typeof namespaces)[number];

const enSpread = Object.fromEntries(Object.entries(en).map(([name, words]) => [name, spread(words)]));

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "common";
    resources: typeof zhCN;
    returnNull: false;
    enableSelector: false;
  }
}

/** Starts with a language, or switches to it. */
export function startI18n(language: Language): void {
  if (i18next.isInitialized) {
    if (i18next.language !== language) void i18next.changeLanguage(language);
    return;
  }
  void i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: "zh-CN",
    ns: namespaces,
    defaultNS: "common",
    resources: { "zh-CN": zhCN, en: enSpread },
    // React escapes what it shows; what people wrote stands by itself within our words.
    interpolation: {
      escapeValue: true,
      useRawValueToEscape: true,
      escape: (value: unknown) => (typeof value === "string" ? isolated(value) : String(value)),
    },
    // Codes such as `media.not_audio` are keys as they stand.
    keySeparator: false,
    initAsync: false,
  });
}

/** Whether the source catalogue words `key`. */
export function i18nHas(namespace: Namespace, key: string): boolean {
  return Object.hasOwn(zhCN[namespace], key);
}
