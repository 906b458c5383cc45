import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { qk } from "../../app/queries";
import type { CaseRow, Job } from "../../ipc";
import { ipc } from "../../ipc";
import { Button } from "../../parts/Button";
import { Problem } from "../../parts/Problem";
import { EmptyState } from "../../parts/states";
import { chooseFiles, chooseFolder } from "../import/store";
import { useBusinessLines, useWorkspace } from "../issues/queries";
import { TextFilter } from "../issues/TextFilter";
import { CaseTable } from "./CaseTable";
import { caseQuery, type LibraryState, pageSize, resetLibrary, sorts, useLibrary } from "./state";
import "../issues/issues.css";
import "./library.css";

/** Newest job of each case. */
const jobsByCase = (jobs: Job[] | undefined): Map<string, Job> => {
  const newest = new Map<string, Job>();
  for (const job of jobs ?? []) {
    const known = newest.get(job.work.case_id);
    if (!known || known.created_at <= job.created_at) newest.set(job.work.case_id, job);
  }
  return newest;
};

/** Every call that can be listened to, and the way in for more. */
export default function Library() {
  const { t } = useTranslation("library");
  const { t: common } = useTranslation();
  const [, go] = useLocation();
  const state = useLibrary();
  const workspace = useWorkspace();
  const list = useInfiniteQuery({
    queryKey: qk.cases(state),
    queryFn: ({ pageParam }) => ipc.listCases(caseQuery(state, pageParam)),
    initialPageParam: 0,
    getNextPageParam: (last, pages) =>
      pages.length * pageSize < last.total ? pages.length * pageSize : undefined,
    placeholderData: keepPreviousData,
  });
  const jobs = useQuery({ queryKey: qk.jobs, queryFn: ipc.listJobs });
  const byCase = useMemo(() => jobsByCase(jobs.data), [jobs.data]);
  const rows = useMemo(() => list.data?.pages.flatMap((p) => p.rows) ?? [], [list.data]);
  const total = list.data?.pages[0]?.total ?? 0;
  const [failed, setFailed] = useState<unknown>(null);
  const filtered = state.text.trim() !== "" || state.businessLine !== "";

  const transcribe = async (row: CaseRow) => {
    setFailed(null);
    try {
      await ipc.transcribe({ case_id: row.case.id, language: null, model: null });
    } catch (error) {
      setFailed(error);
    }
  };
  const onEnd = () => {
    if (list.hasNextPage && !list.isFetchingNextPage) void list.fetchNextPage();
  };
  return (
    <div className="isw">
      <div className="is lb">
        <header className="ih">
          <h1>{t("title")}</h1>
          <span className="dim nowrap" role="status">
            {list.data ? t(filtered ? "head.found" : "head.count", { count: total }) : common("loading")}
          </span>
          <span className="grow" />
          <Filters state={state} />
          <Button icon="folder" label={t("import.folder")} onClick={() => void chooseFolder()} />
          <Button tone="pri" icon="import" data-testid="import-open" onClick={() => void chooseFiles()}>
            {t("import.open")}
          </Button>
        </header>
        <div className="is-body" data-region>
          {workspace.data && !workspace.data.has_model && rows.length > 0 ? (
            <div className="said note">
              <span className="grow">{t("model.missing")}</span>
              <Button size="s" onClick={() => go("/settings/models")}>
                {t("model.get")}
              </Button>
            </div>
          ) : null}
          <Problem error={failed} />
          <Problem error={list.error} onRetry={() => void list.refetch()} />
          {list.data && rows.length === 0 ? (
            filtered ? (
              <EmptyState icon="search" title={t("empty.filtered")} hint={t("empty.filteredHint")}>
                <Button onClick={resetLibrary}>{t("empty.reset")}</Button>
              </EmptyState>
            ) : (
              <EmptyState icon="headphones" title={t("empty.title")} hint={t("empty.hint")}>
                <Button tone="pri" icon="import" onClick={() => void chooseFiles()}>
                  {t("import.open")}
                </Button>
                <Button icon="folder" onClick={() => void chooseFolder()}>
                  {t("import.folder")}
                </Button>
              </EmptyState>
            )
          ) : (
            <CaseTable
              rows={rows}
              total={total}
              jobs={byCase}
              onEnd={onEnd}
              onTranscribe={(row) => void transcribe(row)}
              onFailed={setFailed}
            />
          )}
        </div>
      </div>
    </div>
  );
}

function Filters({ state }: { state: LibraryState }) {
  const { t } = useTranslation("library");
  const lines = useBusinessLines();
  return (
    <>
      <TextFilter
        label={t("head.search")}
        value={state.text}
        onChange={(text) => useLibrary.setState({ text })}
      />
      <select
        className="drop-down"
        aria-label={t("head.line")}
        value={state.businessLine}
        onChange={(e) => useLibrary.setState({ businessLine: e.target.value })}
      >
        <option value="">{t("head.allLines")}</option>
        {lines.data?.map((line) => (
          <option key={line} value={line}>
            {line}
          </option>
        ))}
      </select>
      <select
        className="drop-down"
        aria-label={t("head.sort")}
        value={state.sort}
        onChange={(e) => {
          const sort = sorts.find((s) => s === e.target.value);
          if (sort) useLibrary.setState({ sort });
        }}
      >
        {sorts.map((sort) => (
          <option key={sort} value={sort}>
            {t(`sort.${sort}`)}
          </option>
        ))}
      </select>
    </>
  );
}
