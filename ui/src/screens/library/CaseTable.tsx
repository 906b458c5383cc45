import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import type { CaseRow, CaseSort, Job } from "../../ipc";
import { ipc } from "../../ipc";
import { buttonLook } from "../../parts/Button";
import { chipLook } from "../../parts/Chip";
import { Icon } from "../../parts/Icon";
import { Menu, MenuItem, MenuRule } from "../../parts/Menu";
import { TitleCell } from "../../parts/Table";
import { type RowPlace, VirtualTable } from "../../parts/VirtualTable";
import { useWithheld } from "../../records/withheld";
import { copyLink, momentOf } from "../../seat/link";
import { THE_WHOLE } from "../../seat/place";
import { clock, dayTime } from "../../text/format";
import { useLive } from "../../things/live/call";
import { alignPath } from "../../things/live/queries";
import { sessionPath } from "../../things/session/paths";
import css from "./CaseTable.module.css";
import { useLibrary } from "./state";
import { TextState } from "./TextState";
import type { HeardIn } from "./useCalls";

interface Props {
  rows: CaseRow[];
  total: number;
  jobs: Map<string, Job>;
  /** The sessions a call is heard in, by call. */
  heardIn: Map<string, HeardIn[]>;
  onEnd: () => void;
  onTranscribe: (row: CaseRow) => void;
  onFailed: (error: unknown) => void;
}

const columns = [
  { word: "col.title", sort: "title" },
  { word: "col.line", wide: true },
  { word: "col.agent" },
  { word: "col.customer" },
  { word: "col.started", sort: "started_at" },
  { word: "col.length", sort: "duration" },
  { word: "col.marks", sort: "marks" },
  { word: "col.issues" },
  { word: "col.text" },
  { word: "col.heard", wide: true },
] as const satisfies readonly { word: string; sort?: CaseSort; wide?: boolean }[];

/** Which way an order runs, for `aria-sort`. */
const direction = (sort: CaseSort): "ascending" | "descending" =>
  sort === "title" ? "ascending" : "descending";

/** The calls, thousands of them. */
export function CaseTable(props: Props) {
  const { t } = useTranslation("library");
  return (
    <VirtualTable
      name={t("table.name")}
      rows={props.rows}
      total={props.total}
      rowKey={(row) => row.case.id}
      estimate={52}
      head={<Head />}
      onEnd={props.onEnd}
      line={(row, place) => <Row key={row.case.id} {...props} {...place} row={row} />}
    />
  );
}

function Head() {
  const { t } = useTranslation("library");
  const sort = useLibrary((s) => s.sort);
  return (
    <tr>
      {columns.map((column) => {
        const by = "sort" in column ? column.sort : undefined;
        return (
          <th
            key={column.word}
            scope="col"
            data-wide={"wide" in column ? "" : undefined}
            aria-sort={by !== undefined && by === sort ? direction(by) : undefined}
          >
            {by ? (
              <button
                type="button"
                title={t("table.sortBy", { column: t(column.word) })}
                onClick={() => useLibrary.setState({ sort: by === sort ? "imported" : by })}
              >
                {t(column.word)}
                {by === sort ? <Icon name={by === "title" ? "down" : "up"} size="tiny" /> : null}
              </button>
            ) : (
              t(column.word)
            )}
          </th>
        );
      })}
      <th scope="col">
        <span className="unseen">{t("col.more")}</span>
      </th>
    </tr>
  );
}

/** Sessions named in a row. */
const SHOWN_SESSIONS = 2;

type RowProps = Props & RowPlace & { row: CaseRow };

function Row({ row, index, measure, jobs, heardIn, onTranscribe, onFailed }: RowProps) {
  const { t } = useTranslation("library");
  const [, go] = useLocation();
  const { case: c, contact } = row;
  const began = contact?.began_at ?? null;
  // A call that goes on is listened to where it is listened to.
  const running = useLive((s) => s.status?.call.case_id === c.id);
  const path = running ? "/live" : `/case/${c.id}`;
  const waits = !row.has_audio && !running && row.live !== null && row.live.state !== "listening";
  const facts = [...new Set([contact?.queue, c.customer_tier, contact?.disposition].filter(Boolean))];
  const sessions = heardIn.get(c.id) ?? [];
  const none = <span className="faint">{t("cell.none")}</span>;
  const run = (work: Promise<unknown>) => void work.catch(onFailed);
  const copy = () => copyLink(momentOf(c.id, THE_WHOLE));
  return (
    <tr
      ref={measure}
      data-index={index}
      data-testid="case-row"
      aria-rowindex={index + 2}
      onClick={() => go(path)}
    >
      <TitleCell
        facts={
          facts.length > 0 || sessions.length > 0 || row.live ? (
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
          ) : null
        }
      >
        <Link href={path} data-rowlink onClick={(e) => e.stopPropagation()}>
          <b>{c.title}</b>
        </Link>
      </TitleCell>
      <td data-wide="">{c.business_line || none}</td>
      <td className={css.person}>{contact?.agent || none}</td>
      <td className={css.person}>{contact?.customer || none}</td>
      <td className="figures">{began === null ? none : dayTime(began)}</td>
      <td className="figures">{row.duration_ms > 0 || row.has_audio ? clock(row.duration_ms) : none}</td>
      <td className="figures">{row.observation_count > 0 ? <b>{row.observation_count}</b> : none}</td>
      <td className="figures">{row.issue_count > 0 ? <b>{row.issue_count}</b> : none}</td>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: keeps clicks on the buttons inside from opening the row */}
      <td onClick={(e) => e.stopPropagation()}>
        <TextState row={row} job={jobs.get(c.id)} />
      </td>
      <td data-wide="">
        {row.listener_count > 0 ? (
          t("cell.heard", { count: row.listener_count })
        ) : (
          <span className="faint">{t("cell.notHeard")}</span>
        )}
      </td>
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
          <TextItem row={row} onTranscribe={onTranscribe} />
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
