import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Problem } from "../../parts/Problem";
import { SectionHead } from "../../parts/SectionHead";
import { TickLine } from "../../parts/TickLine";
import { WithheldFields } from "../../parts/WithheldFields";
import { useSettings } from "../../records/useSettings";
import { useWithheld } from "../../records/withheld";
import { Keys } from "./Keys";
import pieces from "./pieces.module.css";

/** How marking behaves, and every key. */
export function Marking() {
  const { t } = useTranslation("settings");
  const { settings, save, error } = useSettings();
  const why = useWithheld()("person.settings");
  if (!settings) return <Problem error={error} />;
  return (
    <section aria-label={t("tab.marking")}>
      <SectionHead title={t("tab.marking")} note={t("whose.person")} />
      <Problem error={error} />
      <WithheldFields why={why}>
        <dl className={pieces.facts}>
          <dt>{t("marking.lag")}</dt>
          <dd>
            <Seconds
              label={t("marking.lag")}
              ms={settings.mark_lag_ms}
              onChange={(mark_lag_ms) => void save({ mark_lag_ms })}
            />
            <span className="faint small">{t("marking.lagHint")}</span>
          </dd>
          <dt>{t("marking.back")}</dt>
          <dd>
            <Seconds
              label={t("marking.back")}
              ms={settings.back_step_ms}
              onChange={(back_step_ms) => void save({ back_step_ms })}
            />
            <span className="faint small">{t("marking.backHint")}</span>
          </dd>
        </dl>
        <TickLine
          type="checkbox"
          checked={settings.single_keys}
          onChange={(e) => void save({ single_keys: e.target.checked })}
        >
          {t("marking.singleKeys")}
        </TickLine>
        <Keys settings={settings} onChange={(keymap) => void save({ keymap })} />
      </WithheldFields>
    </section>
  );
}

/** Milliseconds as seconds with one decimal, 0–10. Saved when the hand rests, not at every step of a drag. */
function Seconds({ label, ms, onChange }: { label: string; ms: number; onChange: (ms: number) => void }) {
  const { t } = useTranslation("settings");
  const [value, setValue] = useState(ms);
  const latest = useRef(onChange);
  latest.current = onChange;
  useEffect(() => setValue(ms), [ms]);
  useEffect(() => {
    if (value === ms) return;
    const timer = setTimeout(() => latest.current(value), 300);
    return () => clearTimeout(timer);
  }, [value, ms]);
  const words = t("marking.seconds", { n: (value / 1000).toFixed(1) });
  return (
    <span className="row">
      <input
        type="range"
        aria-label={label}
        aria-valuetext={words}
        min={0}
        max={10_000}
        step={100}
        value={value}
        onChange={(e) => setValue(Number(e.target.value))}
      />
      <span className="figures nowrap">{words}</span>
    </span>
  );
}
