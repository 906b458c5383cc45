import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { PlannedSource, ShippedProfile, TableWays } from "../../../ipc";
import { ipc } from "../../../ipc";
import { qk } from "../../../records/queries";
import {
  type DateOrder,
  dateOrders,
  inZone,
  orderedBy,
  orderOf,
  zoneOf,
} from "../../../things/case/import/profile";
import { readOtherwise, useImport, wayOf } from "../../../things/case/import/store";
import css from "./Columns.module.css";
import { zones } from "./zones";

const encodings = ["utf-8", "gb18030", "big5", "utf-16le", "shift_jis"] as const;
const delimiters = [",", "\t", ";", "|"] as const;
const headers = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const;

interface SelectProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  children: ReactNode;
}

function Select({ label, value, onChange, children }: SelectProps) {
  return (
    <label>
      {label}
      <select className="drop-down" value={value} onChange={(e) => onChange(e.target.value)}>
        {children}
      </select>
    </label>
  );
}

/** How the chosen source is read: by which profile, and as what kind of table. */
export function Shape({ source, shipped }: { source: PlannedSource; shipped: ShippedProfile[] }) {
  const { told, path } = source;
  return (
    <div className={css.shape}>
      <ProfilePick source={source} shipped={shipped} />
      {!told || told.table ? <TableShape source={source} /> : null}
      {told ? <Times path={path} told={told} /> : null}
    </div>
  );
}

/** The profile it is read by. What was mended here is one without a name. */
function ProfilePick({ source, shipped }: { source: PlannedSource; shipped: ShippedProfile[] }) {
  const { t } = useTranslation("imports");
  const settings = useQuery({ queryKey: qk.settings, queryFn: ipc.getSettings });
  const way = useImport((s) => wayOf(s.draft, source.path));
  const own = settings.data?.import_profiles ?? [];
  const form = source.told?.form;
  const fitting = form ? shipped.filter((one) => one.form === form) : shipped;
  const isMended = way.profile !== null && "written" in way.profile;
  const value = way.profile === null ? "" : "named" in way.profile ? way.profile.named : "\u0000";
  const read = source.told?.profile;
  const byItself =
    read && way.profile === null ? t(`profile.by.${read.by}`, { name: read.name }) : t("profile.itself");
  return (
    <Select
      label={t("profile.label")}
      value={value}
      onChange={(name) => readOtherwise(source.path, { profile: name === "" ? null : { named: name } })}
    >
      <option value="">{byItself}</option>
      {isMended ? <option value={"\u0000"}>{t("profile.mended")}</option> : null}
      {own.length > 0 ? (
        <optgroup label={t("profile.remembered")}>
          {own.map(({ name }) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </optgroup>
      ) : null}
      <optgroup label={t("profile.shipped")}>
        {fitting.map(({ name, tried }) => (
          <option key={name} value={name}>
            {tried ? name : t("profile.notTried", { name })}
          </option>
        ))}
      </optgroup>
    </Select>
  );
}

function TableShape({ source }: { source: PlannedSource }) {
  const { t } = useTranslation("imports");
  const { path } = source;
  const table = source.told?.table ?? null;
  const said = useImport((s) => wayOf(s.draft, path)).table;
  const set = (change: Partial<TableWays>) => readOtherwise(path, { table: { ...said, ...change } });
  const sheets = table?.sheets ?? [];
  const isText = sheets.length === 0;
  const delimiter = delimiters.find((one) => one === table?.delimiter);
  return (
    <>
      {isText ? (
        <Select
          label={t("shape.encoding")}
          value={said.encoding ?? ""}
          onChange={(encoding) => set({ encoding: encoding || null })}
        >
          <option value="">{table?.encoding?.toUpperCase() ?? t("shape.itself")}</option>
          {encodings.map((one) => (
            <option key={one} value={one}>
              {t("shape.as", { what: one.toUpperCase() })}
            </option>
          ))}
        </Select>
      ) : (
        <Select
          label={t("shape.sheet")}
          value={said.sheet ?? ""}
          onChange={(sheet) => set({ sheet: sheet || null })}
        >
          <option value="">{table?.sheet ?? t("shape.itself")}</option>
          {sheets.map((one) => (
            <option key={one} value={one}>
              {t("shape.as", { what: one })}
            </option>
          ))}
        </Select>
      )}
      {isText ? (
        <Select
          label={t("shape.delimiter")}
          value={said.delimiter ?? ""}
          onChange={(one) => set({ delimiter: one || null })}
        >
          <option value="">{delimiter ? t(`delimiter.${delimiter}`) : t("shape.itself")}</option>
          {delimiters.map((one) => (
            <option key={one} value={one}>
              {t("shape.as", { what: t(`delimiter.${one}`) })}
            </option>
          ))}
        </Select>
      ) : null}
      <Select
        label={t("shape.header")}
        value={said.header === null ? "" : String(said.header)}
        onChange={(line) => set({ header: line === "" ? null : Number(line) })}
      >
        <option value="">
          {table?.header
            ? t("shape.line", { line: table.header })
            : t(table ? "shape.noHeader" : "shape.itself")}
        </option>
        {headers.map((line) => (
          <option key={line} value={line}>
            {t("shape.as", { what: t("shape.line", { line }) })}
          </option>
        ))}
        <option value="0">{t("shape.as", { what: t("shape.noHeader") })}</option>
      </Select>
    </>
  );
}

/** How its times are read: kept in its profile, because it is so of every delivery of the source. */
function Times({ path, told }: { path: string; told: NonNullable<PlannedSource["told"]> }) {
  const { t } = useTranslation("imports");
  const all = useImport((s) => s.draft.zone);
  const own = zoneOf(told);
  const mend = (written: string) => readOtherwise(path, { profile: { written } });
  const listed = own && !zones.some((zone) => zone === own) ? [own, ...zones] : zones;
  return (
    <>
      <Select
        label={t("shape.dates")}
        value={orderOf(told) ?? ""}
        onChange={(order) => mend(orderedBy(told, dateOrders.find((one) => one === order) ?? null))}
      >
        <option value="">{t("shape.itself")}</option>
        {dateOrders.map((order: DateOrder) => (
          <option key={order} value={order}>
            {t(`order.${order}`)}
          </option>
        ))}
      </Select>
      <Select label={t("shape.zone")} value={own ?? ""} onChange={(zone) => mend(inZone(told, zone || null))}>
        <option value="">{all}</option>
        {listed.map((zone) => (
          <option key={zone} value={zone}>
            {t("shape.as", { what: zone })}
          </option>
        ))}
      </Select>
    </>
  );
}
