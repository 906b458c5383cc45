import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useRef } from "react";
import { Table } from "./Table";
import css from "./VirtualTable.module.css";

/** What a row of the table passes on to its `<tr>`. */
export type RowPlace = { index: number; measure: (el: HTMLTableRowElement | null) => void };

type Props<R> = {
  name: string;
  className?: string | undefined;
  rows: readonly R[];
  /** Rows there are, fetched or not. */
  total: number;
  rowKey: (row: R) => string;
  /** A row's height before it is measured, in CSS px. */
  estimate: number;
  /** The row of column heads. */
  head: ReactNode;
  /** The end of what was fetched comes into sight. */
  onEnd: () => void;
  line: (row: R, place: RowPlace) => ReactNode;
};

/** Rows before the end at which more are asked for. */
const AHEAD = 20;

/** A real table of any length: only the rows in sight are drawn. */
export function VirtualTable<R>(props: Props<R>) {
  const { rows } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const drawn = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => props.estimate,
    overscan: 12,
    getItemKey: (i) => {
      const row = rows[i];
      return row === undefined ? i : props.rowKey(row);
    },
    onChange: (v) => {
      const last = v.getVirtualItems().at(-1);
      if (last && last.index >= rows.length - AHEAD) props.onEnd();
    },
  });
  const items = drawn.getVirtualItems();
  const before = items[0]?.start ?? 0;
  const after = drawn.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <div className={`${css.scroller} scroll`} ref={scroller}>
      <Table className={props.className} name={props.name} total={props.total} head={props.head}>
        {before > 0 ? <tr style={{ height: before }} /> : null}
        {items.map((item) => {
          const row = rows[item.index];
          return row === undefined
            ? null
            : props.line(row, { index: item.index, measure: drawn.measureElement });
        })}
        {after > 0 ? <tr style={{ height: after }} /> : null}
      </Table>
    </div>
  );
}
