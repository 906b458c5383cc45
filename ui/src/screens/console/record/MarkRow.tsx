import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { ObservationView } from "../../../ipc";
import { Tip } from "../../../parts/Button";
import { chipLook } from "../../../parts/Chip";
import { PinFace, pinLook } from "../../../parts/MarkPin";
import { Sep } from "../../../parts/SectionHead";
import { wordKey } from "../../../parts/words";
import { usePlaceWords } from "../../../seat/place";
import { clock } from "../../../text/format";
import { useTagNames } from "../../../things/mark/useTagNames";
import { playFrom, seekTo } from "../playing";
import { activate, useAudible, useConsole } from "../store";
import css from "./MarkList.module.css";

type Props = {
  view: ObservationView;
  number: number;
  active: boolean;
  /** Ticked or not; `null` while one works on one at a time. */
  picked: boolean | null;
  onPick: () => void;
};

/** Issues named in a row; the composer names them all. */
const SHOWN_ISSUES = 2;

/** One observation: pin, words, time to hear it from, and in small what it is. */
export function MarkRow({ view, number, active, picked, onPick }: Props) {
  const { t } = useTranslation("console");
  const audible = useAudible();
  const names = useTagNames();
  const placeWords = usePlaceWords();
  const { observation: o, issues, author } = view;
  const isWhole = o.anchor === "whole";
  const draft = useConsole((s) => (active ? s.draft : null));
  const kind = t(wordKey("kind", o.kind), { ns: "common" });
  const words = o.text || (o.quote ? t("quoted", { text: o.quote }) : kind);
  const facts = [
    ...(o.axis === "none" ? [] : [t(wordKey("axis", o.axis), { ns: "common" })]),
    ...names(o.tags),
    ...(o.text && o.kind !== "problem" ? [kind] : []),
  ];
  const choose = () => {
    if (picked !== null) {
      onPick();
      return;
    }
    activate(o.id);
    // The whole is nowhere in particular.
    if (!isWhole) seekTo(o.start_ms);
  };
  const start = draft?.start_ms ?? o.start_ms;
  const at = placeWords({ ...o, start_ms: start });
  return (
    <li className={css.mark} aria-current={active || undefined} data-testid="mark-row">
      {picked === null ? (
        <span {...pinLook({ kind: o.kind, active })} aria-hidden="true">
          <PinFace kind={o.kind} number={number} />
        </span>
      ) : (
        <input type="checkbox" checked={picked} onChange={onPick} aria-label={t("pickOne", { number })} />
      )}
      <button type="button" className={css.words} data-testid="mark-words" onClick={choose} title={words}>
        {words}
      </button>
      {audible ? (
        <Tip label={t("playFrom", { time: clock(start) })}>
          <button
            type="button"
            className={`${css.time} figures`}
            aria-label={t("playFrom", { time: clock(start) })}
            onClick={() => playFrom(start)}
          >
            {at}
          </button>
        </Tip>
      ) : (
        <span className={`${css.time} figures`}>{at}</span>
      )}
      <span className={css.facts}>
        {facts.length > 0 && (
          <span className="cut">
            {facts.map((fact, i) => (
              <Fragment key={fact}>
                {i > 0 && <Sep />}
                <bdi>{fact}</bdi>
              </Fragment>
            ))}
          </span>
        )}
        {o.severity > 0 && <span className="figures nowrap">{t("severityIs", { level: o.severity })}</span>}
        {author && <span className="nowrap">{author}</span>}
        {issues.slice(0, SHOWN_ISSUES).map((issue) => (
          <Link
            key={issue.id}
            href={`/issue/${issue.id}`}
            {...chipLook("info", css.issue)}
            title={issue.title}
            data-testid="mark-issue"
          >
            {t("issueNumber", { number: issue.number })}
          </Link>
        ))}
        {issues.length > SHOWN_ISSUES && (
          <span className="nowrap">{t("issuesMore", { count: issues.length - SHOWN_ISSUES })}</span>
        )}
      </span>
    </li>
  );
}
