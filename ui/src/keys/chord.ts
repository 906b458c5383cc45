/** From a key event to a chord, whatever the keyboard layout or input method. */

export const isMac = typeof navigator !== "undefined" && /Mac/.test(navigator.platform);

const marks: Record<string, string> = {
  Comma: ",",
  Period: ".",
  Slash: "/",
  Semicolon: ";",
  Quote: "'",
  BracketLeft: "[",
  BracketRight: "]",
  Minus: "-",
  Equal: "=",
  Backquote: "`",
  Backslash: "\\",
};

/** True while an input method is putting characters together: such a key belongs to the text. */
export function isComposing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229 || event.key === "Process" || event.key === "Dead";
}

/** The key's own name. Latin letters by what they print, else (Cyrillic, 。) by where they lie. */
export function keyName(event: Pick<KeyboardEvent, "key" | "code" | "shiftKey">): string {
  const { key, code } = event;
  if (key === " " || code === "Space") return "Space";
  if (/^Digit\d$/.test(code) || /^Numpad\d$/.test(code)) return code.slice(-1);
  if (/^[a-zA-Z]$/.test(key)) return key.toLowerCase();
  if (key === "?" || key === "?") return "?";
  if (key === "+" || key === "+") return "+";
  if (key.length === 1 && key.charCodeAt(0) < 128 && !event.shiftKey) return key;
  const letter = /^Key([A-Z])$/.exec(code);
  if (letter?.[1]) return letter[1].toLowerCase();
  return marks[code] ?? key;
}

/** `Mod+Shift+k`. Shift is left out of `?` and `+`, which it is needed to type. */
export function chordOf(event: KeyboardEvent): string {
  const key = keyName(event);
  const parts: string[] = [];
  const mod = isMac ? event.metaKey : event.ctrlKey;
  if (mod) parts.push("Mod");
  if (event.altKey) parts.push("Alt");
  if (event.shiftKey && key !== "?" && key !== "+") parts.push("Shift");
  parts.push(key);
  return parts.join("+");
}

/** True for the keys that only modify others. */
export function isModifier(event: KeyboardEvent): boolean {
  return ["Control", "Shift", "Alt", "Meta", "AltGraph", "CapsLock"].includes(event.key);
}

/** Where text is being typed. */
export function isTextField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.tagName === "TEXTAREA" || target.tagName === "SELECT") return true;
  if (target.tagName !== "INPUT") return false;
  return !["checkbox", "radio", "button", "range", "submit", "reset"].includes(
    (target as HTMLInputElement).type,
  );
}

/** Inside a menu or dialog the keys belong to it. */
export function inOverlay(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest("[role=menu],[role=listbox],[role=dialog],[role=alertdialog]") !== null
  );
}
