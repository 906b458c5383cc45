import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import type { IssueId, IssueRow, IssueSort, Tag } from "../../ipc";
import { chipLook } from "../../parts/Chip";
import { Icon } from "../../parts/Icon";
import { StageTrack } from "../../parts/StageTrack";
import { TitleCell } from "../../parts/Table";
import { AgeBar, DueClock, EvidenceButton, OwnerCell, Reach, UrgencyGlyph } from "./cells";
import css from "./IssueLine.module.css";
import { useLife } from "./useLife";

/** How a row can be chosen while two issues are being merged. */
export interface MergePick {
  from: IssueRow | null;
  into: IssueRow | null;
  pick: (row: IssueRow) => void;
}

export const columns = [
  { sort: "number", word: "col.issue" },
  { sort: "status", word: "col.stage" },
  { sort: "urgency", word: "col.cell" },
  { sort: "reach", word: "col.reach" },
  { sort: "owner", word: "col.owner" },
  { sort: "due", word: "col.due" },
  { sort: "age", word: "col.age" },
  { sort: "evidence", word: "col.evidence" },
] as const satisfies readonly { sort: IssueSort; word: string }[];

/** The heads of the columns, where the order is not to be chosen. */
export function IssueHead() {
  const { t } = useTranslation("issues");
  return (
    <tr>
      {columns.map(({ sort, word }) => (
        <th key={sort} scope="col" data-wide={sort === "age" ? "" : undefined}>
          {t(word)}
        </th>
      ))}
    </tr>
  );
}

interface Props {
  row: IssueRow;
  now: number;
  index: number;
  measure?: (el: HTMLTableRowElement | null) => void;
  tags: Map<string, Tag>;
  playingId: IssueId | null;
  heardId: IssueId | null;
  onToggle: (row: IssueRow) => void;
  merge?: MergePick | null;
}

/** One issue of a table; its first evidence plays in place. */
export function IssueLine(props: Props) {
  const { row, now, index, measure, tags, playingId, heardId, onToggle, merge = null } = props;
  const { t } = useTranslation("issues");
  const life = useLife();
  const [, go] = useLocation();
  const { issue } = row;
  const path = `/issue/${issue.id}`;
  const merging = merge !== null;
  const mark =
    merge?.from?.issue.id === issue.id ? "from" : merge?.into?.issue.id === issue.id ? "into" : null;
  const open = () => (merging ? merge.pick(row) : go(path));
  return (
    <tr
      ref={measure}
      data-index={index}
      data-testid="issue-row"
      data-number={issue.number}
      aria-rowindex={index + 2}
      data-selected={heardId === issue.id || mark ? "" : undefined}
      onClick={open}
    >
      <TitleCell
        number={issue.number}
        facts={
          <>
            {issue.business_line ? <span className="cut">{issue.business_line}</span> : null}
            {row.tags.map((id) => (
              <span key={id}>{tags.get(id)?.name}</span>
            ))}
            {issue.status === "reopened" ? (
              <span {...chipLook("bad")}>
                <Icon name="history" />
                {t("chip.reopened")}
              </span>
            ) : null}
          </>
        }
      >
        {merging ? (
          <button type="button" data-rowlink aria-pressed={mark !== null} onClick={stop(open)}>
            <b>{issue.title}</b>
            {mark ? (
              <span {...chipLook("info")}>{t(mark === "from" ? "merge.isFrom" : "merge.isInto")}</span>
            ) : null}
          </button>
        ) : (
          <Link href={path} data-rowlink onClick={(e) => e.stopPropagation()}>
            <b>{issue.title}</b>
          </Link>
        )}
      </TitleCell>
      <td data-col={t("col.stage")}>
        <div className={css.status}>
          <StageTrack stage={row.stage} status={issue.status} wordless />
          <span>
            {life.stage(row.stage)}
            <span className="dot" />
            {life.status(issue.status)}
          </span>
        </div>
      </td>
      <td data-col={t("col.cell")}>
        <UrgencyGlyph urgency={issue.urgency} difficulty={issue.difficulty} />
      </td>
      <td data-col={t("col.reach")}>
        <Reach row={row} />
      </td>
      <td data-col={t("col.owner")} className={css.owner}>
        <OwnerCell row={row} />
      </td>
      <td data-col={t("col.due")}>
        <DueClock row={row} now={now} />
      </td>
      <td data-col={t("col.age")} data-wide="">
        <AgeBar createdAt={issue.created_at} now={now} />
      </td>
      <td data-col={t("col.evidence")}>
        <span className={css.evidence}>
          <EvidenceButton row={row} playing={playingId === issue.id} onToggle={onToggle} />
          <span className="figures">{t("evidence.count", { count: row.evidence_count })}</span>
        </span>
      </td>
    </tr>
  );
}

const stop = (act: () => void) => (e: { stopPropagation: () => void }) => {
  e.stopPropagation();
  act();
};
