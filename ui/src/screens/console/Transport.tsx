import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { ipc, type ErrorNote as Note, type Recording } from "../../ipc";
import { useChordLabels } from "../../keys/labels";
import { Button, buttonLook, Tip } from "../../parts/Button";
import { Icon } from "../../parts/Icon";
import { Menu, MenuItem } from "../../parts/Menu";
import { PlayButton } from "../../parts/PlayButton";
import { segLook } from "../../parts/Seg";
import { useErrorWords } from "../../parts/words";
import {
  onFrameOf,
  playerState,
  stepSpeed,
  transport,
  usePlayer,
  usePlayerFailure,
} from "../../player/clock";
import { ofMachine, qk } from "../../records/queries";
import { useWithheld } from "../../records/withheld";
import { clock } from "../../text/format";
import { markNow } from "./marks";
import { channelName, cycleChannel, loopHere, seekBy, setSpeed, togglePlay } from "./playing";
import { useConsole } from "./store";
import css from "./Transport.module.css";

/** Everything that moves the sound, and the two ways to mark. */
export function Transport({ recording }: { recording: Recording }) {
  const { t } = useTranslation("console");
  const chord = useChordLabels();
  const ours = usePlayer((p) => p.recording_id === recording.id);
  const playing = usePlayer((p) => p.playing && p.recording_id === recording.id);
  const skip = usePlayer((p) => p.skip_silence);
  const loop = usePlayer((p) => p.loop_range !== null && p.recording_id === recording.id);
  const why = useWithheld()("observation.mark");
  const canLoop = useConsole((s) => s.selection !== null || s.activeId !== null);
  return (
    <section className={css.transport} aria-label={t("transport")} data-keys="player" data-region>
      <Button
        tone="ghost"
        icon="back"
        label={t("back5")}
        action="player.back"
        onClick={() => seekBy(-5000)}
      />
      <PlayButton
        className={css.play}
        playing={playing}
        chord={chord("player.toggle")?.text}
        data-testid="player-play"
        aria-keyshortcuts={chord("player.toggle")?.aria}
        onClick={togglePlay}
      />
      <Button
        tone="ghost"
        icon="fwd"
        label={t("forward5")}
        action="player.forward"
        onClick={() => seekBy(5000)}
      />
      <Time recording={recording} />
      <Speed />
      <Button
        size="small"
        aria-pressed={skip}
        action="player.skipSilence"
        showKey
        onClick={() => void transport.skipSilence(!skip)}
      >
        {t("skipSilence")}
      </Button>
      <Button
        size="small"
        icon="loop"
        className="wide-only"
        aria-pressed={loop}
        disabled={!loop && !canLoop}
        label={loop || canLoop ? undefined : t("loopHint")}
        action="player.loop"
        showKey
        onClick={loopHere}
      >
        {t("loop")}
      </Button>
      {recording.channels > 1 && <Channel recording={recording} />}
      <Output />
      {!ours && <span className="label cut wide-only">{t("elsewhere")}</span>}
      <span className={css.marks}>
        <Button
          size="small"
          icon="quote"
          action="mark.quote"
          showKey
          why={why}
          onClick={() => markNow({ kind: "quote" })}
        >
          {t("quote")}
        </Button>
        <Button
          className={css.mark}
          tone="primary"
          icon="mark"
          action="mark.add"
          showKey
          why={why}
          data-testid="mark-button"
          onClick={() => markNow({ range: useConsole.getState().selection })}
        >
          {t("mark")}
        </Button>
      </span>
      <Trouble />
    </section>
  );
}

/** `5:13 ／ 12:46`, written on every change of second without rendering. */
function Time({ recording }: { recording: Recording }) {
  const { t } = useTranslation("console");
  const text = useRef<HTMLElement>(null);
  useEffect(() => {
    let shown = "";
    return onFrameOf(recording.id, (at) => {
      const next = clock(at);
      if (next === shown || !text.current) return;
      shown = next;
      text.current.textContent = next;
    });
  }, [recording.id]);
  return (
    <span className={`${css.time} figures`} role="timer" aria-live="off" aria-label={t("time")}>
      <b ref={text} data-testid="player-time" />{" "}
      <span className="faint">／ {clock(recording.duration_ms)}</span>
    </span>
  );
}

function Speed() {
  const { t } = useTranslation("console");
  const speed = usePlayer((p) => p.speed);
  const chord = useChordLabels();
  const change = (step: 1 | -1) => setSpeed(stepSpeed(playerState().speed, step));
  return (
    <span {...segLook({ small: true, className: css.speeds })} role="group" aria-label={t("speed")}>
      <Tip label={t("slower")} chord={chord("player.slower")?.text}>
        <button type="button" aria-label={t("slower")} disabled={speed <= 0.5} onClick={() => change(-1)}>
          −
        </button>
      </Tip>
      <Tip label={t("speedReset")}>
        <button type="button" className={`${css.speed} figures`} onClick={() => setSpeed(1)}>
          {Number(speed.toFixed(2))}×
        </button>
      </Tip>
      <Tip label={t("faster")} chord={chord("player.faster")?.text}>
        <button type="button" aria-label={t("faster")} disabled={speed >= 3} onClick={() => change(1)}>
          ＋
        </button>
      </Tip>
    </span>
  );
}

function Channel({ recording }: { recording: Recording }) {
  const { t } = useTranslation("console");
  const solo = usePlayer((p) => p.lanes.solo);
  return (
    <Button
      size="small"
      className={`${css.channel} wide-only`}
      aria-pressed={solo !== null}
      label={t("channelHint")}
      action="player.channel"
      showKey
      onClick={() => cycleChannel(recording)}
    >
      {t(channelName(recording, solo))}
    </Button>
  );
}

/** Where the sound goes. */
function Output() {
  const { t } = useTranslation("console");
  const chosen = usePlayer((p) => p.device);
  const silent = usePlayer((p) => p.silent);
  const { data: devices } = useQuery({
    queryKey: qk.devices,
    queryFn: () => ipc.audioDevices(),
    staleTime: 5_000,
    meta: ofMachine,
  });
  const trigger = (
    <button
      type="button"
      {...buttonLook({ tone: "ghost", isIcon: true, size: "small" })}
      aria-label={t("output")}
      title={t("output")}
      data-silent={silent || undefined}
    >
      <Icon name={silent ? "warn" : "speaker"} />
    </button>
  );
  return (
    <Menu trigger={trigger}>
      <MenuItem checked={chosen === null} onSelect={() => void transport.device(null)}>
        {t("outputDefault")}
      </MenuItem>
      {devices?.map((d) => (
        <MenuItem key={d.id} checked={chosen === d.id} onSelect={() => void transport.device(d.id)}>
          {d.name}
        </MenuItem>
      ))}
      {devices?.length === 0 && (
        <MenuItem disabled onSelect={() => undefined}>
          {t("outputNone")}
        </MenuItem>
      )}
    </Menu>
  );
}

const noDevice: Note = { code: "audio.no_device", args: {} };

/** No device, a lost device, a command that failed: said in one line, in its own place. */
function Trouble() {
  const words = useErrorWords();
  const notice = usePlayer((p) => p.notice ?? (p.silent ? noDevice : null));
  const failure = usePlayerFailure();
  const note = failure ?? notice;
  if (!note) return null;
  return (
    <p className={css.trouble} role="status" data-code={note.code}>
      <Icon name="warn" size="small" />
      <span>{words(note)}</span>
    </p>
  );
}
