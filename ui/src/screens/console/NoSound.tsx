import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { CaseView, LiveCall } from "../../ipc";
import { Icon } from "../../parts/Icon";
import { clock } from "../../text/format";
import { useLive } from "../../things/live/call";
import { alignPath, bestOf, useWaiting } from "../../things/live/queries";
import { sureWord } from "../../things/live/sure";
import css from "./NoSound.module.css";

/** Where player and waveform would stand: what this call waits for, and the way on. */
export function NoSound({ view }: { view: CaseView }) {
  const { t } = useTranslation("console");
  const running = useLive((s) => s.status?.call.case_id === view.case.id);
  const { live } = view;
  return (
    <section className={css.noSound} aria-label={t("noSound")} data-testid="case-no-audio" data-region>
      <Icon name={running ? "live" : "clock"} size="l" />
      <div>
        {running ? (
          <>
            <p className="empty-title">{t("liveNow")}</p>
            <p className="dim">{t("liveNowHint")}</p>
          </>
        ) : live?.state === "listening" ? (
          <>
            <p className="empty-title">{t("liveEnding")}</p>
            <p className="dim">{t("liveEndingHint")}</p>
          </>
        ) : (
          <>
            <p className="empty-title">{t("noSound")}</p>
            <p className="dim">{t(live ? hintOf(live) : "noSoundHint")}</p>
            {live && <Best live={live} />}
          </>
        )}
        {running ? (
          <Link href="/live" className={`${css.way} btn pri`}>
            {t("toLive")}
          </Link>
        ) : (
          live &&
          live.state !== "listening" && (
            <Link href={alignPath(live.id)} className={`${css.way} btn pri`} data-testid="align-open">
              {t("toAlign")}
            </Link>
          )
        )}
      </div>
    </section>
  );
}

function hintOf(live: LiveCall): "clockOnlyHint" | "textOnlyHint" | "noSoundLeft" {
  if (live.mode === "clock_only") return "clockOnlyHint";
  return live.mode === "text_only" ? "textOnlyHint" : "noSoundLeft";
}

/** The recording it most likely is, when one is there. */
function Best({ live }: { live: LiveCall }) {
  const { t } = useTranslation("align");
  const { data } = useWaiting();
  const waiting = data?.find((one) => one.call.id === live.id);
  if (!waiting) return null;
  const best = bestOf(waiting);
  return (
    <p className={css.best}>
      {best ? (
        <>
          <bdi>{t("waiting.best", { title: best.case.title })}</bdi>
          <span className="num mute">{clock(best.duration_ms)}</span>
          <span className={best.confidence >= 70 ? "c-ok" : "c-warn"}>
            {t(sureWord(best.confidence))} {t("percent", { n: best.confidence })}
          </span>
        </>
      ) : (
        <span className="mute">{t("candidatesNoneHint")}</span>
      )}
    </p>
  );
}
