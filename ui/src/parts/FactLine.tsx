import { Fragment, type ReactNode } from "react";
import css from "./FactLine.module.css";
import { Sep } from "./SectionHead";

type Props = { facts: readonly (string | null | undefined)[]; children?: ReactNode };

/** Small facts in a row, a dot between them; what is empty or said already is left out. */
export function FactLine({ facts, children }: Props) {
  const said = [...new Set(facts.filter(Boolean))] as string[];
  if (said.length === 0 && !children) return null;
  return (
    <p className={css.facts} data-part="facts">
      {said.map((fact, i) => (
        <Fragment key={fact}>
          {i > 0 && <Sep />}
          <bdi>{fact}</bdi>
        </Fragment>
      ))}
      {children}
    </p>
  );
}
