import { type KeyboardEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Settings } from "../../ipc";
import {
  type ActionId,
  actionIds,
  actions,
  chordsOf,
  type KeyGroup,
  LEAD,
  refusal,
  takenBy,
} from "../../keys/actions";
import { chordOf, isComposing, isModifier, keyName } from "../../keys/chord";
import { chordText } from "../../keys/labels";
import { Button } from "../../parts/Button";
import { Kbd } from "../../parts/Kbd";
import { SectionHead } from "../../parts/SectionHead";
import { wordKey } from "../../parts/words";
import css from "./Keys.module.css";

const groups: KeyGroup[] = ["play", "mark", "range", "live", "text", "app"];

type Keymap = Settings["keymap"];
/** Why an action did not get the key: what is wrong with it, or whose it is. */
type Refused = { action: ActionId; why: NonNullable<ReturnType<typeof refusal>> | { takenBy: ActionId } };
/** The action whose key is asked for, and whether the key that begins a sequence was pressed. */
type Waiting = { action: ActionId; led: boolean };

/** What a pressed key means to whoever is asked for one; nothing where it is no answer. */
function answer(event: globalThis.KeyboardEvent, led: boolean): "leave" | "lead" | { chord: string } | null {
  if (event.key === "Tab" || isModifier(event) || isComposing(event)) return null;
  const name = keyName(event);
  if (name === "Escape") return "leave";
  if (name === "Backspace") return { chord: "" };
  const stroke = chordOf(event);
  if (led) return { chord: `${LEAD} ${stroke}` };
  return stroke === LEAD ? "lead" : { chord: stroke };
}

/** Every action and its key; a click asks for another one. */
export function Keys({ settings, onChange }: { settings: Settings; onChange: (keymap: Keymap) => void }) {
  const { t } = useTranslation("settings");
  const { t: k } = useTranslation("keys");
  const { keymap } = settings;
  const [waiting, setWaiting] = useState<Waiting | null>(null);
  const [refused, setRefused] = useState<Refused | null>(null);
  const set = (action: ActionId, chord: string | null) => {
    const { [action]: _, ...rest } = keymap;
    onChange(chord === null ? rest : { ...rest, [action]: chord });
    setWaiting(null);
  };
  const take = ({ action, led }: Waiting, e: KeyboardEvent) => {
    const said = answer(e.nativeEvent, led);
    if (said === null) return;
    e.preventDefault();
    e.stopPropagation();
    if (said === "leave") return setWaiting(null);
    if (said === "lead") return setWaiting({ action, led: true });
    if (said.chord === "") return set(action, "");
    const by = takenBy(action, said.chord, keymap);
    const why = by === null ? refusal(action, said.chord) : { takenBy: by };
    if (why === null) return set(action, said.chord);
    setWaiting({ action, led: false });
    setRefused({ action, why });
  };
  return (
    <>
      <SectionHead level={3} title={t("marking.keys")} note={t("marking.keysNote")}>
        <Button size="small" disabled={Object.keys(keymap).length === 0} onClick={() => onChange({})}>
          {t("marking.resetAll")}
        </Button>
      </SectionHead>
      {groups.map((group) => (
        <section key={group} aria-label={k(wordKey("group", group))}>
          <h4 className="label pad">{k(wordKey("group", group))}</h4>
          <ul className={css.keys}>
            {actionIds
              .filter((action) => actions[action].group === group)
              .map((action) => (
                <KeyRow
                  key={action}
                  action={action}
                  keymap={keymap}
                  waiting={waiting?.action === action ? waiting : null}
                  why={refused?.action === action ? refused.why : null}
                  onAsk={(asked) => {
                    setRefused(null);
                    setWaiting(asked ? { action, led: false } : null);
                  }}
                  onKey={take}
                  onLeave={() => setWaiting(null)}
                  onReset={() => set(action, null)}
                />
              ))}
          </ul>
        </section>
      ))}
    </>
  );
}

type RowProps = {
  action: ActionId;
  keymap: Keymap;
  /** Set while a key is asked for. */
  waiting: Waiting | null;
  /** Why it did not get the last one. */
  why: Refused["why"] | null;
  onAsk: (asked: boolean) => void;
  onKey: (waiting: Waiting, e: KeyboardEvent) => void;
  onLeave: () => void;
  onReset: () => void;
};

function KeyRow({ action, keymap, waiting, why, onAsk, onKey, onLeave, onReset }: RowProps) {
  const { t } = useTranslation("settings");
  const { t: k } = useTranslation("keys");
  const name = k(action);
  return (
    <li data-testid={`key-${action}`}>
      <span className="grow">{name}</span>
      {why === null ? null : (
        <span className="is-bad small" role="alert">
          {typeof why === "string" ? t(`marking.${why}`) : t("marking.taken", { action: k(why.takenBy) })}
        </span>
      )}
      <button
        type="button"
        className={css.key}
        aria-pressed={waiting !== null}
        title={t("marking.change", { action: name })}
        onClick={() => onAsk(waiting === null)}
        onKeyDown={(e) => waiting && onKey(waiting, e)}
        onBlur={onLeave}
      >
        <span className="unseen">{t("marking.change", { action: name })}</span>
        <KeyCaps action={action} keymap={keymap} waiting={waiting} />
      </button>
      {keymap[action] === undefined ? null : (
        <Button
          size="small"
          tone="ghost"
          icon="undo"
          label={t("marking.reset", { action: name })}
          onClick={onReset}
        />
      )}
    </li>
  );
}

/** The keys as they are, or that one is waited for. */
function KeyCaps({ action, keymap, waiting }: Pick<RowProps, "action" | "keymap" | "waiting">) {
  const { t } = useTranslation("settings");
  const { t: k } = useTranslation("keys");
  if (waiting) return <span>{t(waiting.led ? "marking.pressNext" : "marking.press")}</span>;
  const chords = chordsOf(action, keymap);
  if (chords.length === 0) return <span className="faint">{t("marking.off")}</span>;
  return chords.map((c) => <Kbd key={c}>{chordText(c, k("space"))}</Kbd>);
}
