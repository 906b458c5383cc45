import { Popover } from "radix-ui";
import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "wouter";
import type { IssueRow } from "../../ipc";
import { Button } from "../../parts/Button";
import { ListScreen } from "../../parts/ListScreen";
import { Pop } from "../../parts/Pop";
import { Problem } from "../../parts/Problem";
import { Seg } from "../../parts/Seg";
import { EmptyState } from "../../parts/states";
import { TextFilter } from "../../parts/TextFilter";
import { useWithheld } from "../../records/withheld";
import { useTrail } from "../../seat/crumbs";
import { useWorkspace } from "../../seat/workspace";
import { useFacets } from "../../things/issue/queries";
import { useRowReplay } from "../../things/issue/useRowReplay";
import { QuickReplay } from "../../things/mark/QuickReplay";
import { useReplayHome } from "../../things/mark/replay";
import { useTags } from "../../things/mark/tags";
import { useOutside } from "../../things/person/roles";
import { IssueBoard } from "./Board";
import { Exported, ExportMenu, useExport } from "./ExportMenu";
import css from "./Issues.module.css";
import { MergeBar } from "./MergeBar";
import { NewIssue } from "./NewIssue";
import { Sidebar } from "./Sidebar";
import { filterCount, resetIssueList, useIssueList } from "./state";
import { IssueTable } from "./Table";
import { useIssueRows } from "./useIssueRows";

type Mode = "table" | "board";

/** The shared issue list: every row plays its evidence in place. */
export default function Issues() {
  const { t } = useTranslation("issues");
  const state = useIssueList();
  const [params, setParams] = useSearchParams();
  const mode: Mode = params.get("view") === "board" ? "board" : "table";
  const setMode = (next: Mode) => setParams(next === "board" ? { view: "board" } : {}, { replace: true });
  useTrail(t(`views.${state.view}`));
  const workspace = useWorkspace();
  const facets = useFacets();
  const tags = useTags();
  const list = useIssueRows(state, workspace.data?.actor.id ?? null);
  const rows = useMemo(() => list.data?.pages.flatMap((p) => p.rows) ?? [], [list.data]);
  const total = list.data?.pages[0]?.total ?? 0;
  const tagMap = useMemo(() => new Map(tags.data?.map((tag) => [tag.id, tag])), [tags.data]);
  const [making, setMaking] = useState(params.has("new"));
  const why = useWithheld();
  const outside = useOutside();
  const exporting = useExport();
  const merge = useMerge();
  const replay = useRowReplay();
  useReplayHome();

  // The board shows every open status at once, so it needs all pages.
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  useEffect(() => {
    if (mode === "board" && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [mode, hasNextPage, isFetchingNextPage, fetchNextPage]);

  const onEnd = () => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  };
  const filters = filterCount(state);
  const filtered = filters > 0 || state.text.trim() !== "";
  const head = (
    <>
      <Popover.Root>
        <Popover.Trigger asChild>
          <Button icon="filter" className={css.filterButton}>
            {filters > 0 ? t("head.filtersOn", { count: filters }) : t("head.filters")}
          </Button>
        </Popover.Trigger>
        <Pop className={`${css.filters} scroll`} aria-label={t("head.filters")}>
          <Sidebar facets={facets.data} />
        </Pop>
      </Popover.Root>
      <TextFilter
        label={t("head.search")}
        value={state.text}
        onChange={(text) => useIssueList.setState({ text })}
      />
      <Seg<Mode>
        label={t("head.mode")}
        value={mode}
        onChange={setMode}
        options={[
          { value: "table", label: t("head.table"), icon: "table" },
          { value: "board", label: t("head.board"), icon: "board" },
        ]}
      />
      <Button
        icon="merge"
        why={why("issue.merge")}
        aria-pressed={merge.on}
        disabled={rows.length < 2}
        onClick={() => {
          setMode("table");
          merge.toggle();
        }}
      >
        {t("merge.title")}
      </Button>
      <ExportMenu
        why={why("findings.export")}
        busy={exporting.isPending}
        onPick={(format) => exporting.mutate(format)}
      />
      <Button
        icon="plus"
        tone="primary"
        why={why("issue.create")}
        data-testid="issue-new"
        aria-expanded={making}
        onClick={() => setMaking(true)}
      >
        {t("new.open")}
      </Button>
    </>
  );
  const notes = (
    <>
      {exporting.data ? <Exported result={exporting.data} onClose={() => exporting.reset()} /> : null}
      <Problem error={exporting.error} />
      {merge.on ? (
        <MergeBar from={merge.from} into={merge.into} onSwap={merge.swap} onEnd={merge.end} />
      ) : null}
    </>
  );
  const nothing = filtered ? (
    <EmptyState icon="filter" title={t("empty.filtered")} hint={t("empty.filteredHint")}>
      <Button onClick={resetIssueList}>{t("empty.reset")}</Button>
    </EmptyState>
  ) : why("issue.create") && outside ? (
    <EmptyState icon="eyeoff" title={t("empty.outside")} hint={t("empty.outsideHint")} />
  ) : (
    <EmptyState icon="issue" title={t("empty.title")} hint={t("empty.hint")}>
      <Button tone="primary" icon="plus" why={why("issue.create")} onClick={() => setMaking(true)}>
        {t("new.open")}
      </Button>
    </EmptyState>
  );
  return (
    <ListScreen
      title={t("title")}
      count={list.data ? t("head.count", { count: total, view: t(`views.${state.view}`) }) : undefined}
      actions={head}
      side={{ name: t("head.filters"), content: <Sidebar facets={facets.data} /> }}
      notes={notes}
      error={list.error}
      onRetry={() => void list.refetch()}
      empty={list.data && rows.length === 0 ? nothing : null}
      pane={making && !why("issue.create") ? <NewIssue onClose={() => setMaking(false)} /> : null}
      foot={<QuickReplay />}
    >
      {mode === "board" ? (
        <IssueBoard rows={rows} {...replay} />
      ) : (
        <IssueTable
          rows={rows}
          total={total}
          tags={tagMap}
          onEnd={onEnd}
          merge={merge.on ? merge : null}
          {...replay}
        />
      )}
    </ListScreen>
  );
}

function useMerge() {
  const [on, setOn] = useState(false);
  const [from, setFrom] = useState<IssueRow | null>(null);
  const [into, setInto] = useState<IssueRow | null>(null);
  const end = () => {
    setOn(false);
    setFrom(null);
    setInto(null);
  };
  const pick = (row: IssueRow) => {
    if (from?.issue.id === row.issue.id) {
      setFrom(into);
      setInto(null);
    } else if (from === null) setFrom(row);
    else setInto(into?.issue.id === row.issue.id ? null : row);
  };
  const swap = () => {
    setFrom(into);
    setInto(from);
  };
  return { on, from, into, pick, swap, end, toggle: () => (on ? end() : setOn(true)) };
}
