import { useTranslation } from "react-i18next";
import { Tip } from "./Button";
import { Icon } from "./Icon";

/** Stands where a play button would, while there is nothing to play: as a sign, or with the words beside it. */
export function NoSoundYet({ words }: { words?: boolean }) {
  const { t } = useTranslation();
  if (words) {
    return (
      <span className="no-sound words" data-testid="no-sound">
        <Icon name="clock" size="s" />
        {t("noSoundYet")}
      </span>
    );
  }
  return (
    <Tip label={t("noSoundYet")}>
      <span className="no-sound" role="img" aria-label={t("noSoundYet")} data-testid="no-sound">
        <Icon name="clock" size="s" />
      </span>
    </Tip>
  );
}
