import { memo, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { clock, lasting } from "../../../app/format";
import type { CaptureGap, ChannelRole } from "../../../ipc";
import { MarkPin } from "../../../parts/MarkPin";
import { VoiceLabel } from "../../../parts/VoiceLabel";
import { wordKey } from "../../../parts/words";
import { choose, useDesk } from "../marks";
import { type Line, onDraft } from "../words";
import type { Pinned } from "./TextList";

type Props = { line: Line; role: ChannelRole; pins: Pinned[] | undefined };

/** One utterance: time, voice, pins, and its words; or a stretch without sound. */
export const LineRow = memo(function LineRow({ line, role, pins = [] }: Props) {
  if (line.kind === "gap") return <GapRow gap={line.gap} role={role} />;
  const quoted = pins.some((p) => p.view.observation.kind === "quote");
  const words = line.kind === "open" ? <Draft of={line.key} /> : line.segments.map((s) => s.text).join("");
  return (
    <li
      className="lv-line"
      data-testid="live-line"
      data-channel={line.lane}
      data-state={line.kind === "open" ? "draft" : "final"}
    >
      <span className="tt num">{clock(line.start)}</span>
      <VoiceLabel role={role} />
      <p>
        {pins.map((pin) => (
          <Pin key={pin.view.observation.id} pin={pin} />
        ))}
        {quoted ? <mark className="q">{words}</mark> : words}
      </p>
    </li>
  );
});

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

/** Words that may still change, written past React: what is certain in ink, the rest lighter. */
function Draft({ of }: { of: string }) {
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
      <span ref={open} className="lv-tent" data-testid="live-tentative" />
      <i className="lv-caret" aria-hidden="true" />
    </>
  );
}

function GapRow({ gap, role }: { gap: CaptureGap; role: ChannelRole }) {
  const { t } = useTranslation("live");
  const { kind, channel, start_ms, end_ms } = gap;
  const words = t(wordKey("gap", kind));
  return (
    <li className="lv-gap" data-testid="live-gap" data-kind={kind}>
      <span className="tt num">{clock(start_ms)}</span>
      {channel !== null && <VoiceLabel role={role} />}
      <span>{end_ms === null ? words : t("gapFor", { what: words, time: lasting(end_ms - start_ms) })}</span>
    </li>
  );
}
