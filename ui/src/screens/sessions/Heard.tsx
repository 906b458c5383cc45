import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { CaseId, ObservationView, SessionView } from "../../ipc";
import { Button } from "../../parts/Button";
import { chipLook } from "../../parts/Chip";
import { FactLine } from "../../parts/FactLine";
import { NoSoundYet } from "../../parts/NoSoundYet";
import { PlayButton } from "../../parts/PlayButton";
import { SectionHead } from "../../parts/SectionHead";
import { EmptyState } from "../../parts/states";
import { walkRows } from "../../parts/walkRows";
import { wordKey } from "../../parts/words";
import { markPath, usePlaceWords } from "../../seat/place";
import { clock } from "../../text/format";
import { useSoundless } from "../../things/live/soundless";
import { ReplayWave } from "../../things/mark/QuickReplay";
import { type Clip, replay, replayToggle, useReplay } from "../../things/mark/replay";
import { useTags } from "../../things/mark/tags";
import { heardInPath } from "../../things/session/paths";
import css from "./Heard.module.css";
import { byCall } from "./marks";

/** Marks drawn at first, and with every press for more. */
const SHOWN = 60;

/** Issues named in a row; the console names them all. */
const SHOWN_ISSUES = 3;

/** Leads from the count of a call to what was marked in it. */
export function showMarksOf(caseId: CaseId): void {
  const marks = document.querySelector(`[data-marks-of="${caseId}"]`);
  marks?.scrollIntoView({ block: "start" });
  marks?.querySelector<HTMLElement>("li button")?.focus({ preventScroll: true });
}

/** What was marked in the session, call by call; each plays where it stands. */
export function Heard({ view, clips }: { view: SessionView; clips: Clip[] }) {
  const { t } = useTranslation("sessions");
  const { t: issues } = useTranslation("issues");
  const { run, index, playing, chain } = useReplay();
  const [shown, setShown] = useState(SHOWN);
  const sessionId = view.row.session.id;
  const here = run?.id === sessionId;
  const heardId = here ? clips[index]?.id : undefined;
  const chaining = here && playing && chain;
  const play = (at: number, all = false) =>
    void replay({ id: sessionId, number: null, sessionId }, clips, at, all);
  const calls = byCall(view);
  const soundless = useSoundless();
  const audible = clips.filter((c) => !soundless(c.observation.recording_id));
  const length = audible.reduce((ms, c) => ms + c.observation.end_ms - c.observation.start_ms, 0);
  const place = new Map(clips.map((c, i) => [c.id, i]));
  const inSight = (mark: ObservationView) => (place.get(mark.observation.id) ?? 0) < shown;
  return (
    <section className={css.heard} aria-label={t("heard.title")} data-region data-rows="marks">
      <SectionHead
        title={t("heard.title")}
        note={
          clips.length > 0
            ? t("heard.summary", { count: clips.length, calls: t("heard.calls", { count: calls.length }) })
            : undefined
        }
      >
        {audible.length > 0 ? (
          <Button
            size="small"
            icon={chaining ? "pause" : "play"}
            data-testid="session-play-all"
            onClick={() => (chaining ? void replayToggle() : play(0, true))}
          >
            {chaining ? issues("strip.stopAll") : issues("strip.playAll", { length: clock(length) })}
          </Button>
        ) : null}
      </SectionHead>
      {clips.length === 0 && view.cases.length === 0 ? (
        <p className="faint pad">{t("heard.noneYet")}</p>
      ) : clips.length === 0 ? (
        <EmptyState icon="mark" title={t("heard.none")} hint={t("heard.noneHint")} />
      ) : (
        // biome-ignore lint/a11y/noStaticElementInteractions: arrows walk between the links inside
        <div onKeyDown={walkRows}>
          {calls.map((call) =>
            call.marks.some(inSight) ? (
              <div key={call.caseId} className={css.call} data-marks-of={call.caseId}>
                <h3>
                  <Link href={heardInPath(call.caseId, sessionId)}>
                    <bdi>{call.title}</bdi>
                  </Link>
                  <span className="faint">{t("heard.count", { count: call.marks.length })}</span>
                </h3>
                <ul className={css.marks}>
                  {call.marks.filter(inSight).map((mark) => {
                    const at = place.get(mark.observation.id) ?? 0;
                    const heard = heardId === mark.observation.id;
                    return (
                      <Mark
                        key={mark.observation.id}
                        mark={mark}
                        clip={clips[at]}
                        at={at}
                        sessionId={sessionId}
                        heard={heard}
                        playing={heard && playing}
                        onPlay={() => (heard ? void replayToggle() : play(at))}
                      />
                    );
                  })}
                </ul>
              </div>
            ) : null,
          )}
          {clips.length > shown ? (
            <Button size="small" onClick={() => setShown(shown + SHOWN)}>
              {t("heard.more", { count: clips.length - shown })}
            </Button>
          ) : null}
        </div>
      )}
    </section>
  );
}

type MarkProps = {
  mark: ObservationView;
  clip: Clip | undefined;
  at: number;
  sessionId: string;
  heard: boolean;
  playing: boolean;
  onPlay: () => void;
};

function Mark({ mark, clip, at, sessionId, heard, playing, onPlay }: MarkProps) {
  const { t } = useTranslation("sessions");
  const { t: common } = useTranslation();
  const { t: issues } = useTranslation("issues");
  const { observation: o } = mark;
  const time = usePlaceWords()(o);
  const silent = useSoundless()(o.recording_id);
  return (
    <li data-heard={heard ? "" : undefined} data-testid="session-mark" data-index={at}>
      {silent ? (
        <NoSoundYet />
      ) : (
        <PlayButton
          size="small"
          playing={playing}
          label={playing ? common("pause") : issues("card.play", { title: mark.case_title, at: time })}
          onClick={onPlay}
        />
      )}
      <div className={css.words}>
        {o.text ? (
          <p>
            <bdi>{o.text}</bdi>
          </p>
        ) : null}
        {o.quote ? (
          <p className={css.quote}>
            <bdi>{issues("quote", { text: o.quote })}</bdi>
          </p>
        ) : null}
        {o.text || o.quote ? null : <p className="faint">{t("heard.wordless")}</p>}
        <MarkFacts mark={mark} />
      </div>
      {silent ? (
        <span className="faint small">{common("noSoundYet")}</span>
      ) : clip ? (
        <ReplayWave item={clip} active={playing} here={heard} clear className={css.wave} />
      ) : null}
      <Link
        className={`${css.time} figures`}
        data-rowlink
        href={markPath(o, sessionId)}
        title={issues("card.open")}
      >
        {time}
      </Link>
    </li>
  );
}

/** What kind of mark, its tags, how heavy, whose, and what it became. */
function MarkFacts({ mark }: { mark: ObservationView }) {
  const { t: common } = useTranslation();
  const { t: issues } = useTranslation("issues");
  const { t: console } = useTranslation("console");
  const tags = useTags().data ?? [];
  const { observation: o } = mark;
  const facts = [
    common(wordKey("kind", o.kind)),
    ...(o.axis === "none" ? [] : [common(wordKey("axis", o.axis))]),
    ...o.tags.flatMap((id) => tags.find((tag) => tag.id === id)?.name ?? []),
    ...(o.severity > 0 ? [issues("card.importance", { n: o.severity })] : []),
    mark.author,
  ];
  return (
    <FactLine facts={facts}>
      {mark.issues.slice(0, SHOWN_ISSUES).map((issue) => (
        <Link key={issue.id} href={`/issue/${issue.id}`} {...chipLook("info")} title={issue.title}>
          {console("issueNumber", { number: issue.number })}
        </Link>
      ))}
      {mark.issues.length > SHOWN_ISSUES ? (
        <span className="nowrap">{console("issuesMore", { count: mark.issues.length - SHOWN_ISSUES })}</span>
      ) : null}
    </FactLine>
  );
}
