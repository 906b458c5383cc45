import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import type { CaseColumn, CaseRow, Job } from "../../ipc";
import { ipc } from "../../ipc";
import { keyName } from "../../keys/chord";
import { buttonLook } from "../../parts/Button";
import { chipLook } from "../../parts/Chip";
import { Icon } from "../../parts/Icon";
import { Menu, MenuItem, MenuRule } from "../../parts/Menu";
import { TitleCell } from "../../parts/Table";
import type { RowPlace } from "../../parts/VirtualTable";
import { useWithheld } from "../../records/withheld";
import { copyLink, momentOf } from "../../seat/link";
import { THE_WHOLE } from "../../seat/place";
import { useLive } from "../../things/live/call";
import { alignPath } from "../../things/live/queries";
import { sessionPath } from "../../things/session/paths";
import css from "./CaseTable.module.css";
import { Cell } from "./columns";
import type { HeardIn } from "./useCalls";

/** Sessions named in a row. */
const SHOWN_SESSIONS = 2;

type Props = RowPlace & {
  row: CaseRow;
  columns: readonly CaseColumn[];
  /** The newest job that makes its text. */
  job: Job | undefined;
  /** The sessions it is heard in. */
  sessions: readonly HeardIn[] | undefined;
  chosen: boolean;
  /** Chooses it or lets it go; with `true` the stretch up to it. */
  onChoose: (stretch: boolean) => void;
  onTranscribe: (row: CaseRow) => void;
  onFailed: (error: unknown) => void;
};

/** A call in the table. */
export function CaseLine(props: Props) {
  const { row, index, measure, columns, chosen, onChoose, onFailed } = props;
  const { t } = useTranslation("library");
  const [, go] = useLocation();
  const { case: c } = row;
  // A call that goes on is listened to where it is listened to.
  const running = useLive((s) => s.status?.call.case_id === c.id);
  const path = running ? "/live" : `/case/${c.id}`;
  const facts = useFacts(props, running);
  const run = (work: Promise<unknown>) => void work.catch(onFailed);
  const copy = () => copyLink(momentOf(c.id, THE_WHOLE));
  return (
    <tr
      ref={measure}
      data-index={index}
      data-testid="case-row"
      aria-rowindex={index + 2}
      data-selected={chosen || undefined}
      onClick={() => go(path)}
    >
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: keeps clicks on the box from opening the row */}
      <td onClick={(e) => e.stopPropagation()}>
        <input
          type="checkbox"
          aria-label={t("choose.one", { title: c.title })}
          checked={chosen}
          onChange={(e) => onChoose(e.nativeEvent instanceof MouseEvent && e.nativeEvent.shiftKey)}
        />
      </td>
      <TitleCell facts={facts}>
        <Link
          href={path}
          data-rowlink
          onClick={(e) => e.stopPropagation()}
          onKeyDown={(e) => {
            if (keyName(e) !== "Space" || e.ctrlKey || e.altKey || e.metaKey) return;
            e.preventDefault();
            e.stopPropagation();
            onChoose(e.shiftKey);
          }}
        >
          <b>{c.title}</b>
        </Link>
      </TitleCell>
      {columns.map((column) => (
        <Cell key={column} column={column} row={row} job={props.job} />
      ))}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: keeps clicks in the menu from opening the row */}
      <td onClick={(e) => e.stopPropagation()}>
        <Menu
          align="end"
          trigger={
            <button
              type="button"
              {...buttonLook({ tone: "ghost", isIcon: true, size: "small" })}
              aria-label={t("row.more", { title: c.title })}
            >
              <Icon name="more" />
            </button>
          }
        >
          <MenuItem icon={row.has_audio ? "headphones" : "text"} onSelect={() => go(path)}>
            {t(row.has_audio ? "row.open" : "row.look")}
          </MenuItem>
          <TextItem row={row} onTranscribe={props.onTranscribe} />
          <MenuItem icon="link" onSelect={() => run(copy())}>
            {t("row.copy")}
          </MenuItem>
          <MenuRule />
          <DeleteItem caseId={c.id} onDelete={() => run(ipc.deleteCase(c.id))} />
        </Menu>
      </td>
    </tr>
  );
}

/** Small facts below the title: those that have no column of their own, where it comes from, and what it is heard in. */
function useFacts({ row, columns, sessions = [] }: Props, running: boolean): ReactNode {
  const { t } = useTranslation("library");
  const { case: c, contact } = row;
  const waits = !row.has_audio && !running && row.live !== null && row.live.state !== "listening";
  const told = [
    columns.includes("queue") ? "" : contact?.queue,
    columns.includes("customer_tier") ? "" : c.customer_tier,
    columns.includes("disposition") ? "" : contact?.disposition,
  ];
  const facts = [...new Set(told.filter(Boolean))];
  if (facts.length === 0 && sessions.length === 0 && !row.live) return null;
  return (
    <>
      {row.live ? (
        <span className={css.live} data-testid="case-live">
          <Icon name="live" size="tiny" />
          {t(running ? "row.running" : "row.live")}
        </span>
      ) : null}
      {waits && row.live ? (
        <Link
          href={alignPath(row.live.id)}
          {...chipLook("warn", css.way)}
          data-waits=""
          title={t("row.waitsHint")}
          data-testid="align-open"
          onClick={(e) => e.stopPropagation()}
        >
          <Icon name="link" />
          {t("row.waits")}
        </Link>
      ) : null}
      {facts.map((fact) => (
        <bdi key={fact}>{fact}</bdi>
      ))}
      {sessions.slice(0, SHOWN_SESSIONS).map((one) => (
        <Link
          key={one.id}
          href={sessionPath(one.id)}
          {...chipLook(undefined, css.way)}
          title={t("row.session", { title: one.title })}
          data-testid="case-session"
          onClick={(e) => e.stopPropagation()}
        >
          <Icon name="session" />
          <bdi className="cut">{one.title}</bdi>
        </Link>
      ))}
      {sessions.length > SHOWN_SESSIONS ? (
        <span>{t("row.sessionsMore", { count: sessions.length - SHOWN_SESSIONS })}</span>
      ) : null}
    </>
  );
}

function TextItem({ row, onTranscribe }: { row: CaseRow; onTranscribe: (row: CaseRow) => void }) {
  const { t } = useTranslation("library");
  const why = useWithheld()("text.ask");
  const atWork = row.transcript === "queued" || row.transcript === "running";
  return (
    <MenuItem icon="text" disabled={!row.has_audio || atWork} why={why} onSelect={() => onTranscribe(row)}>
      {t(row.transcript === "none" ? "row.transcribe" : "row.again")}
    </MenuItem>
  );
}

/** Asked of the gate only while the menu is open: there are thousands of rows. */
function DeleteItem({ caseId, onDelete }: { caseId: string; onDelete: () => void }) {
  const { t } = useTranslation("library");
  const why = useWithheld("case", caseId)("case.delete");
  return (
    <MenuItem icon="trash" bad why={why} onSelect={onDelete}>
      {t("row.delete")}
    </MenuItem>
  );
}
