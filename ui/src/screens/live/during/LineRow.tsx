import { memo, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { CaptureGap, ChannelRole, ObservationView, Segment } from "../../../ipc";
import { DoubtNote, doubtful } from "../../../parts/DoubtNote";
import { MarkPin } from "../../../parts/MarkPin";
import { VoiceLabel } from "../../../parts/VoiceLabel";
import { wordKey } from "../../../parts/words";
import { clock, lasting } from "../../../text/format";
import { isDoubtful } from "../../../things/case/doubt";
import { isFiller } from "../../../things/case/fillers";
import { choose, useDesk } from "../marks";
import { type Line, onDraft } from "../words";
import css from "./LineRow.module.css";

export type Pinned = { view: ObservationView; number: number };

type Props = {
  line: Line;
  role: ChannelRole;
  pins: Pinned[] | undefined;
  /** The sound is, so that a full pass follows. */
  isKept: boolean;
  /** Lines of nothing but fillers stand back. */
  dims: boolean;
};

/** One utterance: time, voice, pins, and its words; or a stretch without sound. */
export const LineRow = memo(function LineRow({ line, role, pins = [], isKept, dims }: Props) {
  if (line.kind === "gap") return <GapRow gap={line.gap} role={role} />;
  const quoted = pins.some((p) => p.view.observation.kind === "quote");
  const words =
    line.kind === "open" ? <Draft of={line.key} over={line.over} /> : <Said segments={line.segments} />;
  const dimmed = dims && line.kind === "said" && line.segments.every((s) => isFiller(s.text));
  return (
    <li
      className={css.line}
      data-testid="live-line"
      data-channel={line.lane}
      data-filler={dimmed || undefined}
      data-state={line.kind === "said" ? "final" : line.over ? "doubt" : "draft"}
    >
      <span className={`${css.time} figures`}>{clock(line.start)}</span>
      <VoiceLabel role={role} />
      <p>
        {pins.map((pin) => (
          <Pin key={pin.view.observation.id} pin={pin} />
        ))}
        {quoted ? <mark className={css.quoted}>{words}</mark> : words}
      </p>
      <Doubt line={line} isKept={isKept} />
    </li>
  );
});

/** Final words; what was hardly heard is marked. */
function Said({ segments }: { segments: Segment[] }) {
  return segments.map((s) =>
    isDoubtful(s) ? (
      <span key={s.id} {...doubtful}>
        {s.text}
      </span>
    ) : (
      s.text
    ),
  );
}

type DoubtProps = { line: Exclude<Line, { kind: "gap" }>; isKept: boolean };

/** Says that words are in doubt, and what will settle them. Beside the words, so that none moves when it goes. */
function Doubt({ line, isKept }: DoubtProps) {
  const { t } = useTranslation("live");
  if (line.kind === "open")
    return line.over ? <DoubtNote words={t("doubtAgain")} hint={t("doubtAgainHint")} /> : null;
  if (!line.segments.some(isDoubtful)) return null;
  return <DoubtNote hint={t(isKept ? "doubtKept" : "doubtNotKept")} />;
}

function Pin({ pin: { view, number } }: { pin: Pinned }) {
  const { t } = useTranslation("live");
  const { id, kind } = view.observation;
  const active = useDesk((s) => s.activeId === id);
  return (
    <MarkPin
      kind={kind}
      number={number}
      active={active}
      data-testid="live-mark-pin"
      aria-label={t("pinOf", { number, kind: t(wordKey("kind", kind), { ns: "common" }) })}
      onClick={() => choose(id)}
    />
  );
}

/** Words that may still change, written past React: what is certain in ink, the rest lighter, what stands in doubt marked. */
function Draft({ of, over }: { of: string; over: boolean }) {
  const certain = useRef<HTMLSpanElement>(null);
  const open = useRef<HTMLSpanElement>(null);
  useEffect(
    () =>
      onDraft(of, ({ committed, tentative }) => {
        if (certain.current) certain.current.textContent = committed;
        if (open.current) open.current.textContent = tentative;
      }),
    [of],
  );
  return (
    <>
      <span ref={certain} data-testid="live-committed" />
      <span ref={open} {...(over ? doubtful : { className: css.tentative })} data-testid="live-tentative" />
      {!over && <i className={css.caret} aria-hidden="true" data-testid="live-caret" />}
    </>
  );
}

function GapRow({ gap, role }: { gap: CaptureGap; role: ChannelRole }) {
  const { t } = useTranslation("live");
  const { kind, channel, start_ms, end_ms } = gap;
  const words = t(wordKey("gap", kind));
  return (
    <li
      className={css.gap}
      data-testid="live-gap"
      data-kind={kind}
      data-whole={channel === null || undefined}
    >
      <span className={`${css.time} figures`}>{clock(start_ms)}</span>
      {channel !== null && <VoiceLabel role={role} />}
      <span className={css.silence}>
        {end_ms === null ? words : t("gapFor", { what: words, time: lasting(end_ms - start_ms) })}
      </span>
    </li>
  );
}
