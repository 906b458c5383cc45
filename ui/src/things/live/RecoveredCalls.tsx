import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import type { RecoveredCall } from "../../ipc";
import { Button } from "../../parts/Button";
import { FactLine } from "../../parts/FactLine";
import { Icon } from "../../parts/Icon";
import { Problem } from "../../parts/Problem";
import { SectionHead } from "../../parts/SectionHead";
import { clock } from "../../text/format";
import css from "./calls.module.css";
import { useAcknowledge, useRecovered } from "./queries";

/** Calls that were cut off, as they were found at the start; each stays until somebody has seen it. */
export function RecoveredCalls() {
  const { t } = useTranslation("align");
  const { data, error, refetch } = useRecovered();
  if (error) return <Problem error={error} onRetry={() => void refetch()} />;
  if (!data || data.length === 0) return null;
  const whole = data.every((one) => missingOf(one) === 0);
  return (
    <section aria-label={t("rescued.title")} data-region>
      <SectionHead title={t("rescued.title")} note={whole ? t("rescued.note") : undefined} />
      <ul className={css.calls}>
        {data.map((one) => (
          <Rescued key={one.call.id} one={one} />
        ))}
      </ul>
    </section>
  );
}

/** What was promised and is not there, ms; of a damaged call never less than a second, which it may be. */
function missingOf({ call, length_ms, promised_ms }: RecoveredCall): number {
  return call.state === "damaged" ? Math.max(1000, promised_ms - length_ms) : 0;
}

/** What is there of a rescued call, in words. */
export function useRescuedFacts(): (one: RecoveredCall) => string[] {
  const { t } = useTranslation("align");
  return ({ length_ms, has_text, observation_count }) => [
    length_ms > 0 ? t("rescued.length", { time: clock(length_ms) }) : t("rescued.noSound"),
    t(has_text ? "rescued.withText" : "rescued.withoutText"),
    t("rescued.marks", { count: observation_count }),
  ];
}

/** How much of a damaged call is missing, in words; nothing for a whole one. */
export function useMissingWords(): (one: RecoveredCall) => string | null {
  const { t } = useTranslation("align");
  return (one) => {
    const missing = missingOf(one);
    if (missing === 0) return null;
    return t("rescued.short", {
      promised: clock(one.promised_ms),
      length: clock(one.length_ms),
      missing: clock(missing),
    });
  };
}

function Rescued({ one }: { one: RecoveredCall }) {
  const { t } = useTranslation("align");
  const [, go] = useLocation();
  const facts = useRescuedFacts();
  const missing = useMissingWords()(one);
  const seen = useAcknowledge();
  return (
    <li data-testid="recovered-call" data-state={one.call.state}>
      <Icon name={missing ? "warn" : "shield"} size="small" />
      <div className="grow">
        <b className="cut" title={one.title}>
          <bdi>{one.title}</bdi>
        </b>
        <FactLine facts={facts(one)} />
        {missing && <p className="is-bad small">{missing}</p>}
        <Problem error={seen.error} />
      </div>
      <Button
        size="small"
        aria-label={t("rescued.openOne", { title: one.title })}
        data-testid="recovered-open"
        onClick={() => go(`/case/${one.call.case_id}`)}
      >
        {t("rescued.open")}
      </Button>
      <Button
        size="small"
        tone="ghost"
        aria-label={t("rescued.seenOne", { title: one.title })}
        disabled={seen.isPending}
        data-testid="recovered-ack"
        onClick={() => seen.mutate(one.call.id)}
      >
        {t("rescued.seen")}
      </Button>
    </li>
  );
}
