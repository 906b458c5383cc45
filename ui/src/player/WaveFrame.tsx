import type { ComponentProps, ReactNode, Ref } from "react";
import css from "./WaveFrame.module.css";

/** The whole call on one line, and beside it what changes the part that is looked at. */
export function WaveTop({ children }: { children: ReactNode }) {
  return <div className={css.top}>{children}</div>;
}

/** The buttons that look closer and at more. */
export function ZoomGroup({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={css.zooms} role="group" aria-label={label}>
      {children}
    </div>
  );
}

type WholeProps = ComponentProps<"div"> & {
  canvas: Ref<HTMLCanvasElement>;
  /** Where the sound is. */
  now: Ref<HTMLSpanElement>;
  /** The part that is looked at. */
  window: { left: string; width: string };
};

/** The whole call: a box on what is looked at, a tick for every mark, a line where the sound is. */
export function WholeWave({ canvas, now, window, children, ...rest }: WholeProps) {
  return (
    <div {...rest} className={css.whole}>
      <canvas ref={canvas} />
      <span className={css.window} style={window} />
      {children}
      <span ref={now} className={css.now} />
    </div>
  );
}

/** A mark on the whole call. */
export function Tick(props: ComponentProps<"i">) {
  return <i {...props} className={css.tick} />;
}

/** Pins over their moments, and what stands beside them over the heads. */
export function PinLine({ beside, className, ...rest }: ComponentProps<"div"> & { beside?: ReactNode }) {
  return (
    <div className={css.pinLine}>
      {beside ?? <span />}
      <div {...rest} className={className ? `${css.pins} ${className}` : css.pins} />
    </div>
  );
}

type LaneProps = ComponentProps<"div"> & { single: boolean; heads: ReactNode };

/** The lanes: who is on them, and the field of their sound with everything that lies on it. */
export function LaneFrame({ single, heads, ...rest }: LaneProps) {
  return (
    <div className={css.lanes} data-single={single || undefined}>
      <div className={css.heads}>{heads}</div>
      <div {...rest} className={css.field} />
    </div>
  );
}
