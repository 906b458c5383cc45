import type { ReactNode } from "react";

type Props = { title: string; note?: ReactNode; level?: 2 | 3; children?: ReactNode };

/** A heading over an ink rule; what stands to its right comes as children. */
export function SectionHead({ title, note, level = 2, children }: Props) {
  const Heading = level === 2 ? "h2" : "h3";
  return (
    <div className="hd">
      <Heading>{title}</Heading>
      {note && <span className="mute">{note}</span>}
      <span className="grow" />
      {children}
    </div>
  );
}

/** A drawn dot between two facts. */
export function Sep() {
  return <span className="dot" aria-hidden="true" />;
}
