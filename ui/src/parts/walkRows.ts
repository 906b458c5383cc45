import type { KeyboardEvent } from "react";

/** ↑ ↓ walk from row to row, Home and End to the ends of what is drawn. A row has `data-index`, its link `data-rowlink`. */
export function walkRows(e: KeyboardEvent<HTMLElement>): void {
  const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity };
  const step = steps[e.key];
  if (step === undefined || e.ctrlKey || e.altKey || e.metaKey) return;
  // What is pressed in a menu of a row comes by here too, and is the menu's.
  if (!(e.target instanceof Node && e.currentTarget.contains(e.target))) return;
  const links = [...e.currentTarget.querySelectorAll<HTMLElement>("[data-rowlink]")];
  const row = document.activeElement?.closest("[data-index]");
  const at = links.findIndex((l) => row?.contains(l));
  const to = Math.max(0, Math.min(links.length - 1, at + step));
  links[to]?.focus();
  links[to]?.scrollIntoView({ block: "nearest" });
  e.preventDefault();
}
