import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import { Chip } from "../parts/Chip";
import { Icon } from "../parts/Icon";
import { ImportStatus } from "../screens/import/ImportStatus";
import CommandSearch from "../screens/search/CommandSearch";
import { useCrumbs } from "./crumbs";

/** Where we are, that the audio stays here, and the search box. */
export function TopBar() {
  const { t } = useTranslation();
  const [at] = useLocation();
  const crumbs = useCrumbs((s) => s.crumbs);
  const place = at.startsWith("/issue")
    ? "navIssues"
    : at.startsWith("/settings")
      ? "navSettings"
      : "navLibrary";
  const home = { navIssues: "/issues", navSettings: "/settings", navLibrary: "/cases" }[place];
  return (
    <header className="topbar">
      <nav className="crumb" aria-label={t("breadcrumb")}>
        {crumbs.length === 0 ? <b>{t(place)}</b> : <Link href={home}>{t(place)}</Link>}
        {crumbs.map((crumb, i) => (
          <Fragment key={crumb}>
            <Icon name="right" />
            {i === crumbs.length - 1 ? (
              <b className="ell">{crumb}</b>
            ) : (
              <span className="nowrap">{crumb}</span>
            )}
          </Fragment>
        ))}
      </nav>
      <span className="grow" />
      <ImportStatus />
      <Chip icon="disk" className="hide-s" title={t("audioLocalHint")}>
        {t("audioLocal")}
      </Chip>
      <CommandSearch />
    </header>
  );
}
