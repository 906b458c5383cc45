import { useEffect, useRef, useState } from "react";
import { clock, clockTenths } from "../../../app/format";
import { ticks } from "../../../player/timeline";
import { useConsole } from "../store";

/** Times under the lanes. */
export function Ruler() {
  const view = useConsole((s) => s.view);
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
    <div ref={line} className="rul" aria-hidden="true">
      {at.map((ms) => (
        <span key={ms} style={{ left: `${((ms - view.from) / length) * 100}%` }}>
          {fine ? clockTenths(ms) : clock(ms)}
        </span>
      ))}
    </div>
  );
}
