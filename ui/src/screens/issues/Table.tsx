import { useTranslation } from "react-i18next";
import type { IssueId, IssueRow, Tag } from "../../ipc";
import { Icon } from "../../parts/Icon";
import { VirtualTable } from "../../parts/VirtualTable";
import { columns, IssueLine, type MergePick } from "../../things/issue/IssueLine";
import { ariaSort, sortBy, useIssueList } from "./state";

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

/** The list as a real table, in the order of one of its columns. */
export function IssueTable({ rows, total, onEnd, ...line }: Props) {
  const { t } = useTranslation("issues");
  const now = Date.now();
  return (
    <VirtualTable
      name={t("table.name")}
      rows={rows}
      total={total}
      rowKey={(row) => row.issue.id}
      estimate={58}
      head={<SortHead />}
      onEnd={onEnd}
      line={(row, place) => <IssueLine key={row.issue.id} row={row} now={now} {...place} {...line} />}
    />
  );
}

function SortHead() {
  const { t } = useTranslation("issues");
  const state = useIssueList();
  return (
    <tr>
      {columns.map(({ sort, word }) => (
        <th
          key={sort}
          scope="col"
          data-wide={sort === "age" ? "" : undefined}
          aria-sort={ariaSort(state, sort)}
        >
          <button type="button" onClick={() => sortBy(sort)} title={t("table.sortBy", { column: t(word) })}>
            {t(word)}
            {state.sort === sort ? <Icon name={state.descending ? "up" : "down"} size="tiny" /> : null}
          </button>
        </th>
      ))}
    </tr>
  );
}
