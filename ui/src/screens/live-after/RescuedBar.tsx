import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { Button } from "../../parts/Button";
import { FactLine } from "../../parts/FactLine";
import { Icon } from "../../parts/Icon";
import { useAcknowledge, useRecovered } from "./queries";
import { useMissingWords, useRescuedFacts } from "./RecoveredCalls";
import "./live-after.css";

/** Where the list of them is on the screen already. */
const SAID_ON = "/live";

/** Says on every screen that a cut-off call was rescued, until somebody has seen it. A row of its own. */
export function RescuedBar() {
  const { t } = useTranslation("align");
  const [path, go] = useLocation();
  const { data } = useRecovered();
  const facts = useRescuedFacts();
  const missing = useMissingWords();
  const seen = useAcknowledge();
  const [first, ...others] = data ?? [];
  if (!first || path === SAID_ON) return null;
  const alone = others.length === 0;
  const short = missing(first);
  const shorts = (data ?? []).filter((one) => missing(one) !== null).length;
  return (
    <aside
      className={shorts > 0 ? "la-bar bad" : "la-bar"}
      aria-label={t("rescued.title")}
      data-testid="recovered-bar"
      data-region
    >
      <Icon name={shorts > 0 ? "warn" : "shield"} size="s" />
      <b className="nowrap">
        {alone
          ? t(short ? "rescued.part" : "rescued.title")
          : t(shorts > 0 ? "rescued.severalShort" : "rescued.several", {
              count: others.length + 1,
              short: shorts,
            })}
      </b>
      {alone && (
        <span className="la-bar-facts">
          <bdi className="ell">{first.title}</bdi>
          <FactLine facts={short ? [short] : facts(first)} />
        </span>
      )}
      <span className="grow" />
      <Button size="s" onClick={() => go(alone ? `/case/${first.call.case_id}` : SAID_ON)}>
        {t(alone ? "rescued.open" : "rescued.look")}
      </Button>
      {alone && (
        <Button size="s" tone="ghost" disabled={seen.isPending} onClick={() => seen.mutate(first.call.id)}>
          {t("rescued.seen")}
        </Button>
      )}
    </aside>
  );
}
