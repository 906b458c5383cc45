/**
 * Every action that answers to a key. `chords` are the defaults, the first one is shown; settings.keymap may replace
 * them. Chords are written `Mod+Shift+KeyName`: `Mod` is Ctrl, on a Mac ⌘; letters, digits and marks stand for
 * themselves.
 *
 * - `global`: everywhere, in a text field too (so only with a modifier or a function key).
 * - `player`: while a case or a live call is open and no text is being typed.
 * - `text`: while text is being typed in the console.
 */
export type Scope = "global" | "player" | "text";

type ActionDef = { scope: Scope; chords: readonly string[]; group: KeyGroup };

/** Headings of the key sheet. */
export type KeyGroup = "play" | "mark" | "range" | "live" | "text" | "app";

const def = (scope: Scope, group: KeyGroup, ...chords: string[]): ActionDef => ({ scope, group, chords });

export const actions = {
  "player.toggle": def("player", "play", "Space", "k"),
  "player.back": def("player", "play", "ArrowLeft", "j"),
  "player.forward": def("player", "play", "ArrowRight", "l"),
  "player.backMore": def("player", "play", "Shift+ArrowLeft"),
  "player.forwardMore": def("player", "play", "Shift+ArrowRight"),
  "player.slower": def("player", "play", "[", "ArrowDown"),
  "player.faster": def("player", "play", "]", "ArrowUp"),
  "player.skipSilence": def("player", "play", "s"),
  "player.loop": def("player", "play", ","),
  "player.channel": def("player", "play", "c"),
  "player.next": def("player", "play", "n"),
  "player.previous": def("player", "play", "p"),
  "session.nextCase": def("player", "play", "Shift+n"),
  "session.previousCase": def("player", "play", "Shift+p"),
  "view.zoomIn": def("player", "play", "=", "+"),
  "view.zoomOut": def("player", "play", "-"),
  "view.fit": def("player", "play", "0"),
  "view.follow": def("player", "play", "f"),
  "mark.add": def("player", "mark", "m"),
  "mark.quote": def("player", "mark", "b"),
  "mark.range": def("player", "mark", "Enter"),
  "mark.whole": def("player", "mark", "Shift+m"),
  "mark.repeatTag": def("player", "mark", "q"),
  "mark.tag1": def("player", "mark", "1"),
  "mark.tag2": def("player", "mark", "2"),
  "mark.tag3": def("player", "mark", "3"),
  "mark.tag4": def("player", "mark", "4"),
  "mark.tag5": def("player", "mark", "5"),
  "mark.tag6": def("player", "mark", "6"),
  "mark.tag7": def("player", "mark", "7"),
  "mark.tag8": def("player", "mark", "8"),
  "mark.tag9": def("player", "mark", "9"),
  "mark.remove": def("player", "mark", "Delete"),
  "player.close": def("player", "play", "Escape"),
  "range.startEarlier": def("player", "range", "Alt+ArrowLeft"),
  "range.startLater": def("player", "range", "Alt+ArrowRight"),
  "range.endEarlier": def("player", "range", "Alt+Shift+ArrowLeft"),
  "range.endLater": def("player", "range", "Alt+Shift+ArrowRight"),
  "live.pause": def("player", "live", "z"),
  "live.stop": def("player", "live", "x"),
  "live.note": def("player", "live", "w"),
  "live.ask": def("player", "live", "a"),
  "text.toggle": def("text", "text", "Mod+Space"),
  "text.back": def("text", "text", "Mod+ArrowLeft"),
  "text.forward": def("text", "text", "Mod+ArrowRight"),
  "text.mark": def("text", "text", "Mod+m"),
  "text.save": def("text", "text", "Mod+Enter"),
  "text.axis": def("text", "text", "Mod+e"),
  "text.severity0": def("text", "text", "Mod+0"),
  "text.severity1": def("text", "text", "Mod+1"),
  "text.severity2": def("text", "text", "Mod+2"),
  "text.severity3": def("text", "text", "Mod+3"),
  "mark.file": def("global", "mark", "Mod+i"),
  "text.edit": def("player", "text", "e"),
  "text.find": def("global", "text", "Mod+f"),
  "app.search": def("global", "app", "Mod+k"),
  // Not Alt alone: with a mark at hand, Alt and a digit give a tag and open the note.
  "app.rail1": def("global", "app", "Mod+Alt+1"),
  "app.rail2": def("global", "app", "Mod+Alt+2"),
  "app.rail3": def("global", "app", "Mod+Alt+3"),
  "app.rail4": def("global", "app", "Mod+Alt+4"),
  "app.rail5": def("global", "app", "Mod+Alt+5"),
  "app.bin": def("global", "app", "Mod+Alt+6"),
  "session.earlier": def("player", "app", "Alt+ArrowUp"),
  "session.later": def("player", "app", "Alt+ArrowDown"),
  "app.nextRegion": def("global", "app", "F6"),
  "app.previousRegion": def("global", "app", "Shift+F6"),
  "app.undo": def("global", "app", "Mod+z"),
  "app.keys": def("player", "app", "?"),
} as const satisfies Record<string, ActionDef>;

export type ActionId = keyof typeof actions;

export const actionIds = Object.keys(actions) as ActionId[];

/** Remapped keys of this workspace: action → chord; an empty chord switches the action's key off. */
export type Keymap = { [action in string]: string };

/** The chords an action answers to. */
export function chordsOf(action: ActionId, keymap: Keymap): readonly string[] {
  const own = keymap[action];
  if (own === undefined) return actions[action].chords;
  return own === "" ? [] : [own];
}

/** Keys that work on their own, without Ctrl, Alt or ⌘, and that type a character: the ones that can be switched off. */
export function isSingle(chord: string): boolean {
  const parts = splitChord(chord);
  const key = parts.at(-1) ?? "";
  return key.length === 1 && !parts.some((p) => p === "Mod" || p === "Alt");
}

/** `Mod++` is Ctrl and plus. */
export function splitChord(chord: string): string[] {
  if (chord.endsWith("+")) return [...chord.slice(0, -1).split("+").filter(Boolean), "+"];
  return chord.split("+");
}

function overlap(a: Scope, b: Scope): boolean {
  return a === b || a === "global" || b === "global";
}

/** The action that has `chord` already where `action` would want it, so that a clash is refused at once. */
export function takenBy(action: ActionId, chord: string, keymap: Keymap): ActionId | null {
  const scope = actions[action].scope;
  const clash = actionIds.find(
    (other) =>
      other !== action && overlap(actions[other].scope, scope) && chordsOf(other, keymap).includes(chord),
  );
  return clash ?? null;
}

/** Whether an action may take `chord` at all: one that also works in text fields needs a modifier or a function key. */
export function mayUse(action: ActionId, chord: string): boolean {
  if (actions[action].scope === "player") return true;
  const parts = splitChord(chord);
  return parts.includes("Mod") || parts.includes("Alt") || /^F\d+$/.test(parts.at(-1) ?? "");
}
