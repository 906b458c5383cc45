import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { useActions } from "../../keys/useActions";
import { Button } from "../../parts/Button";
import { NoSoundYet } from "../../parts/NoSoundYet";
import { PlayButton } from "../../parts/PlayButton";
import { Problem } from "../../parts/Problem";
import { Sep } from "../../parts/SectionHead";
import { VoiceLabel } from "../../parts/VoiceLabel";
import { MiniWave } from "../../player/MiniWave";
import { markPath, usePlaceWords } from "../../seat/place";
import { clock } from "../../text/format";
import { useSoundless } from "../live/soundless";
import css from "./QuickReplay.module.css";
import {
  audibleFrom,
  type Clip,
  positionNow,
  replayClose,
  replayStep,
  replayToggle,
  useReplay,
} from "./replay";

/** The words of a clip: what the customer said first, else whatever was said or noted. */
const spokenLine = (e: Clip) => e.lines.find((l) => l.role === "customer") ?? e.lines[0] ?? null;

/** Calls back on every frame while something is replayed, and once when it stops. */
function useReplayFrame(paint: (ms: number) => void, active: boolean): void {
  const latest = useRef(paint);
  latest.current = paint;
  useEffect(() => {
    latest.current(positionNow());
    if (!active) return;
    let frame = requestAnimationFrame(function tick() {
      latest.current(positionNow());
      frame = requestAnimationFrame(tick);
    });
    return () => cancelAnimationFrame(frame);
  }, [active]);
}

/** The bar under a list that plays clips in place. */
export function QuickReplay({ className }: { className?: string | undefined }) {
  const { t } = useTranslation("issues");
  const { t: common } = useTranslation();
  const placeWords = usePlaceWords();
  const [, go] = useLocation();
  const s = useReplay();
  const soundless = useSoundless();
  const item = s.clips[s.index];
  const silent = soundless(item?.observation.recording_id);
  const open = s.run !== null && item !== undefined;
  useActions(
    open
      ? {
          "player.toggle": () => void replayToggle(),
          "player.next": () => void replayStep(1),
          "player.previous": () => void replayStep(-1),
        }
      : {},
  );
  if (!s.run || !item) return null;
  const { observation } = item;
  const { number, sessionId } = s.run;
  const place = { at: s.index + 1, total: s.clips.length };
  const line = spokenLine(item);
  const words = line?.text ?? (observation.quote || observation.text);
  return (
    <section
      className={className ? `${css.bar} ${className}` : css.bar}
      aria-label={t("replay.name")}
      data-region
    >
      {silent ? <NoSoundYet words /> : <PlayButton playing={s.playing} onClick={() => void replayToggle()} />}
      <div className={css.words}>
        <div className="row">
          {line ? <VoiceLabel role={line.role} /> : null}
          <b className="cut" title={words}>
            {words ? t("quote", { text: words }) : t("replay.noText")}
          </b>
        </div>
        <div className="faint small cut">
          {number === null ? t("replay.placeMark", place) : t("replay.place", { number, ...place })}
          <Sep />
          <bdi>{item.case_title}</bdi> {placeWords(observation)}
          {item.relation ? (
            <>
              <Sep />
              {t(`relation.${item.relation}`)}
            </>
          ) : null}
        </div>
        {s.error ? <Problem error={s.error} onRetry={() => void replayToggle()} /> : null}
      </div>
      {silent ? <span /> : <ReplayWave item={item} active={s.playing} />}
      <div className="row">
        {silent ? null : <ReplayTime item={item} active={s.playing} />}
        <Button
          size="small"
          action="player.next"
          showKey
          disabled={audibleFrom(s.clips, s.index + 1) < 0}
          onClick={() => void replayStep(1)}
        >
          {t("replay.next")}
        </Button>
        <Button size="small" className={css.away} onClick={() => go(markPath(observation, sessionId))}>
          {t("replay.toConsole")}
        </Button>
        <Button
          size="small"
          tone="ghost"
          icon="x"
          label={common("close")}
          onClick={() => void replayClose()}
        />
      </div>
    </section>
  );
}

type WaveProps = {
  item: Clip;
  active: boolean;
  here?: boolean;
  /** What was not heard yet is as clear as what was. */
  clear?: boolean;
  className?: string | undefined;
};

/** The small wave of a clip; while it is the one that is heard, a line follows the sound. */
export function ReplayWave({ item, active, here = true, clear = false, className }: WaveProps) {
  const ahead = useRef<HTMLSpanElement>(null);
  const { recording_id, start_ms, end_ms } = item.observation;
  useReplayFrame((ms) => {
    const at = here ? Math.max(0, Math.min(1, (ms - start_ms) / Math.max(1, end_ms - start_ms))) : 0;
    if (ahead.current) ahead.current.style.left = `${at * 100}%`;
  }, active && here);
  return (
    <span className={className ? `${css.wave} ${className}` : css.wave} data-clear={clear || undefined}>
      <MiniWave recordingId={recording_id} startMs={start_ms} endMs={end_ms} roles={item.roles} />
      <span ref={ahead} className={css.ahead} data-here={here || undefined} aria-hidden="true" />
    </span>
  );
}

/** `0:11 ／ 0:26`, written straight into the page so that nothing re-renders while sound runs. */
function ReplayTime({ item, active }: { item: Clip; active: boolean }) {
  const text = useRef<HTMLSpanElement>(null);
  const { start_ms, end_ms } = item.observation;
  const whole = clock(end_ms - start_ms);
  useReplayFrame((ms) => {
    if (text.current) text.current.textContent = `${clock(ms - start_ms)} ／ ${whole}`;
  }, active);
  return <span ref={text} className={`${css.time} figures quiet nowrap`} />;
}
