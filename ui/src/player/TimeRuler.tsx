import { useEffect, useRef, useState } from "react";
import { clock, clockTenths } from "../text/format";
import css from "./TimeRuler.module.css";
import { ticks, type Window } from "./timeline";

/** Under its moment, but at the ends pulled inside, so that no time is cut. */
function place(share: number) {
  const shift = share < 0.02 ? "0" : share > 0.98 ? "-100%" : "-50%";
  return { left: `${share * 100}%`, transform: `translateX(${shift})` };
}

/** Times of the part that is looked at. */
export function TimeRuler({ view }: { view: Window }) {
  const line = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(800);
  useEffect(() => {
    const el = line.current;
    if (!el) return;
    const observer = new ResizeObserver(() => setWidth(el.offsetWidth));
    observer.observe(el);
    setWidth(el.offsetWidth);
    return () => observer.disconnect();
  }, []);
  const length = Math.max(1, view.to - view.from);
  const at = ticks(view, width);
  const fine = (at[1] ?? 0) - (at[0] ?? 0) < 1000;
  return (
    <div ref={line} className={css.ruler} aria-hidden="true">
      {at.map((ms) => (
        <span key={ms} style={place((ms - view.from) / length)}>
          {fine ? clockTenths(ms) : clock(ms)}
        </span>
      ))}
    </div>
  );
}
