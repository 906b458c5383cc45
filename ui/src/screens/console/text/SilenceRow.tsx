import { useTranslation } from "react-i18next";
import type { Region } from "../../../ipc";
import { Button } from "../../../parts/Button";
import { clock, lasting } from "../../../text/format";
import { playFrom } from "../playing";
import css from "./rows.module.css";
import type { Place } from "./TurnRow";

/** Why nothing is heard. */
function wordOf({ kind }: Region): "silenceFor" | "pausedFor" | "lostFor" {
  return kind === "paused" ? "pausedFor" : kind === "lost" ? "lostFor" : "silenceFor";
}

/** A silence long enough to be seen, or a stretch that was paused or lost. */
export function SilenceRow({ place, silence }: { place: Place; silence: Region }) {
  const { t } = useTranslation("console");
  const time = clock(silence.start_ms);
  return (
    <li
      ref={place.ref}
      data-index={place.index}
      className={css.silence}
      data-kind={silence.kind}
      style={{ transform: `translateY(${place.top}px)` }}
    >
      <button
        type="button"
        className={css.time}
        aria-label={t("playFrom", { time })}
        onClick={() => playFrom(silence.start_ms)}
      >
        {time}
      </button>
      <span>{t(wordOf(silence), { time: lasting(silence.end_ms - silence.start_ms) })}</span>
      <Button className={css.jump} size="small" tone="ghost" onClick={() => playFrom(silence.end_ms)}>
        {t("jumpSilence")}
      </Button>
    </li>
  );
}
