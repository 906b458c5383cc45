import type { ReactNode } from "react";
import css from "./FactList.module.css";

/** Facts of one thing, each `<dt>` with its `<dd>`. */
export function FactList({ children }: { children: ReactNode }) {
  return <dl className={css.list}>{children}</dl>;
}
