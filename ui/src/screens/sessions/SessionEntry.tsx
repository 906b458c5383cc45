import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import type { SessionRow } from "../../ipc";
import { FactLine } from "../../parts/FactLine";
import { clock, day } from "../../text/format";
import { type Part, sessionPath } from "../../things/session/paths";
import css from "./SessionEntry.module.css";
import { daysAhead, weekdayTime } from "./time";

/** One session: when, what it asks, who leads it; every count leads to its rows. */
export function SessionEntry({ row, index }: { row: SessionRow; index: number }) {
  const { t } = useTranslation("sessions");
  const [, go] = useLocation();
  const { session } = row;
  const facts = [
    session.theme,
    session.place,
    row.facilitator && t("row.facilitator", { name: row.facilitator }),
  ];
  const count = (see: Part, words: ReactNode) => (
    <Link href={sessionPath(session.id, see)} onClick={(e) => e.stopPropagation()} data-see={see}>
      {words}
    </Link>
  );
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the title is the link; the row only makes it larger
    <li
      className={css.entry}
      data-testid="session-row"
      data-index={index}
      onClick={() => go(sessionPath(session.id))}
    >
      <When at={session.starts_at} />
      <div className={css.what}>
        <Link
          href={sessionPath(session.id)}
          className={css.title}
          data-rowlink
          onClick={(e) => e.stopPropagation()}
        >
          <bdi>{session.title}</bdi>
        </Link>
        <FactLine facts={facts} />
        {session.question ? (
          <p className={css.question}>
            <bdi>{session.question}</bdi>
          </p>
        ) : null}
      </div>
      <div className={css.counts}>
        {count(
          "calls",
          row.case_count > 0 ? (
            <>
              {t("count.calls", { count: row.case_count })}{" "}
              <span className="figures">{clock(row.duration_ms)}</span>
            </>
          ) : (
            t("row.noCalls")
          ),
        )}
        {row.people.length > 0 ? count("people", t("count.people", { count: row.people.length })) : null}
        {row.observation_count > 0
          ? count("marks", t("count.marks", { count: row.observation_count }))
          : null}
        {row.issue_count > 0 ? count("issues", t("count.issues", { count: row.issue_count })) : null}
      </div>
    </li>
  );
}

function When({ at }: { at: number | null }) {
  const { t, i18n } = useTranslation("sessions");
  if (at === null) return <span className={`${css.when} faint`}>{t("row.undated")}</span>;
  const ahead = daysAhead(at, Date.now());
  const near = ahead === 0 ? t("row.today") : ahead === 1 ? t("row.tomorrow") : null;
  return (
    <span className={css.when}>
      <b className="figures">{near ?? day(at)}</b>
      <span className="figures">
        {near ? `${day(at)} ${weekdayTime(at, i18n.language)}` : weekdayTime(at, i18n.language)}
      </span>
    </span>
  );
}
