import { useTranslation } from "react-i18next";
import type { ColumnTold, PlannedSource, ShippedProfile, SourceTold, WhyTold } from "../../../ipc";
import { Chip } from "../../../parts/Chip";
import { SectionHead } from "../../../parts/SectionHead";
import { Table } from "../../../parts/Table";
import { fileName } from "../../../things/case/import/plan";
import { factOf, type Meaning, meanings, takenAs } from "../../../things/case/import/profile";
import { readOtherwise } from "../../../things/case/import/store";
import css from "./Columns.module.css";
import { Faults } from "./Faults";
import { SaveProfile } from "./SaveProfile";
import { Shape } from "./Shape";

/** What stands in the chosen source, and what it is taken as. */
export function Columns({ source, shipped }: { source: PlannedSource; shipped: ShippedProfile[] }) {
  const { t } = useTranslation("imports");
  const { told } = source;
  const used = told?.columns.filter((column) => column.taken_as.length > 0).length ?? 0;
  return (
    <section aria-label={t("columns.title")}>
      <SectionHead
        title={t("columns.title")}
        note={
          <>
            <bdi>{fileName(source.path)}</bdi>{" "}
            {told ? t("columns.used", { all: told.columns.length, used }) : null}
          </>
        }
      >
        {told ? <SaveProfile path={source.path} told={told} /> : null}
      </SectionHead>
      <Shape source={source} shipped={shipped} />
      {told ? (
        <>
          <Table
            name={t("columns.title")}
            className={css.table}
            head={
              <tr>
                {(["column", "values", "as", "read"] as const).map((column) => (
                  <th key={column} scope="col">
                    {t(`columns.${column}`)}
                  </th>
                ))}
              </tr>
            }
          >
            {told.columns.map((column, i) => (
              <Column key={column.name} index={i} column={column} told={told} path={source.path} />
            ))}
          </Table>
          <Faults told={told} />
        </>
      ) : null}
    </section>
  );
}

/** A name that comes once more is written `name (2)`. */
const isDoubled = (name: string) => / \(\d+\)$/.test(name);

type ColumnProps = { column: ColumnTold; told: SourceTold; path: string; index: number };

function Column({ column, told, path, index }: ColumnProps) {
  const { t } = useTranslation("imports");
  const [taken] = column.taken_as;
  const why = told.profile.why.find((one) => one.column === column.name);
  const take = (meaning: string) => {
    const known = meanings.find((one) => one === meaning) ?? null;
    readOtherwise(path, { profile: { written: takenAs(told, column.name, known) } });
  };
  return (
    <tr
      data-index={index}
      data-testid="plan-column"
      data-doubt={isDoubtful(column, told, why) ? "" : undefined}
    >
      <td>
        <b>
          <bdi>{column.name}</bdi>
        </b>{" "}
        {isDoubled(column.name) ? <Chip tone="line">{t("columns.doubled")}</Chip> : null}
      </td>
      <td className={css.samples}>
        <div>
          {/* Masked, different values may look the same. */}
          {[...new Set(column.samples)].slice(0, 3).map((sample) => (
            <bdi key={sample}>{sample}</bdi>
          ))}
        </div>
      </td>
      <td>
        <select
          className="drop-down"
          data-rowlink
          aria-label={t("columns.asOf", { column: column.name })}
          value={taken ?? ""}
          onChange={(e) => take(e.target.value)}
        >
          <option value="">{t("columns.unused")}</option>
          {meanings.map((meaning) => (
            <option key={meaning} value={meaning}>
              {t(`fact.${meaning}`)}
            </option>
          ))}
        </select>
      </td>
      <td className={css.read}>
        <How column={column} told={told} why={why} />
      </td>
    </tr>
  );
}

function isDoubtful(column: ColumnTold, told: SourceTold, why: WhyTold | undefined): boolean {
  const unread = column.taken_as.some((one) => (factOf(told, one)?.unreadable ?? 0) > 0);
  return unread || why?.because === "values" || why?.because === "values_otherwise";
}

/** How reading it went, or why it is left alone. */
function How({ column, told, why }: { column: ColumnTold; told: SourceTold; why: WhyTold | undefined }) {
  const { t } = useTranslation("imports");
  const [taken] = column.taken_as;
  const fact = taken === undefined ? undefined : factOf(told, taken);
  const known = meanings.find((one) => one === why?.fact);
  const because =
    why && known && why.because !== "name" ? t(`why.${why.because}`, { fact: t(`fact.${known}`) }) : null;
  if (!fact) return <span className="faint">{because ?? t("columns.filled", { count: column.filled })}</span>;
  return (
    <>
      <span className="figures">{t("columns.readCount", { count: fact.read })}</span>
      {fact.ways.length > 1 ? (
        <span className="faint">{t("columns.ways", { count: fact.ways.length })}</span>
      ) : null}
      {fact.unreadable > 0 ? (
        <span className="is-warning">
          {t("columns.unread", { count: fact.unreadable })} <bdi>{fact.first_unreadable}</bdi>
        </span>
      ) : null}
      {because ? <span className="is-warning">{because}</span> : null}
      {taken && isMeaning(taken) && column.taken_as.length > 1 ? (
        <span className="faint">
          {t("columns.also", {
            facts: column.taken_as
              .slice(1)
              .filter(isMeaning)
              .map((one) => t(`fact.${one}`))
              .join(t("and")),
          })}
        </span>
      ) : null}
    </>
  );
}

const isMeaning = (one: string): one is Meaning => meanings.some((meaning) => meaning === one);
