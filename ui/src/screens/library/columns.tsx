/** The columns of the library: what heads each, what it is ordered by, and what stands in its cells. */
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type {
  CaseColumn,
  CaseFact,
  CaseRow,
  CaseSort,
  ChannelRole,
  Contact,
  Job,
  LaneSummary,
  SoundSummary,
} from "../../ipc";
import { USUAL_COLUMNS } from "../../ipc/generated/limits";
import { useSettings } from "../../records/useSettings";
import { clock, dayTime } from "../../text/format";
import { ShortTalkStrip } from "../../things/case/TalkStrip";
import css from "./CaseTable.module.css";
import { TextState } from "./TextState";
import { useValueWords } from "./words";

/** All there are, in the order they stand in. */
export const allColumns: readonly CaseColumn[] = [
  "business_line",
  "customer_tier",
  "kind",
  "agent",
  "customer",
  "line",
  "queue",
  "disposition",
  "csat",
  "direction",
  "handled_by",
  "began_at",
  "duration",
  "wait",
  "talk",
  "hold",
  "transfers",
  "silence",
  "on_hold",
  "overtalk",
  "agent_share",
  "agent_monologue",
  "customer_monologue",
  "agent_response",
  "customer_response",
  "marks",
  "issues",
  "text",
  "heard",
];

/** What a column is ordered by, where it is. */
export const sortOf: Partial<Record<CaseColumn, CaseSort>> = {
  business_line: "business_line",
  customer_tier: "customer_tier",
  agent: "agent",
  queue: "queue",
  disposition: "disposition",
  csat: "csat",
  began_at: "started_at",
  duration: "duration",
  wait: "wait",
  talk: "talk",
  hold: "hold",
  transfers: "transfers",
  silence: "silence",
  on_hold: "on_hold",
  overtalk: "overtalk",
  agent_share: "agent_share",
  agent_monologue: "agent_monologue",
  customer_monologue: "customer_monologue",
  agent_response: "agent_response",
  customer_response: "customer_response",
  marks: "marks",
};

/** Columns that go where the list is narrow. */
const wide: ReadonlySet<CaseColumn> = new Set(["business_line", "heard"]);

export const isWide = (column: CaseColumn): boolean => wide.has(column);

/** The columns of whoever sits here, from the left. */
export function useColumns(): readonly CaseColumn[] {
  const { settings } = useSettings();
  return settings?.library.columns ?? USUAL_COLUMNS;
}

/** A column more or less, in the order of all. */
export const toggled = (columns: readonly CaseColumn[], column: CaseColumn): CaseColumn[] =>
  allColumns.filter((one) => (one === column ? !columns.includes(one) : columns.includes(one)));

type CellProps = { column: CaseColumn; row: CaseRow; job: Job | undefined };

/** What stands in a column of a call. */
export function Cell({ column, row, job }: CellProps) {
  const { t } = useTranslation("library");
  const shown = useShown(column, row);
  const none = <span className="faint">{t("cell.none")}</span>;
  const width = isWide(column) ? { "data-wide": "" } : {};
  if (column === "text") {
    return (
      // biome-ignore lint/a11y/useKeyWithClickEvents: keeps clicks on the buttons inside from opening the row
      <td onClick={(e) => e.stopPropagation()}>
        <TextState row={row} job={job} />
      </td>
    );
  }
  return (
    <td className={figures.has(column) ? "figures" : css.word} {...width}>
      {shown ?? none}
    </td>
  );
}

const figures: ReadonlySet<CaseColumn> = new Set([
  "began_at",
  "duration",
  "wait",
  "talk",
  "hold",
  "transfers",
  "silence",
  "on_hold",
  "overtalk",
  "agent_share",
  "agent_monologue",
  "customer_monologue",
  "agent_response",
  "customer_response",
  "marks",
  "issues",
]);

type Words = Extract<CaseColumn, CaseFact | "customer">;

/** What a contact tells in a word. */
const word = (contact: Contact | null, column: Words): string => {
  const value = contact?.[column as keyof Contact];
  return typeof value === "string" ? value : "";
};

/** What the sound tells of a side, where it has a channel of its own. */
function side(row: CaseRow, role: ChannelRole): LaneSummary | undefined {
  const channel = row.roles.indexOf(role);
  return channel < 0 ? undefined : row.sound?.lanes?.[channel];
}

/** Who speaks how much, as a small picture, and how much nobody does. */
function Silence({ sound, roles }: { sound: SoundSummary; roles: readonly ChannelRole[] }) {
  const { t } = useTranslation("library");
  return (
    <span className={css.sound}>
      <ShortTalkStrip sound={sound} roles={roles} />
      {t("cell.percent", { percent: Math.round(sound.silence_permille / 10) })}
    </span>
  );
}

/** Nothing where nothing is known. */
function useShown(column: CaseColumn, row: CaseRow): ReactNode {
  const { t } = useTranslation("library");
  const words = useValueWords();
  const { case: c, contact, sound } = row;
  const length = (ms: number | null | undefined) => (ms === null || ms === undefined ? null : clock(ms));
  const percent = (permille: number | null | undefined) =>
    permille === null || permille === undefined
      ? null
      : t("cell.percent", { percent: Math.round(permille / 10) });
  const seconds = (ms: number | null | undefined) =>
    ms === null || ms === undefined ? null : t("cell.seconds", { seconds: (ms / 1000).toFixed(1) });
  const some = (count: number) => (count > 0 ? <b>{count}</b> : null);
  const said = (value: string) => (value === "" ? null : <bdi>{words(column, value)}</bdi>);
  switch (column) {
    case "business_line":
      return said(c.business_line);
    case "customer_tier":
      return said(c.customer_tier);
    case "began_at":
      return contact?.began_at ? dayTime(contact.began_at) : null;
    case "duration":
      return row.duration_ms > 0 || row.has_audio ? clock(row.duration_ms) : null;
    case "wait":
      return length(contact?.wait_ms);
    case "talk":
      return length(contact?.talk_ms);
    case "hold":
      return length(contact?.hold_ms);
    case "transfers":
      return contact?.transfers ?? null;
    case "silence":
      return sound ? <Silence sound={sound} roles={row.roles} /> : null;
    case "on_hold":
      return length(sound?.hold_ms);
    case "overtalk":
      return sound?.overtalk ?? null;
    case "agent_share":
      return percent(side(row, "agent")?.talk_permille);
    case "agent_monologue":
      return length(side(row, "agent")?.monologue_ms);
    case "customer_monologue":
      return length(side(row, "customer")?.monologue_ms);
    case "agent_response":
      return seconds(side(row, "agent")?.response_ms);
    case "customer_response":
      return seconds(side(row, "customer")?.response_ms);
    case "marks":
      return some(row.observation_count);
    case "issues":
      return some(row.issue_count);
    case "heard":
      return row.listener_count > 0 ? (
        t("cell.heard", { count: row.listener_count })
      ) : (
        <span className="faint">{t("cell.notHeard")}</span>
      );
    case "text":
      return null;
    default:
      return said(word(contact, column));
  }
}
