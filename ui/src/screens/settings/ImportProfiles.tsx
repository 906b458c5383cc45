import { useTranslation } from "react-i18next";
import type { ImportProfile } from "../../ipc";
import { Button } from "../../parts/Button";
import { SectionHead } from "../../parts/SectionHead";

type Props = { profiles: ImportProfile[]; onChange: (profiles: ImportProfile[]) => void };

/** Profiles of sources that the workspace remembers. They are made and changed where an import is planned. */
export function ImportProfiles({ profiles, onChange }: Props) {
  const { t } = useTranslation("imports");
  return (
    <>
      <SectionHead level={3} title={t("remembered.title")} />
      <p className="faint small pad">{t(profiles.length > 0 ? "remembered.hint" : "remembered.none")}</p>
      <ul>
        {profiles.map(({ name }) => (
          <li key={name} className="row" data-testid="import-profile">
            <bdi className="grow">{name}</bdi>
            <Button
              size="small"
              tone="ghost"
              icon="x"
              label={t("remembered.remove", { name })}
              onClick={() => onChange(profiles.filter((one) => one.name !== name))}
            />
          </li>
        ))}
      </ul>
    </>
  );
}
