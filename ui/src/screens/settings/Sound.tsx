import { useMutation, useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { ipc, onEvent } from "../../ipc";
import { Button } from "../../parts/Button";
import { Problem } from "../../parts/Problem";
import { SectionHead } from "../../parts/SectionHead";
import { TickLine } from "../../parts/TickLine";
import { ofMachine, qk } from "../../records/queries";
import css from "./Sound.module.css";

/** Where the sound comes out. */
export function Sound() {
  const { t } = useTranslation("settings");
  const devices = useQuery({
    queryKey: qk.devices,
    queryFn: ipc.audioDevices,
    staleTime: 0,
    meta: ofMachine,
  });
  const player = useQuery({
    queryKey: ["player", "device"],
    queryFn: ipc.playerState,
    staleTime: 0,
    meta: ofMachine,
  });
  const { refetch } = player;
  const choose = useMutation({
    mutationFn: (device: string | null) => ipc.playerDevice(device),
    onSuccess: () => void refetch(),
  });
  // A device that comes or goes is told as a notice.
  useEffect(
    () =>
      onEvent((event) => {
        if (event.type === "notice" && event.note.code.startsWith("audio.")) void devices.refetch();
      }),
    [devices.refetch],
  );
  const chosen = player.data?.device ?? null;
  return (
    <section aria-label={t("tab.sound")}>
      <SectionHead title={t("tab.sound")} note={t("sound.note")}>
        <Button size="small" icon="loop" onClick={() => void devices.refetch()}>
          {t("sound.again")}
        </Button>
      </SectionHead>
      <Problem error={devices.error ?? choose.error} onRetry={() => void devices.refetch()} />
      {devices.data?.length === 0 ? <p className="pad">{t("sound.none")}</p> : null}
      <fieldset className={css.devices}>
        <legend className="unseen">{t("tab.sound")}</legend>
        {devices.data && devices.data.length > 0 ? (
          <TickLine type="radio" name="device" checked={chosen === null} onChange={() => choose.mutate(null)}>
            <span>{t("sound.default")}</span>
            <span className="faint small">{devices.data.find((d) => d.is_default)?.name}</span>
          </TickLine>
        ) : null}
        {devices.data?.map((device) => (
          <TickLine
            key={device.id}
            type="radio"
            name="device"
            checked={chosen === device.id}
            onChange={() => choose.mutate(device.id)}
          >
            <span>{device.name}</span>
          </TickLine>
        ))}
      </fieldset>
    </section>
  );
}
