import { useQuery } from "@tanstack/react-query";
import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import { ipc } from "../../ipc";
import { DEVICE_NAME_CHARS } from "../../ipc/generated/limits";
import { Button } from "../../parts/Button";
import { InlineText } from "../../parts/InlineText";
import { Problem } from "../../parts/Problem";
import { SectionHead } from "../../parts/SectionHead";
import { useCopying } from "../../parts/useCopying";
import { ofMachine, qk } from "../../records/queries";
import { useSettings } from "../../records/useSettings";
import { useWithheld } from "../../records/withheld";
import pieces from "./pieces.module.css";
import { useDeviceFacts } from "./useDeviceFacts";

/** Which installation this is, and what its machine has: all of it can be copied for whoever is asked for help. */
export function Device() {
  const { t } = useTranslation("settings");
  const { t: common } = useTranslation();
  const info = useQuery({ queryKey: qk.device, queryFn: ipc.deviceInfo, staleTime: 0, meta: ofMachine });
  const { settings, keep, read, error } = useSettings();
  const facts = useDeviceFacts(info.data);
  const copy = useCopying((text: string) => ipc.copyText(text));
  const again = () => {
    void info.refetch();
    if (error) void read();
  };
  const isRead = facts !== null && settings !== undefined;
  const line = (label: string, value: string) => t("device.line", { label, value });
  const name = settings?.device_name ?? "";
  const all = () =>
    [
      line(t("device.name"), name || t("device.nameless")),
      ...(facts ?? []).map(({ fact, shown, copied }) => line(t(`device.${fact}`), copied ?? shown)),
    ].join("\n");
  return (
    <section aria-label={t("tab.device")}>
      <SectionHead title={t("tab.device")} note={t("device.note")}>
        <Button size="small" icon="loop" disabled={info.isFetching} onClick={again}>
          {t("device.again")}
        </Button>
      </SectionHead>
      <Problem error={info.error ?? error} onRetry={again} />
      {isRead ? (
        <>
          <dl className={pieces.facts}>
            <dt>{t("device.name")}</dt>
            <dd>
              <Name name={name} onSave={(device_name) => keep({ device_name })} />
            </dd>
            {facts.map(({ fact, shown, isPath }) => (
              <Fragment key={fact}>
                <dt>{t(`device.${fact}`)}</dt>
                <dd data-testid={`device-${fact}`}>
                  {isPath ? <code className="path">{shown}</code> : <bdi className="figures">{shown}</bdi>}
                </dd>
              </Fragment>
            ))}
          </dl>
          <div className="row foot">
            <Button
              size="small"
              icon={copy.isSuccess ? "check" : "file"}
              data-testid="device-copy"
              onClick={() => copy.mutate(all())}
            >
              {copy.isSuccess ? common("copied") : t("device.copy")}
            </Button>
            <span className="faint small">{t("device.copyNote")}</span>
          </div>
          <Problem error={copy.error} onRetry={() => copy.mutate(all())} />
        </>
      ) : null}
      {!isRead && !info.error && !error ? (
        <p className="faint pad" role="status">
          {common("loading")}
        </p>
      ) : null}
    </section>
  );
}

type NameProps = { name: string; onSave: (name: string) => Promise<void> };

/** What people call it. */
function Name({ name, onSave }: NameProps) {
  const { t } = useTranslation("settings");
  const why = useWithheld()("device.settings");
  const tooLong = (text: string) =>
    [...text].length > DEVICE_NAME_CHARS ? t("device.nameLong", { most: DEVICE_NAME_CHARS }) : null;
  return (
    <InlineText
      dense
      label={t("device.name")}
      value={name}
      rev={0}
      why={why}
      placeholder={t("device.nameHint")}
      testId="device-name"
      check={tooLong}
      onSave={async (text) => {
        await onSave(text);
        return { state: "saved" };
      }}
    >
      {name ? <bdi>{name}</bdi> : <span className="faint">{t("device.nameless")}</span>}
    </InlineText>
  );
}
