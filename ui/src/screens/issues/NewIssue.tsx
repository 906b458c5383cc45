import { useMutation, useQuery } from "@tanstack/react-query";
import {
  type FormEvent,
  type KeyboardEvent,
  useDeferredValue,
  useEffect,
  useId,
  useRef,
  useState,
} from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import type { ObservationId } from "../../ipc";
import { ipc } from "../../ipc";
import { Button } from "../../parts/Button";
import { Problem } from "../../parts/Problem";
import { MatrixPicker } from "./MatrixPicker";
import { useBusinessLines } from "./queries";
import { UnfiledPicker } from "./UnfiledPicker";
import { useLife } from "./useLife";

/** A new issue, in a pane beside the list: nothing covers what is playing. */
export function NewIssue({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("issues");
  const { t: common } = useTranslation();
  const [, go] = useLocation();
  const id = useId();
  const first = useRef<HTMLInputElement>(null);
  const [title, setTitle] = useState("");
  const [statement, setStatement] = useState("");
  const [line, setLine] = useState("");
  const [cell, setCell] = useState({ urgency: 0, difficulty: 0 });
  const [chosen, setChosen] = useState<ReadonlySet<ObservationId>>(new Set());
  const lines = useBusinessLines();
  useEffect(() => first.current?.focus(), []);

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
  const submit = (e?: FormEvent) => {
    e?.preventDefault();
    if (ready) create.mutate();
  };
  const onKeyDown = (e: KeyboardEvent) => {
    if (e.nativeEvent.isComposing) return;
    if (e.key === "Enter" && (e.ctrlKey || e.metaKey)) submit();
    if (e.key === "Escape") {
      e.stopPropagation();
      onClose();
    }
  };
  return (
    <form className="pane scroll" aria-labelledby={`${id}-h`} onSubmit={submit} onKeyDown={onKeyDown}>
      <div className="hd">
        <h2 id={`${id}-h`}>{t("new.title")}</h2>
        <span className="grow" />
        <Button size="s" tone="ghost" icon="x" label={common("close")} onClick={onClose} />
      </div>
      <div className="field">
        <label className="lbl" htmlFor={`${id}-t`}>
          {t("new.name")}
        </label>
        <input
          ref={first}
          id={`${id}-t`}
          data-testid="issue-title"
          className="fld"
          required
          value={title}
          placeholder={t("new.nameHint")}
          onChange={(e) => setTitle(e.target.value)}
        />
      </div>
      <Similar title={title} />
      <div className="field">
        <label className="lbl" htmlFor={`${id}-s`}>
          {t("new.statement")}
        </label>
        <textarea
          id={`${id}-s`}
          className="fld"
          rows={4}
          value={statement}
          placeholder={t("new.statementHint")}
          onChange={(e) => setStatement(e.target.value)}
        />
      </div>
      <div className="field">
        <label className="lbl" htmlFor={`${id}-l`}>
          {t("new.line")}
        </label>
        <input
          id={`${id}-l`}
          className="fld"
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
        <span className="lbl">{t("matrix.title")}</span>
        <MatrixPicker {...cell} onPick={(urgency, difficulty) => setCell({ urgency, difficulty })} />
      </div>
      <div className="field">
        <span className="lbl">{t("unfiled.title")}</span>
        <UnfiledPicker chosen={chosen} onChange={setChosen} />
      </div>
      <Problem error={create.error} />
      <div className="row foot">
        <span className="mute t12">{t("new.chosen", { count: chosen.size })}</span>
        <span className="grow" />
        <Button onClick={onClose}>{common("cancel")}</Button>
        <Button type="submit" tone="pri" data-testid="issue-create" disabled={!ready}>
          {t("new.create")}
          <kbd>{t("key.save")}</kbd>
        </Button>
      </div>
    </form>
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
    <section className="sim" aria-label={t("new.similar")}>
      <p className="lbl">{t("new.similar")}</p>
      <ul>
        {rows.slice(0, 4).map((row) => (
          <li key={row.issue.id}>
            <Link href={`/issue/${row.issue.id}`}>
              <b className="num">{row.issue.number}</b> {row.issue.title}
            </Link>
            <span className="mute t12 nowrap">{life.status(row.issue.status)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
