import type { ComponentProps } from "react";
import css from "./Notice.module.css";

type Props = Omit<ComponentProps<"div">, "className"> & { tone: "ok" | "warn" };

/** A line across a list or a page: what was done or is to be known, and what can be done about it. */
export function Notice({ tone, ...rest }: Props) {
  return <div {...rest} className={css.notice} data-tone={tone} />;
}
