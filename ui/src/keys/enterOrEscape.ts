import type { KeyboardEvent } from "react";
import { isComposing, keyName } from "./chord";

/** In a field: Enter does the one thing and Escape the other, unless somebody composes a character. */
export const enterOrEscape =
  <E extends HTMLElement>(onEnter: (e: KeyboardEvent<E>) => void, onEscape: () => void) =>
  (e: KeyboardEvent<E>): void => {
    if (isComposing(e.nativeEvent)) return;
    const key = keyName(e);
    if (key !== "Enter" && key !== "Escape") return;
    e.preventDefault();
    if (key === "Enter") onEnter(e);
    else onEscape();
  };
