import { useMutation } from "@tanstack/react-query";
import { memo, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { asNote, ipc, type LiveLaneStatus, type LiveStatus } from "../../../ipc";
import { Button } from "../../../parts/Button";
import { Icon } from "../../../parts/Icon";
import { SectionHead, Sep } from "../../../parts/SectionHead";
import { VoiceLabel } from "../../../parts/VoiceLabel";
import { wordKey } from "../../../parts/words";
import { useWithheld } from "../../../records/withheld";
import { accept } from "../../../things/live/call";
import { LaneMeter } from "../LaneMeter";
import { report } from "../marks";
import css from "./Devices.module.css";
import { MarkList } from "./MarkList";

type LanesProps = { lanes: LiveStatus["lanes"]; sameOnBoth: boolean };
/** Without text the marks stand in its place, and there is no `caseId` here. */
type Props = LanesProps & { caseId: string | null; children: ReactNode };

/** The lanes and how loud they are, the way to pause and to end, and what was marked. */
export function Devices({ lanes, sameOnBoth, caseId, children }: Props) {
  const { t } = useTranslation("live");
  return (
    <aside className={css.devices} aria-label={t("devices")} data-region>
      {lanes.length > 0 && <Lanes lanes={lanes} sameOnBoth={sameOnBoth} />}
      {children}
      {caseId !== null && <MarkList caseId={caseId} />}
    </aside>
  );
}

/** Who speaks on which lane, and how loud. */
const Lanes = memo(function Lanes({ lanes, sameOnBoth }: LanesProps) {
  const { t } = useTranslation("live");
  const swap = useMutation({
    mutationFn: ipc.liveSwap,
    onSuccess: accept,
    onError: (thrown) => report(asNote(thrown)),
  });
  const why = useWithheld()("live.swap");
  const order = ["customer", "agent", "whisper", "unknown"];
  const shown = [...lanes].sort((a, b) => order.indexOf(a.role) - order.indexOf(b.role));
  return (
    <section aria-label={t("channels")}>
      <SectionHead title={t("channels")} level={3}>
        {lanes.length > 1 && (
          <Button
            size="small"
            tone="ghost"
            icon="swap"
            why={why}
            label={t("swapHint")}
            data-testid="live-swap"
            onClick={() => swap.mutate()}
          >
            {t("swap")}
          </Button>
        )}
      </SectionHead>
      <ol>
        {shown.map((lane) => (
          <LaneLine key={lane.channel} lane={lane} />
        ))}
      </ol>
      <p className={`${css.trouble} ${css.same}`} role="status">
        {sameOnBoth && (
          <>
            <Icon name="warn" size="tiny" />
            {t("sameNow")}
          </>
        )}
      </p>
    </section>
  );
});

function LaneLine({ lane }: { lane: LiveLaneStatus }) {
  const { t } = useTranslation("live");
  const { channel, role, name, side, state } = lane;
  return (
    <li className={css.lane} data-state={state} data-testid={`live-lane-${channel}`}>
      <VoiceLabel role={role} />
      <span className={`${css.source} label cut`} title={name}>
        <bdi>{name}</bdi>
        {side !== "whole" && (
          <>
            <Sep />
            {t(wordKey("sideLong", side))}
          </>
        )}
      </span>
      <LaneMeter channel={channel} role={role} lost={state === "lost"} className={css.meter} />
      <p className={css.trouble} role="status" data-testid={`live-trouble-${channel}`}>
        {state !== "running" && (
          <>
            <Icon name="warn" size="tiny" />
            {t(wordKey("lane", state))}
          </>
        )}
      </p>
    </li>
  );
}
