import type { ReactNode } from "react";
import css from "./SectionHead.module.css";

type Props = { title: string; note?: ReactNode; level?: 2 | 3; children?: ReactNode };

/** What makes any row a heading over an ink rule. */
export const sectionHead = { className: css.head, "data-part": "section-head" };

/** A heading over an ink rule; what stands to its right comes as children. */
export function SectionHead({ title, note, level = 2, children }: Props) {
  const Heading = level === 2 ? "h2" : "h3";
  return (
    <div {...sectionHead}>
      <Heading>{title}</Heading>
      {note && <span className="faint">{note}</span>}
      <span className="grow" />
      {children}
    </div>
  );
}

/** A drawn dot between two facts. */
export function Sep() {
  return <span className="dot" aria-hidden="true" />;
}
