import { useMutation, useQuery } from "@tanstack/react-query";
import { useDeferredValue, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import type { ObservationId } from "../../ipc";
import { ipc } from "../../ipc";
import { NewPane } from "../../parts/NewPane";
import { useBusinessLines } from "../../things/case/queries";
import { MatrixPicker } from "../../things/issue/MatrixPicker";
import { UnfiledPicker } from "../../things/issue/UnfiledPicker";
import { useLife } from "../../things/issue/useLife";
import css from "./NewIssue.module.css";

/** A new issue, in a pane beside the list. */
export function NewIssue({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("issues");
  const [, go] = useLocation();
  const id = useId();
  const [title, setTitle] = useState("");
  const [statement, setStatement] = useState("");
  const [line, setLine] = useState("");
  const [cell, setCell] = useState({ urgency: 0, difficulty: 0 });
  const [chosen, setChosen] = useState<ReadonlySet<ObservationId>>(new Set());
  const lines = useBusinessLines();

  const create = useMutation({
    mutationFn: () =>
      ipc.createIssue({
        title: title.trim(),
        statement: statement.trim(),
        business_line: line.trim(),
        ...cell,
        observation_ids: [...chosen],
      }),
    onSuccess: (row) => go(`/issue/${row.issue.id}`),
  });
  const ready = title.trim() !== "" && !create.isPending;
  return (
    <NewPane
      title={t("new.title")}
      create={t("new.create")}
      createTestId="issue-create"
      ready={ready}
      error={create.error}
      onCreate={() => create.mutate()}
      onClose={onClose}
      foot={<span className="faint small">{t("new.chosen", { count: chosen.size })}</span>}
    >
      <div className="field">
        <label className="label" htmlFor={`${id}-t`}>
          {t("new.name")}
        </label>
        <input
          id={`${id}-t`}
          data-testid="issue-title"
          className="input"
          required
          value={title}
          placeholder={t("new.nameHint")}
          onChange={(e) => setTitle(e.target.value)}
        />
      </div>
      <Similar title={title} />
      <div className="field">
        <label className="label" htmlFor={`${id}-s`}>
          {t("new.statement")}
        </label>
        <textarea
          id={`${id}-s`}
          className="input"
          rows={4}
          value={statement}
          placeholder={t("new.statementHint")}
          onChange={(e) => setStatement(e.target.value)}
        />
      </div>
      <div className="field">
        <label className="label" htmlFor={`${id}-l`}>
          {t("new.line")}
        </label>
        <input
          id={`${id}-l`}
          className="input"
          list={`${id}-lines`}
          value={line}
          onChange={(e) => setLine(e.target.value)}
        />
        <datalist id={`${id}-lines`}>
          {lines.data?.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
      </div>
      <div className="field">
        <span className="label">{t("matrix.title")}</span>
        <MatrixPicker {...cell} onPick={(urgency, difficulty) => setCell({ urgency, difficulty })} />
      </div>
      <div className="field">
        <span className="label">{t("unfiled.title")}</span>
        <UnfiledPicker chosen={chosen} onChange={setChosen} />
      </div>
    </NewPane>
  );
}

/** Issues that read alike, while the title is being typed. */
function Similar({ title }: { title: string }) {
  const { t } = useTranslation("issues");
  const life = useLife();
  const text = useDeferredValue(title.trim());
  const similar = useQuery({
    queryKey: ["issues", "similar", text],
    queryFn: () => ipc.similarIssues({ text, observation_id: null, except: null }),
    enabled: text.length >= 2,
    placeholderData: (last) => last,
  });
  const rows = text.length >= 2 ? (similar.data ?? []) : [];
  if (rows.length === 0) return null;
  return (
    <section className={css.similar} aria-label={t("new.similar")}>
      <p className="label">{t("new.similar")}</p>
      <ul>
        {rows.slice(0, 4).map((row) => (
          <li key={row.issue.id}>
            <Link href={`/issue/${row.issue.id}`}>
              <b className="figures">{row.issue.number}</b> {row.issue.title}
            </Link>
            <span className="faint small nowrap">{life.status(row.issue.status)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
