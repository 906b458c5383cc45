import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { DownloadProgress, ModelRow } from "../../ipc";
import { asNote, ipc, unlessRefused } from "../../ipc";
import { Button } from "../../parts/Button";
import { Chip } from "../../parts/Chip";
import { Problem } from "../../parts/Problem";
import { ProgressLine } from "../../parts/states";
import { useErrorWords } from "../../parts/words";
import { useWithheld } from "../../records/withheld";
import { bytesText } from "../../things/case/import/plan";
import css from "./ModelLine.module.css";
import pieces from "./pieces.module.css";
import { coresHere, speedOn } from "./recommend";

interface LineProps {
  model: ModelRow;
  /** The one to take first. */
  first: boolean;
  progress: DownloadProgress | undefined;
  onDone: () => void;
}

/** A model: what it is, whether it is here, and what can be done about it. */
export function ModelLine({ model, first, progress, onDone }: LineProps) {
  const { t } = useTranslation("settings");
  const words = useErrorWords();
  const withheld = useWithheld();
  const why = withheld("device.settings");
  const whyTend = withheld("model.tend");
  const act = useMutation({
    mutationFn: async (what: "download" | "cancel" | "remove" | "default" | "insist") => {
      if (what === "download") await ipc.downloadModel(model.id);
      if (what === "cancel") await ipc.cancelDownload(model.id);
      if (what === "remove") await unlessRefused(ipc.removeModel(model.id));
      if (what === "default") await ipc.setDefaultModel({ id: model.id, insist: false });
      if (what === "insist") await ipc.setDefaultModel({ id: model.id, insist: true });
    },
    onSettled: onDone,
  });
  const refused = act.error && asNote(act.error).code === "model.demo_only" ? asNote(act.error) : null;
  const stopped = progress !== undefined && progress.error !== null && model.state !== "downloading";
  const present = progress && !progress.done ? progress.bytes_present : model.bytes_present;
  const total = progress?.bytes_total || model.bytes;
  return (
    <li data-testid="model-row" data-state={model.state}>
      <div className="row">
        <span className="grow">
          <b>{model.name}</b> {model.is_demo ? <Chip tone="warn">{t("models.demo")}</Chip> : null}{" "}
          {model.is_default ? <Chip tone="ok">{t("models.default")}</Chip> : null}
          {first ? <Chip tone="info">{t("models.taken")}</Chip> : null}
          <span className={`${pieces.meaning} faint small`}>
            {bytesText(model.bytes)} {model.languages.map((l) => languageWord(l, t)).join(t("about.comma"))}{" "}
            {model.speed_hint > 0 ? t("models.speed", { n: speedOn(model, coresHere()) }) : null}
          </span>
        </span>
        {model.state === "installed" ? (
          <>
            {model.is_default ? null : (
              <Button size="small" why={why} onClick={() => act.mutate("default")}>
                {t("models.makeDefault")}
              </Button>
            )}
            <Button
              size="small"
              why={whyTend}
              tone="ghost"
              icon="trash"
              label={t("models.remove", { name: model.name })}
              onClick={() => act.mutate("remove")}
            />
          </>
        ) : null}
        {model.state === "absent" || model.state === "partial" ? (
          <Button
            size="small"
            why={whyTend}
            icon="import"
            {...(first && { tone: "primary" as const })}
            onClick={() => act.mutate("download")}
          >
            {model.state === "partial"
              ? t("models.resume", { present: bytesText(model.bytes_present) })
              : t("models.download")}
          </Button>
        ) : null}
        {model.state === "partial" ? (
          <Button
            size="small"
            why={whyTend}
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
      {refused ? (
        <div className={css.refused} role="alert" data-code={refused.code}>
          <p>{words(refused)}</p>
          <Button size="small" data-testid="model-insist" onClick={() => act.mutate("insist")}>
            {t("models.insist")}
          </Button>
          <Button size="small" tone="ghost" onClick={() => act.reset()}>
            {t("models.letBe")}
          </Button>
        </div>
      ) : (
        <Problem error={act.error} />
      )}
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
