import { useTranslation } from "react-i18next";
import type { FactFaultCode, SourceTold } from "../../../ipc";
import { meanings } from "../../../things/case/import/profile";
import css from "./Columns.module.css";

const tableCounts = ["passed_over", "formulas", "lost_digits", "damaged", "unreadable"] as const;

/** What a person should know of how a source was read. */
export function Faults({ told }: { told: SourceTold }) {
  const { t } = useTranslation("imports");
  const { table } = told;
  const faults = Object.entries(told.faults) as [FactFaultCode, number][];
  const mixed = meanings.filter((one) => told.mixed_dates.includes(one));
  const lines = [
    ...tableCounts.flatMap((what) => {
      const count = table?.[what] ?? 0;
      return count > 0 ? [t(`table.${what}`, { count })] : [];
    }),
    ...faults.map(([code, count]) => t(`fault.${code}`, { count })),
    ...told.missing.map((name) => t("columns.missing", { name })),
    ...mixed.map((one) => t("columns.mixed", { fact: t(`fact.${one}`) })),
    ...(told.contradicting > 0 ? [t("columns.contradicting", { count: told.contradicting })] : []),
    ...(told.over_midnight > 0 ? [t("columns.overMidnight", { count: told.over_midnight })] : []),
    ...(told.profile.by === "built_in" && !told.profile.tried ? [t("columns.notTried")] : []),
    ...(told.profile.others.length > 0
      ? [t("columns.others", { names: told.profile.others.join(t("and")) })]
      : []),
  ];
  if (lines.length === 0) return null;
  return (
    <ul className={`${css.faults} quiet`} aria-label={t("columns.toKnow")}>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}
