import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { FactsPlan, SuffixRule, Ticket } from "../../../ipc";
import { Button } from "../../../parts/Button";
import { Problem } from "../../../parts/Problem";
import { Sep } from "../../../parts/SectionHead";
import { EmptyState } from "../../../parts/states";
import { bytesOf, bytesText, isHere, type PlanRow } from "../../../things/case/import/plan";
import { CallRows } from "./CallRows";
import { Columns } from "./Columns";
import { Foot } from "./Foot";
import { HereRows } from "./HereRows";
import { JoinedFiles } from "./JoinedFiles";
import { Ledger } from "./Ledger";
import { LooseRows } from "./LooseRows";
import { PassedOver } from "./PassedOver";
import css from "./plan.module.css";
import { Side } from "./Side";
import { Sources } from "./Sources";
import { rowsShown, type Shown } from "./shown";

interface Props {
  ticket: Ticket;
  plan: FactsPlan;
  rows: PlanRow[];
  rules: SuffixRule[];
  stored: SuffixRule[];
  /** Another look is under way. */
  isLooking: boolean;
  error: unknown;
  onRetry: () => void;
}

/** The screen of a plan: what was counted above, one part of it in the middle, what is to be decided beside it. */
export function Looked({ ticket, plan, rows, rules, stored, isLooking, error, onRetry }: Props) {
  const { t } = useTranslation("imports");
  const [chosen, setShown] = useState<Shown | null>(null);
  const coming = rows.filter((row) => row.comes);
  // Where nothing tells of the calls there is nothing to mend: the calls themselves are looked at, or why none comes in.
  const calls = coming.length === 0 && rows.some(isHere) ? "here" : "coming";
  const shown = chosen ?? (plan.sources.length > 0 ? "sources" : calls);
  return (
    <div className={css.screen}>
      <header className={css.head} data-region>
        <div className={css.title}>
          <h1>{t("title")}</h1>
          <p className="quiet" role="status">
            {t("head.files", {
              count: rows.reduce((n, row) => n + row.files.length, 0) + plan.sources.length,
            })}
            <Sep />
            {bytesText(bytesOf(rows))}
            <Sep />
            {isLooking ? t("lookingAgain") : t("head.nothing")}
          </p>
        </div>
        <Ledger plan={plan} rows={rows} shown={shown} onShow={setShown} />
      </header>
      <Problem error={error} onRetry={onRetry} />
      <div className={css.columns}>
        <div className={css.main} data-region aria-busy={isLooking}>
          <div className={css.middle}>
            <Middle plan={plan} rows={rows} shown={shown}>
              <JoinedFiles
                rules={rules}
                stored={stored}
                hasPairs={coming.some((row) => row.files.length === 2)}
              />
            </Middle>
          </div>
        </div>
        <Side plan={plan} rows={rows} onShow={setShown} />
      </div>
      <Foot
        ticket={ticket}
        rows={coming}
        later={plan.here_count}
        rules={rules}
        stored={stored}
        isLooking={isLooking}
      />
    </div>
  );
}

interface MiddleProps {
  plan: FactsPlan;
  rows: PlanRow[];
  shown: Shown;
  /** How two files become one call. */
  children: React.ReactNode;
}

function Middle({ plan, rows, shown, children }: MiddleProps) {
  const { t } = useTranslation("imports");
  const [source, setSource] = useState(0);
  if (plan.calls.length === 0 && plan.sources.length === 0 && shown === "coming")
    return (
      <EmptyState icon="import" title={t("nothing.title")} hint={t("nothing.hint")}>
        <Button onClick={() => window.history.back()}>{t("nothing.back")}</Button>
      </EmptyState>
    );
  if (shown === "sources") {
    const chosen = plan.sources[source] ?? plan.sources[0];
    return (
      <div className={`${css.pile} scroll`}>
        <Sources plan={plan} rows={rows} chosen={chosen} onChoose={setSource} />
        {chosen ? <Columns key={chosen.path} source={chosen} shipped={plan.shipped} /> : null}
        {children}
      </div>
    );
  }
  if (shown === "loose") return <LooseRows plan={plan} />;
  if (shown === "later") return <HereRows plan={plan} />;
  if (shown === "unreadable" || shown === "passed") return <PassedOver plan={plan} shown={shown} />;
  return <CallRows plan={plan} rows={rows.filter(rowsShown[shown])} shown={shown} foot={children} />;
}
