import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useLocation, useSearch } from "wouter";
import { asNote, type CaseView, ipc, type Recording, type SessionView } from "../../ipc";
import { Button } from "../../parts/Button";
import { Skeleton } from "../../parts/Skeleton";
import { EmptyState, ErrorNote } from "../../parts/states";
import { Paper, useNarrow } from "../../parts/useNarrow";
import { followPlayerEvents, playerState, position, transport } from "../../player/clock";
import { reveal } from "../../player/timeline";
import { qk } from "../../records/queries";
import { useTrail } from "../../seat/crumbs";
import { placePath } from "../../seat/place";
import { observationsOnceRead } from "../../things/mark/useObservations";
import { sessionPath } from "../../things/session/paths";
import { CaseHead } from "./CaseHead";
import css from "./console.module.css";
import { momentOfTurns, parseMoment, parseTurns } from "./moment";
import { NoSound } from "./NoSound";
import { RightPane } from "./record/RightPane";
import { activate, enter, leave, look, report, useAudible, useConsole } from "./store";
import { Transport } from "./Transport";
import { Transcript } from "./text/Transcript";
import { useConsoleKeys } from "./useConsoleKeys";
import { useSessionHere } from "./useSessionHere";
import { Waveform } from "./wave/Waveform";

/** The listening console of one case. */
export default function Console({ caseId }: { caseId: string }) {
  const { t } = useTranslation("console");
  const [, navigate] = useLocation();
  const {
    data: view,
    error,
    refetch,
  } = useQuery({ queryKey: qk.case(caseId), queryFn: () => ipc.getCase(caseId) });
  const { session, pending } = useSessionHere(caseId);
  const inSession = session && { text: session.row.session.title, href: sessionPath(session.row.session.id) };
  useTrail(inSession ?? view?.case.business_line ?? "", view?.case.title ?? "");

  if (error) {
    return (
      <div className={css.state}>
        <ErrorNote
          note={asNote(error)}
          action={{ label: t("retry", { ns: "common" }), run: () => void refetch() }}
        />
        {asNote(error).code === "case.in_bin" ? (
          <Button onClick={() => navigate("/bin")}>{t("toBin")}</Button>
        ) : null}
        <Button onClick={() => navigate("/cases")}>{t("backToCases")}</Button>
      </div>
    );
  }
  if (!view || pending) return <Skeleton />;
  if (!view.recording) {
    return (
      <EmptyState icon="headphones" title={t("noRecording")} hint={t("noRecordingHint")}>
        <Button onClick={() => navigate("/cases")}>{t("backToCases")}</Button>
      </EmptyState>
    );
  }
  return <Open view={view} recording={view.recording} session={session} />;
}

type OpenProps = { view: CaseView; recording: Recording; session: SessionView | null };

function Open({ view, recording, session }: OpenProps) {
  const { t } = useTranslation("console");
  const narrow = useNarrow();
  const tab = useConsole((s) => s.tab);
  const problem = useConsole((s) => s.problem);
  const loaded = useConsole((s) => s.here?.caseId === view.case.id);
  const audible = useAudible();
  useOpened(view, recording, session?.row.session.id ?? null);
  useConsoleKeys(recording);
  if (!loaded) return <Skeleton />;
  const showText = narrow === Paper.Wide || tab === "text";
  return (
    <div
      className={css.console}
      data-narrow={narrow !== Paper.Wide || undefined}
      data-short={narrow === Paper.Tight || undefined}
    >
      <CaseHead view={view} recording={recording} session={session} />
      <div className={css.main} data-soundless={!audible || undefined}>
        {audible ? (
          <>
            <Waveform key={recording.peaks_sha256} recording={recording} regions={view.regions} />
            <Transport recording={recording} />
          </>
        ) : (
          <NoSound view={view} />
        )}
        {showText && (audible || view.segment_count > 0) && <Transcript view={view} recording={recording} />}
      </div>
      <RightPane view={view} recording={recording} narrow={narrow !== Paper.Wide} />
      {problem && (
        <div className={css.problem}>
          <ErrorNote note={problem} onDismiss={() => report(null)} />
          <span className="unseen">{t("title")}</span>
        </div>
      )}
    </div>
  );
}

/** Length of the recording; of a call without sound that of its call clock. */
function lengthOf({ recording, live }: CaseView): number {
  if (recording && recording.duration_ms > 0) return recording.duration_ms;
  return live ? (live.ended_at ?? Date.now()) - live.started_at : 0;
}

/** An address that names turns alone leads to when they were. */
function useTurnsOfAddress({ id, case_id }: Recording): void {
  const search = useSearch();
  const [, navigate] = useLocation();
  useEffect(() => {
    const turns = parseMoment(search) ? null : parseTurns(search);
    if (!turns) return;
    let left = false;
    void momentOfTurns(id, turns).then((moment) => {
      if (moment && !left)
        navigate(placePath(case_id, { ...moment, turns }, new URLSearchParams(search).get("session")), {
          replace: true,
        });
    });
    return () => {
      left = true;
    };
  }, [id, case_id, search, navigate]);
}

/** Loads the case into the player, paused: at the moment of the address, or where this person left off. */
function useOpened(view: CaseView, recording: Recording, sessionId: string | null): void {
  const search = useSearch();
  const caseId = view.case.id;
  const hasAudio = recording.audio_sha256 !== "";
  useTurnsOfAddress(recording);
  // biome-ignore lint/correctness/useExhaustiveDependencies: opening happens once per case and address, and when its sound comes
  useEffect(() => {
    followPlayerEvents();
    const moment = parseMoment(search);
    const here = { caseId, recordingId: recording.id, durationMs: lengthOf(view), hasAudio, sessionId };
    const before = useConsole.getState().here;
    // Taken again, a recording may be longer or shorter than it was.
    const already =
      before?.caseId === caseId &&
      before.hasAudio === hasAudio &&
      (!hasAudio || before.durationMs === here.durationMs);
    const left = moment?.start_ms ?? view.listen_state?.position_ms ?? 0;
    if (!already) enter(here, left);
    const same = playerState().recording_id === recording.id;
    // Coming back to the call that still plays must not stop it.
    const opened =
      !hasAudio || (moment === null && same && playerState().playing)
        ? Promise.resolve()
        : transport.open(caseId, moment?.start_ms ?? null);
    if (!moment) return;
    const { start_ms, end_ms } = moment;
    // The mark at the moment is chosen from the list, which may arrive after the sound.
    void Promise.all([observationsOnceRead(caseId), opened]).then(([observations]) => {
      const state = useConsole.getState();
      if (state.here?.caseId !== caseId) return;
      look(reveal(state.view, start_ms, end_ms ?? start_ms, here.durationMs));
      const mark = observations.find(
        ({ observation: o }) =>
          o.anchor !== "whole" &&
          Math.abs(o.start_ms - start_ms) < 50 &&
          (end_ms === null || Math.abs(o.end_ms - end_ms) < 50),
      );
      if (mark) activate(mark.observation.id);
      else if (end_ms !== null) useConsole.setState({ selection: { start_ms, end_ms } });
      useConsole.setState({ viewFollows: true, textFollows: true });
    });
  }, [caseId, recording.id, recording.audio_sha256, search]);

  useEffect(() => {
    const { here } = useConsole.getState();
    if (here?.caseId === caseId) useConsole.setState({ here: { ...here, sessionId } });
  }, [caseId, sessionId]);

  useEffect(
    () => () => {
      const player = playerState();
      // What is out of sight cannot be paused, so it does not go on.
      if (player.playing && !player.clip && position() < player.duration_ms) void transport.pause();
      leave();
    },
    [],
  );
}
