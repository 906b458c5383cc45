import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Recording, Region } from "../../../ipc";
import { worthShowing } from "../../../player/regions";
import { useObservations } from "../../../things/mark/useObservations";
import { SwapButton } from "./LaneHeads";
import { Lanes } from "./Lanes";
import { Overview } from "./Overview";
import { PinRow } from "./PinRow";
import { Ruler } from "./Ruler";
import { ZoomButtons } from "./ZoomButtons";

/** The whole call above, the part that is looked at below, marks between them. */
export function Waveform({ recording, regions }: { recording: Recording; regions: Region[] }) {
  const { t } = useTranslation("console");
  const observations = useObservations(recording.case_id);
  const shown = useMemo(() => worthShowing(regions), [regions]);
  return (
    <section className="wv" aria-label={t("waveform")} data-keys="player" data-region data-testid="waveform">
      <div className="wv-top">
        <Overview recording={recording} regions={shown} observations={observations} />
        <ZoomButtons />
      </div>
      <div className="wv-pins">
        {recording.channels > 1 ? <SwapButton recording={recording} /> : <span />}
        <PinRow observations={observations} />
      </div>
      <Lanes recording={recording} regions={shown} observations={observations} />
      <Ruler />
    </section>
  );
}
