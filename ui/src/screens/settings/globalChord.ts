/** A chord that is taken from the whole system, as the host writes it: `Ctrl+Alt+M`. */

type Press = Pick<KeyboardEvent, "code" | "ctrlKey" | "altKey" | "shiftKey" | "metaKey">;

const plain = /^(?:F\d{1,2}|Space|Comma|Period|Slash|Semicolon|Quote|Minus|Equal|Backquote|Backslash)$/;

/** The key by where it lies: other programs and input methods may make another letter of it. */
function keyOf(code: string): string | null {
  const letter = /^(?:Key([A-Z])|Digit(\d))$/.exec(code);
  if (letter) return letter[1] ?? letter[2] ?? null;
  return plain.test(code) ? code : null;
}

/** `null` for a key that cannot be had, or one without Ctrl, Alt or Super: it would be pressed while writing. */
export function globalChord(press: Press): string | null {
  const key = keyOf(press.code);
  if (key === null || !(press.ctrlKey || press.altKey || press.metaKey)) return null;
  return [
    ...(press.ctrlKey ? ["Ctrl"] : []),
    ...(press.altKey ? ["Alt"] : []),
    ...(press.shiftKey ? ["Shift"] : []),
    ...(press.metaKey ? ["Super"] : []),
    key,
  ].join("+");
}
