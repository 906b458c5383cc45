import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { SuffixRule, Ticket } from "../../../ipc";
import { ipc } from "../../../ipc";
import { Button } from "../../../parts/Button";
import { Problem } from "../../../parts/Problem";
import { ScreenFrame } from "../../../parts/ScreenFrame";
import { EmptyState, ProgressLine } from "../../../parts/states";
import { ofMachine, qk } from "../../../records/queries";
import { useWithheld } from "../../../records/withheld";
import { useTrail } from "../../../seat/crumbs";
import { rowsOf, usableRules } from "../../../things/case/import/plan";
import {
  chooseFiles,
  chooseFolder,
  closeImport,
  makePlan,
  reading,
  useImport,
} from "../../../things/case/import/store";
import { Looked } from "./Looked";
import css from "./plan.module.css";

/** What an import would do, before it does anything. */
export default function ImportScreen() {
  const { t } = useTranslation("imports");
  const ticket = useImport((s) => s.ticket);
  useTrail(t("crumb"));
  return (
    <ScreenFrame>
      {ticket === null ? <NothingBrought /> : <WithRules key={ticket} ticket={ticket} />}
    </ScreenFrame>
  );
}

function NothingBrought() {
  const { t } = useTranslation("imports");
  const { t: library } = useTranslation("library");
  const why = useWithheld()("case.import");
  return (
    <EmptyState icon="import" title={t("empty.title")} hint={t("empty.hint")}>
      <Button tone="primary" icon="import" why={why} onClick={() => void chooseFiles()}>
        {library("import.open")}
      </Button>
      <Button icon="folder" why={why} onClick={() => void chooseFolder()}>
        {library("import.folder")}
      </Button>
    </EmptyState>
  );
}

function WithRules({ ticket }: { ticket: Ticket }) {
  const settings = useQuery({ queryKey: qk.settings, queryFn: ipc.getSettings });
  if (settings.error) return <Problem error={settings.error} onRetry={() => void settings.refetch()} />;
  return settings.data ? <Plan ticket={ticket} stored={settings.data.suffix_rules} /> : null;
}

function Plan({ ticket, stored }: { ticket: Ticket; stored: SuffixRule[] }) {
  const { t } = useTranslation("imports");
  const draft = useImport((s) => s.draft);
  const rules = draft.rules ?? stored;
  const used = usableRules(rules);
  const ways = reading(draft);
  const plan = useQuery({
    queryKey: ["import_plan", ticket, used, ways],
    queryFn: ({ signal }) => makePlan(ticket, used, ways, signal),
    placeholderData: (last) => last,
    // A plan has as many calls as were brought: it is not kept, nor compared with the one before.
    gcTime: 0,
    structuralSharing: false,
    meta: ofMachine,
  });
  const rows = useMemo(() => (plan.data ? rowsOf(plan.data, draft) : []), [plan.data, draft]);
  if (!plan.data)
    return (
      <div className={css.looking}>
        {plan.error ? (
          <Problem error={plan.error} onRetry={() => void plan.refetch()} />
        ) : (
          <ProgressLine label={t("looking")} permille={null} onCancel={closeImport} />
        )}
      </div>
    );
  return (
    <Looked
      ticket={ticket}
      plan={plan.data}
      rows={rows}
      rules={rules}
      stored={stored}
      isLooking={plan.isFetching}
      error={plan.error}
      onRetry={() => void plan.refetch()}
    />
  );
}
