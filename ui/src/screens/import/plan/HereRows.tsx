import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { FactsPlan, HereFacts } from "../../../ipc";
import { Chip } from "../../../parts/Chip";
import { Table } from "../../../parts/Table";
import { clock } from "../../../text/format";
import css from "./plan.module.css";
import { useKnown } from "./words";

const shown = ["began_at", "agent", "number", "queue", "csat"] as const;

/** Calls that are here already and of which facts are told: the first of them. */
export function HereRows({ plan }: { plan: FactsPlan }) {
  const { t } = useTranslation("imports");
  const all = plan.here_count;
  return (
    <div className={`${css.pile} scroll`}>
      <p className="faint small">
        {t("later.hint")} {all > plan.here.length ? t("loose.first", { count: plan.here.length }) : null}
      </p>
      <Table
        name={t("ledger.later", { count: all })}
        head={
          <tr>
            <th scope="col">{t("col.title")}</th>
            {shown.map((key) => (
              <th key={key} scope="col">
                {t(`fact.${key}`)}
              </th>
            ))}
            <th scope="col">{t("col.told")}</th>
          </tr>
        }
      >
        {plan.here.map((one) => (
          <Row key={one.case_id} one={one} />
        ))}
      </Table>
    </div>
  );
}

function Row({ one }: { one: HereFacts }) {
  const { t } = useTranslation("imports");
  const known = useKnown();
  const { contradictions, lengths_apart: apart } = one;
  return (
    <tr data-testid="plan-later">
      <td>
        <Link className="link" href={`/case/${one.case_id}`}>
          <bdi>{one.title}</bdi>
        </Link>
      </td>
      {shown.map((key) => (
        <td key={key}>
          <bdi>{known(one.known, key) ?? "—"}</bdi>
        </td>
      ))}
      <td>
        {contradictions.length > 0 ? <Chip tone="warn">{t("state.differs")}</Chip> : null}
        {apart ? (
          <span className="faint small">
            {t("apart.both", { sound: clock(apart.sound_ms), told: clock(apart.told_ms) })}
          </span>
        ) : null}
        {contradictions.length === 0 && !apart ? t("state.told", { count: one.from.length }) : null}
      </td>
    </tr>
  );
}
