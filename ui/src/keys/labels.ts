/** Keys as they are shown and as assistive technology is told them. */
import { useTranslation } from "react-i18next";
import { type ActionId, chordsOf, isSingle, splitChord } from "./actions";
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

/** `Ctrl K`. `space` is the word for the space bar. */
export function chordText(chord: string, space: string): string {
  return splitChord(chord)
    .map((part) => shown[part] ?? (part === "Space" ? space : part.length === 1 ? part.toUpperCase() : part))
    .join(" ");
}

function chordAria(chord: string): string {
  return splitChord(chord)
    .map((part) => (part === "Mod" ? (isMac ? "Meta" : "Control") : part))
    .join("+");
}

export type ChordLabel = { text: string; aria: string };

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
    const chord = chordsOf(action, keymap).find((c) => singleKeys || !isSingle(c));
    return chord ? { text: chordText(chord, t("space")), aria: chordAria(chord) } : undefined;
  };
}
