import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Recording, Region } from "../../../ipc";
import { worthShowing } from "../../../player/regions";
import { WaveTop } from "../../../player/WaveFrame";
import { useObservations } from "../../../things/mark/useObservations";
import { SwapButton } from "./LaneHeads";
import { Lanes } from "./Lanes";
import { Overview } from "./Overview";
import { PinRow } from "./PinRow";
import { Ruler } from "./Ruler";
import css from "./Waveform.module.css";
import { ZoomButtons } from "./ZoomButtons";

/** The whole call above, the part that is looked at below, marks between them. */
export function Waveform({ recording, regions }: { recording: Recording; regions: Region[] }) {
  const { t } = useTranslation("console");
  const observations = useObservations(recording.case_id);
  const shown = useMemo(() => worthShowing(regions), [regions]);
  return (
    <section
      className={css.waveform}
      aria-label={t("waveform")}
      data-keys="player"
      data-region
      data-testid="waveform"
    >
      <WaveTop>
        <Overview recording={recording} regions={shown} observations={observations} />
        <ZoomButtons />
      </WaveTop>
      <PinRow
        beside={recording.channels > 1 ? <SwapButton recording={recording} /> : null}
        observations={observations}
      />
      <Lanes recording={recording} regions={shown} observations={observations} />
      <Ruler />
    </section>
  );
}
