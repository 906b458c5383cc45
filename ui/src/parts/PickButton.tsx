import type { ComponentProps } from "react";
import css from "./PickButton.module.css";

/** A value in running text that opens what it is chosen from. */
export function PickButton(props: Omit<ComponentProps<"button">, "className">) {
  return <button type="button" {...props} className={css.pick} />;
}
