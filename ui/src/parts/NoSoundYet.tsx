import { useTranslation } from "react-i18next";
import { Tip } from "./Button";
import { Icon } from "./Icon";
import css from "./NoSoundYet.module.css";

/** Stands where a play button would, while there is nothing to play: as a sign, or with the words beside it. */
export function NoSoundYet({ words }: { words?: boolean }) {
  const { t } = useTranslation();
  if (words) {
    return (
      <span className={css.sign} data-part="no-sound" data-words data-testid="no-sound">
        <Icon name="clock" size="small" />
        {t("noSoundYet")}
      </span>
    );
  }
  return (
    <Tip label={t("noSoundYet")}>
      <span
        className={css.sign}
        data-part="no-sound"
        role="img"
        aria-label={t("noSoundYet")}
        data-testid="no-sound"
      >
        <Icon name="clock" size="small" />
      </span>
    </Tip>
  );
}
