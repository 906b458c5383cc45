import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { type Checkup, ipc } from "../../ipc";
import { Button } from "../../parts/Button";
import { Chip } from "../../parts/Chip";
import { Problem } from "../../parts/Problem";
import { SectionHead } from "../../parts/SectionHead";
import { ofMachine, qk } from "../../records/queries";
import { useWorkspace } from "../../seat/workspace";
import { shownPath } from "../../text/path";
import { bytesText } from "../../things/case/import/plan";
import { ChangeLog } from "./ChangeLog";
import { MediaFiles } from "./MediaFiles";
import pieces from "./pieces.module.css";
import { ToRetake } from "./ToRetake";

/** Where everything lies, and whether it is well. */
export function About() {
  const { t } = useTranslation("settings");
  const { t: common } = useTranslation();
  const report = useQuery({
    queryKey: qk.doctor,
    queryFn: ipc.doctor,
    staleTime: 0,
    gcTime: 0,
    meta: ofMachine,
  });
  const client = useQueryClient();
  const take = (read: Checkup) => client.setQueryData(qk.doctor, read);
  const workspace = useWorkspace();
  const copy = useMutation({ mutationFn: (text: string) => ipc.copyText(text) });
  const log = useMutation({ mutationFn: ipc.verifyLog });
  const r = report.data;
  const isWell = r?.healthy && !log.data?.fault_count;
  const path = (whole: string, text = shownPath(whole)) => (
    <span className="row">
      <code className="path">{text}</code>
      <Button
        size="small"
        tone="ghost"
        icon="file"
        label={t("about.copy")}
        onClick={() => copy.mutate(text)}
      />
    </span>
  );
  return (
    <section aria-label={t("tab.about")}>
      <SectionHead title={t("tab.about")}>
        <Button size="small" icon="loop" disabled={report.isFetching} onClick={() => void report.refetch()}>
          {t(report.isFetching ? "about.checking" : "about.again")}
        </Button>
      </SectionHead>
      <Problem error={report.error} onRetry={() => void report.refetch()} />
      {r ? (
        <dl className={pieces.facts}>
          <dt>{t("about.health")}</dt>
          <dd>
            <Chip tone={isWell ? "ok" : "bad"} icon={isWell ? "check" : "warn"}>
              {t(isWell ? "about.well" : "about.unwell")}
            </Chip>
          </dd>
          <dt>{t("about.version")}</dt>
          <dd className="figures">{r.version}</dd>
          <dt>{t("about.workspace")}</dt>
          <dd>
            {path(r.workspace)}
            {workspace.data?.is_demo ? <Chip tone="info">{common("demo")}</Chip> : null}
          </dd>
          <dt>{t("about.database")}</dt>
          <dd>
            {t(r.database.sound ? "about.sound" : "about.damaged", {
              schema: r.database.schema_version,
              sqlite: r.database.sqlite_version,
            })}
            <ul>
              {r.database.problems.map((p) => (
                <li key={p} className="is-bad">
                  {p}
                </li>
              ))}
            </ul>
          </dd>
          <dt>{t("about.log")}</dt>
          <dd>
            <ChangeLog check={log} />
          </dd>
          <dt>{t("about.index")}</dt>
          <dd>
            {r.index.done < r.index.total
              ? t("about.indexRenewing", { percent: Math.floor((100 * r.index.done) / r.index.total) })
              : t("about.indexWhole")}
          </dd>
          <dt>{t("about.media")}</dt>
          <dd>
            {bytesText(r.media_bytes)}
            <MediaFiles media={r.media} onRead={take} onMended={() => void report.refetch()} />
          </dd>
          <dt>{t("about.older")}</dt>
          <dd>
            {r.to_retake.length > 0 ? (
              <ToRetake calls={r.to_retake} onTaken={() => void report.refetch()} />
            ) : (
              t("about.olderNone")
            )}
          </dd>
          <dt>{t("about.free")}</dt>
          <dd>{bytesText(r.free_bytes)}</dd>
          <dt>{t("about.models")}</dt>
          <dd>
            {r.models.length > 0 ? r.models.map((m) => m.name).join(t("about.comma")) : t("about.noModels")}
            {path(r.models_folder)}
          </dd>
          <dt>{t("about.ffmpeg")}</dt>
          <dd>{r.ffmpeg ?? t("about.noFfmpeg")}</dd>
          <dt>{t("about.zone")}</dt>
          <dd>{r.zone ?? t("about.noZone")}</dd>
          <dt>{t("about.devices")}</dt>
          <dd>
            {r.devices.length > 0 ? r.devices.map((d) => d.name).join(t("about.comma")) : t("sound.none")}
          </dd>
        </dl>
      ) : null}
      <p className="faint small pad">{t("about.network")}</p>
    </section>
  );
}
