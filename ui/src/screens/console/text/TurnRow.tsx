import { type ComponentProps, memo } from "react";
import { useTranslation } from "react-i18next";
import type { ObservationView, Recording, Region, Segment } from "../../../ipc";
import { useChordLabel } from "../../../keys/labels";
import { buttonLook, Tip, Withheld } from "../../../parts/Button";
import { DoubtNote, doubtful, lineNote } from "../../../parts/DoubtNote";
import { Icon, type IconName } from "../../../parts/Icon";
import { Marked } from "../../../parts/Marked";
import { MarkPin } from "../../../parts/MarkPin";
import { VoiceLabel } from "../../../parts/VoiceLabel";
import type { Why } from "../../../records/withheld";
import { clock } from "../../../text/format";
import { isDoubtful } from "../../../things/case/doubt";
import { copyLink } from "../copyLink";
import { playFrom, seekTo } from "../playing";
import { activate, useAudible, useConsole } from "../store";
import { Aside, type Voices } from "./Aside";
import { EditTurn } from "./EditTurn";
import { correction, marksOn, overtalkIn } from "./rows";
import css from "./rows.module.css";

export type Place = { ref: (el: Element | null) => void; index: number; top: number };

type Props = {
  place: Place;
  startMs: number;
  segment: Segment | undefined;
  recording: Recording;
  voices: Voices;
  observations: ObservationView[];
  overtalk: Region[];
  now: boolean;
  find: string;
  editing: boolean;
  /** Nothing but a filler is said: the row stands back. */
  dimmed?: boolean;
  /** Fillers of the other side that are shown within this turn. */
  asides?: readonly Segment[];
  /** Why the words are not for who sits here to correct. */
  why?: Why;
  onEdit: (segmentId: string | null) => void;
};

/** One turn: time, voice, words, and what is said of it. */
export const TurnRow = memo(
  function TurnRow(props: Props) {
    const { place, startMs, segment, recording, voices, observations, overtalk, now, find, editing, onEdit } =
      props;
    const { dimmed = false, asides = none, why = null } = props;
    const { t } = useTranslation("console");
    const audible = useAudible();
    const editKey = useChordLabel("text.edit")?.text;
    const editLabel = editKey ? `${t("editTurn")}  ${editKey}` : t("editTurn");
    const onChannel = recording.roles[segment?.channel ?? 0] ?? "unknown";
    const role = segment?.role ?? onChannel;
    const name = role === "agent" ? voices.agent : role === "customer" ? voices.customer : undefined;
    const marks = segment ? marksOn(segment, observations) : [];
    return (
      <li
        ref={place.ref}
        data-index={place.index}
        data-turn={segment?.ordinal}
        data-testid="turn-row"
        className={css.turn}
        data-filler={dimmed || undefined}
        style={{ transform: `translateY(${place.top}px)` }}
        aria-current={now || undefined}
      >
        {audible ? (
          <button
            type="button"
            className={css.time}
            data-testid="turn-time"
            aria-label={t("playFrom", { time: clock(startMs) })}
            onClick={() => playFrom(startMs)}
          >
            {clock(startMs)}
          </button>
        ) : (
          <span className={css.time} data-testid="turn-time">
            {clock(startMs)}
          </span>
        )}
        {segment ? <VoiceLabel role={role} name={name} /> : <span />}
        {segment && editing ? (
          <EditTurn segment={segment} role={role} onDone={() => onEdit(null)} />
        ) : (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the time button is the same for the keyboard
          <p
            onClick={() => {
              if (window.getSelection()?.isCollapsed !== false) seekTo(startMs);
            }}
          >
            {segment ? (
              <>
                <Words segment={segment} find={find} marks={marks.map((m) => m.view)} />
                {asides.map((said) => (
                  <Aside key={said.id} said={said} recording={recording} voices={voices} find={find} />
                ))}
              </>
            ) : (
              <span className={css.waiting} />
            )}
          </p>
        )}
        <span className={css.notes}>
          {segment && !editing && <Notes segment={segment} overtalk={overtalk} marks={marks} />}
          {segment && !editing && (
            <span className={css.actions}>
              {why ? (
                <Withheld why={why} label={editLabel}>
                  <RowButton icon="edit" label={editLabel} />
                </Withheld>
              ) : (
                <RowButton icon="edit" label={editLabel} onClick={() => onEdit(segment.id)} />
              )}
              <RowButton
                icon="link"
                label={t("copyLink", { ns: "common" })}
                onClick={() => copyLink(recording.case_id, segment)}
              />
            </span>
          )}
        </span>
      </li>
    );
  },
  (a, b) =>
    a.startMs === b.startMs &&
    a.segment === b.segment &&
    a.now === b.now &&
    a.find === b.find &&
    a.editing === b.editing &&
    a.why === b.why &&
    a.dimmed === b.dimmed &&
    sameAsides(a.asides, b.asides) &&
    a.place.top === b.place.top &&
    a.place.index === b.place.index &&
    a.recording === b.recording &&
    a.voices === b.voices &&
    a.observations === b.observations &&
    a.overtalk === b.overtalk,
);

const none: readonly Segment[] = [];

/** The list is made anew with every page of text; its segments are not. */
const sameAsides = (a = none, b = none): boolean =>
  a.length === b.length && a.every((said, i) => said === b[i]);

/** As light as a button gets: there are two on every row that scrolls by. */
function RowButton({ icon, label, ...rest }: { icon: IconName; label: string } & ComponentProps<"button">) {
  return (
    <button
      type="button"
      {...buttonLook({ tone: "ghost", isIcon: true, size: "small" })}
      aria-label={label}
      title={label}
      {...rest}
    >
      <Icon name={icon} />
    </button>
  );
}

function Words({ segment, find, marks }: { segment: Segment; find: string; marks: ObservationView[] }) {
  const quoted = marks.some((m) => m.observation.kind === "quote");
  const words = find ? (
    <Marked text={segment.text} looked={find} />
  ) : segment.text_original !== null ? (
    <Corrected text={segment.text} original={segment.text_original} />
  ) : (
    segment.text
  );
  const body = isDoubtful(segment) ? <span {...doubtful}>{words}</span> : words;
  if (marks.length === 0) return body;
  return (
    <mark className={css.marked} data-quoted={quoted || undefined}>
      {body}
    </mark>
  );
}

function Corrected({ text, original }: { text: string; original: string }) {
  const [before, changed, after] = correction(text, original);
  return (
    <>
      {before}
      {changed && <span className={css.corrected}>{changed}</span>}
      {after}
    </>
  );
}

type NotesProps = {
  segment: Segment;
  overtalk: Region[];
  marks: { view: ObservationView; number: number }[];
};

/** What is said of the turn: corrected, in doubt, talked over, marked. */
function Notes({ segment, overtalk, marks }: NotesProps) {
  const { t } = useTranslation("console");
  const activeId = useConsole((s) => s.activeId);
  const both = overtalkIn(segment, overtalk);
  return (
    <>
      {segment.text_original !== null && (
        <Tip label={t("original", { text: segment.text_original })}>
          <button type="button" className={lineNote}>
            <Icon name="history" size="tiny" />
            {t("corrected")}
          </button>
        </Tip>
      )}
      {isDoubtful(segment) && (
        <DoubtNote hint={t("doubtHint", { share: Math.round(segment.confidence * 100) })} />
      )}
      {both >= 400 && (
        <span className={lineNote}>{t("overtalkFor", { seconds: (both / 1000).toFixed(1) })}</span>
      )}
      {marks.map(({ view, number }) => (
        <MarkPin
          key={view.observation.id}
          kind={view.observation.kind}
          number={number}
          active={view.observation.id === activeId}
          aria-label={t("toMark", { number })}
          onClick={() => activate(view.observation.id)}
        />
      ))}
    </>
  );
}
