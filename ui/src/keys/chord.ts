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

/**
 * The key whose press ended a composition is not up again yet. WebKit sends the end before the key:
 * the Enter that takes a candidate then comes as 229 with nothing composed any more.
 */
let justEnded = false;

if (typeof window !== "undefined") {
  const is = (ended: boolean) => () => {
    justEnded = ended;
  };
  window.addEventListener("compositionend", is(true), true);
  window.addEventListener("keyup", is(false), true);
  window.addEventListener(
    "keydown",
    (event) => {
      if (!isOfInputMethod(event)) justEnded = false;
      // The Esc that drops a candidate must not close the menu or dialog around the field either.
      if ((event.code === "Escape" || event.key === "Escape") && isComposing(event)) event.stopPropagation();
    },
    true,
  );
}

/** The input method has seen this key first. */
const isOfInputMethod = (event: KeyboardEvent) =>
  event.keyCode === 229 || event.key === "Process" || event.key === "Dead";

/**
 * True while an input method is putting characters together: such a key or input belongs to the text.
 * Windows passes every key through an input method that is on; a chord and Esc are the page's as long
 * as nothing is being put together.
 */
export function isComposing(event: KeyboardEvent | InputEvent): boolean {
  if (event.isComposing) return true;
  if (!("code" in event) || !isOfInputMethod(event)) return false;
  const isOurs = event.ctrlKey || event.metaKey || event.code === "Escape";
  return justEnded || !isOurs;
}

/**
 * The key's own name. With Ctrl or Cmd by where it lies, whatever an input method makes of it; else
 * Latin letters by what they print, and the others (Cyrillic, 。) by where they lie.
 */
export function keyName(
  event: Pick<KeyboardEvent, "key" | "code" | "shiftKey"> & { ctrlKey?: boolean; metaKey?: boolean },
): string {
  const { key, code } = event;
  if (key === " " || code === "Space") return "Space";
  if (/^Digit\d$/.test(code) || /^Numpad\d$/.test(code)) return code.slice(-1);
  const place = /^Key([A-Z])$/.exec(code)?.[1]?.toLowerCase();
  if (place && (event.ctrlKey || event.metaKey)) return place;
  if (key === "Process" || key === "Unidentified") return place ?? marks[code] ?? code;
  if (/^[a-zA-Z]$/.test(key)) return key.toLowerCase();
  if (key === "?" || key === "?") return "?";
  if (key === "+" || key === "+") return "+";
  if (key.length === 1 && key.charCodeAt(0) < 128 && !event.shiftKey) return key;
  return place ?? marks[code] ?? key;
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
