import { useCallback } from "react";
import { useTranslation } from "react-i18next";

/** "5 分 13 秒，共 12 分 46 秒": times as they are said. */
export function useSpokenTime(): (ms: number, duration: number) => string {
  const { t } = useTranslation("console");
  return useCallback(
    (ms, duration) => {
      const say = (value: number) => {
        const s = Math.floor(value / 1000);
        const parts = { h: Math.floor(s / 3600), m: Math.floor((s % 3600) / 60), s: s % 60 };
        return t(parts.h > 0 ? "spokenHours" : "spokenMinutes", parts);
      };
      return t("spokenOf", { at: say(ms), total: say(duration) });
    },
    [t],
  );
}
