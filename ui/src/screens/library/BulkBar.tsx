import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CaseQuery, CaseRow, CasesEdit } from "../../ipc";
import { asNote, ipc } from "../../ipc";
import { CASES_AT_ONCE } from "../../ipc/generated/limits";
import { Button } from "../../parts/Button";
import { useErrorWords } from "../../parts/words";
import { qk } from "../../records/queries";
import { useWithheld } from "../../records/withheld";
import { casesOf } from "../../things/case/queries";
import css from "./BulkBar.module.css";
import { type Chosen, chooseAll, chooseNone, countOf, meant } from "./chosen";

/** What is set on many calls at once. */
const settable = ["business_line", "customer_tier", "queue", "agent", "disposition"] as const;
type Settable = (typeof settable)[number];

type Props = {
  chosen: Chosen;
  /** The query they were chosen of. */
  query: CaseQuery;
  asked: string;
  rows: readonly CaseRow[];
  total: number;
};

/** What can be done with the calls that are chosen; one operation each, taken back as one. */
export function BulkBar({ chosen, query, asked, rows, total }: Props) {
  const { t } = useTranslation("library");
  const why = useWithheld();
  const count = countOf(chosen, total);
  const which = meant(chosen, query, total);
  const set = useMutation({
    mutationFn: ({ field, value }: { field: Settable; value: string }) => {
      const edit: CasesEdit = { which };
      edit[field] = value;
      return ipc.editCases(edit);
    },
  });
  const bin = useMutation({ mutationFn: () => ipc.deleteCases(which), onSuccess: chooseNone });
  const busy = set.isPending || bin.isPending;
  const many = count > CASES_AT_ONCE;
  const more = !chosen.all && total > rows.length && rows.every((row) => chosen.ids.has(row.case.id));
  return (
    <section className={css.bar} aria-label={t("bulk.name")} data-testid="bulk-bar">
      <div className={css.line}>
        <span role="status" className="nowrap">
          {t("bulk.count", { count })}
        </span>
        {more ? (
          <Button size="small" tone="ghost" onClick={() => chooseAll(asked)}>
            {t("bulk.all", { count: total })}
          </Button>
        ) : null}
        <SetForm busy={busy || many} onSet={(field, value) => set.mutate({ field, value })} />
        <span className="grow" />
        <Button
          size="small"
          icon="trash"
          why={why("case.delete")}
          disabled={busy || many}
          onClick={() => bin.mutate()}
        >
          {t("row.delete")}
        </Button>
        <Button size="small" tone="ghost" icon="x" label={t("bulk.none")} onClick={chooseNone} />
      </div>
      {many ? <p className="is-warning small">{t("bulk.tooMany", { count: CASES_AT_ONCE })}</p> : null}
      <Refused error={set.error ?? bin.error} rows={rows} />
    </section>
  );
}

/** Which fact, and what it is to be: what other calls have there is offered. */
function SetForm({ busy, onSet }: { busy: boolean; onSet: (field: Settable, value: string) => void }) {
  const { t } = useTranslation("library");
  const why = useWithheld()("cases.edit");
  const [field, setField] = useState<Settable>("business_line");
  const [value, setValue] = useState("");
  const offers = useId();
  const asked = { query: casesOf({ limit: 0 }), fact: field, part: "" };
  const known = useQuery({ queryKey: qk.cases({ values: asked }), queryFn: () => ipc.caseValues(asked) });
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!busy && !why) onSet(field, value.trim());
  };
  return (
    <form className={css.form} onSubmit={send}>
      <select
        className="drop-down"
        aria-label={t("bulk.field")}
        value={field}
        onChange={(e) => {
          const next = settable.find((one) => one === e.target.value);
          if (next) setField(next);
        }}
      >
        {settable.map((one) => (
          <option key={one} value={one}>
            {t(`fact.${one}`)}
          </option>
        ))}
      </select>
      <input
        className="input"
        aria-label={t("bulk.value")}
        placeholder={t("bulk.value")}
        list={offers}
        value={value}
        onChange={(e) => setValue(e.target.value)}
      />
      <datalist id={offers}>
        {known.data?.map((one) => (one.value ? <option key={one.value} value={one.value} /> : null))}
      </datalist>
      <Button size="small" type="submit" why={why} disabled={busy}>
        {t(value.trim() === "" ? "bulk.empty" : "bulk.set")}
      </Button>
    </form>
  );
}

/** Why nothing was done, and for which call. */
function Refused({ error, rows }: { error: unknown; rows: readonly CaseRow[] }) {
  const { t } = useTranslation("library");
  const words = useErrorWords();
  if (!error) return null;
  const note = asNote(error);
  const row = rows.find((one) => one.case.id === note.args.case_id);
  return (
    <p role="alert" className="is-bad small" data-code={note.code}>
      {row ? (
        <>
          <bdi>{row.case.title}</bdi>
          {t("filter.colon")}
        </>
      ) : null}
      {words(note)} {t("bulk.nothingDone")}
    </p>
  );
}
