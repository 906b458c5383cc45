import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { Band } from "../../parts/Band";
import { Button } from "../../parts/Button";
import { FactLine } from "../../parts/FactLine";
import { useAcknowledge, useRecovered } from "./queries";
import { useMissingWords, useRescuedFacts } from "./RecoveredCalls";
import css from "./RescuedBand.module.css";

/** Where the list of them is on the screen already. */
const SAID_ON = "/live";

/** Says that a cut-off call was rescued, until somebody has seen it. */
export function RescuedBand() {
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
  const head = alone
    ? t(short ? "rescued.part" : "rescued.title")
    : t(shorts > 0 ? "rescued.severalShort" : "rescued.several", {
        count: others.length + 1,
        short: shorts,
      });
  const acknowledge = () => seen.mutate(first.call.id);
  const ways = (
    <>
      <Button size="small" onClick={() => go(alone ? `/case/${first.call.case_id}` : SAID_ON)}>
        {t(alone ? "rescued.open" : "rescued.look")}
      </Button>
      {alone && (
        <Button size="small" tone="ghost" disabled={seen.isPending} onClick={acknowledge}>
          {t("rescued.seen")}
        </Button>
      )}
    </>
  );
  return (
    <Band
      label={t("rescued.title")}
      testId="recovered-band"
      tone={shorts > 0 ? "bad" : "ok"}
      icon={shorts > 0 ? "warn" : "shield"}
      head={head}
      ways={ways}
      trouble={seen.error && { error: seen.error, retry: acknowledge, dismiss: seen.reset }}
    >
      {alone && (
        <span className={css.facts}>
          <bdi className="cut">{first.title}</bdi>
          <FactLine facts={short ? [short] : facts(first)} />
        </span>
      )}
    </Band>
  );
}
