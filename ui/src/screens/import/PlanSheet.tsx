import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ImportItem, SuffixRule, Ticket } from "../../ipc";
import { ipc } from "../../ipc";
import { Button } from "../../parts/Button";
import { Problem } from "../../parts/Problem";
import { TickLine } from "../../parts/TickLine";
import { VoiceLabel } from "../../parts/VoiceLabel";
import { ofMachine, qk } from "../../records/queries";
import { shownPath } from "../../text/path";
import {
  bytesOf,
  bytesText,
  callsOf,
  fileName,
  sameRules,
  splitItem,
  usableRules,
} from "../../things/case/import/plan";
import { SuffixRules } from "../../things/case/import/SuffixRules";
import { closeImport, makePlan, startImport } from "../../things/case/import/store";
import css from "./sheets.module.css";

/** Rows drawn of a long plan; the rest is counted. */
const rowsShown = 300;

/** What an import would do, before it does anything. */
export function PlanSheet({ ticket }: { ticket: Ticket }) {
  const settings = useQuery({ queryKey: qk.settings, queryFn: ipc.getSettings });
  if (settings.error) return <Problem error={settings.error} onRetry={() => void settings.refetch()} />;
  return settings.data ? <Plan ticket={ticket} stored={settings.data.suffix_rules} /> : null;
}

function Plan({ ticket, stored }: { ticket: Ticket; stored: SuffixRule[] }) {
  const { t } = useTranslation("library");
  const { t: common } = useTranslation();
  const [rules, setRules] = useState(stored);
  const [keep, setKeep] = useState(false);
  const [items, setItems] = useState<ImportItem[]>([]);
  const [starting, setStarting] = useState<{ busy: boolean; error: unknown }>({ busy: false, error: null });
  const used = usableRules(rules);
  const plan = useQuery({
    queryKey: ["import_plan", ticket, used],
    queryFn: ({ signal }) => makePlan(ticket, used, signal),
    placeholderData: (last) => last,
    gcTime: 0,
    meta: ofMachine,
  });
  useEffect(() => {
    if (plan.data) setItems(plan.data.items);
  }, [plan.data]);
  const changed = !sameRules(rules, stored);
  const start = async () => {
    setStarting({ busy: true, error: null });
    try {
      await startImport(ticket, callsOf(items), changed && keep ? used : null);
    } catch (error) {
      setStarting({ busy: false, error });
    }
  };
  const replace = (at: number, by: ImportItem[]) =>
    setItems(items.flatMap((it, i) => (i === at ? by : [it])));
  const files = items.reduce((n, it) => n + it.files.length, 0);
  const ignored = plan.data?.ignored ?? [];
  const unopened = plan.data?.unopened ?? [];
  return (
    <>
      <div className={`${css.body} scroll`}>
        <p className="quiet" role="status">
          {plan.data
            ? t("plan.summary", {
                cases: items.length,
                files,
                size: bytesText(items.reduce((n, it) => n + bytesOf(it), 0)),
              })
            : t("plan.looking")}
        </p>
        <Problem error={plan.error} onRetry={() => void plan.refetch()} />
        <ul className={css.list}>
          {items.slice(0, rowsShown).map((item, i) => (
            <PlanRow
              key={item.files.map((f) => f.at).join("|")}
              item={item}
              onReplace={(by) => replace(i, by)}
            />
          ))}
        </ul>
        {items.length > rowsShown ? (
          <p className="faint small">{t("plan.notShown", { count: items.length - rowsShown })}</p>
        ) : null}
        {plan.data && items.length === 0 ? <p className="faint">{t("plan.nothing")}</p> : null}
        {ignored.length > 0 ? (
          <LeftOut title={t("plan.ignored", { count: plan.data?.ignored_count })} paths={ignored} />
        ) : null}
        {unopened.length > 0 ? (
          <LeftOut title={t("plan.unopened", { count: unopened.length })} paths={unopened} />
        ) : null}
        <details className={css.rules} open={items.some((it) => it.files.length === 2)}>
          <summary>{t("rules.title")}</summary>
          <p className="faint small">{t("rules.hint")}</p>
          <SuffixRules rules={rules} onChange={setRules} />
          {changed ? (
            <TickLine type="checkbox" checked={keep} onChange={(e) => setKeep(e.target.checked)}>
              {t("rules.keep")}
            </TickLine>
          ) : null}
        </details>
        <p className="faint small">{t("plan.duplicates")}</p>
        <Problem error={starting.error} />
      </div>
      <div className={`${css.foot} row`}>
        <span className="grow" />
        <Button onClick={closeImport}>{common("cancel")}</Button>
        <Button
          tone="primary"
          icon="import"
          data-testid="import-start"
          disabled={items.length === 0 || starting.busy || plan.isFetching}
          onClick={() => void start()}
        >
          {t("plan.start", { count: items.length })}
        </Button>
      </div>
    </>
  );
}

function LeftOut({ title, paths }: { title: string; paths: string[] }) {
  return (
    <details className={css.leftOut}>
      <summary>{title}</summary>
      <ul>
        {paths.slice(0, rowsShown).map((path) => (
          <li key={path} className="faint small" title={shownPath(path)}>
            {fileName(path)}
          </li>
        ))}
      </ul>
    </details>
  );
}

function PlanRow({ item, onReplace }: { item: ImportItem; onReplace: (by: ImportItem[]) => void }) {
  const { t } = useTranslation("library");
  const two = item.files.length === 2;
  return (
    <li data-testid="plan-row">
      <div className="row">
        <input
          className="input grow"
          aria-label={t("plan.titleOf", { name: fileName(item.files[0]?.path ?? "") })}
          value={item.title}
          onChange={(e) => onReplace([{ ...item, title: e.target.value }])}
        />
        <span className="figures faint small nowrap">{bytesText(bytesOf(item))}</span>
        {two ? (
          <Button size="small" icon="cut" onClick={() => onReplace(splitItem(item))}>
            {t("plan.split")}
          </Button>
        ) : null}
        <Button size="small" tone="ghost" icon="x" label={t("plan.leaveOut")} onClick={() => onReplace([])} />
      </div>
      {item.files.map(({ at, path }, i) => (
        <p key={at} className={`${css.file} small faint`}>
          {two ? <VoiceLabel role={i === 0 ? "agent" : "customer"} /> : null}
          <span className={css.fileName} title={shownPath(path)}>
            {fileName(path)}
          </span>
        </p>
      ))}
    </li>
  );
}
