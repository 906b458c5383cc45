import { memo, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { LiveStatus } from "../../../ipc";
import { useActions } from "../../../keys/useActions";
import { Button } from "../../../parts/Button";
import { EmptyState } from "../../../parts/states";
import { useFillerStyle } from "../../../things/case/fillers";
import { useObservations } from "../../../things/mark/useObservations";
import { momentOf } from "../marks";
import { type Line, useWords } from "../words";
import { LineRow, type Pinned } from "./LineRow";
import { MarkList } from "./MarkList";
import css from "./TextList.module.css";

/** As near to the end as this the reader follows along, px. */
const NEAR_PX = 32;
/** Lines drawn at first; more when asked. */
const SHOWN = 200;

type Props = Pick<LiveStatus, "call" | "lanes" | "text"> & { caseId: string; className?: string | undefined };

/** The words as they come. Who reads further up is left alone; who is at the end stays there. */
export const TextList = memo(function TextList({ call, caseId, lanes, text, className = "" }: Props) {
  const { t } = useTranslation("live");
  const lines = useWords((s) => s.lines);
  const [aloud, setAloud] = useState(false);
  const pins = usePins(caseId, lines);
  const [shown, setShown] = useState(SHOWN);
  const { box, list, follows, toNow } = useStick();
  const dims = useFillerStyle() !== "shown";
  useActions({ "view.follow": toNow });
  if (lines.length === 0) return <NoWords call={call} caseId={caseId} text={text} className={className} />;
  const earlier = Math.max(0, lines.length - shown);
  const roles = lanes.map((l) => l.role);
  return (
    <div className={`${css.text} ${className}`}>
      <div ref={box} className={`${css.lines} scroll`} data-follows={follows || undefined}>
        {earlier > 0 && (
          <Button size="small" tone="ghost" onClick={() => setShown(shown + SHOWN)}>
            {t("earlier", { count: earlier })}
          </Button>
        )}
        <ol ref={list} aria-live="off" aria-label={t("text")}>
          {lines.slice(earlier).map((line) => (
            <LineRow
              key={line.key}
              line={line}
              role={roles[(line.kind === "gap" ? line.gap.channel : line.lane) ?? 0] ?? "unknown"}
              pins={pins.get(line.key)}
              isKept={call.mode === "record"}
              dims={dims}
            />
          ))}
        </ol>
      </div>
      <div className={css.foot}>
        {!follows && (
          <Button size="small" icon="down" action="view.follow" showKey onClick={toNow}>
            {t("toNow")}
          </Button>
        )}
        <label className="label">
          <input
            type="checkbox"
            checked={aloud}
            data-testid="live-aloud"
            onChange={(e) => setAloud(e.target.checked)}
          />
          {t("readAloud")}
        </label>
      </div>
      <Newest aloud={aloud} />
    </div>
  );
});

/** What was said last, for who listens to the screen. Nothing tentative is ever announced. */
function Newest({ aloud }: { aloud: boolean }) {
  const { t } = useTranslation("live");
  const newest = useWords((s) => s.newest);
  return (
    <p className="unseen" aria-live={aloud ? "polite" : "off"} data-testid="live-newest">
      {aloud && newest ? (newest.doubtful ? t("doubtSaid", { text: newest.text }) : newest.text) : ""}
    </p>
  );
}

/** The marks of each line: a mark stands in the last line that had begun at its moment. */
function usePins(caseId: string, lines: Line[]): Map<string, Pinned[]> {
  const marks = useObservations(caseId);
  return useMemo(() => {
    const said = lines.filter((l) => l.kind !== "gap").sort((a, b) => a.start - b.start);
    const pins = new Map<string, Pinned[]>();
    marks.forEach((view, i) => {
      const line = said.findLast((l) => l.start <= momentOf(view)) ?? said[0];
      if (line) pins.set(line.key, [...(pins.get(line.key) ?? []), { view, number: i + 1 }]);
    });
    return pins;
  }, [marks, lines]);
}

/** Stays at the end while the reader is there. */
function useStick() {
  const box = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLOListElement>(null);
  const sticks = useRef(true);
  const [follows, setFollows] = useState(true);
  const there = useWords((s) => s.lines.length > 0);

  const toEnd = useCallback(() => {
    const el = box.current;
    if (el && sticks.current) el.scrollTop = el.scrollHeight;
  }, []);
  // A line that is new or longer: before it is painted.
  useLayoutEffect(toEnd);
  useEffect(() => {
    const el = box.current;
    if (!there || !el || !list.current) return;
    const onScroll = () => {
      sticks.current = el.scrollHeight - el.scrollTop - el.clientHeight < NEAR_PX;
      setFollows(sticks.current);
    };
    el.addEventListener("scroll", onScroll, { passive: true });
    // Drafts grow past React.
    const observer = new ResizeObserver(toEnd);
    observer.observe(list.current);
    observer.observe(el);
    return () => {
      el.removeEventListener("scroll", onScroll);
      observer.disconnect();
    };
  }, [there, toEnd]);
  const toNow = () => {
    sticks.current = true;
    setFollows(true);
    toEnd();
  };
  return { box, list, follows, toNow };
}

/** Why there is no text, and what stands there instead. */
function NoWords({ call, caseId, text, className }: Omit<Props, "lanes">) {
  const { t } = useTranslation("live");
  if (text !== "off") {
    return (
      <div className={`${css.text} ${className}`}>
        <EmptyState
          title={t(text === "on" ? "waitingForWords" : text === "failed" ? "textFailed" : "textLoading")}
          hint={t(text === "failed" ? "textMeansFailed" : "waitingMeans")}
        />
      </div>
    );
  }
  const began = new Date(call.started_at).toTimeString().slice(0, 5);
  return (
    <div className={`${css.text} ${css.quiet} ${className}`}>
      <p className={css.calm}>
        {call.mode === "clock_only" ? t("clockNow", { time: began }) : t("noModelNow")}{" "}
        {call.mode !== "clock_only" && (
          <Link href="/settings/models" className="link">
            {t("toModels")}
          </Link>
        )}
      </p>
      <MarkList caseId={caseId} />
    </div>
  );
}
