import { type PointerEvent, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { ObservationView, Recording, Region } from "../../../ipc";
import { onFrameOf, positionOf } from "../../../player/clock";
import { pan } from "../../../player/timeline";
import { usePainter } from "../../../player/usePainter";
import { Tick, WholeWave } from "../../../player/WaveFrame";
import { seekBy, seekTo } from "../playing";
import { look, useConsole } from "../store";
import { useSpokenTime } from "./spoken";

type Props = { recording: Recording; regions: Region[]; observations: ObservationView[] };

const share = (ms: number, duration: number) => `${(ms / Math.max(1, duration)) * 100}%`;

/** The whole call. A click goes there; the box is the part shown below and can be dragged. */
export function Overview({ recording, regions, observations }: Props) {
  const { t } = useTranslation("console");
  const spoken = useSpokenTime();
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const head = useRef<HTMLSpanElement>(null);
  const duration = recording.duration_ms;
  const view = useConsole((s) => s.view);
  const grip = useRef<{ x: number; from: number; moved: boolean } | null>(null);
  usePainter(canvas, { recording, regions, gap: 1 });

  useEffect(() => {
    let second = -1;
    return onFrameOf(recording.id, (at) => {
      if (head.current) head.current.style.left = share(at, duration);
      const now = Math.floor(at / 1000);
      if (now === second || !box.current) return;
      second = now;
      box.current.setAttribute("aria-valuenow", String(now));
      box.current.setAttribute("aria-valuetext", spoken(at, duration));
    });
  }, [duration, recording.id, spoken]);

  const timeAt = (e: PointerEvent) => {
    const r = box.current?.getBoundingClientRect();
    return r ? ((e.clientX - r.left) / Math.max(1, r.width)) * duration : 0;
  };
  const onPointerDown = (e: PointerEvent<HTMLDivElement>) => {
    if (e.button !== 0) return;
    const at = timeAt(e);
    e.currentTarget.setPointerCapture(e.pointerId);
    const inside = at >= view.from && at <= view.to && view.to - view.from < duration * 0.98;
    grip.current = { x: at, from: inside ? view.from : Number.NaN, moved: false };
  };
  const onPointerMove = (e: PointerEvent<HTMLDivElement>) => {
    const held = grip.current;
    if (!held) return;
    const at = timeAt(e);
    if (Math.abs(at - held.x) > duration / 400) held.moved = true;
    if (!held.moved) return;
    if (Number.isNaN(held.from)) seekTo(at);
    else look(pan({ from: held.from, to: held.from + view.to - view.from }, at - held.x, duration), true);
  };
  const onPointerUp = (e: PointerEvent<HTMLDivElement>) => {
    if (grip.current && !grip.current.moved) seekTo(timeAt(e));
    grip.current = null;
  };

  return (
    <WholeWave
      ref={box}
      canvas={canvas}
      now={head}
      window={{ left: share(view.from, duration), width: share(view.to - view.from, duration) }}
      role="slider"
      tabIndex={0}
      aria-label={t("overview")}
      aria-valuemin={0}
      aria-valuemax={Math.floor(duration / 1000)}
      aria-valuenow={Math.floor(positionOf(recording.id) / 1000)}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={() => {
        grip.current = null;
      }}
      onKeyDown={(e) => {
        const to = { Home: 0, End: duration }[e.key];
        if (to !== undefined) seekTo(to);
        else if (e.key === "PageUp") seekBy(-60_000);
        else if (e.key === "PageDown") seekBy(60_000);
        else return;
        e.preventDefault();
      }}
    >
      {observations.map(({ observation: o }) =>
        o.anchor === "whole" ? null : <Tick key={o.id} style={{ left: share(o.start_ms, duration) }} />,
      )}
    </WholeWave>
  );
}
