import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { ipc, type LiveCall } from "../../../ipc";
import { SectionHead } from "../../../parts/SectionHead";
import { wordKey } from "../../../parts/words";
import { qk } from "../../../records/queries";
import { dayTime } from "../../../text/format";
import { offsetText } from "../../../things/live/offset";
import { alignPath } from "../../../things/live/queries";
import css from "./CaseFile.module.css";

/** How the call was listened to: what was kept, on what ground, who was told how, who sat beside. */
export function LiveFacts({ live }: { live: LiveCall }) {
  const { t } = useTranslation("console");
  const { t: common } = useTranslation();
  const { data: people } = useQuery({ queryKey: qk.people, queryFn: () => ipc.listPeople() });
  const mentor = people?.find((p) => p.id === live.mentor_id)?.name;
  const facts = [
    { name: t("liveFrom"), value: dayTime(live.started_at) },
    { name: t("liveMode"), value: common(wordKey("mode", live.mode)) },
    { name: t("liveConsent"), value: live.consent && common(wordKey("consent", live.consent)) },
    { name: t("liveNotice"), value: live.notice && common(wordKey("notice", live.notice)) },
    { name: t("liveMentor"), value: mentor },
    { name: t("liveAnchor"), value: live.anchor },
    { name: t("liveState"), value: live.state === "ended" ? null : common(wordKey("live", live.state)) },
  ];
  return (
    <section className={css.live} aria-label={t("liveFacts")}>
      <SectionHead title={t("liveFacts")} level={3} />
      <dl className={css.facts}>
        {facts.map(({ name, value }) =>
          value ? (
            <div key={name} className={css.fact}>
              <dt>{name}</dt>
              <dd>
                <bdi>{value}</bdi>
              </dd>
            </div>
          ) : null,
        )}
        {live.lanes.length > 0 && (
          <div className={css.fact}>
            <dt>{t("liveSources")}</dt>
            <dd>
              {live.lanes.map((lane) => (
                <span key={`${lane.source}${lane.side}`} className={css.source}>
                  {common(wordKey("role", lane.role))} <bdi className="faint">{lane.name}</bdi>
                </span>
              ))}
            </dd>
          </div>
        )}
        {live.alignment && (
          <div className={css.fact}>
            <dt>{t("liveAligned")}</dt>
            <dd>
              <span className="figures">{offsetText(live.alignment.offset_ms)}</span>{" "}
              <Link href={alignPath(live.id)} className="link" data-testid="align-open">
                {t("alignAgain")}
              </Link>
            </dd>
          </div>
        )}
      </dl>
    </section>
  );
}
