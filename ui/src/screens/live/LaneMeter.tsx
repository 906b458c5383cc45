import { useRef } from "react";
import { useTranslation } from "react-i18next";
import type { ChannelRole } from "../../ipc";
import { voiceClass } from "../../parts/VoiceLabel";
import { wordKey } from "../../parts/words";
import { shareOf, useLevel } from "../../things/live/sound";

/** The highest level stays to be read for this long. */
const HOLD_MS = 1_500;
/** Below this nothing is worth a number. */
const SILENT_DB = -90;

type Props = { channel: number; role: ChannelRole };

/** How loud a lane is, ten times a second, with its highest point held; written straight into the page. */
export function LaneMeter({ channel, role }: Props) {
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
    <div className="lv-meter">
      <div
        ref={meter}
        className={`lv-bar ${voiceClass(role)}`}
        role="meter"
        aria-label={t("meterOf", { who: t(wordKey("role", role), { ns: "common" }) })}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={0}
        data-testid={`live-meter-${channel}`}
      >
        <i ref={bar} />
        <u ref={peak} />
      </div>
      <span ref={number} className="lbl num lv-db" aria-hidden="true">
        {t("meterNone")}
      </span>
    </div>
  );
}
