import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { asNote, type ChannelRole, ipc, type Recording } from "../../../ipc";
import { Button, Tip } from "../../../parts/Button";
import { VoiceLabel } from "../../../parts/VoiceLabel";
import { wordKey } from "../../../parts/words";
import { usePlayer } from "../../../player/clock";
import { lanesOf } from "../../../player/draw";
import { useWithheld } from "../../../records/withheld";
import { toggleMute, toggleSolo } from "../playing";
import { report } from "../store";
import css from "./LaneHeads.module.css";

/** Who is on which lane, each to be muted or heard alone. */
export function LaneHeads({ recording }: { recording: Recording }) {
  const lanes = lanesOf(recording.roles);
  return lanes.map((lane) => (
    <LaneHead key={lane.channel} channel={lane.channel} role={lane.role} alone={lanes.length < 2} />
  ));
}

/** Swaps who is on which lane, in one click. */
export function SwapButton({ recording }: { recording: Recording }) {
  const { t } = useTranslation("console");
  const why = useWithheld()("recording.roles");
  const swap = useMutation({
    mutationFn: () => ipc.swapChannels([recording.id]),
    onError: (thrown) => report(asNote(thrown)),
  });
  return (
    <Button
      className={css.swap}
      size="small"
      tone="ghost"
      icon="swap"
      why={why}
      label={t("swap")}
      disabled={swap.isPending}
      onClick={() => swap.mutate()}
    >
      {t("swapShort")}
    </Button>
  );
}

function LaneHead({ channel, role, alone }: { channel: number; role: ChannelRole; alone: boolean }) {
  const { t } = useTranslation("console");
  const muted = usePlayer((p) => p.lanes.muted.includes(channel));
  const solo = usePlayer((p) => p.lanes.solo === channel);
  const name = t(wordKey("role", role), { ns: "common" });
  return (
    <div data-testid="lane-head">
      <VoiceLabel role={role} />
      {!alone && (
        <span className={css.listen}>
          <Tip label={t("muteOne", { name })}>
            <button
              type="button"
              aria-label={t("muteOne", { name })}
              aria-pressed={muted}
              onClick={() => toggleMute(channel)}
            >
              {t("muteShort")}
            </button>
          </Tip>
          <Tip label={t("soloOne", { name })}>
            <button
              type="button"
              aria-label={t("soloOne", { name })}
              aria-pressed={solo}
              onClick={() => toggleSolo(channel)}
            >
              {t("soloShort")}
            </button>
          </Tip>
        </span>
      )}
    </div>
  );
}
