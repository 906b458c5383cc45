import { TimeRuler } from "../../../player/TimeRuler";
import { useConsole } from "../store";

/** Times under the lanes of the console. */
export function Ruler() {
  return <TimeRuler view={useConsole((s) => s.view)} />;
}
