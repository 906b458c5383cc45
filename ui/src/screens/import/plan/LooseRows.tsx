import { useTranslation } from "react-i18next";
import type { FactsPlan, LooseFacts } from "../../../ipc";
import { Table } from "../../../parts/Table";
import css from "./plan.module.css";
import { useKnown, usePlaceWords } from "./words";

const shown = ["began_at", "agent", "number", "queue", "call_id"] as const;
/** What goes where there is no room. */
const isWide = (key: (typeof shown)[number]) => (key === "queue" || key === "call_id" ? "" : undefined);

/** Facts without a call among these: the first of them. */
export function LooseRows({ plan }: { plan: FactsPlan }) {
  const { t } = useTranslation("imports");
  const all = plan.without_call_count;
  return (
    <div className={`${css.pile} scroll`}>
      <p className="faint small">
        {t("loose.hint")}{" "}
        {all > plan.without_call.length ? t("loose.first", { count: plan.without_call.length }) : null}
      </p>
      <Table
        name={t("ledger.loose", { count: all })}
        head={
          <tr>
            <th scope="col">{t("loose.place")}</th>
            {shown.map((key) => (
              <th key={key} scope="col" data-wide={isWide(key)}>
                {t(`fact.${key}`)}
              </th>
            ))}
          </tr>
        }
      >
        {plan.without_call.map((loose, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row has no identity but its order
          <Loose key={i} loose={loose} plan={plan} index={i} />
        ))}
      </Table>
    </div>
  );
}

function Loose({ loose, plan, index }: { loose: LooseFacts; plan: FactsPlan; index: number }) {
  const place = usePlaceWords(plan);
  const known = useKnown();
  return (
    <tr data-index={index} data-testid="plan-loose">
      <td>
        <bdi>{place(loose.origin)}</bdi>
      </td>
      {shown.map((key) => (
        <td key={key} data-wide={isWide(key)}>
          <bdi>{known(loose.known, key) ?? "—"}</bdi>
        </td>
      ))}
    </tr>
  );
}
