import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import type { IssueId, IssueRow, IssueSort, Tag } from "../../ipc";
import { Icon } from "../../parts/Icon";
import { StageTrack } from "../../parts/StageTrack";
import { AgeBar, DueClock, EvidenceButton, OwnerCell, Reach, UrgencyGlyph } from "./cells";
import { ariaSort, sortBy, useIssueList } from "./state";
import { useLife } from "./useLife";

/** How a row can be chosen while two issues are being merged. */
export interface MergePick {
  from: IssueRow | null;
  into: IssueRow | null;
  pick: (row: IssueRow) => void;
}

interface Props {
  rows: IssueRow[];
  total: number;
  tags: Map<string, Tag>;
  playingId: IssueId | null;
  heardId: IssueId | null;
  onToggle: (row: IssueRow) => void;
  onEnd: () => void;
  merge: MergePick | null;
}

const columns = [
  { sort: "number", word: "col.issue" },
  { sort: "status", word: "col.stage" },
  { sort: "urgency", word: "col.cell" },
  { sort: "reach", word: "col.reach" },
  { sort: "owner", word: "col.owner" },
  { sort: "due", word: "col.due" },
  { sort: "age", word: "col.age" },
  { sort: "evidence", word: "col.evidence" },
] as const satisfies readonly { sort: IssueSort; word: string; className?: string }[];

/** The list as a real table. Long lists draw only the rows in sight. */
export function IssueTable(props: Props) {
  const { t } = useTranslation("issues");
  const state = useIssueList();
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: props.rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 58,
    overscan: 12,
    getItemKey: (i) => props.rows[i]?.issue.id ?? i,
    onChange: (v) => {
      const last = v.getVirtualItems().at(-1);
      if (last && last.index >= props.rows.length - 20) props.onEnd();
    },
  });
  const items = rows.getVirtualItems();
  const before = items[0]?.start ?? 0;
  const after = rows.getTotalSize() - (items.at(-1)?.end ?? 0);
  const now = Date.now();
  return (
    <div className="tbl scroll" ref={scroller}>
      <table className="grid" aria-label={t("table.name")} aria-rowcount={props.total + 1}>
        <thead>
          <tr>
            {columns.map(({ sort, word }) => (
              <th
                key={sort}
                scope="col"
                className={sort === "age" ? "hs" : undefined}
                aria-sort={ariaSort(state, sort)}
              >
                <button
                  type="button"
                  onClick={() => sortBy(sort)}
                  title={t("table.sortBy", { column: t(word) })}
                >
                  {t(word)}
                  {state.sort === sort ? <Icon name={state.descending ? "up" : "down"} size="xs" /> : null}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody onKeyDown={walkRows}>
          {before > 0 ? <tr style={{ height: before }} /> : null}
          {items.map((item) => {
            const row = props.rows[item.index];
            return row ? (
              <Row
                key={item.key}
                row={row}
                now={now}
                index={item.index}
                measure={rows.measureElement}
                {...props}
              />
            ) : null;
          })}
          {after > 0 ? <tr style={{ height: after }} /> : null}
        </tbody>
      </table>
    </div>
  );
}

type RowProps = Props & {
  row: IssueRow;
  now: number;
  index: number;
  measure: (el: HTMLTableRowElement | null) => void;
};

function Row({ row, now, index, measure, tags, playingId, heardId, onToggle, merge }: RowProps) {
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
      className={heardId === issue.id || mark ? "sel" : undefined}
      onClick={open}
    >
      <td className="ti">
        <div className="tt">
          <span className="n num">{issue.number}</span>
          {merging ? (
            <button
              type="button"
              className="tl"
              data-rowlink
              aria-pressed={mark !== null}
              onClick={stop(open)}
            >
              <b>{issue.title}</b>
              {mark ? (
                <span className="chip info">{t(mark === "from" ? "merge.isFrom" : "merge.isInto")}</span>
              ) : null}
            </button>
          ) : (
            <Link href={path} className="tl" data-rowlink onClick={(e) => e.stopPropagation()}>
              <b>{issue.title}</b>
            </Link>
          )}
        </div>
        <div className="g">
          {issue.business_line ? <span className="ell">{issue.business_line}</span> : null}
          {row.tags.map((id) => (
            <span key={id}>{tags.get(id)?.name}</span>
          ))}
          {issue.status === "reopened" ? (
            <span className="chip bad">
              <Icon name="history" />
              {t("chip.reopened")}
            </span>
          ) : null}
        </div>
      </td>
      <td data-col={t("col.stage")}>
        <div className="sg">
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
      <td data-col={t("col.owner")} className="ow">
        <OwnerCell row={row} />
      </td>
      <td data-col={t("col.due")}>
        <DueClock row={row} now={now} />
      </td>
      <td data-col={t("col.age")} className="hs">
        <AgeBar createdAt={issue.created_at} now={now} />
      </td>
      <td data-col={t("col.evidence")}>
        <span className="ev">
          <EvidenceButton row={row} playing={playingId === issue.id} onToggle={onToggle} />
          <span className="num">{t("evidence.count", { count: row.evidence_count })}</span>
        </span>
      </td>
    </tr>
  );
}

const stop = (act: () => void) => (e: { stopPropagation: () => void }) => {
  e.stopPropagation();
  act();
};

/** ↑ ↓ walk from row to row, Home and End to the ends of what is drawn. */
export function walkRows(e: KeyboardEvent<HTMLElement>): void {
  const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity };
  const step = steps[e.key];
  if (step === undefined || e.ctrlKey || e.altKey || e.metaKey) return;
  const links = [...e.currentTarget.querySelectorAll<HTMLElement>("[data-rowlink]")];
  const row = document.activeElement?.closest("[data-index]");
  const at = links.findIndex((l) => row?.contains(l));
  const to = Math.max(0, Math.min(links.length - 1, at + step));
  links[to]?.focus();
  links[to]?.scrollIntoView({ block: "nearest" });
  e.preventDefault();
}
