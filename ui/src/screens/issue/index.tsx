import { useEffect, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import type { IssueView } from "../../ipc";
import { asNote, type FieldChange, ipc } from "../../ipc";
import { useActions } from "../../keys/useActions";
import { Button, buttonLook } from "../../parts/Button";
import { chipLook } from "../../parts/Chip";
import { CopyLink } from "../../parts/CopyLink";
import { DetailHead, DetailLoading, DetailScreen, DetailTitle } from "../../parts/DetailScreen";
import { InlineText } from "../../parts/InlineText";
import { Notice } from "../../parts/Notice";
import { Problem } from "../../parts/Problem";
import { EmptyState } from "../../parts/states";
import { type RecordEdit, useRecord } from "../../records/record";
import { useWithheld } from "../../records/withheld";
import { useTrail } from "../../seat/crumbs";
import { useIssue } from "../../things/issue/queries";
import { StatusMenu } from "../../things/issue/StatusMenu";
import { useLife } from "../../things/issue/useLife";
import {
  evidenceClips,
  replayRefresh,
  replayStep,
  replayToggle,
  useReplayHome,
  useRunId,
} from "../../things/mark/replay";
import { useTags } from "../../things/mark/tags";
import { usePeople } from "../../things/person/queries";
import { Commitments } from "../../things/session/Commitments";
import { Comments } from "./Comments";
import { EvidenceStrip } from "./EvidenceStrip";
import { History } from "./History";
import css from "./IssuePage.module.css";
import { MergeInto, OwnerPane } from "./Side";
import { Stages } from "./Stages";

/** The page of one issue: what is wrong, the moments that show it, who answers for it. */
export default function IssuePage({ issueId }: { issueId: string }) {
  const { t } = useTranslation("issues");
  const [, go] = useLocation();
  const issue = useIssue(issueId);
  const life = useLife();
  const row = issue.data?.row;
  useTrail(
    ...(row ? [`${life.stage(row.stage)} ${life.status(row.issue.status)}`, String(row.issue.number)] : []),
  );
  if (issue.data) return <Page view={issue.data} />;
  if (issue.error) {
    return asNote(issue.error).code === "not_found" ? (
      <EmptyState icon="issue" title={t("page.gone")} hint={t("page.goneHint")}>
        <Button onClick={() => go("/issues")}>{t("page.toList")}</Button>
      </EmptyState>
    ) : (
      <Problem error={issue.error} onRetry={() => void issue.refetch()} />
    );
  }
  return <DetailLoading>{t("page.loading")}</DetailLoading>;
}

function Page({ view: read }: { view: IssueView }) {
  const { t } = useTranslation("issues");
  const people = usePeople().data ?? [];
  const edit = useRecord("issue", read.row.issue);
  const issue = edit.now;
  const view = useMemo(() => ({ ...read, row: { ...read.row, issue } }), [read, issue]);
  const heardHere = useRunId() === issue.id;
  useReplayHome();
  useEffect(() => replayRefresh(view.row.issue.id, evidenceClips(view)), [view]);
  useActions(
    heardHere
      ? {
          "player.toggle": () => void replayToggle(),
          "player.next": () => void replayStep(1),
          "player.previous": () => void replayStep(-1),
        }
      : {},
  );
  return (
    <DetailScreen
      side={{
        name: t("side.owner"),
        content: (
          <>
            <OwnerPane view={view} people={people} edit={edit} />
            <Commitments of={{ field: "issue_id", id: issue.id }} />
            <History view={view} people={people} />
          </>
        ),
      }}
    >
      {view.merged_into ? <MergedNote view={view} /> : null}
      <Head view={view} edit={edit} />
      <Stages view={view} />
      <EvidenceStrip view={view} />
      <Comments view={view} />
    </DetailScreen>
  );
}

function Head({ view, edit }: { view: IssueView; edit: RecordEdit<"issue"> }) {
  const { t } = useTranslation("issues");
  const life = useLife();
  const tags = useTags().data ?? [];
  const { issue } = view.row;
  const merged = issue.merged_into !== null;
  const why = useWithheld("issue", issue.id);
  const worn = view.row.tags.flatMap((id) => tags.find((tag) => tag.id === id) ?? []);
  return (
    <DetailHead
      name={t("page.statement")}
      number={issue.number}
      actions={
        <>
          <CopyLink link={{ to: "issue", issue_id: issue.id }} />
          {merged ? null : (
            <>
              <MergeInto view={view} why={why("issue.merge")} />
              <StatusMenu issueId={issue.id}>
                <button type="button" {...buttonLook({ size: "small" })} data-testid="issue-status">
                  {t("page.move")}
                  <span className="unseen">{life.status(issue.status)}</span>
                </button>
              </StatusMenu>
            </>
          )}
        </>
      }
    >
      <DetailTitle
        label={t("field.title")}
        value={issue.title}
        rev={issue.rev}
        why={why("issue.edit")}
        testId="issue-title"
        onSave={(text, rev) => edit.save("title", text, rev)}
      >
        <h1>{issue.title}</h1>
      </DetailTitle>
      <InlineText
        label={t("field.statement")}
        value={issue.statement}
        rev={issue.rev}
        long
        why={why("issue.edit")}
        className={css.statement}
        fieldClassName={css.statementField}
        placeholder={t("new.statementHint")}
        onSave={(text, rev) => edit.save("statement", text, rev)}
      >
        {issue.statement ? (
          <p className="pre">{issue.statement}</p>
        ) : (
          <p className="faint">{t("page.addStatement")}</p>
        )}
      </InlineText>
      <div className={`${css.facts} row small`}>
        {worn.map((tag) => (
          <span key={tag.id} {...chipLook()}>
            {tag.name}
          </span>
        ))}
        {issue.former_numbers.length > 0 ? (
          <span className="quiet figures">
            {t("page.formerly", { numbers: issue.former_numbers.map((n) => `#${n}`).join(" ") })}
          </span>
        ) : null}
        {issue.status_reason && !merged ? (
          <span className="quiet">{t("page.reason", { reason: issue.status_reason })}</span>
        ) : null}
        {view.merged.length > 0 ? (
          <span className="quiet">
            {t("page.mergedHere")}{" "}
            {view.merged.map((m) => (
              <a key={m.id} className="link" href={`#/issue/${m.id}`} title={m.title}>
                {m.number}
              </a>
            ))}
          </span>
        ) : null}
      </div>
    </DetailHead>
  );
}

/** A merged issue says where it went, and lets the merge be taken back. */
function MergedNote({ view }: { view: IssueView }) {
  const { t } = useTranslation("issues");
  const [, go] = useLocation();
  const into = view.merged_into;
  const goesThere = (merge: FieldChange | undefined) =>
    merge !== undefined && "after" in merge && merge.after === into?.id;
  const op = view.history.find((h) => goesThere(h.change.fields.merged_into))?.change.op_id;
  if (!into) return null;
  return (
    <Notice tone="ok" role="status">
      <span className="grow">
        <b>{t("page.mergedInto", { number: into.number })}</b> <bdi>{into.title}</bdi>
        <span className="faint">{t("page.mergedIntoHint")}</span>
      </span>
      {op ? (
        <Button size="small" icon="undo" onClick={() => void ipc.undoOp(op)}>
          {t("page.undoMerge")}
        </Button>
      ) : null}
      <Button size="small" tone="primary" onClick={() => go(`/issue/${into.id}`)}>
        {t("page.openTarget", { number: into.number })}
      </Button>
    </Notice>
  );
}
