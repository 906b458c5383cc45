import { useEffect, useRef } from "react";
import type { ChannelRole } from "../ipc";
import { ipc } from "../ipc";
import { drawWave, fitCanvas, lanesOf, readColours } from "./draw";
import css from "./MiniWave.module.css";
import { drawingGain, readPeaks } from "./peaks";
import { useThemeTick } from "./useThemeTick";

type Props = { recordingId: string; startMs: number; endMs: number; roles: readonly ChannelRole[] };

/** A small picture of one moment; the control beside it plays it. */
export function MiniWave({ recordingId, startMs, endMs, roles }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useThemeTick();
  const order = roles.join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: `order` stands for `roles`, `theme` for the colours
  useEffect(() => {
    const el = canvas.current;
    if (!el) return;
    let gone = false;
    const { width, height } = el.getBoundingClientRect();
    const view = { from: startMs, to: endMs };
    void ipc
      .peaks({
        recording_id: recordingId,
        start_ms: startMs,
        end_ms: endMs,
        columns: Math.max(1, Math.round(width)),
      })
      .then((bytes) => {
        const g = gone ? null : fitCanvas(el, width, height);
        if (!g) return;
        const tile = readPeaks(bytes);
        const shape = { view, tiles: [tile], lanes: lanesOf(roles), regions: [], gain: drawingGain(tile) };
        drawWave(g, { ...shape, colours: readColours(), width, height, gap: 1 }, true);
      })
      // The words beside the picture say what is missing.
      .catch(() => undefined);
    return () => {
      gone = true;
    };
  }, [recordingId, startMs, endMs, order, theme]);
  return (
    <span aria-hidden="true">
      <canvas ref={canvas} className={css.wave} data-part="mini-wave" />
    </span>
  );
}
