import { type PointerEvent, type RefObject, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { ObservationView } from "../../../ipc";
import { msOf } from "../../../player/timeline";
import { clockTenths } from "../../../text/format";
import { nudge, patch } from "../marks";
import { useConsole } from "../store";
import css from "./Lanes.module.css";

type Props = { observations: ObservationView[]; field: RefObject<HTMLDivElement | null>; duration: number };
type End = "start_ms" | "end_ms";

/** The two ends of the active observation, to be dragged or moved with the arrows. */
export function Handles({ observations, field, duration }: Props) {
  const { t } = useTranslation("console");
  const view = useConsole((s) => s.view);
  const activeId = useConsole((s) => s.activeId);
  const draft = useConsole((s) => s.draft);
  const selection = useConsole((s) => s.selection);
  const held = useRef<End | null>(null);
  const active = observations.find((v) => v.observation.id === activeId)?.observation;
  if (active?.anchor !== "sound" || (selection && !draft)) return null;
  const range = draft ?? { start_ms: active.start_ms, end_ms: active.end_ms };

  const move = (e: PointerEvent, end: End) => {
    const r = field.current?.getBoundingClientRect();
    if (!r) return;
    const at = Math.round(Math.min(duration, Math.max(0, msOf(e.clientX - r.left, view, r.width))));
    const next = { ...range, [end]: at };
    if (next.end_ms - next.start_ms >= 200) useConsole.setState({ draft: next });
  };
  const drop = () => {
    const end = held.current;
    held.current = null;
    const changed = useConsole.getState().draft;
    if (!end || !changed) return;
    void patch(active.id, { [end]: changed[end] }).catch(() => undefined);
    useConsole.setState({ draft: null });
  };
  const length = Math.max(1, view.to - view.from);
  const handle = (end: End) => {
    const left = (range[end] - view.from) / length;
    if (left < 0 || left > 1) return null;
    return (
      <div
        key={end}
        className={css.handle}
        data-handle={end}
        style={{ left: `${left * 100}%` }}
        role="slider"
        tabIndex={0}
        aria-label={t(end === "start_ms" ? "rangeStart" : "rangeEnd")}
        aria-valuemin={0}
        aria-valuemax={Math.floor(duration / 1000)}
        aria-valuenow={Math.round(range[end] / 1000)}
        aria-valuetext={clockTenths(range[end])}
        onPointerDown={(e) => {
          if (e.button !== 0) return;
          e.stopPropagation();
          e.currentTarget.setPointerCapture(e.pointerId);
          held.current = end;
          useConsole.setState({ draft: range });
        }}
        onPointerMove={(e) => held.current === end && move(e, end)}
        onPointerUp={drop}
        onPointerCancel={() => {
          held.current = null;
          useConsole.setState({ draft: null });
        }}
        onKeyDown={(e) => {
          const by = { ArrowLeft: -200, ArrowRight: 200 }[e.key];
          if (!by || e.altKey || e.ctrlKey) return;
          e.preventDefault();
          e.stopPropagation();
          nudge(end, e.shiftKey ? by * 5 : by);
        }}
      />
    );
  };
  return (
    <>
      {handle("start_ms")}
      {handle("end_ms")}
    </>
  );
}
