import { useVirtualizer } from "@tanstack/react-virtual";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearch } from "wouter";
import type { CaseView, Recording } from "../../../ipc";
import { useActions } from "../../../keys/useActions";
import { Button } from "../../../parts/Button";
import { Sep } from "../../../parts/SectionHead";
import { onFrameOf } from "../../../player/clock";
import { useWithheld } from "../../../records/withheld";
import { fillersOf, useFillerStyle } from "../../../things/case/fillers";
import { useObservations } from "../../../things/mark/useObservations";
import { parseMoment } from "../moment";
import { followAgain, report, useAudible, useConsole } from "../store";
import { Texts } from "../TextChoice";
import { useTextJob } from "../TextJob";
import type { Voices } from "./Aside";
import { FindBar } from "./FindBar";
import { NoText } from "./NoText";
import { marksOn, type Rows, rowsOf, turnAt } from "./rows";
import { SilenceRow } from "./SilenceRow";
import css from "./Transcript.module.css";
import { TurnRow } from "./TurnRow";
import { useSegments, useStarts } from "./useSegments";

/** What the host calls the engine of text that came while the call went on. */
const DRAFT_ENGINE = "live";

/** The words of the call, running along. */
export function Transcript({ view, recording }: { view: CaseView; recording: Recording }) {
  const { t } = useTranslation("console");
  const starts = useStarts(recording.id);
  const rows = useMemo(() => rowsOf(starts, view.regions), [starts, view.regions]);
  const follows = useConsole((s) => s.textFollows);
  const find = useConsole((s) => s.find);
  const [wanted, setWanted] = useState<{ ordinal: number } | null>(null);
  const { state } = useTextJob(view);
  const audible = useAudible();
  // What was written while the call went on stands until the whole call has been heard again.
  const first = useSegments(recording.id, 0, 0, starts.length).get(0);
  const draft = first?.engine === DRAFT_ENGINE && (state === "running" || state === "queued");

  return (
    <section className={css.transcript} aria-label={t("transcript")} data-region data-testid="transcript">
      <div className={css.head}>
        <h2>{t("transcript")}</h2>
        {starts.length > 0 && (
          <span className="wide-only cut">
            {t("turns", { count: starts.length })}
            <Sep />
            {draft ? (
              <span data-testid="draft-text">{t("draftText")}</span>
            ) : (
              t(audible ? "machineText" : "liveText")
            )}
          </span>
        )}
        <Texts texts={view.texts} />
        <span className="grow" />
        {find === null ? (
          <>
            {starts.length > 0 &&
              audible &&
              (follows ? (
                <span className="nowrap">{t("following")}</span>
              ) : (
                <Button size="small" icon="down" action="view.follow" onClick={followAgain}>
                  {t("followAgain")}
                </Button>
              ))}
            {starts.length > 0 && (
              <Button
                size="small"
                tone="ghost"
                icon="search"
                action="text.find"
                onClick={() => useConsole.setState({ find: "" })}
              >
                {t("find")}
              </Button>
            )}
          </>
        ) : (
          <FindBar recordingId={recording.id} onGo={(ordinal) => setWanted({ ordinal })} />
        )}
      </div>
      {starts.length === 0 ? (
        <NoText view={view} state={state} />
      ) : (
        <Turns view={view} recording={recording} starts={starts} rows={rows} wanted={wanted} />
      )}
    </section>
  );
}

type TurnsProps = {
  view: CaseView;
  recording: Recording;
  starts: number[];
  rows: Rows;
  /** The turn a search led to. */
  wanted: { ordinal: number } | null;
};

/** Of a recording whose contact is not there nobody is known. */
const unnamed: Voices = { agent: "", customer: "" };

function Turns({ view, recording, starts, rows, wanted }: TurnsProps) {
  const voices = view.contacts.find((c) => c.id === recording.contact_id) ?? unnamed;
  const { t } = useTranslation("console");
  const scroller = useRef<HTMLDivElement>(null);
  const observations = useObservations(view.case.id);
  const heard = useTurnNow(recording.id, starts);
  // Without sound nothing runs along; an address may still name a line.
  const moment = parseMoment(useSearch());
  const named = moment ? turnAt(starts, moment.start_ms) : -1;
  const heardOrNamed = useAudible() ? heard : named;
  const [editing, setEditing] = useState<string | null>(null);
  const why = useWithheld()("segment.edit");
  const find = useConsole((s) => s.find) ?? "";
  const overtalk = useMemo(() => view.regions.filter((r) => r.kind === "overtalk"), [view.regions]);

  const rem = useMemo(() => Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16, []);
  const list = useVirtualizer({
    count: rows.lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: (i) => ((rows.lines[i] ?? 0) < 0 ? 1.6 : 2.25) * rem,
    overscan: 10,
    getItemKey: (i) => rows.lines[i] ?? i,
  });
  const items = list.getVirtualItems();
  const turns = items.map((item) => rows.lines[item.index] ?? -1).filter((n) => n >= 0);
  const segments = useSegments(recording.id, turns[0] ?? 0, turns.at(-1) ?? 0, starts.length);

  const style = useFillerStyle();
  const fillers = useMemo(
    () => fillersOf(segments, style, (s) => s.id === editing || marksOn(s, observations).length > 0),
    [segments, style, editing, observations],
  );
  // A filler within a turn is where that turn is.
  const { into } = fillers;
  const now = into.get(heardOrNamed) ?? heardOrNamed;
  const goTo = useCallback(
    (ordinal: number) => list.scrollToIndex(rows.lineOfTurn[ordinal] ?? 0, { align: "center" }),
    [list, rows],
  );
  useFollow(scroller, now, goTo, editing !== null);
  useEffect(() => {
    if (wanted) goTo(wanted.ordinal);
  }, [wanted, goTo]);
  useActions({
    "text.edit": () => {
      const segment = segments.get(now);
      if (!segment) return false;
      if (why) return report(why);
      setEditing(segment.id);
    },
  });

  const stopFollowing = () => useConsole.setState({ textFollows: false });
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: scrolling by hand is watched, not answered
    <div
      ref={scroller}
      className={`${css.turns} scroll`}
      data-testid="turns"
      onWheel={stopFollowing}
      onTouchMove={stopFollowing}
      onPointerDown={(e) => e.target === e.currentTarget && stopFollowing()}
      onKeyDown={(e) => ["PageUp", "PageDown", "Home", "End"].includes(e.key) && stopFollowing()}
    >
      <ol aria-label={t("transcript")} style={{ height: list.getTotalSize(), position: "relative" }}>
        {items.map((item) => {
          const line = rows.lines[item.index] ?? -1;
          const place = {
            ref: list.measureElement,
            index: item.index,
            top: item.start,
          };
          const silence = line < 0 ? rows.silences[-1 - line] : undefined;
          if (silence) return <SilenceRow key={item.key} place={place} silence={silence} />;
          if (into.has(line)) return <li key={item.key} ref={place.ref} data-index={place.index} hidden />;
          return (
            <TurnRow
              key={item.key}
              place={place}
              startMs={starts[line] ?? 0}
              segment={segments.get(line)}
              recording={recording}
              voices={voices}
              observations={observations}
              overtalk={overtalk}
              now={line === now}
              find={find}
              dimmed={fillers.dimmed.has(line)}
              asides={fillers.within.get(line)}
              editing={editing !== null && segments.get(line)?.id === editing}
              why={why}
              onEdit={setEditing}
            />
          );
        })}
      </ol>
    </div>
  );
}

/** The turn that is heard; renders again only when it changes. */
function useTurnNow(recordingId: string, starts: number[]): number {
  const [now, setNow] = useState(-1);
  useEffect(() => onFrameOf(recordingId, (at) => setNow(turnAt(starts, at))), [recordingId, starts]);
  return now;
}

/** Keeps the turn that is heard in the middle part of the list, unless somebody reads elsewhere. */
function useFollow(
  scroller: React.RefObject<HTMLDivElement | null>,
  now: number,
  goTo: (ordinal: number) => void,
  held: boolean,
): void {
  const follows = useConsole((s) => s.textFollows);
  useEffect(() => {
    if (!follows || held || now < 0) return;
    const box = scroller.current;
    const row = box?.querySelector<HTMLElement>("[aria-current]");
    if (!box || !row || row.dataset.turn !== String(now)) {
      goTo(now);
      return;
    }
    const frame = box.getBoundingClientRect();
    const { top, bottom } = row.getBoundingClientRect();
    const room = frame.height;
    if (top < frame.top + room * 0.08 || bottom > frame.top + room * 0.78) goTo(now);
  }, [now, follows, held, goTo, scroller]);
}
