import { useMutation } from "@tanstack/react-query";
import { memo, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import type { ListenMode } from "../../../ipc";
import { asNote } from "../../../ipc";
import { Button } from "../../../parts/Button";
import { ProgressLine } from "../../../parts/states";
import { clock } from "../../../text/format";
import { Clock } from "../../../things/live/Clock";
import { endCall, useLive } from "../../../things/live/call";
import { report } from "../marks";
import css from "./Controls.module.css";
import { askToEnd, togglePause, useControls } from "./ending";

type Props = { mode: ListenMode; pausedSince: number | null; isEnding: boolean };

/** Pause sharing and end, both in place: nothing covers the call. */
export const Controls = memo(function Controls({ mode, pausedSince, isEnding }: Props) {
  const { t } = useTranslation("live");
  const [, go] = useLocation();
  const asked = useControls((s) => s.asked);
  const stopping = useLive((s) => s.stopping);
  const here = useRef(true);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    here.current = true;
    return () => {
      here.current = false;
    };
  }, []);
  useEffect(() => {
    if (asked) box.current?.querySelector<HTMLElement>("[data-testid=live-stop-confirm]")?.focus();
  }, [asked]);

  const stop = useMutation({
    mutationFn: endCall,
    onSuccess: ({ case_id }) => {
      if (here.current) go(`/case/${case_id}`);
    },
    onError: (thrown) => report(asNote(thrown)),
    onSettled: () => askToEnd(false),
  });
  if (stopping || isEnding) {
    return (
      <div className={css.controls} role="status" data-testid="live-ending">
        <ProgressLine label={t(mode === "record" ? "ending" : "endingPlain")} permille={null} />
      </div>
    );
  }
  const paused = pausedSince !== null;
  return (
    <div className={css.controls} ref={box}>
      {asked ? (
        <div className={css.sure} role="group" aria-label={t("stopSure")}>
          <span>
            {t("stopSure")} <Clock className="figures" />
          </span>
          <Button
            tone="bad"
            data-testid="live-stop-confirm"
            onClick={() => stop.mutate()}
            onKeyDown={(e) => e.key === "Escape" && askToEnd(false)}
          >
            {t("stopYes")}
          </Button>
          <Button onClick={() => askToEnd(false)}>{t("stopNo")}</Button>
        </div>
      ) : (
        <>
          {mode !== "clock_only" && (
            <Button
              icon={paused ? "play" : "pause"}
              action="live.pause"
              showKey
              label={t(paused ? "resumeHint" : "pauseHint")}
              data-testid={paused ? "live-resume" : "live-pause"}
              onClick={() => void togglePause()}
            >
              {t(paused ? "resume" : "pauseSharing")}
            </Button>
          )}
          <Button
            action="live.stop"
            showKey
            label={t("stopHint")}
            data-testid="live-stop"
            onClick={() => askToEnd(true)}
          >
            {t("stop")}
          </Button>
        </>
      )}
      <p className={`${css.paused} label`} role="status">
        {paused && t("pausedSince", { time: clock(pausedSince ?? 0) })}
      </p>
    </div>
  );
});
