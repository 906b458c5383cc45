import { useTranslation } from "react-i18next";
import type { ObservationId, ObservationView } from "../../ipc";
import { ipc } from "../../ipc";
import { NoSoundYet } from "../../parts/NoSoundYet";
import { PlayButton } from "../../parts/PlayButton";
import { Problem } from "../../parts/Problem";
import { wordKey } from "../../parts/words";
import { usePlaceWords } from "../../seat/place";
import { useSoundless } from "../live/soundless";
import { useUnfiled } from "./queries";
import css from "./UnfiledPicker.module.css";

interface Props {
  chosen: ReadonlySet<ObservationId>;
  onChange: (chosen: Set<ObservationId>) => void;
}

/** Words of a moment for a list: the person's own, else what was heard. */
export const momentWords = (v: ObservationView): string => v.observation.text || v.observation.quote;

/** Moments nobody has filed yet, to be ticked. */
export function UnfiledPicker({ chosen, onChange }: Props) {
  const { t } = useTranslation("issues");
  const { t: common } = useTranslation();
  const placeWords = usePlaceWords();
  const unfiled = useUnfiled();
  const soundless = useSoundless();
  if (unfiled.error) return <Problem error={unfiled.error} onRetry={() => void unfiled.refetch()} />;
  const rows = unfiled.data?.rows ?? [];
  if (unfiled.data && rows.length === 0) return <p className="faint small pad">{t("unfiled.none")}</p>;
  const toggle = (id: ObservationId) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    onChange(next);
  };
  return (
    <ul className={css.list} aria-label={t("unfiled.title")}>
      {rows.map((row) => {
        const { observation: o } = row;
        const words = momentWords(row);
        return (
          <li key={o.id}>
            {soundless(o.recording_id) ? (
              <NoSoundYet />
            ) : (
              <PlayButton
                size="small"
                label={t("unfiled.play", { title: row.case_title, at: placeWords(o) })}
                onClick={() =>
                  void ipc.playerClip({
                    recording_id: o.recording_id,
                    start_ms: o.start_ms,
                    end_ms: o.end_ms,
                  })
                }
              />
            )}
            <label>
              <input type="checkbox" checked={chosen.has(o.id)} onChange={() => toggle(o.id)} />
              <span className={`${css.words} grow`}>
                <span>{words || t("unfiled.wordless")}</span>
                <span className="faint small">
                  {common(wordKey("kind", o.kind))} <bdi>{row.case_title}</bdi> {placeWords(o)}
                </span>
              </span>
            </label>
          </li>
        );
      })}
      {unfiled.data && unfiled.data.total > rows.length ? (
        <li className="faint small">{t("unfiled.more", { count: unfiled.data.total - rows.length })}</li>
      ) : null}
    </ul>
  );
}
