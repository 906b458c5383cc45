import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { BinRow, ClockJump } from "../../ipc";
import { ipc } from "../../ipc";
import { Button } from "../../parts/Button";
import { Chip } from "../../parts/Chip";
import { ListScreen } from "../../parts/ListScreen";
import { Menu, MenuItem } from "../../parts/Menu";
import { Notice } from "../../parts/Notice";
import { Problem } from "../../parts/Problem";
import { EmptyState } from "../../parts/states";
import { TitleCell } from "../../parts/Table";
import { type RowPlace, VirtualTable } from "../../parts/VirtualTable";
import { useWithheld } from "../../records/withheld";
import { useTrail } from "../../seat/crumbs";
import { clock, dayTime } from "../../text/format";
import css from "./Bin.module.css";
import { Certificates } from "./Certificates";
import { type Deed, KeepOrPurge } from "./KeepOrPurge";
import { useBin } from "./useBin";

/** Calls that were taken away: since when, what rests on them, and back. */
export default function Bin() {
  const { t } = useTranslation("bin");
  const bin = useBin();
  const [deed, setDeed] = useState<Deed | null>(null);
  const release = useMutation({ mutationFn: (id: string) => ipc.releaseCase(id) });
  const restore = useMutation({ mutationFn: (id: string) => ipc.restoreCase(id) });
  useTrail(t("title"));
  const { first } = bin;
  return (
    <ListScreen
      title={t("title")}
      count={first ? t("count", { count: first.total }) : undefined}
      actions={<span className="faint small">{t("keeps")}</span>}
      notes={
        <>
          {first?.jump ? <Jump jump={first.jump} onSettled={() => void bin.refetch()} /> : null}
          <Problem error={restore.error} />
          <Problem error={release.error} />
        </>
      }
      error={bin.error}
      onRetry={() => void bin.refetch()}
      pane={
        deed ? (
          <KeepOrPurge
            key={`${deed.what}${deed.row.case.id}`}
            deed={deed}
            onDone={() => {
              setDeed(null);
              void bin.refetch();
            }}
          />
        ) : null
      }
    >
      {first?.total === 0 ? (
        <EmptyState icon="trash" title={t("empty.title")} hint={t("empty.hint")} />
      ) : null}
      {first && first.total > 0 ? (
        <VirtualTable
          name={t("title")}
          className={css.table}
          rows={bin.rows}
          total={first.total}
          rowKey={(row) => row.case.id}
          estimate={52}
          head={<Head />}
          onEnd={bin.onEnd}
          line={(row, place) => (
            <Row
              key={row.case.id}
              {...place}
              row={row}
              days={first.days}
              busy={restore.isPending}
              onRestore={() => restore.mutate(row.case.id)}
              onDeed={(what) => setDeed({ what, row })}
              onRelease={() => release.mutate(row.case.id)}
            />
          )}
        />
      ) : null}
      <Certificates purges={first?.purges ?? []} />
    </ListScreen>
  );
}

/** A jump of the clock, which counts only when somebody says so. */
function Jump({ jump, onSettled }: { jump: ClockJump; onSettled: () => void }) {
  const { t } = useTranslation("bin");
  const settle = useMutation({
    mutationFn: (counts: boolean) => ipc.settleJump(counts),
    onSuccess: onSettled,
  });
  const days = Math.round(jump.ms / 86_400_000);
  return (
    <>
      <Notice tone="warn" role="status" data-testid="bin-jump">
        <span className="grow">{t("jump", { at: dayTime(jump.at), days })}</span>
        <Button size="small" disabled={settle.isPending} onClick={() => settle.mutate(false)}>
          {t("jumpNot")}
        </Button>
        <Button size="small" disabled={settle.isPending} onClick={() => settle.mutate(true)}>
          {t("jumpCounts")}
        </Button>
      </Notice>
      <Problem error={settle.error} />
    </>
  );
}

const columns = ["call", "length", "marks", "issues", "since", "by", "days"] as const;

function Head() {
  const { t } = useTranslation("bin");
  return (
    <tr>
      {columns.map((column) => (
        <th key={column} scope="col">
          {t(`col.${column}`)}
        </th>
      ))}
      <th scope="col">
        <span className="unseen">{t("restore")}</span>
      </th>
    </tr>
  );
}

type RowProps = RowPlace & {
  row: BinRow;
  days: number;
  busy: boolean;
  onRestore: () => void;
  onDeed: (what: Deed["what"]) => void;
  onRelease: () => void;
};

function Row({ row, index, measure, days, busy, onRestore, onDeed, onRelease }: RowProps) {
  const { t } = useTranslation("bin");
  const withheld = useWithheld();
  const why = withheld("case.restore");
  const [whyHold, whyRelease, whyPurge] = [
    withheld("case.hold"),
    withheld("case.release"),
    withheld("purge"),
  ];
  const c = row.case;
  const none = <span className="faint">{t("none")}</span>;
  const said = [c.business_line, row.contact?.agent, row.contact?.customer];
  const facts = [...new Set(said.filter(Boolean))];
  return (
    <tr ref={measure} data-index={index} data-testid="bin-row" aria-rowindex={index + 2}>
      <TitleCell facts={facts.length > 0 ? facts.map((fact) => <bdi key={fact}>{fact}</bdi>) : null}>
        <b>
          <bdi>{c.title}</bdi>
        </b>
      </TitleCell>
      <td className="figures">{row.duration_ms > 0 ? clock(row.duration_ms) : none}</td>
      <td className="figures">{row.observation_count > 0 ? row.observation_count : none}</td>
      <td className="figures">{row.issue_count > 0 ? row.issue_count : none}</td>
      <td className="figures">{dayTime(row.since)}</td>
      <td>{row.by ? <bdi>{row.by}</bdi> : none}</td>
      <td>
        {row.hold !== null ? (
          <Chip tone="warn" icon="lock" title={row.hold}>
            {t("held")}
          </Chip>
        ) : row.issue_count > 0 ? (
          <Chip tone="info" title={t("staysHint")}>
            {t("stays")}
          </Chip>
        ) : (
          <span className="figures">{t("days", { seen: row.seen_days, days })}</span>
        )}
      </td>
      <td>
        <Button
          size="small"
          icon="undo"
          data-rowlink
          data-testid="bin-restore"
          why={why}
          disabled={busy}
          aria-label={t("restoreOne", { title: c.title })}
          onClick={onRestore}
        >
          {t("restore")}
        </Button>
        <Menu
          align="end"
          trigger={<Button size="small" tone="ghost" icon="more" label={t("moreOf", { title: c.title })} />}
        >
          {row.hold === null ? (
            <MenuItem icon="lock" why={whyHold} onSelect={() => onDeed("hold")}>
              {t("hold.do")}
            </MenuItem>
          ) : (
            <MenuItem icon="lock" why={whyRelease} onSelect={onRelease}>
              {t("release")}
            </MenuItem>
          )}
          <MenuItem
            bad
            icon="trash"
            why={whyPurge}
            disabled={row.hold !== null}
            onSelect={() => onDeed("purge")}
          >
            {t("purge.do")}
          </MenuItem>
        </Menu>
      </td>
    </tr>
  );
}
