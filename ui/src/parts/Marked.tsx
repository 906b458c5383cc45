import { Fragment } from "react";
import { marked } from "../text/alike";
import css from "./Marked.module.css";

/** Text with the words that were looked for marked, however they are written; always plain text nodes. */
export function Marked({ text, looked }: { text: string; looked: string }) {
  const places = marked(text, looked);
  return (
    <>
      {places.map(({ from, to }, i) => (
        <Fragment key={from}>
          {text.slice(places[i - 1]?.to ?? 0, from)}
          <mark className={css.found}>{text.slice(from, to)}</mark>
        </Fragment>
      ))}
      {text.slice(places.at(-1)?.to ?? 0)}
    </>
  );
}
