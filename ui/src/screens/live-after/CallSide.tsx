import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { type AlignView, type ErrorNote, ipc } from "../../ipc";
import { isComposing } from "../../keys/chord";
import { FactLine } from "../../parts/FactLine";
import { Icon } from "../../parts/Icon";
import { Problem } from "../../parts/Problem";
import { SectionHead } from "../../parts/SectionHead";
import { qk } from "../../records/queries";
import { clock, dayTime } from "../../text/format";
import { casesOf } from "../../things/case/queries";
import { sureWord } from "../../things/live/sure";
import css from "./CallSide.module.css";
import { ofAlignment, ofCandidate, ofRow, type Target } from "./target";

type Props = { view: AlignView; target: Target | null; onTarget: (target: Target) => void };

/** The call, and the recordings it may belong to. */
export function CallSide({ view, target, onTarget }: Props) {
  const { t } = useTranslation("align");
  const { call, candidates } = view;
  const now = ofAlignment(view);
  const others = candidates.filter((c) => c.recording_id !== now?.recordingId);
  return (
    <aside className={`${css.side} scroll`} aria-label={t("call")} data-region>
      <Call view={view} />
      <SectionHead title={t("candidates")} />
      {now === null && candidates.length === 0 ? (
        <p className={css.none}>
          <b>{t("candidatesNone")}</b>
          <span className="faint">{t("candidatesNoneHint")}</span>
        </p>
      ) : (
        <fieldset className={css.candidates}>
          <legend className="unseen">{t("candidates")}</legend>
          {now && (
            <Candidate target={now} chosen={target?.recordingId === now.recordingId} onChoose={onTarget}>
              <span>{t("now")}</span>
            </Candidate>
          )}
          {others.map((c) => {
            const one = ofCandidate(c);
            const chosen = target?.recordingId === one.recordingId;
            return (
              <Candidate
                key={one.recordingId}
                target={one}
                startedAt={c.contact.began_at}
                chosen={chosen}
                onChoose={onTarget}
              >
                <Sure target={one} />
              </Candidate>
            );
          })}
        </fieldset>
      )}
      <Choose key={call.id} view={view} target={target} onTarget={onTarget} />
    </aside>
  );
}

function Call({ view }: { view: AlignView }) {
  const { t } = useTranslation("align");
  const { call } = view;
  const { data: people } = useQuery({ queryKey: qk.people, queryFn: () => ipc.listPeople() });
  const mentor = people?.find((p) => p.id === call.mentor_id)?.name;
  return (
    <section className={css.call} aria-label={t("call")}>
      <h1 title={view.case.title}>{view.case.title}</h1>
      <dl>
        <dt>{t("started")}</dt>
        <dd className="figures">{dayTime(call.started_at)}</dd>
        <dt>{t("length")}</dt>
        <dd className="figures">{clock(view.duration_ms)}</dd>
        {call.anchor && (
          <>
            <dt>{t("anchor")}</dt>
            <dd className="figures">
              <bdi>{call.anchor}</bdi>
            </dd>
          </>
        )}
        {mentor && (
          <>
            <dt>{t("mentor")}</dt>
            <dd>
              <bdi>{mentor}</bdi>
            </dd>
          </>
        )}
      </dl>
      <p className="faint small">
        {view.marks.length > 0 ? t("marksHere", { count: view.marks.length }) : t("noMarks")}
      </p>
    </section>
  );
}

type CandidateProps = {
  target: Target;
  startedAt?: number | null;
  chosen: boolean;
  onChoose: (target: Target) => void;
  children?: ReactNode;
};

function Candidate({ target, startedAt, chosen, onChoose, children }: CandidateProps) {
  const reasons = useReasons();
  const facts = [
    startedAt ? dayTime(startedAt) : null,
    target.durationMs > 0 ? clock(target.durationMs) : null,
    ...target.reasons.map(reasons),
  ];
  return (
    <label className={css.candidate} data-on={chosen || undefined} data-testid="align-candidate">
      <input type="radio" name="candidate" checked={chosen} onChange={() => onChoose(target)} />
      <span className={css.words}>
        {target.title && <bdi className={css.title}>{target.title}</bdi>}
        {children}
        <FactLine facts={facts} />
      </span>
    </label>
  );
}

/** How certain it is, in a word and in per cent; a hand needs no figure. */
export function Sure({ target }: { target: Target }) {
  const { t } = useTranslation("align");
  if (target.method === "hand") return <span>{t("byHand")}</span>;
  const word = sureWord(target.confidence);
  return (
    <span className={word === "sure" || word === "likely" ? "is-good" : "is-warning"}>
      {t(word)} <span className="figures">{t("percent", { n: target.confidence })}</span>
    </span>
  );
}

const worded = [
  "align.clock",
  "align.clock_in_name",
  "align.anchor",
  "align.length",
  "align.hello",
  "align.fits",
] as const;

/** Words what speaks for a recording. */
export function useReasons(): (reason: ErrorNote) => string {
  const { t } = useTranslation("align");
  return ({ code, args }) => {
    const known = worded.find((w) => w === code);
    return known ? t(`reason.${known}`, { seconds: "", ...args }) : t("reason.other");
  };
}

/** Recordings shown of those that are found. */
const SHOWN = 8;

/** Any other recording of the library. */
function Choose({ view, target, onTarget }: Props) {
  const { t } = useTranslation("align");
  const [text, setText] = useState("");
  const [looked, setLooked] = useState("");
  const query = casesOf({ text: looked.trim(), sort: "started_at", limit: 50 });
  const { data, error } = useQuery({
    queryKey: qk.cases(query),
    queryFn: () => ipc.listCases(query),
    enabled: looked.trim() !== "",
    placeholderData: keepPreviousData,
  });
  const all = (looked.trim() === "" ? [] : (data?.rows ?? [])).flatMap((row) => {
    const one = ofRow(row, view);
    return one ? [{ startedAt: row.contact?.began_at ?? null, one }] : [];
  });
  const found = all.slice(0, SHOWN);
  return (
    <section className={css.other} aria-label={t("choose")}>
      <SectionHead title={t("choose")} level={3} />
      <span className={`${css.search} find`}>
        <Icon name="search" size="small" />
        <input
          type="search"
          aria-label={t("chooseHint")}
          placeholder={t("chooseHint")}
          value={text}
          onChange={(e) => {
            setText(e.target.value);
            if (!isComposing(e.nativeEvent as InputEvent)) setLooked(e.target.value);
          }}
          onCompositionEnd={(e) => setLooked(e.currentTarget.value)}
        />
      </span>
      <Problem error={error} />
      {found.length > 0 && (
        <fieldset className={css.candidates}>
          <legend className="unseen">{t("choose")}</legend>
          {found.map(({ one, startedAt }) => (
            <Candidate
              key={one.recordingId}
              target={one}
              startedAt={startedAt}
              chosen={target?.recordingId === one.recordingId}
              onChoose={onTarget}
            />
          ))}
        </fieldset>
      )}
      {all.length > found.length && (
        <p className="faint small">{t("chooseMore", { count: all.length - found.length })}</p>
      )}
      {data && looked.trim() !== "" && found.length === 0 && (
        <p className="faint small" role="status">
          {t("chooseNone")}
        </p>
      )}
    </section>
  );
}
