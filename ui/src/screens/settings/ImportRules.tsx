import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ChannelRole, FillerStyle, NumberStyle, SuffixRule } from "../../ipc";
import { Button } from "../../parts/Button";
import { Problem } from "../../parts/Problem";
import { SectionHead } from "../../parts/SectionHead";
import { Seg } from "../../parts/Seg";
import { TickLine } from "../../parts/TickLine";
import { WithheldFields } from "../../parts/WithheldFields";
import { wordKey } from "../../parts/words";
import { useSettings } from "../../records/useSettings";
import { useWithheld } from "../../records/withheld";
import { sameRules, usableRules } from "../../things/case/import/plan";
import { SuffixRules } from "../../things/case/import/SuffixRules";
import { ChannelMaps } from "./ChannelMaps";
import { ImportProfiles } from "./ImportProfiles";
import pieces from "./pieces.module.css";

const roles: ChannelRole[] = ["agent", "customer", "unknown"];
const languages = ["auto", "zh", "en"] as const;
const numberStyles: NumberStyle[] = ["as_heard", "said", "digits"];
const fillerStyles: FillerStyle[] = ["dimmed", "joined", "shown"];

/** How files become calls, and calls become text. */
export function ImportRules() {
  const { t } = useTranslation("settings");
  const { t: common } = useTranslation();
  const { t: library } = useTranslation("library");
  const { settings, save, error } = useSettings();
  const withheld = useWithheld();
  const [rules, setRules] = useState<SuffixRule[] | null>(null);
  useEffect(() => {
    if (settings) setRules((now) => now ?? settings.suffix_rules);
  }, [settings]);
  if (!settings || !rules) return <Problem error={error} />;
  const [first, second] = settings.stereo_roles;
  const role = (channel: 0 | 1) => (
    <Seg<ChannelRole>
      small
      label={t(channel === 0 ? "import.left" : "import.right")}
      value={channel === 0 ? first : second}
      onChange={(next) => void save({ stereo_roles: channel === 0 ? [next, second] : [first, next] })}
      options={roles.map((value) => ({ value, label: common(wordKey("role", value)) }))}
    />
  );
  return (
    <section aria-label={t("tab.import")}>
      <SectionHead title={t("tab.import")} note={t("whose.workspace")} />
      <Problem error={error} />
      <WithheldFields why={withheld("settings.edit")}>
        <dl className={pieces.facts}>
          <dt>{t("import.left")}</dt>
          <dd>{role(0)}</dd>
          <dt>{t("import.right")}</dt>
          <dd>{role(1)}</dd>
          <dt>{t("import.language")}</dt>
          <dd>
            <Seg
              small
              label={t("import.language")}
              value={languages.find((l) => l === settings.default_language) ?? "auto"}
              onChange={(default_language) => void save({ default_language })}
              options={languages.map((value) => ({ value, label: t(`speech.${value}`) }))}
            />
          </dd>
          <dt>{t("import.numbers")}</dt>
          <dd>
            <Seg
              small
              label={t("import.numbers")}
              value={settings.numbers}
              onChange={(numbers) => void save({ numbers })}
              options={numberStyles.map((value) => ({ value, label: t(`numbers.${value}`) }))}
            />
            <p className="faint small">{t("import.numbersHint")}</p>
          </dd>
        </dl>
        <TickLine
          type="checkbox"
          checked={settings.simplified}
          onChange={(e) => void save({ simplified: e.target.checked })}
        >
          {t("import.simplified")}
        </TickLine>
        <ChannelMaps
          maps={settings.channel_maps}
          profiles={settings.import_profiles}
          onSave={(channel_maps) => void save({ channel_maps })}
        />
        <SectionHead level={3} title={library("rules.title")} />
        <p className="faint small pad">{library("rules.hint")}</p>
        <SuffixRules rules={rules} onChange={setRules} />
        {sameRules(rules, settings.suffix_rules) ? null : (
          <div className="row foot">
            <Button size="small" onClick={() => setRules(settings.suffix_rules)}>
              {common("cancel")}
            </Button>
            <Button
              size="small"
              tone="primary"
              onClick={() => void save({ suffix_rules: usableRules(rules) })}
            >
              {common("save")}
            </Button>
          </div>
        )}
        <ImportProfiles
          profiles={settings.import_profiles}
          onChange={(import_profiles) => void save({ import_profiles })}
        />
      </WithheldFields>
      <SectionHead level={3} title={t("import.here")} note={t("whose.device")} />
      <WithheldFields why={withheld("device.settings")}>
        <TickLine
          type="checkbox"
          checked={settings.transcribe_on_import}
          onChange={(e) => void save({ transcribe_on_import: e.target.checked })}
        >
          {t("import.transcribe")}
        </TickLine>
      </WithheldFields>
      <SectionHead level={3} title={t("import.reading")} note={t("whose.person")} />
      <WithheldFields why={withheld("person.settings")}>
        <dl className={pieces.facts}>
          <dt>{t("import.fillers")}</dt>
          <dd>
            <Seg
              small
              label={t("import.fillers")}
              value={settings.fillers}
              onChange={(fillers) => void save({ fillers })}
              options={fillerStyles.map((value) => ({ value, label: t(`fillers.${value}`) }))}
            />
            <p className="faint small">{t("import.fillersHint")}</p>
          </dd>
        </dl>
      </WithheldFields>
    </section>
  );
}
