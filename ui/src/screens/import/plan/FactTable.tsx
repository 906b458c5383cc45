import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { FactKey, PlannedFacts } from "../../../ipc";
import { Table } from "../../../parts/Table";
import css from "./plan.module.css";
import { useKnown } from "./words";

interface Props {
  name: string;
  hint: string;
  /** How many there are; the first of them are rows. */
  all: number;
  shown: number;
  /** What stands before the facts, and what after them. */
  first: string;
  facts: readonly FactKey[];
  last?: string;
  children: ReactNode;
}

/** Facts in rows, with what they are of before them. */
export function FactTable({ name, hint, all, shown, first, facts, last, children }: Props) {
  const { t } = useTranslation("imports");
  return (
    <div className={`${css.pile} scroll`}>
      <p className="faint small">
        {hint} {all > shown ? t("loose.first", { count: shown }) : null}
      </p>
      <Table
        name={name}
        head={
          <tr>
            <th scope="col">{first}</th>
            {facts.map((key) => (
              <th key={key} scope="col">
                {t(`fact.${key}`)}
              </th>
            ))}
            {last === undefined ? null : <th scope="col">{last}</th>}
          </tr>
        }
      >
        {children}
      </Table>
    </div>
  );
}

/** The cells of a row's facts. */
export function FactCells({ known, facts }: { known: PlannedFacts["known"]; facts: readonly FactKey[] }) {
  const words = useKnown();
  return facts.map((key) => (
    <td key={key}>
      <bdi>{words(known, key) ?? "—"}</bdi>
    </td>
  ));
}
