import type { ReactNode } from "react";
import css from "./Table.module.css";
import { walkRows } from "./walkRows";

interface Props {
  name: string;
  className?: string | undefined;
  /** Rows there are, drawn or not; where all of them are drawn the table says it by itself. */
  total?: number;
  /** The row of column heads. */
  head: ReactNode;
  children: ReactNode;
}

/** A table whose rows are gone to. Where it is narrow, cells with `data-wide` go, and then a row is a small sheet. */
export function Table({ name, className, total, head, children }: Props) {
  return (
    <table
      className={[css.table, className].filter(Boolean).join(" ")}
      aria-label={name}
      aria-rowcount={total === undefined ? undefined : total + 1}
    >
      <thead>{head}</thead>
      <tbody onKeyDown={walkRows}>{children}</tbody>
    </table>
  );
}

interface TitleProps {
  /** A number the row is known by. */
  number?: number;
  /** The title in `<b>`, alone or as what leads to it. */
  children: ReactNode;
  /** Small facts below it. */
  facts?: ReactNode;
}

/** The cell that says what the row is. */
export function TitleCell({ number, children, facts }: TitleProps) {
  const numbered = number !== undefined;
  return (
    <td className={css.title} data-numbered={numbered ? "" : undefined}>
      {numbered ? (
        <div className={css.line}>
          <span className={`${css.number} figures`}>{number}</span>
          {children}
        </div>
      ) : (
        children
      )}
      {facts ? <div className={css.facts}>{facts}</div> : null}
    </td>
  );
}
