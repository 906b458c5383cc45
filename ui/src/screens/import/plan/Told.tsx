import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import type { FactKey, FactsPlan, FactValue } from "../../../ipc";
import { clock } from "../../../text/format";
import type { PlanRow } from "../../../things/case/import/plan";
import css from "./CallRows.module.css";
import { usePlaceWords, useValueWords } from "./words";

/** All that is told of a call, and where it stands. */
export function Told({ row, plan }: { row: PlanRow; plan: FactsPlan }) {
  const { t } = useTranslation("imports");
  const words = useValueWords();
  const place = usePlaceWords(plan);
  const { call, isWhole } = row;
  if (!isWhole) return null;
  const known = Object.entries(call.known) as [FactKey, FactValue][];
  return (
    <dl className={css.told} data-testid="plan-told">
      {known.map(([key, value]) => (
        <Fragment key={key}>
          <dt>{t(`fact.${key}`)}</dt>
          <dd>
            <bdi>{words(value)}</bdi>
          </dd>
        </Fragment>
      ))}
      {call.lengths_apart ? (
        <>
          <dt>{t("apart.title")}</dt>
          <dd>
            {t("apart.both", {
              sound: clock(call.lengths_apart.sound_ms),
              told: clock(call.lengths_apart.told_ms),
            })}
          </dd>
        </>
      ) : null}
      <dt>{t("told.from")}</dt>
      <dd>
        {call.from.map(([origin, by], i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a place has no identity but its order
          <p key={i}>
            <bdi>{place(origin)}</bdi> <span className="faint">{t(`by.${by}`)}</span>
          </p>
        ))}
      </dd>
    </dl>
  );
}
