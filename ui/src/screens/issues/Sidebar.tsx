import { useTranslation } from "react-i18next";
import type { Count, IssueFacets, IssueListView } from "../../ipc";
import { sectionHead } from "../../parts/SectionHead";
import { cellName } from "../../things/issue/lifecycle";
import { MatrixGrid } from "../../things/issue/MatrixGrid";
import css from "./Sidebar.module.css";
import { toggleCell, toggleLine, useIssueList } from "./state";

const views: IssueListView[] = [
  "open",
  "mine",
  "overdue",
  "to_verify",
  "reopened",
  "unowned",
  "closed",
  "all",
];

const countOf = (counts: Count[] | undefined, name: string): number =>
  counts?.find((c) => c.name === name)?.count ?? 0;

/** What to look at: ready-made views, the matrix of urgency and difficulty, business lines. */
export function Sidebar({ facets }: { facets: IssueFacets | undefined }) {
  const { t } = useTranslation("issues");
  const state = useIssueList();
  return (
    <>
      <section aria-labelledby="is-views">
        <div {...sectionHead}>
          <h2 id="is-views">{t("views.title")}</h2>
        </div>
        <ul className={css.choices}>
          {views.map((view) => {
            const count = countOf(facets?.views, view);
            const loud = view === "overdue" && count > 0;
            return (
              <li key={view}>
                <button
                  type="button"
                  aria-current={state.view === view ? "true" : undefined}
                  onClick={() => useIssueList.setState({ view })}
                >
                  {t(`views.${view}`)}
                  <span className="figures" data-loud={loud ? "" : undefined}>
                    {facets ? count : ""}
                  </span>
                </button>
              </li>
            );
          })}
        </ul>
      </section>
      <Matrix facets={facets} />
      <section aria-labelledby="is-lines">
        <div {...sectionHead}>
          <h2 id="is-lines">{t("lines.title")}</h2>
        </div>
        {facets && facets.business_lines.length === 0 ? (
          <p className="faint small pad">{t("lines.none")}</p>
        ) : null}
        <ul className={css.choices}>
          {facets?.business_lines.map((line) => (
            <li key={line.name}>
              <button
                type="button"
                aria-pressed={state.businessLine === line.name}
                onClick={() => toggleLine(line.name)}
              >
                <span className="cut" title={line.name}>
                  {line.name || t("lines.unnamed")}
                </span>
                <span className="figures">{line.count}</span>
              </button>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

function Matrix({ facets }: { facets: IssueFacets | undefined }) {
  const { t } = useTranslation("issues");
  const { urgency, difficulty } = useIssueList();
  const highest = Math.max(1, ...(facets?.matrix.map((c) => c.count) ?? []));
  return (
    <section aria-labelledby="is-matrix">
      <div {...sectionHead}>
        <h2 id="is-matrix">{t("matrix.title")}</h2>
        <span className="grow" />
        {urgency !== null && difficulty !== null ? (
          <span className="faint nowrap">{`U${urgency} × D${difficulty}`}</span>
        ) : null}
      </div>
      <MatrixGrid
        role="group"
        aria-labelledby="is-matrix"
        cell={(u, d) => {
          const count = countOf(facets?.matrix, cellName(u, d));
          const share = Math.round((count / highest) * 46);
          return (
            <button
              type="button"
              aria-pressed={urgency === u && difficulty === d}
              aria-label={t("matrix.cell", { u, d, count })}
              style={{ background: `color-mix(in srgb, var(--quote-fill) ${share}%, var(--sheet))` }}
              onClick={() => toggleCell(u, d)}
            >
              {facets ? count : ""}
            </button>
          );
        }}
      />
    </section>
  );
}
