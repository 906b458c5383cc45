import type { Recording } from "../../ipc";
import type { ActionId } from "../../keys/actions";
import { type Handlers, useActions } from "../../keys/useActions";
import { playerState, stepSpeed, transport } from "../../player/clock";
import { zoom } from "../../player/timeline";
import { withheldNow } from "../../records/withheld";
import { useKeyTags } from "../../things/mark/tags";
import {
  markNow,
  markWhole,
  nudge,
  observationsNow,
  patch,
  positionHere,
  remove,
  strokeRange,
  strokeTag,
} from "./marks";
import { cycleChannel, loopHere, pauseOurs, seekBy, setSpeed, stepMark, togglePlay } from "./playing";
import { followAgain, look, report, useConsole } from "./store";

const { getState: get, setState: set } = useConsole;

/** One press of a range key. */
const NUDGE_MS = 200;

/** Makes the view wider or narrower around the playhead, or around its middle when the playhead is out of sight. */
export function zoomBy(factor: number): void {
  const { here, view } = get();
  if (!here) return;
  const at = positionHere();
  const anchor = at >= view.from && at <= view.to ? at : (view.from + view.to) / 2;
  look(zoom(view, factor, anchor, here.durationMs));
}

export function fitAll(): void {
  const { here } = get();
  if (here) look({ from: 0, to: here.durationMs });
}

/** Closes what is open, the newest first; `false` when nothing was. */
function closeOne(): boolean {
  const s = get();
  if (s.find !== null) set({ find: null });
  else if (s.filing) set({ filing: null });
  else if (s.picked) set({ picked: null });
  else if (s.openRangeId) set({ openRangeId: null });
  else if (s.selection) set({ selection: null });
  else return false;
  return true;
}

/** Opens the panel for the ticked observations, or for the active one. */
export function openFiling(): void {
  const why = withheldNow("issue.create");
  if (why) {
    report(why);
    return;
  }
  const { picked, activeId } = get();
  const ids = picked && picked.length > 0 ? picked : activeId ? [activeId] : null;
  if (ids) set({ filing: ids, tab: "record" });
}

function active() {
  return observationsNow().find((v) => v.observation.id === get().activeId)?.observation;
}

function setAxis(): void {
  const o = active();
  if (o) void patch(o.id, { axis: o.axis === "reason" ? "feeling" : "reason" }).catch(() => undefined);
}

function setSeverity(severity: number): void {
  const o = active();
  if (o) void patch(o.id, { severity }).catch(() => undefined);
}

/** The keys of the player and of writing beside it. */
export function useConsoleKeys(recording: Recording): void {
  const tags = useKeyTags();
  const handlers: Handlers = {
    "player.toggle": togglePlay,
    "text.toggle": togglePlay,
    "player.back": () => seekBy(-5000),
    "player.forward": () => seekBy(5000),
    "text.back": () => seekBy(-5000),
    "text.forward": () => seekBy(5000),
    "player.backMore": () => seekBy(-15_000),
    "player.forwardMore": () => seekBy(15_000),
    "player.slower": () => setSpeed(stepSpeed(playerState().speed, -1)),
    "player.faster": () => setSpeed(stepSpeed(playerState().speed, 1)),
    "player.skipSilence": () => get().here?.hasAudio && transport.skipSilence(!playerState().skip_silence),
    "player.loop": loopHere,
    "player.channel": () => cycleChannel(recording),
    "player.next": () => stepMark(1),
    "player.previous": () => stepMark(-1),
    "player.close": () => closeOne() || pauseOurs(),
    "view.zoomIn": () => zoomBy(0.5),
    "view.zoomOut": () => zoomBy(2),
    "view.fit": fitAll,
    "view.follow": followAgain,
    "mark.add": () => void markNow({ range: get().selection }),
    "text.mark": () => void markNow(),
    "mark.quote": () => void markNow({ kind: "quote", range: get().selection }),
    "mark.range": strokeRange,
    "mark.whole": markWhole,
    "mark.repeatTag": (event) => {
      const { lastTag } = get();
      if (lastTag) strokeTag(lastTag, { add: event.shiftKey });
    },
    "mark.remove": () => {
      const { activeId } = get();
      if (!activeId) return false;
      void remove(activeId);
    },
    "mark.file": openFiling,
    "text.find": () => set({ find: get().find ?? "" }),
    "range.startEarlier": () => nudge("start_ms", -NUDGE_MS),
    "range.startLater": () => nudge("start_ms", NUDGE_MS),
    "range.endEarlier": () => nudge("end_ms", -NUDGE_MS),
    "range.endLater": () => nudge("end_ms", NUDGE_MS),
    "text.axis": setAxis,
    "text.severity0": () => setSeverity(0),
    "text.severity1": () => setSeverity(1),
    "text.severity2": () => setSeverity(2),
    "text.severity3": () => setSeverity(3),
  };
  tags.slice(0, 9).forEach((tag, i) => {
    handlers[`mark.tag${i + 1}` as ActionId] = (event) =>
      strokeTag(tag.id, { add: event.shiftKey, note: event.altKey });
  });
  useActions(handlers);
}
