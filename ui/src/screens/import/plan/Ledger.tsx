import { useTranslation } from "react-i18next";
import type { FactsPlan } from "../../../ipc";
import type { PlanRow } from "../../../things/case/import/plan";
import css from "./Ledger.module.css";
import { countOf, type Shown } from "./shown";

type Counted = Exclude<Shown, "sources">;

interface Props {
  plan: FactsPlan;
  rows: PlanRow[];
  shown: Shown;
  onShow: (shown: Shown) => void;
}

const afterwards: readonly Counted[] = ["decide", "loose", "later", "here", "left", "unreadable", "passed"];

/** The counts of a plan, each of which shows what it counts. A second press leads back to where facts come from. */
export function Ledger({ plan, rows, shown, onShow }: Props) {
  const { t } = useTranslation("imports");
  const one = (what: Counted) => {
    const count = countOf(plan, rows, what);
    const isPressed = shown === what;
    return (
      <button
        key={what}
        type="button"
        aria-pressed={isPressed}
        data-tone={count > 0 ? what : undefined}
        data-testid={`ledger-${what}`}
        onClick={() => onShow(isPressed && plan.sources.length > 0 ? "sources" : what)}
      >
        <b className="figures">{count}</b>
        <span>{t(`ledger.${what}`, { count })}</span>
      </button>
    );
  };
  const there = afterwards.filter((what) => countOf(plan, rows, what) > 0);
  return (
    <fieldset className={css.ledger} aria-label={t("ledger.name")}>
      {one("coming")}
      <i aria-hidden="true">=</i>
      {one("facts")}
      <i aria-hidden="true">+</i>
      {one("sound")}
      {there.length > 0 ? <span className={css.rule} /> : null}
      {there.map(one)}
    </fieldset>
  );
}
