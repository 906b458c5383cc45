import { useEffect, useRef } from "react";
import { type ActionId, actions, chordsOf, isSingle, type Keymap, LEAD, tagDigit } from "./actions";
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
  const bare = tagDigit(chord);
  return bare && bare !== chord ? [chord, bare] : [chord];
}

/** How long the key that begins a sequence waits for the other one, in milliseconds. */
export const LEAD_MS = 1000;

/** When the key that begins a sequence was pressed last and nothing since, on the page's clock. */
let ledAt = Number.NEGATIVE_INFINITY;

/** Whether this key begins a sequence: never where it would be typed, or belongs to a menu. */
function leads(event: KeyboardEvent): boolean {
  return (
    keySettings.singleKeys &&
    chordOf(event) === LEAD &&
    !isTextField(event.target) &&
    !inOverlay(event.target)
  );
}

/** The second key of a sequence as a chord, where the first was pressed just now. */
function sequenceOf(event: KeyboardEvent): string | null {
  const wait = performance.now() - ledAt;
  ledAt = Number.NEGATIVE_INFINITY;
  const rests = isTextField(event.target) || inOverlay(event.target);
  return wait > LEAD_MS || rests ? null : `${LEAD} ${chordOf(event)}`;
}

/** Which of `chords` is an action's here, the first one first. */
function actionFor(
  event: KeyboardEvent,
  chords: string[],
  has: (action: ActionId) => boolean,
): ActionId | null {
  const typing = isTextField(event.target);
  for (const chord of chords) {
    if (!keySettings.singleKeys && isSingle(chord)) continue;
    for (const action of Object.keys(actions) as ActionId[]) {
      if (!has(action) || !chordsOf(action, keySettings.keymap).includes(chord)) continue;
      if (inScope(action, event, typing)) return action;
    }
  }
  return null;
}

/** AltGr comes as Ctrl and Alt on Windows: in a field it types (French #, Polish ą), and nothing else. */
const isTyped = (event: KeyboardEvent) =>
  event.getModifierState("AltGraph") && event.key.length === 1 && isTextField(event.target);

/** Has the first of `chords` done that anybody answers to; what is mounted later is asked first. */
function done(event: KeyboardEvent, chords: string[]): boolean {
  for (let i = layers.length - 1; i >= 0; i--) {
    const handlers = layers[i]?.current;
    if (!handlers) continue;
    const action = actionFor(event, chords, (a) => handlers[a] !== undefined);
    const handler = action && handlers[action];
    if (handler && handler(event) !== false) return true;
  }
  return false;
}

function onKeyDown(event: KeyboardEvent) {
  if (event.key === "Tab" || event.key === "F6") walked = true;
  if (event.defaultPrevented || isComposing(event) || isModifier(event) || isTyped(event)) return;
  const sequence = sequenceOf(event);
  const isDone = (sequence !== null && done(event, [sequence])) || done(event, chordsToTry(event));
  if (isDone) event.preventDefault();
  else if (leads(event)) ledAt = performance.now();
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
