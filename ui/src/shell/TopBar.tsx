import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { Chip } from "../parts/Chip";
import { Icon } from "../parts/Icon";
import { ImportStatus } from "../screens/import/ImportStatus";
import CommandSearch from "../screens/search/CommandSearch";
import { useCrumbs } from "../seat/crumbs";
import { LiveBadge } from "../things/live/LiveBadge";
import { type PlaceName, usePlace } from "./place";
import css from "./TopBar.module.css";

const homes = {
  library: { word: "navLibrary", path: "/cases" },
  live: { word: "navLive", path: "/live" },
  sessions: { word: "navSessions", path: "/sessions" },
  issues: { word: "navIssues", path: "/issues" },
  settings: { word: "navSettings", path: "/settings" },
} as const satisfies Record<PlaceName, { word: string; path: string }>;

/** Where we are, that the audio stays here, and the search box. */
export function TopBar() {
  const { t } = useTranslation();
  const crumbs = useCrumbs((s) => s.crumbs);
  const home = homes[usePlace()];
  return (
    <header className={css.bar} data-region>
      <nav className={css.trail} aria-label={t("breadcrumb")}>
        {crumbs.length === 0 ? <b>{t(home.word)}</b> : <Link href={home.path}>{t(home.word)}</Link>}
        {crumbs.map((crumb, i) => (
          <Fragment key={crumb.href ?? crumb.text}>
            <Icon name="right" />
            {i === crumbs.length - 1 ? (
              <b className="cut">
                <bdi>{crumb.text}</bdi>
              </b>
            ) : crumb.href ? (
              <Link className="cut" href={crumb.href}>
                <bdi>{crumb.text}</bdi>
              </Link>
            ) : (
              <span className="nowrap">{crumb.text}</span>
            )}
          </Fragment>
        ))}
      </nav>
      <span className="grow" />
      <LiveBadge />
      <ImportStatus />
      <Chip icon="disk" className="wide-only" title={t("audioLocalHint")}>
        {t("audioLocal")}
      </Chip>
      <CommandSearch />
    </header>
  );
}
