import { useTranslation } from "react-i18next";
import { SectionHead } from "../../parts/SectionHead";
import { Seg } from "../../parts/Seg";
import {
  type Language,
  languages,
  ownName,
  type TextSize,
  type Theme,
  textSizes,
  usePrefs,
} from "../../seat/prefs";
import pieces from "./pieces.module.css";

const themes: Theme[] = ["system", "light", "dark"];

/** Light or dark, language, size of text: how this seat looks, not the workspace. */
export function Look() {
  const { t } = useTranslation("settings");
  const { theme, language, textSize, set } = usePrefs();
  return (
    <section aria-label={t("tab.look")}>
      <SectionHead title={t("tab.look")} note={t("look.note")} />
      <dl className={pieces.facts}>
        <dt>{t("look.theme")}</dt>
        <dd>
          <Seg<Theme>
            label={t("look.theme")}
            value={theme}
            onChange={(next) => set({ theme: next })}
            options={themes.map((value) => ({ value, label: t(`theme.${value}`), testId: `theme-${value}` }))}
          />
        </dd>
        <dt>{t("look.language")}</dt>
        <dd>
          <Seg<Language>
            label={t("look.language")}
            value={language}
            onChange={(next) => set({ language: next })}
            options={languages.map((value) => ({
              value,
              label: ownName(value),
              testId: `language-${value}`,
            }))}
          />
        </dd>
        <dt>{t("look.text")}</dt>
        <dd>
          <Seg<TextSize>
            label={t("look.text")}
            value={textSize}
            onChange={(next) => set({ textSize: next })}
            options={textSizes.map((value) => ({ value, label: `${value}%`, testId: `text-${value}` }))}
          />
        </dd>
      </dl>
    </section>
  );
}
