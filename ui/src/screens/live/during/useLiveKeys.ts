import type { ActionId } from "../../../keys/actions";
import { type Handlers, useActions } from "../../../keys/useActions";
import { useKeyTags } from "../../../things/mark/tags";
import { markAt, remove, stopWriting, strokeTag, useDesk, write } from "../marks";
import { askToEnd, togglePause, useControls } from "./ending";

/** The keys of a call that goes on: those of the console for marks, and its own for pause and end. */
export function useLiveKeys(): void {
  const tags = useKeyTags();
  const handlers: Handlers = {
    "mark.add": (press) => markAt(press),
    "text.mark": (press) => markAt(press),
    "mark.quote": (press) => markAt(press, { kind: "quote" }),
    "mark.repeatTag": (press) => {
      const { lastTag } = useDesk.getState();
      if (lastTag) strokeTag(press, lastTag, { add: press.shiftKey });
    },
    "mark.remove": () => {
      const { activeId } = useDesk.getState();
      if (!activeId) return false;
      void remove(activeId);
    },
    "live.note": write,
    "live.pause": () => void togglePause(),
    "live.stop": () => askToEnd(true),
    "player.close": () => {
      if (useControls.getState().asked) askToEnd(false);
      else if (useDesk.getState().writing) stopWriting();
      else return false;
    },
  };
  tags.slice(0, 9).forEach((tag, i) => {
    handlers[`mark.tag${i + 1}` as ActionId] = (press) =>
      strokeTag(press, tag.id, { add: press.shiftKey, note: press.altKey });
  });
  useActions(handlers);
}
