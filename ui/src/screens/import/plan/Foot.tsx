import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import type { SuffixRule, Ticket } from "../../../ipc";
import { useActions } from "../../../keys/useActions";
import { Button } from "../../../parts/Button";
import { Icon } from "../../../parts/Icon";
import { Problem } from "../../../parts/Problem";
import { TickLine } from "../../../parts/TickLine";
import {
  bytesOf,
  bytesText,
  callsOf,
  isInDoubt,
  type PlanRow,
  sameRules,
  usableRules,
} from "../../../things/case/import/plan";
import { closeImport, startImport } from "../../../things/case/import/store";
import css from "./Foot.module.css";

interface Props {
  ticket: Ticket;
  /** What comes in. */
  rows: PlanRow[];
  rules: SuffixRule[];
  stored: SuffixRule[];
  isLooking: boolean;
}

/** What an import takes, and its beginning. */
export function Foot({ ticket, rows, rules, stored, isLooking }: Props) {
  const { t } = useTranslation("imports");
  const { t: common } = useTranslation();
  const { t: library } = useTranslation("library");
  const [, go] = useLocation();
  const [keep, setKeep] = useState(false);
  const [starting, setStarting] = useState<{ busy: boolean; error: unknown }>({ busy: false, error: null });
  const changed = !sameRules(rules, stored);
  const certain = rows.filter((row) => !isInDoubt(row));
  const isIdle = !starting.busy && !isLooking;
  const start = async (chosen: PlanRow[]) => {
    if (chosen.length === 0 || !isIdle) return;
    setStarting({ busy: true, error: null });
    try {
      await startImport(ticket, callsOf(chosen), changed && keep ? usableRules(rules) : null);
      go("/cases");
    } catch (error) {
      setStarting({ busy: false, error });
    }
  };
  useActions({ "import.start": () => void start(rows) });
  return (
    <footer className={css.foot} data-region>
      <Problem error={starting.error} />
      <div className="row">
        <Icon name="disk" />
        <span className="quiet">{t("foot.copies", { size: bytesText(bytesOf(rows)) })}</span>
        <span className="grow" />
        {changed ? (
          <TickLine type="checkbox" checked={keep} onChange={(e) => setKeep(e.target.checked)}>
            {library("rules.keep")}
          </TickLine>
        ) : null}
        <Button
          tone="ghost"
          onClick={() => {
            closeImport();
            go("/cases");
          }}
        >
          {common("cancel")}
        </Button>
        {certain.length < rows.length ? (
          <Button disabled={certain.length === 0 || !isIdle} onClick={() => void start(certain)}>
            {t("foot.certain", { count: certain.length })}
          </Button>
        ) : null}
        <Button
          tone="primary"
          icon="import"
          action="import.start"
          showKey
          data-testid="import-start"
          disabled={rows.length === 0 || !isIdle}
          onClick={() => void start(rows)}
        >
          {library("plan.start", { count: rows.length })}
        </Button>
      </div>
    </footer>
  );
}
