import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { Clock } from "./Clock";
import { followLive, useLive } from "./call";
import css from "./LiveBadge.module.css";
import { StateSign } from "./StateSign";
import { followSound } from "./sound";
import { recState } from "./states";

/** On every screen: that a call is being listened to, for how long, and the way there. */
export function LiveBadge() {
  const { t } = useTranslation("live");
  const state = useLive((s) => s.status && recState(s.status));
  const said = useSaid();
  if (!state) return null;
  return (
    <Link
      href="/live"
      className={css.badge}
      data-look={state}
      data-testid="live-badge"
      title={t("badgeHint")}
    >
      <StateSign state={state} />
      {said}
      <Clock className="figures" />
    </Link>
  );
}

/** How the call stands in a word, or that it asks whether anybody is still there. */
function useSaid(): string | null {
  const { t } = useTranslation("live");
  const state = useLive((s) => s.status && recState(s.status));
  const asks = useLive((s) => s.status !== null && s.status.quiet_since_ms !== null);
  if (!state) return null;
  return asks ? t("stateAsks") : t(`state${state}`);
}

/** Keeps the call true for every screen, and says in the window's title that it goes on. */
export function useFollowLive(): void {
  const { t } = useTranslation("live");
  const said = useSaid();
  useEffect(() => {
    const stops = [followLive(), followSound()];
    return () => {
      for (const stop of stops) stop();
    };
  }, []);
  useEffect(() => {
    const app = t("appName", { ns: "common" });
    document.title = said ? `${said} — ${app}` : app;
  }, [said, t]);
}

/** Beside the rail's item. */
export function LiveDot() {
  const state = useLive((s) => s.status && recState(s.status));
  const said = useSaid();
  if (!state || !said) return null;
  return <span className={css.dot} data-look={state} role="img" aria-label={said} />;
}
