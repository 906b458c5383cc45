import { useEffect, useRef } from "react";
import { type ActionId, actions, chordsOf, isSingle, type Keymap } from "./actions";
import { chordOf, inOverlay, isComposing, isModifier, isTextField } from "./chord";

/** `false` passes the key on to whoever registered before. */
type Handler = (event: KeyboardEvent) => unknown;
export type Handlers = Partial<Record<ActionId, Handler>>;

/** What the keys need to know of the settings; `useKeySettings` keeps it. */
export const keySettings: { keymap: Keymap; singleKeys: boolean } = { keymap: {}, singleKeys: true };

const layers: { current: Handlers }[] = [];

/** Set by Tab, unset by a click: whether the focused control was walked to and so owns Space and Enter. */
let walked = false;

/** Whether Space or Enter would press the control that has the focus. */
function ownsKey(event: KeyboardEvent): boolean {
  if (!walked || !(event.target instanceof Element)) return false;
  return (
    (event.key === " " || event.key === "Enter") &&
    event.target.closest("button,a[href],summary,[role=tab],[role=radio],[role=checkbox]") !== null
  );
}

/** ↑ ↓ move inside lists and pages; they change the speed only when the player region has the focus. */
function ownsArrows(event: KeyboardEvent): boolean {
  if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return false;
  return !(event.target instanceof Element && event.target.closest("[data-keys=player]") !== null);
}

function inScope(action: ActionId, event: KeyboardEvent, typing: boolean): boolean {
  const { scope } = actions[action];
  if (scope === "global") return !(typing && action === "app.undo");
  if (inOverlay(event.target)) return false;
  if (scope === "text") return typing;
  return !typing && !ownsKey(event) && !ownsArrows(event);
}

/** Shift (add) and Alt (and write) change what a tag key does, so they are not part of its chord. */
function chordsToTry(event: KeyboardEvent): string[] {
  const chord = chordOf(event);
  const bare = /^(?:Alt\+)?(?:Shift\+)?([1-9])$/.exec(chord);
  return bare?.[1] && bare[1] !== chord ? [chord, bare[1]] : [chord];
}

/** The action a key event means here, if any. */
export function actionFor(event: KeyboardEvent, has: (action: ActionId) => boolean): ActionId | null {
  if (event.defaultPrevented || isComposing(event) || isModifier(event)) return null;
  const typing = isTextField(event.target);
  for (const chord of chordsToTry(event)) {
    if (!keySettings.singleKeys && isSingle(chord)) continue;
    for (const action of Object.keys(actions) as ActionId[]) {
      if (!has(action) || !chordsOf(action, keySettings.keymap).includes(chord)) continue;
      if (inScope(action, event, typing)) return action;
    }
  }
  return null;
}

function onKeyDown(event: KeyboardEvent) {
  if (event.key === "Tab" || event.key === "F6") walked = true;
  for (let i = layers.length - 1; i >= 0; i--) {
    const handlers = layers[i]?.current;
    if (!handlers) continue;
    const action = actionFor(event, (a) => handlers[a] !== undefined);
    const handler = action && handlers[action];
    if (!handler || handler(event) === false) continue;
    event.preventDefault();
    return;
  }
}

if (typeof window !== "undefined") {
  window.addEventListener("keydown", onKeyDown);
  window.addEventListener(
    "pointerdown",
    () => {
      walked = false;
    },
    true,
  );
}

/** Answers to keys while mounted. What is mounted later is asked first. */
export function useActions(handlers: Handlers): void {
  const latest = useRef(handlers);
  latest.current = handlers;
  useEffect(() => {
    layers.push(latest);
    return () => {
      layers.splice(layers.indexOf(latest), 1);
    };
  }, []);
}
