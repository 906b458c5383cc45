import type { ComponentProps } from "react";
import css from "./TickLine.module.css";

/** A tick or a dot with the words it is about; pressing the words is pressing it. */
export function TickLine({ children, ...input }: ComponentProps<"input">) {
  return (
    <label className={`${css.line} row`}>
      <input {...input} />
      {children}
    </label>
  );
}
