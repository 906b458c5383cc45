import { useTranslation } from "react-i18next";
import type { IssueRow } from "../../ipc";
import { chipLook } from "../../parts/Chip";
import { NoSoundYet } from "../../parts/NoSoundYet";
import { PlayButton } from "../../parts/PlayButton";
import { useSoundless } from "../live/soundless";
import css from "./cells.module.css";
import { ageDays, ageShare, dueOf, dueText } from "./lifecycle";

/** Where an issue stands on the 4 × 3 grid of urgency and difficulty, with its words. */
export function UrgencyGlyph({ urgency, difficulty }: { urgency: number; difficulty: number }) {
  const { t } = useTranslation("issues");
  const judged = urgency > 0 && difficulty > 0;
  const name = judged ? t("cell.label", { u: urgency, d: difficulty }) : t("cell.unjudged");
  const cells = Array.from({ length: 12 }, (_, i) => ({ u: Math.floor(i / 3) + 1, d: (i % 3) + 1 }));
  return (
    <span className={`${css.judged} nowrap`}>
      <span className={css.grid} data-part="urgency" role="img" aria-label={name}>
        {cells.map(({ u, d }) => (
          <i key={`${u}${d}`} data-here={(u === urgency && d === difficulty) || undefined} />
        ))}
      </span>{" "}
      <span className="faint small" aria-hidden="true">
        {judged ? `U${urgency} D${difficulty}` : t("cell.unjudged")}
      </span>
    </span>
  );
}

/** The due day, with its own look when it is past, today or near. */
export function DueClock({ row, now }: { row: IssueRow; now: number }) {
  const { t } = useTranslation("issues");
  const due = dueOf(row.issue.due, row.issue.status, now);
  switch (due.look) {
    case "none":
      return <span className="faint">{t("due.none")}</span>;
    case "overdue":
      return <span {...chipLook("bad")}>{t("due.overdue", { count: -due.days })}</span>;
    case "today":
      return <span {...chipLook("warn")}>{t("due.today")}</span>;
    case "soon":
      return (
        <span {...chipLook("warn")} title={t("due.inDays", { count: due.days })}>
          {dueText(due.day, now)}
        </span>
      );
    default:
      return <span className={due.look === "settled" ? "faint" : undefined}>{dueText(due.day, now)}</span>;
  }
}

/** How long an issue has been waiting; a month fills the bar. */
export function AgeBar({ createdAt, now }: { createdAt: number; now: number }) {
  const { t } = useTranslation("issues");
  const days = ageDays(createdAt, now);
  return (
    <span className={`${css.age} nowrap`}>
      <i aria-hidden="true" style={{ backgroundSize: `${Math.round(ageShare(days) * 100)}% 100%` }} />
      {t("age.days", { count: days })}
    </span>
  );
}

/** Cases and customers an issue rests on. */
export function Reach({ row }: { row: IssueRow }) {
  const { t } = useTranslation("issues");
  return (
    <span className="figures nowrap">
      <b>{row.case_count}</b> {t("reach.cases", { count: row.case_count })} <b>{row.customer_count}</b>{" "}
      {t("reach.customers", { count: row.customer_count })}
    </span>
  );
}

export function OwnerCell({ row }: { row: IssueRow }) {
  const { t } = useTranslation("issues");
  if (row.owner) return <span>{row.owner}</span>;
  if (row.issue.external_owner) return <span className="quiet">{row.issue.external_owner}</span>;
  return row.stage === "sense" ? (
    <span className="faint">{t("owner.none")}</span>
  ) : (
    <span className="is-bad">{t("owner.unclaimed")}</span>
  );
}

/** Plays the first piece of evidence in place; pauses it while it is heard. */
export function EvidenceButton({
  row,
  playing,
  onToggle,
}: {
  row: IssueRow;
  playing: boolean;
  onToggle: (row: IssueRow) => void;
}) {
  const { t } = useTranslation("issues");
  const soundless = useSoundless();
  const none = row.first_evidence === null;
  // Of several pieces the next one that can be heard is played.
  if (row.evidence_count === 1 && soundless(row.first_evidence?.recording_id)) return <NoSoundYet />;
  const name = none
    ? t("evidence.noneFor", { number: row.issue.number })
    : playing
      ? t("evidence.pauseOf", { number: row.issue.number })
      : t("evidence.playOf", { number: row.issue.number, count: row.evidence_count });
  return (
    <PlayButton
      size="small"
      playing={playing}
      label={name}
      data-testid="evidence-play"
      disabled={none}
      onClick={(e) => {
        e.stopPropagation();
        onToggle(row);
      }}
    />
  );
}
