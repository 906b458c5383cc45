import { useTranslation } from "react-i18next";
import type { Recording } from "../../ipc";
import { PinFace, pinLook } from "../../parts/MarkPin";
import { PlayButton } from "../../parts/PlayButton";
import { SectionHead } from "../../parts/SectionHead";
import { wordKey } from "../../parts/words";
import { usePlayer } from "../../player/clock";
import { clock, clockTenths } from "../../text/format";
import { clipAround } from "./clip";
import css from "./MarkChecks.module.css";
import { type SessionMark, wordsOf } from "./target";

type Props = {
  marks: SessionMark[];
  recording: Recording;
  offsetMs: number;
  active: string | null;
  onHear: (mark: SessionMark) => void;
};

/** Every mark with both its times, each to be heard where it would stand. */
export function MarkChecks({ marks, recording, offsetMs, active, onHear }: Props) {
  const { t } = useTranslation("align");
  if (marks.length === 0) return <p className={`${css.none} faint`}>{t("noMarks")}</p>;
  return (
    <section aria-label={t("marksHere", { count: marks.length })}>
      <SectionHead title={t("marksHere", { count: marks.length })} level={3} />
      <ol className={css.marks}>
        {marks.map((mark) => (
          <Check
            key={mark.view.observation.id}
            mark={mark}
            recording={recording}
            at={mark.startMs + offsetMs}
            active={mark.view.observation.id === active}
            onHear={() => onHear(mark)}
          />
        ))}
      </ol>
    </section>
  );
}

type CheckProps = {
  mark: SessionMark;
  recording: Recording;
  /** Where it would stand. */
  at: number;
  active: boolean;
  onHear: () => void;
};

function Check({ mark, recording, at, active, onHear }: CheckProps) {
  const { t } = useTranslation("align");
  const { t: common } = useTranslation();
  const clip = clipAround(recording, at);
  const playing = usePlayer(
    (p) =>
      p.playing &&
      p.recording_id === recording.id &&
      p.clip?.start_ms === clip.start_ms &&
      p.clip.end_ms === clip.end_ms,
  );
  const { kind } = mark.view.observation;
  const inside = at >= 0 && at < recording.duration_ms;
  return (
    <li data-on={active || undefined}>
      <PlayButton
        size="small"
        playing={playing}
        disabled={!inside}
        label={t(playing ? "hearStop" : "hear", { number: mark.number })}
        onClick={onHear}
      />
      <span {...pinLook({ kind, active })} aria-hidden="true">
        <PinFace kind={kind} number={mark.number} />
      </span>
      <bdi className={css.words}>{wordsOf(mark) || common(wordKey("kind", kind))}</bdi>
      <span className="figures faint nowrap">{t("markAt", { session: clock(mark.startMs) })}</span>
      <span className={inside ? "figures nowrap" : "figures nowrap is-bad"}>
        {t("heardAt", { time: at < 0 ? `−${clockTenths(-at)}` : clockTenths(at) })}
      </span>
    </li>
  );
}
