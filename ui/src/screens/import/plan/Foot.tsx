import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import type { SuffixRule, Ticket } from "../../../ipc";
import { ipc } from "../../../ipc";
import { useActions } from "../../../keys/useActions";
import { Button } from "../../../parts/Button";
import { Icon } from "../../../parts/Icon";
import { Problem } from "../../../parts/Problem";
import { Sep } from "../../../parts/SectionHead";
import { TickLine } from "../../../parts/TickLine";
import { qk } from "../../../records/queries";
import { useWithheld } from "../../../records/withheld";
import { isSameBasis, trimmed } from "../../../things/case/import/basis";
import {
  bytesOf,
  bytesText,
  callsOf,
  isInDoubt,
  type PlanRow,
  sameRules,
  usableRules,
} from "../../../things/case/import/plan";
import { closeImport, decide, startImport, useImport } from "../../../things/case/import/store";
import { Basis } from "./Basis";
import css from "./Foot.module.css";

interface Props {
  ticket: Ticket;
  /** What comes in. */
  rows: PlanRow[];
  /** Calls that are here already and get facts. */
  later: number;
  rules: SuffixRule[];
  stored: SuffixRule[];
  isLooking: boolean;
}

/** What an import takes, and its beginning. */
export function Foot({ ticket, rows, later, rules, stored, isLooking }: Props) {
  const { t } = useTranslation("imports");
  const { t: common } = useTranslation();
  const { t: library } = useTranslation("library");
  const [, go] = useLocation();
  const [keep, setKeep] = useState(false);
  const [starting, setStarting] = useState<{ busy: boolean; error: unknown }>({ busy: false, error: null });
  const last = useQuery({ queryKey: qk.settings, queryFn: ipc.getSettings }).data?.import_basis;
  const said = useImport((s) => s.draft.basis) ?? last ?? { basis: "", notice: "" };
  const mayRemember = useWithheld()("settings.edit") === null;
  const changed = !sameRules(rules, stored);
  const certain = rows.filter((row) => !isInDoubt(row));
  const isIdle = !starting.busy && !isLooking;
  const isAny = (chosen: PlanRow[]) => chosen.length > 0 || later > 0;
  const start = async (chosen: PlanRow[]) => {
    if (!isAny(chosen) || !isIdle) return;
    setStarting({ busy: true, error: null });
    try {
      const basis = trimmed(said);
      await startImport(ticket, callsOf(chosen), basis, {
        ...(changed && keep ? { suffix_rules: usableRules(rules) } : {}),
        // Only calls that come in say it: what is said of none is not the last word.
        ...(chosen.length > 0 && last && mayRemember && !isSameBasis(basis, last)
          ? { import_basis: basis }
          : {}),
      });
      go("/cases");
    } catch (error) {
      setStarting({ busy: false, error });
    }
  };
  useActions({ "import.start": () => void start(rows) });
  return (
    <footer className={css.foot} data-region>
      <Problem error={starting.error} />
      {rows.length > 0 ? <Basis said={said} onChange={(basis) => decide({ basis })} /> : null}
      <div className="row">
        <Icon name="disk" />
        <span className="quiet">
          {rows.length > 0 ? t("foot.copies", { size: bytesText(bytesOf(rows)) }) : null}
          {rows.length > 0 && later > 0 ? <Sep /> : null}
          {later > 0 ? t("foot.also", { count: later }) : null}
        </span>
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
          <Button disabled={!isAny(certain) || !isIdle} onClick={() => void start(certain)}>
            {t("foot.certain", { count: certain.length })}
          </Button>
        ) : null}
        <Button
          tone="primary"
          icon="import"
          action="import.start"
          showKey
          data-testid="import-start"
          disabled={!isAny(rows) || !isIdle}
          onClick={() => void start(rows)}
        >
          {rows.length === 0 && later > 0
            ? t("foot.later", { count: later })
            : library("plan.start", { count: rows.length })}
        </Button>
      </div>
    </footer>
  );
}
