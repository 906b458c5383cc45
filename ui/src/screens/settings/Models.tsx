import { useMutation, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { qk } from "../../app/queries";
import type { DownloadProgress, ModelRow } from "../../ipc";
import { ipc, onEvent } from "../../ipc";
import { Button } from "../../parts/Button";
import { Chip } from "../../parts/Chip";
import { Problem } from "../../parts/Problem";
import { SectionHead } from "../../parts/SectionHead";
import { ProgressLine } from "../../parts/states";
import { bytesText } from "../import/plan";
import { Mirrors } from "./Mirrors";

/** How downloads stand, by model; told by events. */
const useDownloads = (): Map<string, DownloadProgress> => {
  const [downloads, setDownloads] = useState<Map<string, DownloadProgress>>(new Map());
  useEffect(
    () =>
      onEvent((event) => {
        if (event.type !== "download") return;
        setDownloads((now) => new Map(now).set(event.progress.id, event.progress));
      }),
    [],
  );
  return downloads;
};

/** Models that turn speech into text: the catalogue, and files of one's own. */
export function Models() {
  const { t } = useTranslation("settings");
  const models = useQuery({ queryKey: qk.models, queryFn: ipc.listModels });
  const downloads = useDownloads();
  const { refetch } = models;
  const again = () => void refetch();
  const choose = useMutation({
    mutationFn: async () => {
      const path = await ipc.pickModelFile();
      if (path !== null) await ipc.addModelFile(path);
    },
    onSuccess: again,
  });
  return (
    <section aria-label={t("tab.models")}>
      <SectionHead title={t("tab.models")} note={t("models.note")}>
        <Button size="s" icon="file" disabled={choose.isPending} onClick={() => choose.mutate()}>
          {t("models.file")}
        </Button>
      </SectionHead>
      <Problem error={models.error ?? choose.error} onRetry={again} />
      <ul className="st-list">
        {models.data?.map((model) => (
          <ModelLine key={model.id} model={model} progress={downloads.get(model.id)} onDone={again} />
        ))}
      </ul>
      {models.data?.length === 0 ? <p className="mute pad">{t("models.none")}</p> : null}
      <Mirrors />
    </section>
  );
}

interface LineProps {
  model: ModelRow;
  progress: DownloadProgress | undefined;
  onDone: () => void;
}

function ModelLine({ model, progress, onDone }: LineProps) {
  const { t } = useTranslation("settings");
  const act = useMutation({
    mutationFn: async (what: "download" | "cancel" | "remove" | "default") => {
      if (what === "download") await ipc.downloadModel(model.id);
      if (what === "cancel") await ipc.cancelDownload(model.id);
      if (what === "remove") await ipc.removeModel(model.id);
      if (what === "default") await ipc.setDefaultModel(model.id);
    },
    onSettled: onDone,
  });
  const stopped = progress !== undefined && progress.error !== null && model.state !== "downloading";
  const present = progress && !progress.done ? progress.bytes_present : model.bytes_present;
  const total = progress?.bytes_total || model.bytes;
  return (
    <li data-testid="model-row" data-state={model.state}>
      <div className="row">
        <span className="grow">
          <b>{model.name}</b> {model.is_demo ? <Chip tone="warn">{t("models.demo")}</Chip> : null}{" "}
          {model.is_default ? <Chip tone="ok">{t("models.default")}</Chip> : null}
          <span className="mute t12 def">
            {bytesText(model.bytes)} {model.languages.map((l) => languageWord(l, t)).join(t("about.comma"))}{" "}
            {model.speed_hint > 0 ? t("models.speed", { n: model.speed_hint }) : null}
          </span>
        </span>
        {model.state === "installed" ? (
          <>
            {model.is_default ? null : (
              <Button size="s" onClick={() => act.mutate("default")}>
                {t("models.makeDefault")}
              </Button>
            )}
            <Button
              size="s"
              tone="ghost"
              icon="trash"
              label={t("models.remove", { name: model.name })}
              onClick={() => act.mutate("remove")}
            />
          </>
        ) : null}
        {model.state === "absent" || model.state === "partial" ? (
          <Button size="s" icon="import" onClick={() => act.mutate("download")}>
            {model.state === "partial"
              ? t("models.resume", { present: bytesText(model.bytes_present) })
              : t("models.download")}
          </Button>
        ) : null}
        {model.state === "partial" ? (
          <Button
            size="s"
            tone="ghost"
            icon="trash"
            label={t("models.remove", { name: model.name })}
            onClick={() => act.mutate("remove")}
          />
        ) : null}
      </div>
      {model.state === "downloading" ? (
        <ProgressLine
          label={progress?.host ? t("models.from", { host: progress.host }) : t("models.starting")}
          permille={total > 0 ? Math.min(1000, Math.round((present / total) * 1000)) : null}
          text={`${bytesText(present)}／${bytesText(total)}`}
          onCancel={() => act.mutate("cancel")}
        />
      ) : null}
      {stopped ? <Problem error={progress.error} onRetry={() => act.mutate("download")} /> : null}
      <Problem error={act.error} />
    </li>
  );
}

const languageWord = (
  code: string,
  t: (key: "lang.multi" | "lang.zh" | "lang.en" | "lang.demo") => string,
): string => {
  if (code === "multi" || code === "zh" || code === "en" || code === "demo") return t(`lang.${code}`);
  return code;
};
