/** Keys as they are shown and as assistive technology is told them. */
import { useTranslation } from "react-i18next";
import { type ActionId, chordsOf, isSingle, type Keymap, splitChord, strokesOf } from "./actions";
import { isMac } from "./chord";
import { useKeySettings } from "./settings";

const shown: Record<string, string> = {
  Mod: isMac ? "⌘" : "Ctrl",
  Alt: isMac ? "⌥" : "Alt",
  Shift: isMac ? "⇧" : "Shift",
  ArrowLeft: "←",
  ArrowRight: "→",
  ArrowUp: "↑",
  ArrowDown: "↓",
  Enter: "⏎",
  Escape: "Esc",
  Delete: "Del",
};

/** `Ctrl K`, `G C`. `space` is the word for the space bar. */
export function chordText(chord: string, space: string): string {
  return strokesOf(chord)
    .flatMap(splitChord)
    .map((part) => shown[part] ?? (part === "Space" ? space : part.length === 1 ? part.toUpperCase() : part))
    .join(" ");
}

/** Nothing for a sequence: there a blank stands between keys any one of which would do. */
function chordAria(chord: string): string | undefined {
  if (strokesOf(chord).length > 1) return undefined;
  return splitChord(chord)
    .map((part) => (part === "Mod" ? (isMac ? "Meta" : "Control") : part))
    .join("+");
}

export type ChordLabel = { text: string; aria: string | undefined };

/** The chords of an action that work now. */
const working = (action: ActionId, keymap: Keymap, singleKeys: boolean): string[] =>
  chordsOf(action, keymap).filter((c) => singleKeys || !isSingle(c));

/** All the keys an action answers to now, in words. */
export function useAllChords(): (action: ActionId) => string[] {
  const { t } = useTranslation("keys");
  const { keymap, singleKeys } = useKeySettings();
  return (action) => working(action, keymap, singleKeys).map((chord) => chordText(chord, t("space")));
}

/** The key an action answers to now, or nothing when it is switched off. */
export function useChordLabel(action: ActionId | undefined): ChordLabel | undefined {
  const label = useChordLabels();
  return action && label(action);
}

/** As a function, for lists. */
export function useChordLabels(): (action: ActionId) => ChordLabel | undefined {
  const { t } = useTranslation("keys");
  const { keymap, singleKeys } = useKeySettings();
  return (action) => {
    const chord = working(action, keymap, singleKeys)[0];
    return chord ? { text: chordText(chord, t("space")), aria: chordAria(chord) } : undefined;
  };
}
