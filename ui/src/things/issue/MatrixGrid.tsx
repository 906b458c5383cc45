import { type ComponentProps, Fragment, type ReactNode } from "react";
import css from "./MatrixGrid.module.css";

type Props = Omit<ComponentProps<"div">, "children" | "className"> & {
  /** To choose one cell from, rather than to see how much is in each. */
  picks?: boolean;
  cell: (urgency: number, difficulty: number) => ReactNode;
};

/** Urgency × difficulty as 4 × 3 cells under their heads. */
export function MatrixGrid({ picks = false, cell, ...rest }: Props) {
  return (
    <div {...rest} className={css.grid} data-picks={picks ? "" : undefined}>
      <span className={css.head} aria-hidden="true" />
      {[1, 2, 3].map((d) => (
        <span key={d} className={css.head} aria-hidden="true">{`D${d}`}</span>
      ))}
      {[1, 2, 3, 4].map((u) => (
        <Fragment key={u}>
          <span className={css.rowHead} aria-hidden="true">{`U${u}`}</span>
          {[1, 2, 3].map((d) => (
            <Fragment key={d}>{cell(u, d)}</Fragment>
          ))}
        </Fragment>
      ))}
    </div>
  );
}
