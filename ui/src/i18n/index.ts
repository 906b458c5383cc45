/**
 * All words of the UI. zh-CN is the source: `en` has to have the same keys, which the compiler checks, and for what
 * depends on a `count` two words, for one and for others. Chinese has one.
 */
import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import type { Language } from "../seat/prefs";
import { isolated } from "../text/bidi";
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
  "imports",
  "issues",
  "live",
  "settings",
  "search",
  "people",
  "sessions",
  "welcome",
] as const;

export type Namespace = (typeof namespaces)[number];

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "common";
    resources: typeof zhCN;
    returnNull: false;
    enableSelector: false;
  }
}

/** Chosen last: words that come when another language was chosen are not switched to. */
let chosen: Language;

/** Starts with a language, or switches to it: at once where its words are here, else as soon as they are. */
export async function startI18n(language: Language): Promise<void> {
  chosen = language;
  if (!i18next.isInitialized) begin();
  if (!i18next.hasResourceBundle(language, "common")) {
    const { en } = await import("./en");
    for (const [name, words] of Object.entries(en)) i18next.addResourceBundle("en", name, spread(words));
  }
  if (chosen === language && i18next.language !== language) await i18next.changeLanguage(language);
}

/** The source catalogue is always here: what English does not word is said in Chinese. */
function begin(): void {
  void i18next.use(initReactI18next).init({
    lng: "zh-CN",
    fallbackLng: "zh-CN",
    ns: namespaces,
    defaultNS: "common",
    resources: { "zh-CN": zhCN },
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
