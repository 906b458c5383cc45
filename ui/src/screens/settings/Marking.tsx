import { type KeyboardEvent as ReactKeyboardEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useWithheld } from "../../app/withheld";
import type { Settings } from "../../ipc";
import {
  type ActionId,
  actionIds,
  actions,
  chordsOf,
  type KeyGroup,
  mayUse,
  takenBy,
} from "../../keys/actions";
import { chordOf, isComposing, isModifier, keyName } from "../../keys/chord";
import { chordText } from "../../keys/labels";
import { Button } from "../../parts/Button";
import { Kbd } from "../../parts/Kbd";
import { Problem } from "../../parts/Problem";
import { SectionHead } from "../../parts/SectionHead";
import { WithheldFields } from "../../parts/WithheldFields";
import { wordKey } from "../../parts/words";
import { useSettings } from "./useSettings";

const groups: KeyGroup[] = ["play", "mark", "range", "live", "text", "app"];

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
        <dl className="st-kv">
          <dt>{t("marking.lag")}</dt>
          <dd>
            <Seconds
              label={t("marking.lag")}
              ms={settings.mark_lag_ms}
              onChange={(mark_lag_ms) => void save({ mark_lag_ms })}
            />
            <span className="mute t12">{t("marking.lagHint")}</span>
          </dd>
          <dt>{t("marking.back")}</dt>
          <dd>
            <Seconds
              label={t("marking.back")}
              ms={settings.back_step_ms}
              onChange={(back_step_ms) => void save({ back_step_ms })}
            />
            <span className="mute t12">{t("marking.backHint")}</span>
          </dd>
        </dl>
        <label className="row ck">
          <input
            type="checkbox"
            checked={settings.single_keys}
            onChange={(e) => void save({ single_keys: e.target.checked })}
          />
          {t("marking.singleKeys")}
        </label>
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
      <span className="num nowrap">{words}</span>
    </span>
  );
}

type Refusal = { action: ActionId; by: ActionId | null };

function Keys({
  settings,
  onChange,
}: {
  settings: Settings;
  onChange: (keymap: Settings["keymap"]) => void;
}) {
  const { t } = useTranslation("settings");
  const { t: k } = useTranslation("keys");
  const { keymap } = settings;
  const [waiting, setWaiting] = useState<ActionId | null>(null);
  const [refused, setRefused] = useState<Refusal | null>(null);
  const set = (action: ActionId, chord: string | null) => {
    const { [action]: _, ...rest } = keymap;
    onChange(chord === null ? rest : { ...rest, [action]: chord });
    setWaiting(null);
  };
  const take = (action: ActionId, e: ReactKeyboardEvent) => {
    const event = e.nativeEvent;
    if (event.key === "Tab" || isModifier(event) || isComposing(event)) return;
    e.preventDefault();
    e.stopPropagation();
    if (keyName(event) === "Escape") return setWaiting(null);
    if (keyName(event) === "Backspace") return set(action, "");
    const chord = chordOf(event);
    const by = takenBy(action, chord, keymap);
    if (by !== null || !mayUse(action, chord)) return setRefused({ action, by });
    setRefused(null);
    set(action, chord);
  };
  return (
    <>
      <SectionHead level={3} title={t("marking.keys")} note={t("marking.keysNote")}>
        <Button size="s" disabled={Object.keys(keymap).length === 0} onClick={() => onChange({})}>
          {t("marking.resetAll")}
        </Button>
      </SectionHead>
      {groups.map((group) => (
        <section key={group} aria-label={k(wordKey("group", group))}>
          <h4 className="lbl pad">{k(wordKey("group", group))}</h4>
          <ul className="st-keys">
            {actionIds
              .filter((action) => actions[action].group === group)
              .map((action) => {
                const chords = chordsOf(action, keymap);
                const name = k(action);
                const here = waiting === action;
                return (
                  <li key={action} data-testid={`key-${action}`}>
                    <span className="grow">{name}</span>
                    {refused?.action === action ? (
                      <span className="c-bad t12" role="alert">
                        {refused.by
                          ? t("marking.taken", { action: k(refused.by) })
                          : t("marking.needsModifier")}
                      </span>
                    ) : null}
                    <button
                      type="button"
                      className="keyb"
                      aria-pressed={here}
                      title={t("marking.change", { action: name })}
                      onClick={() => {
                        setRefused(null);
                        setWaiting(here ? null : action);
                      }}
                      onKeyDown={(e) => here && take(action, e)}
                      onBlur={() => setWaiting(null)}
                    >
                      <span className="sr">{t("marking.change", { action: name })}</span>
                      {here ? (
                        <span>{t("marking.press")}</span>
                      ) : chords.length === 0 ? (
                        <span className="mute">{t("marking.off")}</span>
                      ) : (
                        chords.map((c) => <Kbd key={c}>{chordText(c, k("space"))}</Kbd>)
                      )}
                    </button>
                    {keymap[action] === undefined ? null : (
                      <Button
                        size="s"
                        tone="ghost"
                        icon="undo"
                        label={t("marking.reset", { action: name })}
                        onClick={() => set(action, null)}
                      />
                    )}
                  </li>
                );
              })}
          </ul>
        </section>
      ))}
    </>
  );
}
