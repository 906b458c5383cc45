import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import type { ActionId } from "../keys/actions";
import { useChordLabels } from "../keys/labels";
import { Tip } from "../parts/Button";
import { Icon, type IconName } from "../parts/Icon";
import PersonSwitch from "../screens/people";

type Place = {
  name: string;
  path: string;
  under: string[];
  icon: IconName;
  word: "navLibrary" | "navIssues" | "navSettings";
  action: ActionId;
};

const places: Place[] = [
  {
    name: "library",
    path: "/cases",
    under: ["/case"],
    icon: "case",
    word: "navLibrary",
    action: "app.rail1",
  },
  {
    name: "issues",
    path: "/issues",
    under: ["/issue"],
    icon: "issue",
    word: "navIssues",
    action: "app.rail2",
  },
];
const foot: Place[] = [
  {
    name: "settings",
    path: "/settings",
    under: ["/settings"],
    icon: "set",
    word: "navSettings",
    action: "app.rail3",
  },
];

/** Where one can be, and who is here. */
export function NavRail({ onKeys }: { onKeys: () => void }) {
  const { t } = useTranslation();
  const { t: k } = useTranslation("keys");
  const label = useChordLabels();
  const [at] = useLocation();
  const link = (place: Place) => (
    <Tip key={place.name} label={t(place.word)} chord={label(place.action)?.text}>
      <Link
        href={place.path}
        data-testid={`rail-${place.name}`}
        aria-current={place.under.some((u) => at.startsWith(u)) ? "page" : undefined}
      >
        <Icon name={place.icon} />
        {t(place.word)}
      </Link>
    </Tip>
  );
  return (
    <nav className="rail" aria-label={t("mainNavigation")}>
      <div className="seal" aria-hidden="true">
        {t("seal")}
      </div>
      {places.map(link)}
      <span className="sp" />
      <Tip label={k("sheetTitle")} chord={label("app.keys")?.text}>
        <button type="button" className="rail-button" onClick={onKeys}>
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
