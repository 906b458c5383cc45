import { useTranslation } from "react-i18next";
import type { FactsPlan, JoinedBy, PlannedSource } from "../../../ipc";
import { Icon } from "../../../parts/Icon";
import { Notice } from "../../../parts/Notice";
import { SectionHead } from "../../../parts/SectionHead";
import { Table } from "../../../parts/Table";
import { useErrorWords } from "../../../parts/words";
import { isolated } from "../../../text/bidi";
import { day } from "../../../text/format";
import { shownPath } from "../../../text/path";
import { fileName, type PlanRow } from "../../../things/case/import/plan";
import { decide, useImport } from "../../../things/case/import/store";
import css from "./Sources.module.css";
import { zones } from "./zones";

interface Props {
  plan: FactsPlan;
  rows: PlanRow[];
  chosen: PlannedSource | undefined;
  onChoose: (source: number) => void;
}

const joinedOf = (source: PlannedSource): number =>
  Object.values(source.joined).reduce((n, count) => n + (count ?? 0), 0);

/** What was brought together: what each is, how it finds its calls, and how many it found. */
export function Sources({ plan, rows, chosen, onChoose }: Props) {
  const { t } = useTranslation("imports");
  const zone = useImport((s) => s.draft.zone);
  const files = rows.reduce((n, row) => n + row.files.length, 0);
  return (
    <section aria-label={t("sources.title")}>
      <SectionHead title={t("sources.title")} note={t("sources.note")}>
        <label className={css.zone}>
          {t("shape.zoneAll")}
          <select className="drop-down" value={zone} onChange={(e) => decide({ zone: e.target.value })}>
            {zones.map((one) => (
              <option key={one} value={one}>
                {one}
              </option>
            ))}
          </select>
        </label>
      </SectionHead>
      {plan.profiles_unreadable.length > 0 ? (
        <Notice tone="warn">
          <span className="grow">
            {t("sources.unreadable", { names: plan.profiles_unreadable.map(isolated).join(t("and")) })}
          </span>
        </Notice>
      ) : null}
      <Table
        name={t("sources.title")}
        className={css.table}
        head={
          <tr>
            {(["source", "what", "many", "how", "joined"] as const).map((column) => (
              <th key={column} scope="col" data-wide={column === "what" ? "" : undefined}>
                {t(`sources.${column}`)}
              </th>
            ))}
          </tr>
        }
      >
        <tr className={css.sound}>
          <td>
            <span className={css.name}>
              <Icon name="folder" />
              <b>{t("sources.sound")}</b>
            </span>
          </td>
          <td data-wide>{t("sources.recordings")}</td>
          <td className="figures">{t("sources.files", { count: files })}</td>
          <td>{t("sources.byItself")}</td>
          <td className="figures">{t("sources.calls", { count: rows.length })}</td>
        </tr>
        {plan.sources.map((source, i) => (
          <Source
            key={source.path}
            source={source}
            index={i}
            isChosen={source === chosen}
            onChoose={() => onChoose(i)}
          />
        ))}
      </Table>
    </section>
  );
}

type SourceProps = { source: PlannedSource; index: number; isChosen: boolean; onChoose: () => void };

function Source({ source, index, isChosen, onChoose }: SourceProps) {
  const { t } = useTranslation("imports");
  const { told } = source;
  return (
    <tr
      data-index={index}
      data-testid="plan-source"
      data-selected={isChosen ? "" : undefined}
      onClick={onChoose}
    >
      <td>
        <button
          type="button"
          className={css.name}
          data-rowlink
          aria-pressed={isChosen}
          title={shownPath(source.path)}
          onClick={onChoose}
        >
          <Icon name={told?.form === "table" ? "table" : "file"} />
          <b className="cut">
            <bdi>{fileName(source.path)}</bdi>
          </b>
        </button>
      </td>
      <td data-wide>{told ? <What source={source} /> : null}</td>
      <td className="figures">{told ? t(`sources.records.${told.form}`, { count: told.records }) : null}</td>
      <td className={css.how}>
        <How source={source} />
      </td>
      <td className="figures">
        {told ? (
          <span className={joinedOf(source) > 0 ? "is-good" : "is-warning"}>
            {t("sources.rowsJoined", { count: joinedOf(source) })}
          </span>
        ) : null}
      </td>
    </tr>
  );
}

/** By which profile it is read. */
function What({ source }: { source: PlannedSource }) {
  const { t } = useTranslation("imports");
  const profile = source.told?.profile;
  if (!profile) return null;
  if (profile.by === "suggested") return <span className="is-warning">{t("sources.guessed")}</span>;
  return <bdi>{profile.name}</bdi>;
}

const ways: readonly JoinedBy[] = ["name", "call_id", "number_and_time"];

function How({ source }: { source: PlannedSource }) {
  const { t } = useTranslation("imports");
  const words = useErrorWords();
  const { told, error } = source;
  if (error)
    return (
      <span className="is-bad">
        {words({ ...error, args: { name: fileName(source.path), ...error.args } })}
      </span>
    );
  if (!told) return null;
  if (source.is_of_another_time && told.began)
    return (
      <span className="is-warning">
        {t("sources.anotherTime", { from: day(told.began[0]), to: day(told.began[1]) })}
      </span>
    );
  if (!told.leads_to_calls) return <span className="is-warning">{t("sources.leadsNowhere")}</span>;
  const by = ways.filter((way) => (source.joined[way] ?? 0) > 0);
  return (
    <>
      {by.map((way) => t("sources.by", { way: t(`by.${way}`), n: source.joined[way] ?? 0 })).join(t("and"))}
      {told.again > 0 ? <span className="faint"> {t("sources.again", { count: told.again })}</span> : null}
    </>
  );
}
