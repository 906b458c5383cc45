import { type KeyboardEvent, type PointerEvent, useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Recording, Region } from "../../ipc";
import { Button } from "../../parts/Button";
import { MarkPin } from "../../parts/MarkPin";
import { VoiceLabel } from "../../parts/VoiceLabel";
import { onFrameOf } from "../../player/clock";
import { lanesOf } from "../../player/draw";
import { worthShowing } from "../../player/regions";
import { TimeRuler } from "../../player/TimeRuler";
import { msOf, pan, type Window, zoom } from "../../player/timeline";
import { usePainter } from "../../player/usePainter";
import { LaneFrame, PinLine, Tick, WaveTop, WholeWave, ZoomGroup } from "../../player/WaveFrame";
import { clockTenths } from "../../text/format";
import { offsetText } from "../../things/live/offset";
import css from "./AlignWave.module.css";
import { type SessionMark, wordsOf } from "./target";

type Props = {
  recording: Recording;
  regions: Region[];
  marks: SessionMark[];
  offsetMs: number;
  /** The part that is looked at. */
  look: Window;
  /** The mark that is listened to. */
  active: string | null;
  onLook: (look: Window) => void;
  onMove: (offsetMs: number) => void;
  onHear: (mark: SessionMark) => void;
  onSeek: (ms: number) => void;
};

/** One press of an arrow key, and with Shift. */
const STEP_MS = 100;
const LEAP_MS = 1000;
/** A drag shorter than this is a click. */
const CLICK_PX = 4;

/** The recording's two lanes with the whole call above, and the marks as one group that is dragged. */
export function AlignWave(props: Props) {
  const { recording, look, onLook } = props;
  const { t } = useTranslation("console");
  const duration = recording.duration_ms;
  const regions = useMemo(() => worthShowing(props.regions), [props.regions]);
  const zoomBy = (factor: number) => onLook(zoom(look, factor, (look.from + look.to) / 2, duration));
  return (
    <div>
      <WaveTop>
        <Whole {...props} regions={regions} />
        <ZoomGroup label={t("zoom")}>
          <Button size="small" tone="ghost" icon="zoomout" label={t("zoomOut")} onClick={() => zoomBy(2)} />
          <Button size="small" tone="ghost" icon="zoomin" label={t("zoomIn")} onClick={() => zoomBy(0.5)} />
          <Button
            size="small"
            tone="ghost"
            icon="fit"
            label={t("zoomFit")}
            onClick={() => onLook({ from: 0, to: duration })}
          />
        </ZoomGroup>
      </WaveTop>
      <Group {...props} />
      <Lanes {...props} regions={regions} />
      <TimeRuler view={look} />
    </div>
  );
}

const share = (ms: number, view: Window) => `${((ms - view.from) / Math.max(1, view.to - view.from)) * 100}%`;

/** Where the sound is, moved without rendering. */
function useHead(recording: Recording, look: Window) {
  const line = useRef<HTMLSpanElement>(null);
  useEffect(
    () =>
      onFrameOf(recording.id, (at) => {
        const el = line.current;
        if (!el) return;
        el.style.left = share(at, look);
        el.style.visibility = at < look.from || at > look.to ? "hidden" : "visible";
      }),
    [recording.id, look],
  );
  return line;
}

/** The whole recording: a press looks there. */
function Whole({ recording, regions, marks, offsetMs, look, onLook }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const duration = recording.duration_ms;
  const whole = useMemo(() => ({ from: 0, to: duration }), [duration]);
  const head = useHead(recording, whole);
  const grip = useRef<{ at: number; from: Window } | null>(null);
  usePainter(canvas, { recording, regions, gap: 1 });
  const at = (e: PointerEvent<HTMLDivElement>) => {
    const box = e.currentTarget.getBoundingClientRect();
    return msOf(e.clientX - box.left, whole, box.width);
  };
  return (
    <WholeWave
      canvas={canvas}
      now={head}
      window={{ left: share(look.from, whole), width: share(look.to - look.from, whole) }}
      onPointerDown={(e) => {
        if (e.button !== 0) return;
        e.currentTarget.setPointerCapture(e.pointerId);
        const here = at(e);
        const inside = here >= look.from && here <= look.to;
        const middle = (look.from + look.to) / 2;
        const from = inside ? look : pan(look, here - middle, duration);
        grip.current = { at: here, from };
        if (!inside) onLook(from);
      }}
      onPointerMove={(e) => {
        if (grip.current) onLook(pan(grip.current.from, at(e) - grip.current.at, duration));
      }}
      onPointerUp={() => {
        grip.current = null;
      }}
      onPointerCancel={() => {
        grip.current = null;
      }}
    >
      {marks.map((m) => (
        <Tick
          key={m.view.observation.id}
          hidden={m.startMs + offsetMs < 0 || m.startMs + offsetMs > duration}
          style={{ left: share(m.startMs + offsetMs, whole) }}
        />
      ))}
    </WholeWave>
  );
}

/** The marks over the lanes. Whichever is taken, all of them move. */
function Group({ recording, marks, offsetMs, look, active, onLook, onMove, onHear }: Props) {
  const { t } = useTranslation("align");
  const field = useRef<HTMLDivElement>(null);
  const held = useRef<{ x: number; offset: number; moved: boolean } | null>(null);
  const perPx = () => (look.to - look.from) / Math.max(1, field.current?.clientWidth ?? 1);
  const first = (marks[0]?.startMs ?? 0) + offsetMs;
  const last = (marks.at(-1)?.startMs ?? 0) + offsetMs;

  const onKeyDown = (e: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[e.key];
    if (!step || e.altKey || e.ctrlKey || e.metaKey) return;
    e.preventDefault();
    const by = step * (e.shiftKey ? LEAP_MS : STEP_MS);
    onMove(offsetMs + by);
    const shown = first + by;
    if (shown < look.from || shown > look.to) onLook(pan(look, by, recording.duration_ms));
  };
  return (
    <PinLine
      ref={field}
      role="group"
      aria-label={t("group")}
      className={css.pins}
      onPointerDown={(e) => {
        if (e.button !== 0 || !(e.target as Element).closest("[data-grip]")) return;
        held.current = { x: e.clientX, offset: offsetMs, moved: false };
      }}
      onPointerMove={(e) => {
        const grip = held.current;
        if (!grip) return;
        if (!grip.moved && Math.abs(e.clientX - grip.x) < CLICK_PX) return;
        // Only now: a pointer that is captured at once would never become a click on the pin.
        if (!grip.moved) e.currentTarget.setPointerCapture(e.pointerId);
        grip.moved = true;
        onMove(grip.offset + (e.clientX - grip.x) * perPx());
      }}
      onPointerUp={() => {
        held.current = null;
      }}
      onPointerCancel={() => {
        held.current = null;
      }}
      onKeyDown={onKeyDown}
    >
      {marks.length > 0 && (
        <div
          className={css.grip}
          data-grip
          role="slider"
          tabIndex={0}
          aria-label={t("offset")}
          aria-valuemin={-recording.duration_ms / 1000}
          aria-valuemax={recording.duration_ms / 1000}
          aria-valuenow={offsetMs / 1000}
          aria-valuetext={offsetText(offsetMs)}
          style={{ left: share(first, look), width: share(look.from + last - first, look) }}
        />
      )}
      {marks.map((mark) => {
        const at = mark.startMs + offsetMs;
        if (at < look.from || at > look.to) return null;
        const { id, kind } = mark.view.observation;
        const words = wordsOf(mark) || t("pinWordless");
        return (
          <MarkPin
            key={id}
            kind={kind}
            number={mark.number}
            active={id === active}
            data-grip
            data-testid="align-pin"
            style={{ left: share(at, look) }}
            aria-label={t("pin", { number: mark.number, words: words.slice(0, 40), time: clockTenths(at) })}
            title={words.slice(0, 80)}
            onClick={() => onHear(mark)}
          />
        );
      })}
    </PinLine>
  );
}

/** The lanes. A press goes there with the sound; the wheel moves and, with Ctrl, zooms. */
function Lanes({ recording, regions, marks, offsetMs, look, active, onLook, onSeek }: Props) {
  const { t } = useTranslation("console");
  const field = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const head = useHead(recording, look);
  const lanes = lanesOf(recording.roles);
  const chosen = marks.find((m) => m.view.observation.id === active);
  const drawn = useMemo(() => {
    const span = chosen && { start_ms: chosen.startMs + offsetMs, end_ms: chosen.endMs + offsetMs };
    return span ? [...regions, { kind: "selection" as const, ...span }] : regions;
  }, [regions, chosen, offsetMs]);
  const painter = usePainter(canvas, { recording, regions: drawn, gap: 5 });
  useEffect(() => painter.current?.look(look), [painter, look]);

  const latest = useRef({ look, onLook });
  latest.current = { look, onLook };
  const duration = recording.duration_ms;
  useEffect(() => {
    const el = field.current;
    if (!el) return;
    const onWheel = (e: WheelEvent) => {
      const { look: now, onLook: set } = latest.current;
      const box = el.getBoundingClientRect();
      const sideways = e.deltaX || (e.shiftKey ? e.deltaY : 0);
      if (e.ctrlKey)
        set(zoom(now, e.deltaY > 0 ? 1.25 : 0.8, msOf(e.clientX - box.left, now, box.width), duration));
      else if (sideways) set(pan(now, (sideways / box.width) * (now.to - now.from), duration));
      else return;
      e.preventDefault();
    };
    el.addEventListener("wheel", onWheel, { passive: false });
    return () => el.removeEventListener("wheel", onWheel);
  }, [duration]);

  return (
    <LaneFrame
      ref={field}
      single={lanes.length < 2}
      heads={lanes.map((lane) => (
        <div key={lane.channel}>
          <VoiceLabel role={lane.role} />
        </div>
      ))}
      // The keys for seeking are the player's.
      onClick={(e) => {
        const box = e.currentTarget.getBoundingClientRect();
        onSeek(Math.min(duration, Math.max(0, msOf(e.clientX - box.left, look, box.width))));
      }}
    >
      <canvas ref={canvas} role="img" aria-label={t(lanes.length > 1 ? "lanesTwo" : "lanesOne")} />
      {marks.map((mark) => {
        const at = mark.startMs + offsetMs;
        if (at < look.from || at > look.to) return null;
        return <i key={mark.view.observation.id} className={css.mark} style={{ left: share(at, look) }} />;
      })}
      <span ref={head} className={css.now} />
    </LaneFrame>
  );
}
