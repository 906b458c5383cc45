import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { Clock } from "./Clock";
import { followLive, useLive } from "./call";
import { followSound } from "./sound";
import { recState } from "./states";
import "./styles/badge.css";

/** On every screen: that a call is being listened to, for how long, and the way there. */
export function LiveBadge() {
  const { t } = useTranslation("live");
  const state = useLive((s) => s.status && recState(s.status));
  if (!state) return null;
  return (
    <Link href="/live" className="lv-badge" data-look={state} data-testid="live-badge" title={t("badgeHint")}>
      <i aria-hidden="true" />
      {t(`state${state}`)}
      <Clock className="num" />
    </Link>
  );
}

/** Keeps the call true for every screen, and says in the window's title that it goes on. */
export function useFollowLive(): void {
  const { t } = useTranslation("live");
  const state = useLive((s) => s.status && recState(s.status));
  useEffect(() => {
    const stops = [followLive(), followSound()];
    return () => {
      for (const stop of stops) stop();
    };
  }, []);
  useEffect(() => {
    const app = t("appName", { ns: "common" });
    document.title = state ? `${t(`state${state}`)} — ${app}` : app;
  }, [state, t]);
}

/** Beside the rail's item. */
export function LiveDot() {
  const { t } = useTranslation("live");
  const state = useLive((s) => s.status && recState(s.status));
  if (!state) return null;
  return <span className="lv-dot" data-look={state} role="img" aria-label={t(`state${state}`)} />;
}
