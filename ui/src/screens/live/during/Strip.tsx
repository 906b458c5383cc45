import { useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { CaptureGap, LiveStatus } from "../../../ipc";
import { VoiceLabel } from "../../../parts/VoiceLabel";
import { drawWave, fitCanvas, lanesOf, type Region, readColours } from "../../../player/draw";
import { drawingGain } from "../../../player/peaks";
import { useThemeTick } from "../../../player/useThemeTick";
import { clockNow } from "../../../things/live/call";
import { lastMinute, MINUTE_MS, onLevels } from "../../../things/live/sound";
import css from "./Strip.module.css";

/** Enlarged at the beginning; speech that needs less brings it down, and nothing brings it up again. */
const FIRST_GAIN = 2;
const CALM_MS = 1_000;

/** The last minute of both lanes, drawn as the console draws them. */
export function Strip({ status, className }: { status: LiveStatus; className?: string | undefined }) {
  const { t } = useTranslation("live");
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useThemeTick();
  const order = status.lanes.map((l) => l.role).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: `order` stands for the roles
  const lanes = useMemo(() => lanesOf(status.lanes.map((l) => l.role)), [order]);
  const gaps = useRef(status.gaps);
  gaps.current = status.gaps;

  // biome-ignore lint/correctness/useExhaustiveDependencies: `theme` stands for the colours
  useEffect(() => {
    const el = canvas.current;
    if (!el) return;
    const colours = readColours();
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    let gain = FIRST_GAIN;
    let drawn = 0;
    let size = el.getBoundingClientRect();
    const draw = () => {
      const { width, height } = size;
      const g = fitCanvas(el, width, height);
      if (!g) return;
      const tile = lastMinute();
      gain = Math.min(gain, drawingGain(tile));
      const view = { from: tile.startMs, to: tile.startMs + MINUTE_MS };
      const regions = gaps.current.map(regionOf);
      drawWave(g, { view, tiles: [tile], lanes, regions, gain, colours, width, height, gap: 2 }, true);
    };
    const observer = new ResizeObserver(() => {
      size = el.getBoundingClientRect();
      draw();
    });
    observer.observe(el);
    draw();
    const stop = onLevels(() => {
      const now = performance.now();
      if (calm && now - drawn < CALM_MS) return;
      drawn = now;
      draw();
    });
    return () => {
      stop();
      observer.disconnect();
    };
  }, [lanes, theme]);

  return (
    <div className={className ? `${css.strip} ${className}` : css.strip}>
      <div className={css.heads} aria-hidden="true">
        {lanes.map((lane) => (
          <VoiceLabel key={lane.channel} role={lane.role} />
        ))}
      </div>
      <canvas
        ref={canvas}
        role="img"
        aria-label={t(lanes.length > 1 ? "stripTwo" : "stripOne")}
        data-lanes={lanes.length}
      />
      <div className={css.time}>
        <span>{t("minuteAgo")}</span>
        <span>{t("halfMinuteAgo")}</span>
        <span>{t("now")}</span>
      </div>
    </div>
  );
}

/** A stretch without sound as the waveform shows it; one that lasts goes to the edge. */
function regionOf({ kind, start_ms, end_ms }: CaptureGap): Region {
  return { kind: kind === "pause" ? "paused" : "lost", start_ms, end_ms: end_ms ?? clockNow() };
}
