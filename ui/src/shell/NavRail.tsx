import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { ActionId } from "../keys/actions";
import { useAllChords, useChordLabels } from "../keys/labels";
import { Tip } from "../parts/Button";
import { Icon, type IconName } from "../parts/Icon";
import { LiveDot } from "../things/live/LiveBadge";
import css from "./NavRail.module.css";
import PersonSwitch from "./PersonSwitch";
import { type PlaceName, usePlace } from "./place";

type Place = {
  name: PlaceName;
  path: string;
  icon: IconName;
  word: "navLibrary" | "navLive" | "navSessions" | "navIssues" | "navSettings";
  action: ActionId;
};

const places: Place[] = [
  {
    name: "library",
    path: "/cases",
    icon: "case",
    word: "navLibrary",
    action: "app.rail1",
  },
  {
    name: "live",
    path: "/live",
    icon: "live",
    word: "navLive",
    action: "app.rail2",
  },
  {
    name: "sessions",
    path: "/sessions",
    icon: "session",
    word: "navSessions",
    action: "app.rail3",
  },
  {
    name: "issues",
    path: "/issues",
    icon: "issue",
    word: "navIssues",
    action: "app.rail4",
  },
];
const foot: Place[] = [
  {
    name: "settings",
    path: "/settings",
    icon: "set",
    word: "navSettings",
    action: "app.rail5",
  },
];

/** Where one can be, and who is here. */
export function NavRail({ onKeys }: { onKeys: () => void }) {
  const { t } = useTranslation();
  const { t: k } = useTranslation("keys");
  const label = useChordLabels();
  const chords = useAllChords();
  const at = usePlace();
  const link = (place: Place) => (
    <Tip key={place.name} label={t(place.word)} chord={chords(place.action)}>
      <Link
        href={place.path}
        className={css.place}
        data-testid={`rail-${place.name}`}
        aria-keyshortcuts={label(place.action)?.aria}
        aria-current={place.name === at ? "page" : undefined}
      >
        <Icon name={place.icon} />
        {t(place.word)}
        {place.name === "live" && <LiveDot />}
      </Link>
    </Tip>
  );
  return (
    <nav className={css.rail} aria-label={t("mainNavigation")} data-region>
      <div className={css.seal} aria-hidden="true">
        {t("seal")}
      </div>
      {places.map(link)}
      <span className={css.spacer} />
      <Tip label={k("sheetTitle")} chord={label("app.keys")?.text}>
        <button type="button" className={css.place} onClick={onKeys}>
          <Icon name="key" />
          {k("sheetTitle")}
        </button>
      </Tip>
      {foot.map(link)}
      <hr />
      <PersonSwitch />
    </nav>
  );
}
