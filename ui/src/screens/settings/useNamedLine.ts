import { useCallback } from "react";
import { useSearch } from "wouter";

/**
 * What a line of a list wears that an address may name (`?at=<id>`): then it comes into view, has the focus, and is
 * the current one.
 */
export function useNamedLine(id: string) {
  const isNamed = new URLSearchParams(useSearch()).get("at") === id;
  const ref = useCallback(
    (line: HTMLLIElement | null) => {
      if (!line || !isNamed) return;
      line.scrollIntoView({ block: "center" });
      line.focus({ preventScroll: true });
    },
    [isNamed],
  );
  return isNamed ? { ref, tabIndex: -1, "aria-current": true as const } : {};
}
