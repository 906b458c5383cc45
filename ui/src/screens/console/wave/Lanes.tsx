import { type PointerEvent, useCallback, useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { ObservationView, Recording, Region, Span } from "../../../ipc";
import { onFrameOf, playerState, positionOf } from "../../../player/clock";
import type { Region as Drawn } from "../../../player/draw";
import { follow, msOf, pan, xOf, zoom } from "../../../player/timeline";
import { usePainter } from "../../../player/usePainter";
import { LaneFrame } from "../../../player/WaveFrame";
import { clock } from "../../../text/format";
import { seekBy, seekTo } from "../playing";
import { look, useConsole } from "../store";
import { Handles } from "./Handles";
import { LaneHeads } from "./LaneHeads";
import css from "./Lanes.module.css";
import { RegionLabels } from "./RegionLabels";
import { useSpokenTime } from "./spoken";

type Props = { recording: Recording; regions: Region[]; observations: ObservationView[] };

/** A drag shorter than this is a click. */
const CLICK_PX = 4;

/** The lanes with everything that lies on them. */
export function Lanes({ recording, regions, observations }: Props) {
  const { t } = useTranslation("console");
  const field = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const range = useActiveRange(observations);
  const drawn = useMemo<Drawn[]>(
    () => (range ? [...regions, { kind: "selection", ...range }] : regions),
    [regions, range],
  );
  const painter = usePainter(canvas, { recording, regions: drawn, gap: 5 });

  // The window moves without rendering: the painter is told straight from the store.
  useEffect(() => {
    painter.current?.look(useConsole.getState().view);
    return useConsole.subscribe((s, before) => {
      if (s.view !== before.view) painter.current?.look(s.view);
    });
  }, [painter]);

  useWheel(field, recording.duration_ms);
  const drag = useDrag(field, recording.duration_ms);

  return (
    <LaneFrame
      ref={field}
      single={recording.channels < 2}
      heads={<LaneHeads recording={recording} />}
      {...drag}
    >
      <canvas ref={canvas} role="img" aria-label={t(recording.channels > 1 ? "lanesTwo" : "lanesOne")} />
      <RegionLabels regions={regions} />
      <Playhead recording={recording} />
      <Handles observations={observations} field={field} duration={recording.duration_ms} />
    </LaneFrame>
  );
}

/** The range drawn on the lanes: being dragged, selected, or the active observation's. */
function useActiveRange(observations: ObservationView[]): Span | null {
  const draft = useConsole((s) => s.draft);
  const selection = useConsole((s) => s.selection);
  const activeId = useConsole((s) => s.activeId);
  return useMemo(() => {
    if (draft) return draft;
    if (selection) return selection;
    const o = observations.find((v) => v.observation.id === activeId)?.observation;
    return o && o.anchor !== "whole" ? { start_ms: o.start_ms, end_ms: o.end_ms } : null;
  }, [draft, selection, activeId, observations]);
}

/** Line and time where the sound is, and the slider that assistive technology sees. */
function Playhead({ recording }: { recording: Recording }) {
  const { t } = useTranslation("console");
  const spoken = useSpokenTime();
  const line = useRef<HTMLDivElement>(null);
  const label = useRef<HTMLSpanElement>(null);
  const duration = recording.duration_ms;

  useEffect(() => {
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
    let second = -1;
    const place = (at: number) => {
      const el = line.current;
      const width = el?.parentElement?.clientWidth ?? 0;
      if (!el) return;
      const state = useConsole.getState();
      const mine = playerState().recording_id === recording.id;
      if (mine && playerState().playing && state.viewFollows) {
        const next = follow(state.view, at, duration);
        if (next !== state.view) look(next);
      }
      const shown = calm.matches ? Math.floor(at / 1000) * 1000 : at;
      const x = xOf(shown, useConsole.getState().view, width);
      el.style.transform = `translateX(${x}px)`;
      el.style.visibility = x < 0 || x > width ? "hidden" : "visible";
      const now = Math.floor(at / 1000);
      if (now === second) return;
      second = now;
      if (label.current) label.current.textContent = clock(at);
      el.setAttribute("aria-valuenow", String(now));
      el.setAttribute("aria-valuetext", spoken(at, duration));
    };
    const stop = onFrameOf(recording.id, place);
    const unsubscribe = useConsole.subscribe((s, before) => {
      if (s.view !== before.view) place(positionOf(recording.id));
    });
    // A window that changes its size while nothing plays gives no frame.
    const observer = new ResizeObserver(() => place(positionOf(recording.id)));
    if (line.current?.parentElement) observer.observe(line.current.parentElement);
    return () => {
      stop();
      unsubscribe();
      observer.disconnect();
    };
  }, [duration, recording.id, spoken]);

  return (
    <div
      ref={line}
      className={css.playhead}
      role="slider"
      tabIndex={0}
      aria-label={t("playhead")}
      aria-valuemin={0}
      aria-valuemax={Math.floor(duration / 1000)}
      aria-valuenow={0}
      onKeyDown={(e) => {
        const to = { Home: 0, End: duration }[e.key];
        if (to !== undefined) seekTo(to);
        else if (e.key === "PageUp") seekBy(-60_000);
        else if (e.key === "PageDown") seekBy(60_000);
        else return;
        e.preventDefault();
      }}
    >
      <span ref={label} />
    </div>
  );
}

/** Wheel: sideways along the call, with Ctrl in and out at the pointer. */
function useWheel(field: React.RefObject<HTMLDivElement | null>, duration: number): void {
  useEffect(() => {
    const el = field.current;
    if (!el) return;
    const onWheel = (e: WheelEvent) => {
      e.preventDefault();
      const { view } = useConsole.getState();
      const { left, width } = el.getBoundingClientRect();
      if (e.ctrlKey || e.metaKey) {
        const factor = Math.exp(Math.max(-1, Math.min(1, e.deltaY / 240)));
        look(zoom(view, factor, msOf(e.clientX - left, view, width), duration));
        return;
      }
      const by = Math.abs(e.deltaX) > Math.abs(e.deltaY) ? e.deltaX : e.deltaY;
      look(pan(view, (by / Math.max(1, width)) * (view.to - view.from), duration), true);
    };
    el.addEventListener("wheel", onWheel, { passive: false });
    return () => el.removeEventListener("wheel", onWheel);
  }, [field, duration]);
}

/** A click goes there; a drag draws a range. */
function useDrag(field: React.RefObject<HTMLDivElement | null>, duration: number) {
  const from = useRef<{ x: number; ms: number; moved: boolean } | null>(null);
  const at = useCallback(
    (e: PointerEvent) => {
      const r = field.current?.getBoundingClientRect();
      if (!r) return 0;
      return Math.min(duration, Math.max(0, msOf(e.clientX - r.left, useConsole.getState().view, r.width)));
    },
    [field, duration],
  );
  return {
    onPointerDown: (e: PointerEvent<HTMLDivElement>) => {
      if (e.button !== 0 || (e.target as Element).closest("[data-handle]")) return;
      e.currentTarget.setPointerCapture(e.pointerId);
      from.current = { x: e.clientX, ms: at(e), moved: false };
    },
    onPointerMove: (e: PointerEvent<HTMLDivElement>) => {
      const start = from.current;
      if (!start) return;
      if (!start.moved && Math.abs(e.clientX - start.x) < CLICK_PX) return;
      start.moved = true;
      const now = at(e);
      const selection = {
        start_ms: Math.round(Math.min(start.ms, now)),
        end_ms: Math.round(Math.max(start.ms, now)),
      };
      useConsole.setState({ selection });
    },
    onPointerUp: (e: PointerEvent<HTMLDivElement>) => {
      const start = from.current;
      from.current = null;
      if (!start || start.moved) return;
      useConsole.setState({ selection: null });
      seekTo(at(e));
    },
    onPointerCancel: () => {
      from.current = null;
    },
  };
}
