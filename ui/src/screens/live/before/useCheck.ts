import { useEffect, useState } from "react";
import { asNote, type ErrorNote, ipc, type LiveLane } from "../../../ipc";
import { laneKey } from "./lanes";

/** Commands of the check, one after the other: the newest choice of lanes is the one that runs. */
let turn: Promise<unknown> = Promise.resolve();

function inTurn(work: () => Promise<unknown>): Promise<unknown> {
  turn = turn.then(work, work);
  return turn;
}

/** Ends the check before the call begins: the devices are needed. */
export function endCheck(): Promise<unknown> {
  return inTurn(() => ipc.liveCheckEnd().catch(() => undefined));
}

/** Shows the levels of the chosen lanes while the page shows. What a source refuses is told. */
export function useCheck(lanes: LiveLane[]): ErrorNote | null {
  const [problem, setProblem] = useState<ErrorNote | null>(null);
  const key = laneKey(lanes);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for the lanes
  useEffect(() => {
    if (lanes.length === 0) {
      setProblem(null);
      return;
    }
    let gone = false;
    void inTurn(async () => {
      if (gone) return;
      try {
        await ipc.liveCheck(lanes);
        if (!gone) setProblem(null);
      } catch (thrown) {
        if (!gone) setProblem(asNote(thrown));
      }
    });
    return () => {
      gone = true;
      void endCheck();
    };
  }, [key]);
  return problem;
}
