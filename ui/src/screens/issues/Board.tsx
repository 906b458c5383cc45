import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { IssueId, IssueRow } from "../../ipc";
import { stages, statusesOf } from "../../ipc/generated/issues";
import { buttonLook } from "../../parts/Button";
import { Icon } from "../../parts/Icon";
import { DueClock, EvidenceButton } from "../../things/issue/cells";
import { stageOf } from "../../things/issue/lifecycle";
import { StatusMenu } from "../../things/issue/StatusMenu";
import { useLife } from "../../things/issue/useLife";
import css from "./Board.module.css";

interface Props {
  rows: IssueRow[];
  playingId: IssueId | null;
  heardId: IssueId | null;
  onToggle: (row: IssueRow) => void;
}

/** The list by stage and status. Every card moves through its menu. */
export function IssueBoard(props: Props) {
  const { t } = useTranslation("issues");
  const life = useLife();
  return (
    <div className={`${css.board} scroll`}>
      {stages.map((stage) => {
        const here = props.rows.filter((r) => stageOf(r.issue.status) === stage);
        return (
          <section key={stage} className={css.column} aria-labelledby={`col-${stage}`}>
            <h2 id={`col-${stage}`}>
              {life.stage(stage)}
              <span className="figures">{t("board.count", { count: here.length })}</span>
            </h2>
            {statusesOf[stage].map((status) => {
              const cards = here.filter((r) => r.issue.status === status);
              if (cards.length === 0) return null;
              return (
                <div key={status} className={css.group}>
                  <h3>
                    {life.status(status)} <span className="figures">{cards.length}</span>
                  </h3>
                  <ul aria-label={life.status(status)}>
                    {cards.map((row) => (
                      <Card key={row.issue.id} row={row} {...props} />
                    ))}
                  </ul>
                </div>
              );
            })}
            {here.length === 0 ? <p className="faint small">{t("board.empty")}</p> : null}
          </section>
        );
      })}
    </div>
  );
}

function Card({ row, playingId, heardId, onToggle }: Props & { row: IssueRow }) {
  const { t } = useTranslation("issues");
  const { issue } = row;
  const now = Date.now();
  return (
    <li
      className={css.card}
      data-heard={heardId === issue.id ? "" : undefined}
      data-testid="issue-row"
      data-number={issue.number}
    >
      <p>
        <b className="figures">{issue.number}</b>
        <Link href={`/issue/${issue.id}`}>{issue.title}</Link>
      </p>
      <div className={css.facts}>
        <EvidenceButton row={row} playing={playingId === issue.id} onToggle={onToggle} />
        <span className="figures">{t("evidence.count", { count: row.evidence_count })}</span>
        <span className="figures">{t("reach.customersOf", { count: row.customer_count })}</span>
        <span className="grow" />
        {issue.due !== null ? (
          <DueClock row={row} now={now} />
        ) : issue.urgency > 0 ? (
          <span>{`U${issue.urgency} D${issue.difficulty}`}</span>
        ) : null}
        <StatusMenu issueId={issue.id}>
          <button
            type="button"
            {...buttonLook({ tone: "ghost", isIcon: true, size: "small" })}
            aria-label={t("move.of", { number: issue.number })}
            title={t("move.title")}
          >
            <Icon name="right" />
          </button>
        </StatusMenu>
      </div>
    </li>
  );
}
