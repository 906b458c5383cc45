import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Observation } from "../../../ipc";
import { isComposing, keyName } from "../../../keys/chord";
import { useChordLabels } from "../../../keys/labels";
import { clockTenths, parseClock } from "../../../text/format";
import { nudge, patch } from "../marks";
import { useConsole } from "../store";
import css from "./RangeFields.module.css";

/** Start and end as times that can be typed, or moved by ↑ ↓. */
export function RangeFields({ observation }: { observation: Observation }) {
  const draft = useConsole((s) => s.draft);
  const range = draft ?? observation;
  return (
    <span className={css.range}>
      <TimeField id={observation.id} end="start_ms" value={range.start_ms} />
      <span aria-hidden="true">–</span>
      <TimeField id={observation.id} end="end_ms" value={range.end_ms} />
    </span>
  );
}

type End = "start_ms" | "end_ms";

function TimeField({ id, end, value }: { id: string; end: End; value: number }) {
  const { t } = useTranslation("console");
  const chord = useChordLabels();
  const duration = useConsole((s) => s.here?.durationMs ?? 0);
  const [text, setText] = useState<string | null>(null);
  const shown = clockTenths(value);
  const done = () => {
    const ms = text === null ? null : parseClock(text);
    setText(null);
    if (ms === null || Math.abs(ms - value) < 50) return;
    void patch(id, { [end]: Math.min(duration, ms) }).catch(() => undefined);
  };
  const earlier = chord(end === "start_ms" ? "range.startEarlier" : "range.endEarlier")?.text;
  const later = chord(end === "start_ms" ? "range.startLater" : "range.endLater")?.text;
  const name = t(end === "start_ms" ? "rangeStart" : "rangeEnd");
  return (
    <input
      className="figures"
      aria-label={name}
      title={[name, earlier, later].filter(Boolean).join("  ")}
      style={{ width: `${shown.length + 1}ch` }}
      value={text ?? shown}
      onChange={(e) => setText(e.target.value)}
      onFocus={(e) => e.target.select()}
      onBlur={done}
      onKeyDown={(e) => {
        if (isComposing(e.nativeEvent)) return;
        const by = { ArrowUp: 200, ArrowDown: -200 }[e.key];
        if (by) {
          e.preventDefault();
          nudge(end, by);
        } else if (keyName(e) === "Enter") {
          e.preventDefault();
          e.currentTarget.blur();
        } else if (keyName(e) === "Escape") {
          e.preventDefault();
          setText(null);
          e.currentTarget.blur();
        }
      }}
    />
  );
}
