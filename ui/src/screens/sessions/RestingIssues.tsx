import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { SessionView } from "../../ipc";
import { SectionHead } from "../../parts/SectionHead";
import { Table } from "../../parts/Table";
import { IssueHead, IssueLine } from "../../things/issue/IssueLine";
import { useRowReplay } from "../../things/issue/useRowReplay";
import { useTags } from "../../things/mark/tags";
import css from "./RestingIssues.module.css";

/** The issues that rest on what was heard in the session. */
export function RestingIssues({ view }: { view: SessionView }) {
  const { t } = useTranslation("sessions");
  const tags = useTags();
  const named = useMemo(() => new Map(tags.data?.map((tag) => [tag.id, tag])), [tags.data]);
  const playback = useRowReplay();
  const now = Date.now();
  return (
    <section className={css.issues} aria-label={t("issues.title")} data-region data-rows="issues">
      <SectionHead
        title={t("issues.title")}
        note={view.issues.length > 0 ? t("issues.count", { count: view.issues.length }) : undefined}
      />
      {view.issues.length === 0 ? (
        <p className="faint pad">{t(view.observations.length > 0 ? "issues.none" : "issues.noneYet")}</p>
      ) : (
        <Table name={t("issues.title")} head={<IssueHead />}>
          {view.issues.map((row, i) => (
            <IssueLine key={row.issue.id} row={row} index={i} now={now} tags={named} {...playback} />
          ))}
        </Table>
      )}
    </section>
  );
}
