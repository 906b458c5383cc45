import { useTranslation } from "react-i18next";
import type { Region, RegionKind } from "../../../ipc";
import { lasting } from "../../../text/format";
import { useConsole } from "../store";
import css from "./Lanes.module.css";

/** A region narrower than this share of the lanes has no room for a word; its pattern still tells. */
const ROOM = { silence: 0.075, overtalk: 0.008, paused: 0.075, lost: 0.075 } satisfies Record<
  RegionKind,
  number
>;
/** More words than this would be a carpet. */
const MOST = 14;

/** The words on silence, overtalk, and stretches that were paused or lost. */
export function RegionLabels({ regions }: { regions: Region[] }) {
  const { t } = useTranslation("console");
  const view = useConsole((s) => s.view);
  const length = Math.max(1, view.to - view.from);
  const labelled = regions.filter(
    (r) => r.end_ms > view.from && r.start_ms < view.to && (r.end_ms - r.start_ms) / length > ROOM[r.kind],
  );
  if (labelled.length > MOST) return null;
  return labelled.map((r) => {
    const from = Math.max(r.start_ms, view.from);
    const to = Math.min(r.end_ms, view.to);
    const middle = ((from + to) / 2 - view.from) / length;
    const left = Math.min(0.96, Math.max(0.04, middle));
    return (
      <span key={`${r.kind}${r.start_ms}`} className={css.region} style={{ left: `${left * 100}%` }}>
        {r.kind === "overtalk" ? t("overtalk") : t(`${r.kind}For`, { time: lasting(r.end_ms - r.start_ms) })}
      </span>
    );
  });
}
