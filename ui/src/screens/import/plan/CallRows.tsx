import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { FactsPlan } from "../../../ipc";
import { EmptyState } from "../../../parts/states";
import { VirtualTable } from "../../../parts/VirtualTable";
import type { PlanRow } from "../../../things/case/import/plan";
import { CallRow } from "./CallRow";
import css from "./CallRows.module.css";
import type { CallsShown } from "./shown";

interface Props {
  plan: FactsPlan;
  rows: PlanRow[];
  shown: CallsShown;
  foot: ReactNode;
}

/** The calls of a plan, or of one part of it: retitled, split, left out. */
export function CallRows({ plan, rows, shown, foot }: Props) {
  const { t } = useTranslation("imports");
  const [open, setOpen] = useState<string | null>(null);
  const { t: common } = useTranslation();
  return (
    <>
      {rows.length === 0 ? (
        <EmptyState icon="headphones" title={t("calls.none")} />
      ) : (
        <VirtualTable
          key={shown}
          name={t(`calls.name.${shown}`)}
          className={css.table}
          rows={rows}
          total={rows.length}
          rowKey={(row) => row.key}
          estimate={56}
          onEnd={() => undefined}
          head={
            <tr>
              {(["title", "began", "customer", "agent", "queue", "told"] as const).map((column) => (
                <th key={column} scope="col" data-wide={column === "queue" ? "" : undefined}>
                  {t(`col.${column}`)}
                </th>
              ))}
              <th scope="col">
                <span className="unseen">{common("more")}</span>
              </th>
            </tr>
          }
          line={(row, place) => (
            <CallRow
              key={row.key}
              {...place}
              row={row}
              plan={plan}
              isOpen={open === row.key}
              onOpen={() => setOpen(open === row.key ? null : row.key)}
            />
          )}
        />
      )}
      {foot ? <div className={css.foot}>{foot}</div> : null}
    </>
  );
}
