import type { ComponentType } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { Icon, type IconName } from "../../parts/Icon";
import { ScreenFrame } from "../../parts/ScreenFrame";
import { useTrail } from "../../seat/crumbs";
import { About } from "./About";
import { Codebook } from "./Codebook";
import { Device } from "./Device";
import { ImportRules } from "./ImportRules";
import { Live } from "./Live";
import { Look } from "./Look";
import { Marking } from "./Marking";
import { Models } from "./Models";
import { People } from "./People";
import css from "./Settings.module.css";
import { Sound } from "./Sound";
import { Workspace } from "./Workspace";

const tabs = [
  { name: "people", icon: "users", screen: People },
  { name: "codebook", icon: "tag", screen: Codebook },
  { name: "marking", icon: "key", screen: Marking },
  { name: "live", icon: "live", screen: Live },
  { name: "import", icon: "import", screen: ImportRules },
  { name: "models", icon: "text", screen: Models },
  { name: "sound", icon: "speaker", screen: Sound },
  { name: "look", icon: "sun", screen: Look },
  { name: "workspace", icon: "folder", screen: Workspace },
  { name: "device", icon: "info", screen: Device },
  { name: "about", icon: "shield", screen: About },
] as const satisfies readonly { name: string; icon: IconName; screen: ComponentType }[];

/** The settings screen; `tab` comes from the address. */
export default function Settings({ tab }: { tab: string | undefined }) {
  const { t } = useTranslation("settings");
  const current = tabs.find((one) => one.name === tab) ?? tabs[0];
  const Screen = current.screen;
  useTrail(t(`tab.${current.name}`));
  return (
    <ScreenFrame>
      <div className={css.columns}>
        <nav className={`${css.tabs} scroll`} aria-label={t("title")} data-region>
          <h1>{t("title")}</h1>
          <ul>
            {tabs.map((one) => (
              <li key={one.name}>
                <Link
                  href={`/settings/${one.name}`}
                  data-testid={`settings-${one.name}`}
                  aria-current={one === current ? "page" : undefined}
                >
                  <Icon name={one.icon} size="small" />
                  {t(`tab.${one.name}`)}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        <div className={`${css.page} scroll`} data-region data-testid="settings-page" key={current.name}>
          <Screen />
        </div>
      </div>
    </ScreenFrame>
  );
}
