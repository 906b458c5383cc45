import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { LiveStatus } from "../../../ipc";
import { Seg } from "../../../parts/Seg";
import { ErrorNote } from "../../../parts/states";
import { Paper, useNarrow } from "../../../parts/useNarrow";
import { leaveCall, useLive } from "../../../things/live/call";
import { recState } from "../../../things/live/states";
import { clearDesk, report, useDesk } from "../marks";
import { followWords, takeGaps } from "../words";
import { Controls } from "./Controls";
import { Devices } from "./Devices";
import css from "./During.module.css";
import { Head } from "./Head";
import { MarkBar } from "./MarkBar";
import { SeatPane } from "./SeatPane";
import { StillThere } from "./StillThere";
import { Strip } from "./Strip";
import { TextList } from "./TextList";
import { Thinned } from "./Thinned";
import { useLiveKeys } from "./useLiveKeys";

type Tab = "text" | "lanes" | "seat";
const tabs: Tab[] = ["text", "lanes", "seat"];

/** A call as it happens: read along, mark it, and lose nothing. */
export function During({ status }: { status: LiveStatus }) {
  const { t } = useTranslation("live");
  const narrow = useNarrow() !== Paper.Wide;
  const [tab, setTab] = useState<Tab>("text");
  const problem = useDesk((s) => s.problem);
  useCall(status);
  useLiveKeys();
  // Without sound there are no lanes to look at: the words' place is for the marks.
  const plain = status.lanes.length === 0;
  const shows = (one: Tab) => !narrow || tab === one;
  const { call, lanes, text } = status;
  const caseId = status.case.id;
  const controls = (
    <Controls mode={call.mode} pausedSince={status.paused_since_ms} isEnding={status.ending} />
  );
  return (
    <div
      className={css.call}
      data-narrow={narrow || undefined}
      data-plain={plain || undefined}
      data-look={recState(status)}
    >
      <Head status={status}>{(narrow || plain) && controls}</Head>
      {narrow && (
        <Seg
          small
          className={css.tabs}
          label={t("parts")}
          value={tab}
          options={tabs
            .filter((value) => !plain || value !== "lanes")
            .map((value) => ({ value, label: t(`tab_${value}`) }))}
          onChange={setTab}
        />
      )}
      {!plain && shows("lanes") && (
        <Devices lanes={lanes} sameOnBoth={status.same_on_both} caseId={text === "off" ? null : caseId}>
          {!narrow && controls}
        </Devices>
      )}
      <section
        className={css.middle}
        aria-label={t("text")}
        data-bar-only={!shows("text") || undefined}
        data-region
      >
        {shows("text") && status.lanes.length > 0 && <Strip status={status} className={css.strip} />}
        <div className={css.said} data-testid={status.notice ? "live-notice" : undefined}>
          <StillThere status={status} />
          <Thinned status={status} />
          {status.notice && <ErrorNote note={status.notice} />}
          {problem && <ErrorNote note={problem} onDismiss={() => report(null)} />}
        </div>
        {shows("text") && (
          <TextList call={call} caseId={caseId} lanes={lanes} text={text} className={css.text} />
        )}
        <MarkBar caseId={caseId} className={css.bar} />
      </section>
      {shows("seat") && <SeatPane call={call} caseId={caseId} />}
    </div>
  );
}

/** Reads what was said and marked before, and follows what comes. */
function useCall(status: LiveStatus): void {
  const { recording_id } = status.call;
  // biome-ignore lint/correctness/useExhaustiveDependencies: drafts and gaps of the beginning; later ones are followed
  useEffect(() => {
    clearDesk();
    const stop = followWords(recording_id, { open: status.drafts, gaps: status.gaps });
    return () => {
      stop();
      // Its case is on the screen now, or somebody went elsewhere while it is put away.
      if (useLive.getState().stopping) leaveCall();
    };
  }, [recording_id]);
  useEffect(() => takeGaps(status.gaps), [status.gaps]);
}
