/**
 * Every action that answers to a key. `chords` are the defaults, the first one is shown; settings.keymap may replace
 * them. Chords are written `Mod+Shift+KeyName`: `Mod` is Ctrl, on a Mac ⌘; letters, digits and marks stand for
 * themselves. `g c` is a sequence: `g`, and within a second `c`.
 *
 * - `global`: everywhere, in a text field too (so only with a modifier, a function key, or as a sequence, which rests
 *   while text is being typed).
 * - `player`: while a case, a live call or the plan of an import is open and no text is being typed.
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
  "app.rail1": def("global", "app", "Mod+Alt+1", "g c"),
  "app.rail2": def("global", "app", "Mod+Alt+2", "g l"),
  "app.rail3": def("global", "app", "Mod+Alt+3", "g s"),
  "app.rail4": def("global", "app", "Mod+Alt+4", "g i"),
  "app.rail5": def("global", "app", "Mod+Alt+5", "g p"),
  "import.start": def("player", "app", "Mod+Enter"),
  "app.bin": def("global", "app", "Mod+Alt+6", "g b"),
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

/** The key that begins a sequence; alone it is no action's. */
export const LEAD = "g";

/** The keys of a chord one after the other: one, or two of a sequence. */
export const strokesOf = (chord: string): string[] => chord.split(" ");

/** The chords an action answers to. One that was given the key of sequences before there were any has its own again. */
export function chordsOf(action: ActionId, keymap: Keymap): readonly string[] {
  const own = keymap[action];
  if (own === undefined || own === LEAD) return actions[action].chords;
  return own === "" ? [] : [own];
}

/** Keys that work without Ctrl, Alt or ⌘ and that type a character, sequences too: the ones that can be switched off. */
export function isSingle(chord: string): boolean {
  const parts = splitChord(strokesOf(chord)[0] ?? "");
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

/** The digit of a key that Shift (add) or Alt (and write) may be held with when it gives a tag. */
export const tagDigit = (chord: string): string | undefined =>
  /^(?:Alt\+)?(?:Shift\+)?([1-9])$/.exec(chord)?.[1];

/** Alt and a digit give a tag, whatever else a screen uses digits for. */
const isTag = (action: ActionId) => /^mark\.tag[1-9]$/.test(action);

/** The action that has `chord` already where `action` would want it, so that a clash is refused at once. */
export function takenBy(action: ActionId, chord: string, keymap: Keymap): ActionId | null {
  const digit = chord.startsWith("Alt+") && !isTag(action) ? tagDigit(chord) : undefined;
  if (digit) return `mark.tag${digit}` as ActionId;
  const scope = actions[action].scope;
  const clash = actionIds.find(
    (other) =>
      other !== action && overlap(actions[other].scope, scope) && chordsOf(other, keymap).includes(chord),
  );
  return clash ?? null;
}

/** Why an action may not take `chord`, or nothing: one that works in text fields too needs a modifier or a function key. */
export function refusal(action: ActionId, chord: string): "needsModifier" | "leads" | null {
  if (chord === LEAD) return "leads";
  const [first = "", second] = strokesOf(chord);
  if (second !== undefined) return first === LEAD && isSingle(second) ? null : "leads";
  if (actions[action].scope === "player") return null;
  const parts = splitChord(chord);
  const isHeld = parts.includes("Mod") || parts.includes("Alt") || /^F\d+$/.test(parts.at(-1) ?? "");
  return isHeld ? null : "needsModifier";
}
