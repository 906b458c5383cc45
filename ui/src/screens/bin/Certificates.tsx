import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { ipc, type Purge } from "../../ipc";
import { Chip } from "../../parts/Chip";
import { qk } from "../../records/queries";
import { dayTime } from "../../text/format";
import css from "./Certificates.module.css";

/** The reason of what left the bin because its days were over, as the machine writes it. */
const byBin = /^bin:(\d+)$/;

/** What went for good: what it was is told by nobody any more, but how much, when, why, and how far it was looked
 * after. */
export function Certificates({ purges }: { purges: Purge[] }) {
  const { t } = useTranslation("bin");
  const { data: people } = useQuery({ queryKey: qk.people, queryFn: () => ipc.listPeople() });
  if (purges.length === 0) return null;
  return (
    <section className={css.certificates} aria-label={t("certs")} data-testid="bin-certificates">
      <h2>{t("certs")}</h2>
      <ul>
        {purges.map((purge) => {
          const days = byBin.exec(purge.reason)?.[1];
          const by = people?.find((p) => p.id === purge.created_by)?.name;
          return (
            <li key={purge.id}>
              <span className="figures nowrap">{dayTime(purge.created_at)}</span>
              <span>
                <b>{days ? t("certBin", { days }) : <bdi>{purge.reason}</bdi>}</b>
                <span className={css.facts}>
                  {!days && by ? <bdi>{by}</bdi> : null}
                  <span>
                    {t("certCounts", {
                      records: purge.records,
                      values: purge.values,
                      lines: purge.lines,
                      files: purge.files,
                    })}
                  </span>
                  <code>{purge.of_id.slice(-8)}</code>
                </span>
              </span>
              <Verdict purge={purge} />
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** How it was looked after that nothing is left. */
function Verdict({ purge }: { purge: Purge }) {
  const { t } = useTranslation("bin");
  if (purge.finished_at === null) return <Chip tone="info">{t("certGoesOn")}</Chip>;
  if (purge.looked_for === null) return <Chip>{t("certUnlooked")}</Chip>;
  if (purge.still_found) {
    return (
      <Chip tone="warn" title={t("certFoundHint")}>
        {t("certFound", { count: purge.still_found })}
      </Chip>
    );
  }
  return (
    <Chip
      tone="ok"
      title={t("certCleanHint", { rewritten: purge.copies_rewritten, dropped: purge.copies_dropped })}
    >
      {t("certClean", { count: purge.looked_for })}
    </Chip>
  );
}
