import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { CaseColumn, CaseId, CaseRow, CaseSort, Job } from "../../ipc";
import { Icon } from "../../parts/Icon";
import { VirtualTable } from "../../parts/VirtualTable";
import { CaseLine } from "./CaseLine";
import { type Chosen, choose, chooseNone, chooseThese } from "./chosen";
import { isWide, sortOf, useColumns } from "./columns";
import { direction, orderBy, useLibrary } from "./state";
import type { HeardIn } from "./useCalls";

interface Props {
  rows: CaseRow[];
  total: number;
  jobs: Map<string, Job>;
  /** The sessions a call is heard in, by call. */
  heardIn: Map<string, HeardIn[]>;
  /** What they were asked for by: a choice of them goes with it. */
  asked: string;
  chosen: Chosen;
  onEnd: () => void;
  onTranscribe: (row: CaseRow) => void;
  onFailed: (error: unknown) => void;
}

/** The calls, thousands of them. */
export function CaseTable(props: Props) {
  const { t } = useTranslation("library");
  const columns = useColumns();
  const { rows, asked, chosen } = props;
  const ids = useMemo(() => rows.map((row) => row.case.id), [rows]);
  const isChosen = (id: CaseId) => chosen.all || chosen.ids.has(id);
  const toggle = (id: CaseId, stretch: boolean) => choose(asked, ids, id, stretch);
  return (
    <VirtualTable
      name={t("table.name")}
      rows={rows}
      total={props.total}
      rowKey={(row) => row.case.id}
      estimate={52}
      head={<Head columns={columns} ids={ids} asked={asked} chosen={chosen} />}
      onEnd={props.onEnd}
      line={(row, place) => (
        <CaseLine
          key={row.case.id}
          {...place}
          row={row}
          columns={columns}
          job={props.jobs.get(row.case.id)}
          sessions={props.heardIn.get(row.case.id)}
          chosen={isChosen(row.case.id)}
          onChoose={(stretch) => toggle(row.case.id, stretch)}
          onTranscribe={props.onTranscribe}
          onFailed={props.onFailed}
        />
      )}
    />
  );
}

type HeadProps = {
  columns: readonly CaseColumn[];
  ids: readonly CaseId[];
  asked: string;
  chosen: Chosen;
};

function Head({ columns, ids, asked, chosen }: HeadProps) {
  const { t } = useTranslation("library");
  const all = chosen.all || (ids.length > 0 && ids.every((id) => chosen.ids.has(id)));
  const some = !all && chosen.ids.size > 0;
  return (
    <tr>
      <th scope="col">
        <input
          type="checkbox"
          aria-label={t("choose.all")}
          checked={all}
          ref={(box) => {
            if (box) box.indeterminate = some;
          }}
          onChange={() => (all ? chooseNone() : chooseThese(asked, ids))}
        />
      </th>
      <HeadCell word={t("col.title")} sort="title" />
      {columns.map((column) => (
        <HeadCell key={column} word={t(`col.${column}`)} sort={sortOf[column]} wide={isWide(column)} />
      ))}
      <th scope="col">
        <span className="unseen">{t("col.more")}</span>
      </th>
    </tr>
  );
}

type HeadCellProps = { word: string; sort: CaseSort | undefined; wide?: boolean };

function HeadCell({ word, sort, wide }: HeadCellProps) {
  const { t } = useTranslation("library");
  const now = useLibrary((s) => s.sort);
  const reversed = useLibrary((s) => s.reversed);
  const way = sort !== undefined && sort === now ? direction(now, reversed) : undefined;
  return (
    <th scope="col" data-wide={wide ? "" : undefined} aria-sort={way}>
      {sort ? (
        <button
          type="button"
          title={t(way ? "table.turn" : "table.sortBy", { column: word })}
          onClick={() => orderBy(sort)}
        >
          {word}
          {way ? <Icon name={way === "ascending" ? "down" : "up"} size="tiny" /> : null}
        </button>
      ) : (
        word
      )}
    </th>
  );
}
