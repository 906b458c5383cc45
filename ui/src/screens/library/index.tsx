import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import type { CaseRow, Job, WorkspaceInfo } from "../../ipc";
import { ipc } from "../../ipc";
import { Button } from "../../parts/Button";
import { ListScreen } from "../../parts/ListScreen";
import { Notice } from "../../parts/Notice";
import { Problem } from "../../parts/Problem";
import { EmptyState } from "../../parts/states";
import { TextFilter } from "../../parts/TextFilter";
import { qk } from "../../records/queries";
import { useWithheld } from "../../records/withheld";
import { useWorkspace } from "../../seat/workspace";
import { chooseFiles, chooseFolder } from "../../things/case/import/store";
import { useOutside } from "../../things/person/roles";
import { BulkBar } from "./BulkBar";
import { CaseTable } from "./CaseTable";
import { ColumnMenu } from "./ColumnMenu";
import { askedFor, chosenOf, countOf, listedOf, useChosen } from "./chosen";
import { FilterChips } from "./FilterChips";
import { FilterMenu } from "./FilterMenu";
import { caseQuery, type LibraryState, resetLibrary, sorts, useLibrary } from "./state";
import { type HeardIn, useCalls, useHeardIn } from "./useCalls";
import { Views } from "./Views";

/** Newest job of each case that makes its text. */
const jobsByCase = (jobs: Job[] | undefined): Map<string, Job> => {
  const newest = new Map<string, Job>();
  for (const job of jobs ?? []) {
    if (job.work.kind !== "transcribe") continue;
    const known = newest.get(job.work.case_id);
    if (!known || known.created_at <= job.created_at) newest.set(job.work.case_id, job);
  }
  return newest;
};

/** What is asked for: a session that is gone narrows nothing. */
function useAsked(sessions: readonly HeardIn[] | undefined): LibraryState {
  const state = useLibrary();
  return useMemo(() => {
    const is = (id: string) => sessions === undefined || sessions.some((one) => one.id === id);
    const filters = state.filters.filter((one) => one.by !== "in_session" || is(one.session_id));
    return { ...state, filters };
  }, [state, sessions]);
}

/** Every call that can be listened to, and the way in for more. */
export default function Library() {
  const { t } = useTranslation("library");
  const [, go] = useLocation();
  const workspace = useWorkspace();
  const { sessions, byCase: heardIn } = useHeardIn();
  const state = useAsked(sessions);
  const list = useCalls(state);
  const { rows, total } = list;
  const query = caseQuery(state, 0);
  const asked = askedFor(query);
  const picked = useChosen();
  const chosen = useMemo(() => {
    const ids = rows.map((row) => row.case.id);
    return listedOf(chosenOf(picked, asked), ids);
  }, [picked, asked, rows]);
  const jobs = useQuery({ queryKey: qk.jobs, queryFn: ipc.listJobs });
  const byCase = useMemo(() => jobsByCase(jobs.data), [jobs.data]);
  const [failed, setFailed] = useState<unknown>(null);
  const why = useWithheld()("case.import");
  const outside = useOutside();
  const filtered = state.text.trim() !== "" || state.filters.length > 0;

  const transcribe = async (row: CaseRow) => {
    setFailed(null);
    try {
      await ipc.transcribe({ case_id: row.case.id, language: null, model: null });
    } catch (error) {
      setFailed(error);
    }
  };
  const actions = (
    <>
      <Looking state={state} sessions={sessions ?? []} />
      <Button
        icon="trash"
        label={t("bin")}
        action="app.bin"
        onClick={() => go("/bin")}
        data-testid="bin-open"
      />
      <Button icon="folder" why={why} label={t("import.folder")} onClick={() => void chooseFolder()} />
      <Button
        tone="primary"
        icon="import"
        why={why}
        data-testid="import-open"
        onClick={() => void chooseFiles()}
      >
        {t("import.open")}
      </Button>
    </>
  );
  const notes = (
    <>
      <FilterChips filters={state.filters} sessions={sessions ?? []} />
      {workspace.data && !workspace.data.has_model && rows.length > 0 ? (
        <Notice tone="warn">
          <span className="grow">{t("model.missing")}</span>
          <Button size="small" onClick={() => go("/settings/models")}>
            {t("model.get")}
          </Button>
        </Notice>
      ) : null}
      <Problem error={failed} />
    </>
  );
  const nothing = filtered ? (
    <EmptyState icon="search" title={t("empty.filtered")} hint={t("empty.filteredHint")}>
      <Button onClick={resetLibrary}>{t("empty.reset")}</Button>
    </EmptyState>
  ) : why && outside ? (
    <EmptyState icon="eyeoff" title={t("empty.outside")} hint={t("empty.outsideHint")} />
  ) : (
    <EmptyState
      icon="headphones"
      title={t("empty.title")}
      hint={t("empty.hint")}
      foot={workspace.data ? <NextSteps workspace={workspace.data} /> : null}
    >
      <Button tone="primary" icon="import" why={why} onClick={() => void chooseFiles()}>
        {t("import.open")}
      </Button>
      <Button icon="folder" why={why} onClick={() => void chooseFolder()}>
        {t("import.folder")}
      </Button>
    </EmptyState>
  );
  return (
    <ListScreen
      title={t("title")}
      count={list.ready ? t(filtered ? "head.found" : "head.count", { count: total }) : undefined}
      actions={actions}
      notes={notes}
      error={list.error}
      onRetry={() => void list.refetch()}
      empty={list.ready && rows.length === 0 ? nothing : null}
      foot={
        countOf(chosen, total) > 0 ? (
          <BulkBar chosen={chosen} query={query} asked={asked} rows={rows} total={total} />
        ) : null
      }
    >
      <CaseTable
        rows={rows}
        total={total}
        jobs={byCase}
        heardIn={heardIn}
        asked={asked}
        chosen={chosen}
        onEnd={list.onEnd}
        onTranscribe={(row) => void transcribe(row)}
        onFailed={setFailed}
      />
    </ListScreen>
  );
}

/** What else helps in an empty library: a model for the words, and a demo to look at. */
function NextSteps({ workspace }: { workspace: WorkspaceInfo }) {
  const { t } = useTranslation("library");
  if (workspace.has_model && workspace.is_demo) return null;
  return (
    <>
      {workspace.has_model ? null : (
        <p>
          {t("empty.model")}{" "}
          <Link className="link" href="/settings/models" data-testid="empty-model">
            {t("model.get")}
          </Link>
        </p>
      )}
      {workspace.is_demo ? null : (
        <p>
          {t("empty.demo")}{" "}
          <Link className="link" href="/settings/workspace" data-testid="empty-demo">
            {t("empty.demoOpen")}
          </Link>
        </p>
      )}
    </>
  );
}

/** What is looked for, in which order, and what is seen of it. */
function Looking({ state, sessions }: { state: LibraryState; sessions: readonly HeardIn[] }) {
  const { t } = useTranslation("library");
  return (
    <>
      <TextFilter
        label={t("head.search")}
        value={state.text}
        onChange={(text) => useLibrary.setState({ text })}
      />
      <FilterMenu state={state} sessions={sessions} />
      <select
        className="drop-down"
        aria-label={t("head.sort")}
        value={state.sort}
        onChange={(e) => {
          const sort = sorts.find((s) => s === e.target.value);
          if (sort) useLibrary.setState({ sort, reversed: false });
        }}
      >
        {sorts.map((sort) => (
          <option key={sort} value={sort}>
            {t(`sort.${sort}`)}
          </option>
        ))}
      </select>
      <Views state={state} />
      <ColumnMenu />
    </>
  );
}
