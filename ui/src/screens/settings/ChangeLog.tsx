import type { UseMutationResult } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { LogCheckup, LogFault } from "../../ipc";
import { Button } from "../../parts/Button";
import { Chip } from "../../parts/Chip";
import { Problem } from "../../parts/Problem";
import { dayTime } from "../../text/format";

/** Faults told one by one; the rest is a number. */
const shown = 8;

/** Whether the change log is what was written: asked for, because it reads all of it. */
export function ChangeLog({ check }: { check: UseMutationResult<LogCheckup, Error, void> }) {
  const { t } = useTranslation("settings");
  return (
    <>
      <p className="faint small">{t("about.logHint")}</p>
      {check.data && <Found log={check.data} />}
      <Button size="small" data-testid="verify-log" disabled={check.isPending} onClick={() => check.mutate()}>
        {t(check.isPending ? "about.verifying" : "about.verify")}
      </Button>
      <Problem error={check.error} />
    </>
  );
}

function Found({ log }: { log: LogCheckup }) {
  const { t } = useTranslation("settings");
  const isSound = log.fault_count === 0;
  const others = log.chains.filter((chain) => !chain.ours).length;
  return (
    <div role="status" data-testid="log-found" data-faults={log.fault_count}>
      <Chip tone={isSound ? "ok" : "bad"} icon={isSound ? "check" : "warn"}>
        {t(isSound ? "about.logSound" : "about.logFaults", { count: log.fault_count })}
      </Chip>
      <p className="faint small">
        {t("about.logRead", { operations: log.operations, values: log.values })}
        {log.erased > 0 && t("about.logErased", { count: log.erased })}
        {others > 0 && t("about.logChains", { count: log.chains.length, others })}
      </p>
      {!isSound && (
        <>
          <ul>
            {log.faults.slice(0, shown).map((fault) => (
              <li key={`${fault.what}/${fault.replica}/${fault.n}`} className="is-bad">
                <Fault fault={fault} />
              </li>
            ))}
          </ul>
          <p className="small">{t("about.logWayOut")}</p>
        </>
      )}
    </div>
  );
}

function Fault({ fault }: { fault: LogFault }) {
  const { t } = useTranslation("settings");
  const { what, n, count, at } = fault;
  return (
    <>
      {t(`about.log_${what}`, { n, count })}
      {at !== null && <span className="faint">{t("about.logAt", { at: dayTime(at) })}</span>}
    </>
  );
}
