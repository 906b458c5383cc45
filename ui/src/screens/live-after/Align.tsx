import { useMutation, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { type AlignView, asNote, ipc, type LiveCallId } from "../../ipc";
import { Button } from "../../parts/Button";
import { Problem } from "../../parts/Problem";
import { EmptyState, ErrorNote } from "../../parts/states";
import { followPlayerEvents, playerState, transport } from "../../player/clock";
import { qk } from "../../records/queries";
import { useWithheld } from "../../records/withheld";
import { useTrail } from "../../seat/crumbs";
import { placePath, THE_WHOLE } from "../../seat/place";
import { useAlignView } from "../../things/live/queries";
import css from "./Align.module.css";
import { CallSide } from "./CallSide";
import { Stage } from "./Stage";
import { ofAlignment, ofCandidate, outside, sessionMarks, type Target } from "./target";

/** Puts the marks of a call without sound onto a recording that came later. */
export default function Align({ callId }: { callId: LiveCallId }) {
  const { t } = useTranslation("align");
  const { t: common } = useTranslation();
  const [, go] = useLocation();
  const { data, error, refetch } = useAlignView(callId);
  useTrail(t("title"), data?.case.title ?? "");
  if (error) {
    const note = asNote(error);
    return (
      <div className={css.closed}>
        {note.code === "live.has_audio" ? (
          <EmptyState icon="headphones" title={t("hasAudio")} />
        ) : (
          <ErrorNote note={note} action={{ label: common("retry"), run: () => void refetch() }} />
        )}
        <Button onClick={() => go("/live")}>{t("back")}</Button>
      </div>
    );
  }
  if (!data) {
    return (
      <div className={`${css.page} ${css.skeleton}`} role="status" aria-label={common("loading")}>
        <i />
        <i />
      </div>
    );
  }
  return <Open key={data.call.id} view={data} />;
}

/** The best there is to begin with: where the marks stand, else the likeliest recording. */
function begin(view: AlignView): Target | null {
  const best = view.candidates[0];
  return ofAlignment(view) ?? (best ? ofCandidate(best) : null);
}

function Open({ view }: { view: AlignView }) {
  const { t } = useTranslation("align");
  const [, go] = useLocation();
  const [target, setTarget] = useState(() => begin(view));
  // A recording that is imported while one waits here is taken up by itself.
  const first = view.candidates[0];
  useEffect(() => {
    if (target === null && first) setTarget(ofCandidate(first));
  }, [target, first]);
  usePlayerHere();
  const marks = sessionMarks(view);
  const { data: found, error } = useQuery({
    queryKey: qk.case(target?.caseId ?? ""),
    queryFn: () => ipc.getCase(target?.caseId ?? ""),
    enabled: target !== null,
  });
  const align = useMutation({
    mutationFn: (to: Target) =>
      ipc.align({
        call_id: view.call.id,
        recording_id: to.recordingId,
        offset_ms: to.offsetMs,
        method: to.method,
        confidence: to.confidence,
      }),
    onSuccess: (_, to) => {
      const mark = marks[0];
      go(
        placePath(to.caseId, {
          ...THE_WHOLE,
          start_ms: mark ? Math.max(0, mark.startMs + to.offsetMs) : null,
        }),
      );
    },
  });
  const why = useWithheld()("live.align");
  const recording = found?.recording;
  const out = target && recording ? outside(marks, target, recording.duration_ms) : 0;
  const none = marks.length > 0 && out === marks.length;
  return (
    <div className={css.page}>
      <CallSide view={view} target={target} onTarget={setTarget} />
      <section className={css.main} aria-label={t("wave")} data-region>
        <Problem error={error} />
        {target === null ? (
          <EmptyState icon="link" title={t("pickFirst")} hint={t("pickFirstHint")} />
        ) : found && recording ? (
          <Stage
            key={recording.id}
            view={view}
            marks={marks}
            target={target}
            title={found.case.title}
            recording={recording}
            regions={found.regions}
            onTarget={setTarget}
          />
        ) : null}
        <div className={css.foot} data-region>
          <div className="grow">
            {out > 0 ? (
              <p className={none ? "is-bad" : "is-warning"} role="status">
                {none ? t("outsideAll") : t("outside", { count: out })}
              </p>
            ) : (
              <p className="faint">{t("confirmHint")}</p>
            )}
            <Problem error={align.error} />
          </div>
          <Button
            tone="primary"
            icon="check"
            why={why}
            data-testid="align-confirm"
            disabled={!target || !recording || none || align.isPending}
            onClick={() => target && align.mutate(target)}
          >
            {t(view.call.alignment ? "confirmAgain" : "confirm")}
          </Button>
        </div>
      </section>
    </div>
  );
}

/** The page follows the player; what is out of sight cannot be paused, so it does not go on. */
function usePlayerHere(): void {
  useEffect(() => {
    followPlayerEvents();
    return () => {
      if (playerState().playing) void transport.pause();
    };
  }, []);
}
