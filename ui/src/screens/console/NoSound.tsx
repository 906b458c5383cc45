import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { CaseView, LiveCall } from "../../ipc";
import { buttonLook } from "../../parts/Button";
import { Icon } from "../../parts/Icon";
import { emptyTitle } from "../../parts/states";
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
      <Icon name={running ? "live" : "clock"} size="large" />
      <div>
        {running ? (
          <>
            <p className={emptyTitle}>{t("liveNow")}</p>
            <p className="quiet">{t("liveNowHint")}</p>
          </>
        ) : live?.state === "listening" ? (
          <>
            <p className={emptyTitle}>{t("liveEnding")}</p>
            <p className="quiet">{t("liveEndingHint")}</p>
          </>
        ) : (
          <>
            <p className={emptyTitle}>{t("noSound")}</p>
            <p className="quiet">{t(live ? hintOf(live) : "noSoundHint")}</p>
            {live && <Best live={live} />}
          </>
        )}
        {running ? (
          <Link href="/live" {...buttonLook({ tone: "primary", className: css.way })}>
            {t("toLive")}
          </Link>
        ) : (
          live &&
          live.state !== "listening" && (
            <Link
              href={alignPath(live.id)}
              {...buttonLook({ tone: "primary", className: css.way })}
              data-testid="align-open"
            >
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
          <span className="figures faint">{clock(best.duration_ms)}</span>
          <span className={best.confidence >= 70 ? "is-good" : "is-warning"}>
            {t(sureWord(best.confidence))} {t("percent", { n: best.confidence })}
          </span>
        </>
      ) : (
        <span className="faint">{t("candidatesNoneHint")}</span>
      )}
    </p>
  );
}
