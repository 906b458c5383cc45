import css from "./StateSign.module.css";
import type { RecState } from "./states";

/** How the call stands, as a shape and a colour; the word stands beside it. */
export function StateSign({ state }: { state: RecState }) {
  return <i className={css.sign} data-look={state} aria-hidden="true" />;
}
