import { type RefObject, useEffect, useMemo, useRef } from "react";
import type { Recording } from "../ipc";
import { onFrameOf, usePlayer } from "./clock";
import { lanesOf, type Region } from "./draw";
import { WavePainter } from "./painter";
import { useThemeTick } from "./useThemeTick";

type Painted = { recording: Recording; regions: readonly Region[]; gap: number };

/** Ties a painter to a canvas: size, theme, roles, regions, and the playhead. */
export function usePainter(
  canvas: RefObject<HTMLCanvasElement | null>,
  { recording, regions, gap }: Painted,
): RefObject<WavePainter | null> {
  const painter = useRef<WavePainter | null>(null);
  const theme = useThemeTick();
  const muted = usePlayer((p) => p.lanes);
  const { id, duration_ms } = recording;
  const roles = recording.roles.join();

  useEffect(() => {
    const el = canvas.current;
    if (!el) return;
    const made = new WavePainter(el, { recordingId: id, durationMs: duration_ms }, gap);
    painter.current = made;
    const measure = () => {
      const { width, height } = el.getBoundingClientRect();
      made.resize(Math.round(width), Math.round(height));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(el);
    const stop = onFrameOf(id, (at) => made.moveTo(at));
    return () => {
      stop();
      observer.disconnect();
      made.end();
      painter.current = null;
    };
  }, [canvas, id, duration_ms, gap]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `roles` stands for the recording's roles
  const lanes = useMemo(
    () =>
      lanesOf(recording.roles).map((lane) => ({
        ...lane,
        quiet: muted.solo === null ? muted.muted.includes(lane.channel) : muted.solo !== lane.channel,
      })),
    [roles, muted],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: a painter made anew (id) has to be told again
  useEffect(() => painter.current?.show(lanes, regions), [lanes, regions, id, gap]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `theme` counts changes of the colours
  useEffect(() => painter.current?.recolour(), [theme]);
  return painter;
}
