import { useTranslation } from "react-i18next";
import type { FactsPlan, LooseFacts } from "../../../ipc";
import { FactCells, FactTable } from "./FactTable";
import { usePlaceWords } from "./words";

const facts = ["began_at", "agent", "number", "queue", "call_id"] as const;

/** Facts without a call among these: the first of them. */
export function LooseRows({ plan }: { plan: FactsPlan }) {
  const { t } = useTranslation("imports");
  const all = plan.without_call_count;
  return (
    <FactTable
      name={t("ledger.loose", { count: all })}
      hint={t("loose.hint")}
      all={all}
      shown={plan.without_call.length}
      first={t("loose.place")}
      facts={facts}
    >
      {plan.without_call.map((loose, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row has no identity but its order
        <Loose key={i} loose={loose} plan={plan} index={i} />
      ))}
    </FactTable>
  );
}

function Loose({ loose, plan, index }: { loose: LooseFacts; plan: FactsPlan; index: number }) {
  const place = usePlaceWords(plan);
  return (
    <tr data-index={index} data-testid="plan-loose">
      <td>
        <bdi>{place(loose.origin)}</bdi>
      </td>
      <FactCells known={loose.known} facts={facts} />
    </tr>
  );
}
