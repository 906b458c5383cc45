/** How the sound of a recording came in, in words. */
import { useTranslation } from "react-i18next";
import type { SoundNotice } from "../ipc";
import { wordKey } from "./words";

/** Seconds with one decimal: what is shorter than a second is not nothing. */
const seconds = (ms: number): string => (Math.ceil(ms / 100) / 10).toFixed(1);

/** Words a notice in the language of the UI. */
export function useSoundWords(): (notice: SoundNotice) => string {
  const { t } = useTranslation();
  return (notice) => {
    switch (notice.kind) {
      case "cut_off":
        return notice.missing_ms === null
          ? t("noticeCutOffSomewhere")
          : t("noticeCutOff", { seconds: seconds(notice.missing_ms) });
      case "holes":
        return t("noticeHoles", { count: notice.count, seconds: seconds(notice.total_ms) });
      case "converted":
        return t("noticeConverted", { codec: notice.codec });
      default:
        return t(wordKey("notice", notice.kind));
    }
  };
}
