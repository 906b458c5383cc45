import type { KeyboardEvent } from "react";

/** Arrow keys walk through the choices, as in a menu. */
export function moveFocus(e: KeyboardEvent<HTMLElement>): void {
  if (e.key !== "ArrowDown" && e.key !== "ArrowUp") return;
  const items = [...e.currentTarget.querySelectorAll<HTMLElement>("button.choice:not(:disabled)")];
  const at = items.indexOf(document.activeElement as HTMLElement);
  const to = e.key === "ArrowDown" ? Math.min(items.length - 1, at + 1) : Math.max(0, at - 1);
  items[to]?.focus();
  e.preventDefault();
}
