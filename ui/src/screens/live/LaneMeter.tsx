import { useRef } from "react";
import { useTranslation } from "react-i18next";
import type { ChannelRole } from "../../ipc";
import { wordKey } from "../../parts/words";
import { shareOf, useLevel } from "../../things/live/sound";
import css from "./LaneMeter.module.css";

/** The highest level stays to be read for this long. */
const HOLD_MS = 1_500;
/** Below this nothing is worth a number. */
const SILENT_DB = -90;

type Props = {
  channel: number;
  role: ChannelRole;
  /** Nothing comes from its device. */
  lost?: boolean;
  className?: string | undefined;
};

/** How loud a lane is, ten times a second, with its highest point held; written straight into the page. */
export function LaneMeter({ channel, role, lost, className }: Props) {
  const { t } = useTranslation("live");
  const meter = useRef<HTMLDivElement>(null);
  const bar = useRef<HTMLElement>(null);
  const peak = useRef<HTMLElement>(null);
  const number = useRef<HTMLSpanElement>(null);
  const held = useRef({ share: 0, at: 0 });
  const decibels = (db: number) =>
    db <= SILENT_DB ? t("meterSilent") : t("meterDb", { db: Math.round(db).toString().replace("-", "−") });

  useLevel(channel, ({ peak_db, clipped }) => {
    const share = shareOf(peak_db);
    const now = performance.now();
    if (share >= held.current.share || now - held.current.at > HOLD_MS) held.current = { share, at: now };
    if (bar.current) bar.current.style.width = `${share * 100}%`;
    if (peak.current) peak.current.style.left = `${held.current.share * 100}%`;
    if (number.current) number.current.textContent = decibels(peak_db);
    meter.current?.setAttribute("aria-valuenow", String(Math.round(share * 100)));
    meter.current?.setAttribute("aria-valuetext", decibels(peak_db));
    meter.current?.toggleAttribute("data-clipped", clipped);
  });

  return (
    <div className={className ? `${css.meter} ${className}` : css.meter}>
      <div
        ref={meter}
        className={css.bar}
        data-role={role}
        data-lost={lost || undefined}
        role="meter"
        aria-label={t("meterOf", { who: t(wordKey("role", role), { ns: "common" }) })}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={0}
        data-testid={`live-meter-${channel}`}
      >
        <i ref={bar} className={css.level} />
        <u ref={peak} className={css.peak} />
      </div>
      <span ref={number} className={`${css.decibels} label figures`} aria-hidden="true">
        {t("meterNone")}
      </span>
    </div>
  );
}
