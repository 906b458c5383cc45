import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { FactsPlan, HereFacts } from "../../../ipc";
import { Chip } from "../../../parts/Chip";
import { clock } from "../../../text/format";
import { FactCells, FactTable } from "./FactTable";

const facts = ["began_at", "agent", "number", "queue", "csat"] as const;

/** Calls that are here already and of which facts are told: the first of them. */
export function HereRows({ plan }: { plan: FactsPlan }) {
  const { t } = useTranslation("imports");
  const all = plan.here_count;
  return (
    <FactTable
      name={t("ledger.later", { count: all })}
      hint={t("later.hint")}
      all={all}
      shown={plan.here.length}
      first={t("col.title")}
      facts={facts}
      last={t("col.told")}
    >
      {plan.here.map((one) => (
        <Row key={`${one.case_id} ${JSON.stringify(one.from[0])}`} one={one} />
      ))}
    </FactTable>
  );
}

function Row({ one }: { one: HereFacts }) {
  const { t } = useTranslation("imports");
  const { contradictions, lengths_apart: apart } = one;
  return (
    <tr data-testid="plan-later">
      <td>
        <Link className="link" href={`/case/${one.case_id}`}>
          <bdi>{one.title}</bdi>
        </Link>
      </td>
      <FactCells known={one.known} facts={facts} />
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
