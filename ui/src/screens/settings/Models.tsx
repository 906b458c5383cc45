import { useMutation, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { DownloadProgress } from "../../ipc";
import { ipc, onEvent } from "../../ipc";
import { Button } from "../../parts/Button";
import { Problem } from "../../parts/Problem";
import { SectionHead } from "../../parts/SectionHead";
import { qk } from "../../records/queries";
import { useWithheld } from "../../records/withheld";
import { bytesText } from "../../things/case/import/plan";
import { Mirrors } from "./Mirrors";
import { ModelLine } from "./ModelLine";
import pieces from "./pieces.module.css";
import { coresHere, inOrder, recommended, speedOn } from "./recommend";

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
  const why = useWithheld()("model.tend");
  const choose = useMutation({
    mutationFn: async () => {
      const ticket = await ipc.pickModelFile();
      if (ticket !== null) await ipc.addModelFile(ticket);
    },
    onSuccess: again,
  });
  const all = models.data ?? [];
  // What to take is only said while nothing but the demo's model is here.
  const real = all.some((m) => m.state === "installed" && !m.is_demo);
  const take = real ? undefined : recommended(all, coresHere());
  return (
    <section aria-label={t("tab.models")}>
      <SectionHead title={t("tab.models")} note={t("models.note")}>
        <Button
          size="small"
          icon="file"
          why={why}
          disabled={choose.isPending}
          onClick={() => choose.mutate()}
        >
          {t("models.file")}
        </Button>
      </SectionHead>
      <Problem error={models.error ?? choose.error} onRetry={again} />
      {take ? (
        <p className="quiet" data-testid="model-take">
          {t("models.take", {
            name: take.name,
            size: bytesText(take.bytes),
            n: speedOn(take, coresHere()),
          })}
        </p>
      ) : null}
      <ul className={pieces.list}>
        {inOrder(all, take).map((model) => (
          <ModelLine
            key={model.id}
            model={model}
            first={model.id === take?.id}
            progress={downloads.get(model.id)}
            onDone={again}
          />
        ))}
      </ul>
      {models.data?.length === 0 ? <p className="faint pad">{t("models.none")}</p> : null}
      <Mirrors />
    </section>
  );
}
