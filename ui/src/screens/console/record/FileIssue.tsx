import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { asNote, type IssueRow, ipc, type ObservationView } from "../../../ipc";
import { enterOrEscape } from "../../../keys/enterOrEscape";
import { Button } from "../../../parts/Button";
import { Icon } from "../../../parts/Icon";
import { ErrorNote } from "../../../parts/states";
import { qk } from "../../../records/queries";
import { saved } from "../marks";
import { useConsole } from "../store";
import { useDebounced } from "../useDebounced";
import css from "./FileIssue.module.css";
import { SimilarIssueRow } from "./SimilarIssueRow";

type Props = { observationIds: string[]; active: ObservationView };

/** How many likenesses are shown; a note says when there are more. */
const SHOWN = 3;

/** 立为问题: see whether somebody has said it before; if not, file it. Beside the player, never over it. */
export function FileIssue({ observationIds, active }: Props) {
  const { t } = useTranslation("console");
  const { observation: o } = active;
  const [title, setTitle] = useState(firstLine(o.text || o.quote));
  const [urgency, setUrgency] = useState(0);
  const [difficulty, setDifficulty] = useState(0);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.select(), []);
  const close = () => useConsole.setState({ filing: null, picked: null });

  const wanted = useDebounced(title.trim(), 180);
  // The host knows it from its first revision on.
  const lasting = o.rev === 0 ? null : o.id;
  const { data: similar } = useQuery({
    queryKey: qk.issues({ similar: wanted, observation: lasting }),
    queryFn: () => ipc.similarIssues({ text: wanted, observation_id: lasting, except: null }),
    placeholderData: keepPreviousData,
  });
  const rows = (similar ?? []).filter((row) => !active.issues.some((i) => i.id === row.issue.id));

  const ids = async () => {
    const there = await Promise.all(observationIds.map(saved));
    return observationIds.filter((_, i) => there[i]);
  };
  const create = useMutation({
    mutationFn: async () =>
      ipc.createIssue({
        title: title.trim(),
        statement: o.text,
        business_line: "",
        urgency,
        difficulty,
        observation_ids: await ids(),
      }),
    onSuccess: close,
  });
  const attach = useMutation({
    mutationFn: async (row: IssueRow) =>
      ipc.attachEvidence({ issue_id: row.issue.id, observation_ids: await ids(), relation: null }),
    onSuccess: close,
  });
  const busy = create.isPending || attach.isPending;
  const failed = create.error ?? attach.error;
  const file = () => {
    if (title.trim() && !busy) create.mutate();
  };
  return (
    <section className={css.filing} aria-label={t("fileIssue")}>
      <div className={css.head}>
        <Icon name="issue" size="small" />
        <b>{t("fileIssue")}</b>
        <span className="label cut">
          {observationIds.length > 1 ? t("fileCount", { count: observationIds.length }) : t("fileFirstLook")}
        </span>
        <span className="grow" />
        <Button size="small" tone="ghost" icon="x" label={t("close", { ns: "common" })} onClick={close} />
      </div>
      <div className={css.title}>
        <input
          ref={field}
          className="input"
          data-testid="issue-title"
          aria-label={t("issueTitle")}
          placeholder={t("issueTitleHint")}
          value={title}
          onChange={(e) => setTitle(e.target.value)}
          onKeyDown={enterOrEscape(file, close)}
        />
      </div>
      {rows.slice(0, SHOWN).map((row, i) => (
        <SimilarIssueRow
          key={row.issue.id}
          row={row}
          first={i === 0}
          busy={busy}
          onAttach={() => attach.mutate(row)}
        />
      ))}
      {rows.length > SHOWN && (
        <p className={`${css.more} label`}>{t("similarMore", { count: rows.length - SHOWN })}</p>
      )}
      {similar && rows.length === 0 && wanted && <p className={`${css.more} label`}>{t("similarNone")}</p>}
      {failed && <ErrorNote note={asNote(failed)} />}
      <div className={css.foot}>
        <Scale label={t("urgency")} prefix="U" max={4} value={urgency} onChange={setUrgency} />
        <Scale label={t("difficulty")} prefix="D" max={3} value={difficulty} onChange={setDifficulty} />
        <span className="grow" />
        <Button
          size="small"
          tone="primary"
          icon="plus"
          data-testid="issue-create"
          disabled={!title.trim() || busy}
          onClick={file}
        >
          {t("fileNew")}
        </Button>
      </div>
    </section>
  );
}

type ScaleProps = {
  label: string;
  prefix: string;
  max: number;
  value: number;
  onChange: (value: number) => void;
};

/** Urgency or difficulty as a small select; 0 is "not said". */
function Scale({ label, prefix, max, value, onChange }: ScaleProps) {
  const { t } = useTranslation("console");
  return (
    <label className={css.scale}>
      <span className="label">{label}</span>
      <select value={value} onChange={(e) => onChange(Number(e.target.value))}>
        {Array.from({ length: max + 1 }, (_, n) => n).map((n) => (
          <option key={n} value={n}>
            {n === 0 ? t("scaleNone") : `${prefix}${n}`}
          </option>
        ))}
      </select>
    </label>
  );
}

/** A title out of a note: its first sentence, at most 60 characters. */
export function firstLine(text: string): string {
  const sentence = text.trim().split(/[\n。！？!?；;]/, 1)[0] ?? "";
  return [...sentence].slice(0, 60).join("");
}
