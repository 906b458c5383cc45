import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { ObservationView } from "../../../ipc";
import { MarkPin } from "../../../parts/MarkPin";
import { wordKey } from "../../../parts/words";
import { PinLine } from "../../../player/WaveFrame";
import { isolated } from "../../../text/bidi";
import { clock } from "../../../text/format";
import { seekTo } from "../playing";
import { activate, useConsole } from "../store";

type Props = { observations: ObservationView[]; beside: ReactNode };

/** Marks of the part that is shown, over their moment. */
export function PinRow({ observations, beside }: Props) {
  const { t } = useTranslation("console");
  const view = useConsole((s) => s.view);
  const activeId = useConsole((s) => s.activeId);
  const length = Math.max(1, view.to - view.from);
  return (
    <PinLine beside={beside} data-testid="pins">
      {observations.map(({ observation: o }, i) => {
        // What speaks of the whole stands at no moment.
        if (o.anchor === "whole") return null;
        // A pin stands in the first part of its range, where the ear was when the key went down.
        const at = Math.min((o.start_ms + o.end_ms) / 2, o.start_ms + 8000);
        if (at < view.from || at > view.to) return null;
        const kind = t(wordKey("kind", o.kind), { ns: "common" });
        const words = o.text || o.quote;
        return (
          <MarkPin
            key={o.id}
            kind={o.kind}
            number={i + 1}
            active={o.id === activeId}
            style={{
              left: `${((at - view.from) / length) * 100}%`,
              zIndex: o.id === activeId ? 2 : undefined,
            }}
            aria-label={t("pin", { number: i + 1, kind, time: clock(o.start_ms), words: words.slice(0, 40) })}
            aria-pressed={o.id === activeId}
            title={words ? `${kind} ${isolated(words.slice(0, 80))}` : kind}
            onClick={() => {
              activate(o.id);
              seekTo(o.start_ms);
            }}
          />
        );
      })}
    </PinLine>
  );
}
