import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { AlignView, Recording, Region } from "../../ipc";
import { useChordLabels } from "../../keys/labels";
import { useActions } from "../../keys/useActions";
import { FactLine } from "../../parts/FactLine";
import { PlayButton } from "../../parts/PlayButton";
import { ErrorNote } from "../../parts/states";
import {
  forgetFailure,
  onFrameOf,
  playerState,
  positionOf,
  transport,
  usePlayer,
  usePlayerFailure,
} from "../../player/clock";
import { clampWindow, reveal, type Window } from "../../player/timeline";
import { clock } from "../../text/format";
import { AlignWave } from "./AlignWave";
import { Sure, useReasons } from "./CallSide";
import { clipAround } from "./clip";
import { Hello } from "./Hello";
import { MarkChecks } from "./MarkChecks";
import { OffsetRow } from "./OffsetRow";
import css from "./Stage.module.css";
import { moved, type SessionMark, type Target } from "./target";

/** How much of the recording is shown at first. */
const FIRST_WINDOW_MS = 120_000;

type Props = {
  view: AlignView;
  marks: SessionMark[];
  target: Target;
  title: string;
  recording: Recording;
  regions: Region[];
  onTarget: (target: Target) => void;
};

/** The recording with the marks of the call over it, to be moved and listened to. */
export function Stage({ view, marks, target, title, recording, regions, onTarget }: Props) {
  const reasons = useReasons();
  const failure = usePlayerFailure();
  const { offsetMs } = target;
  const [look, setLook] = useState<Window>(() => around(firstOf(marks) + offsetMs, recording.duration_ms));
  const [active, setActive] = useState<string | null>(null);
  const move = (to: number) => onTarget(moved(target, to));
  /** Takes a place that was found, and goes there. */
  const take = (to: Target) => {
    onTarget(to);
    const at = firstOf(marks) + to.offsetMs;
    setLook((now) => reveal(now, at, at, recording.duration_ms));
  };
  const hear = (mark: SessionMark) => {
    setActive(mark.view.observation.id);
    const at = mark.startMs + offsetMs;
    setLook((now) => reveal(now, at, at, recording.duration_ms));
    hearAround(recording, at);
  };
  useActions({
    "player.toggle": () => void toggle(recording),
    "player.back": () => void seek(recording, positionOf(recording.id) - 5000),
    "player.forward": () => void seek(recording, positionOf(recording.id) + 5000),
  });
  return (
    <div className={`${css.stage} scroll`}>
      <header className={css.head}>
        <h2 className="cut" title={title}>
          <bdi>{title}</bdi>
        </h2>
        <Sure target={target} />
        <FactLine facts={target.reasons.map(reasons)} />
      </header>
      <AlignWave
        recording={recording}
        regions={regions}
        marks={marks}
        offsetMs={offsetMs}
        look={look}
        active={active}
        onLook={setLook}
        onMove={move}
        onHear={hear}
        onSeek={(ms) => void seek(recording, ms)}
      />
      <div className={css.tools} data-keys="player">
        <Play recording={recording} />
        <OffsetRow offsetMs={offsetMs} onMove={move} />
      </div>
      {failure && <ErrorNote note={failure} onDismiss={forgetFailure} />}
      <div className={css.below}>
        <MarkChecks marks={marks} recording={recording} offsetMs={offsetMs} active={active} onHear={hear} />
        {marks.length > 0 && <Hello view={view} marks={marks} recording={recording} onFound={take} />}
      </div>
    </div>
  );
}

const firstOf = (marks: SessionMark[]): number => marks[0]?.startMs ?? 0;

function around(at: number, duration: number): Window {
  return clampWindow({ from: at - FIRST_WINDOW_MS * 0.3, to: at + FIRST_WINDOW_MS * 0.7 }, duration);
}

function hearAround(recording: Recording, at: number): void {
  const { start_ms, end_ms } = clipAround(recording, at);
  const { playing, clip } = playerState();
  if (playing && clip?.start_ms === start_ms && clip.end_ms === end_ms) void transport.pause();
  else void transport.clip(recording.id, start_ms, end_ms);
}

/** Something with this recording in the player. */
async function loaded(recording: Recording, work: () => unknown): Promise<void> {
  if (playerState().recording_id !== recording.id) await transport.open(recording.case_id, null);
  await work();
}

function toggle(recording: Recording): Promise<void> {
  const { playing, recording_id } = playerState();
  if (playing && recording_id === recording.id) return transport.pause();
  return loaded(recording, () => transport.play());
}

function seek(recording: Recording, ms: number): Promise<void> {
  return loaded(recording, () => transport.seek(ms));
}

/** Plays and pauses, and says where. */
function Play({ recording }: { recording: Recording }) {
  const { t } = useTranslation("console");
  const chord = useChordLabels();
  const playing = usePlayer((p) => p.playing && p.recording_id === recording.id);
  const time = useRef<HTMLElement>(null);
  useEffect(
    () =>
      onFrameOf(recording.id, (at) => {
        const text = clock(at);
        if (time.current && time.current.textContent !== text) time.current.textContent = text;
      }),
    [recording.id],
  );
  return (
    <span className={css.play}>
      <PlayButton
        playing={playing}
        chord={chord("player.toggle")?.text}
        onClick={() => void toggle(recording)}
      />
      <span className="figures nowrap" role="timer" aria-live="off" aria-label={t("time")}>
        <b ref={time} /> <span className="faint">／ {clock(recording.duration_ms)}</span>
      </span>
    </span>
  );
}
