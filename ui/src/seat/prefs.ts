/** How this seat looks: theme, text size, language. Kept in the web view, not in the workspace. */
import { create } from "zustand";
import { persist } from "zustand/middleware";

export type Theme = "light" | "dark" | "system";
export type Language = "zh-CN" | "en";
export const languages: Language[] = ["zh-CN", "en"];
/** A language in its own words, so that whoever reads only that one finds it. */
export function ownName(language: Language): string {
  const [plain = language] = language.split("-");
  return new Intl.DisplayNames([language], { type: "language" }).of(plain) ?? language;
}

/** Root font size in per cent; everything is sized in rem. */
export type TextSize = 100 | 115 | 130 | 150 | 175 | 200;
export const textSizes: TextSize[] = [100, 115, 130, 150, 175, 200];

type Prefs = {
  theme: Theme;
  language: Language;
  textSize: TextSize;
  set: (change: Partial<Pick<Prefs, "theme" | "language" | "textSize">>) => void;
};

export const usePrefs = create<Prefs>()(
  persist((set) => ({ theme: "system", language: "zh-CN", textSize: 100, set: (change) => set(change) }), {
    name: "qinting.prefs",
  }),
);

/** Puts the choices on the document; called at start and on every change. */
export function applyPrefs({ theme, language, textSize }: Pick<Prefs, "theme" | "language" | "textSize">) {
  const root = document.documentElement;
  const dark = theme === "dark" || (theme === "system" && matchMedia("(prefers-color-scheme: dark)").matches);
  root.dataset.theme = dark ? "dark" : "light";
  root.lang = language;
  root.style.fontSize = `${textSize}%`;
  root.dataset.text = textSize >= 150 ? "large" : "normal";
}
