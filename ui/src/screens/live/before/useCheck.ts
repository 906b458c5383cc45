import { useEffect, useState } from "react";
import { asNote, type ErrorNote, ipc, type LiveLane } from "../../../ipc";
import { soundOf } from "./laneRules";

/** A check nobody asks about ends after two minutes: whoever still looks says so. */
const STILL_HERE_MS = 60_000;

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
export function useCheck(lanes: LiveLane[], looks: number): ErrorNote | null {
  const [problem, setProblem] = useState<ErrorNote | null>(null);
  const key = soundOf(lanes);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for the lanes; `looks` counts how often somebody looked again
  useEffect(() => {
    if (lanes.length === 0) {
      setProblem(null);
      return;
    }
    let gone = false;
    // Who speaks makes no difference to a check.
    const heard = lanes.map((lane) => ({ ...lane, role: "unknown" as const }));
    const ask = () =>
      void inTurn(async () => {
        if (gone) return;
        try {
          await ipc.liveCheck(heard);
          if (!gone) setProblem(null);
        } catch (thrown) {
          if (!gone) setProblem(asNote(thrown));
        }
      });
    ask();
    const timer = setInterval(ask, STILL_HERE_MS);
    return () => {
      gone = true;
      clearInterval(timer);
      void endCheck();
    };
  }, [key, looks]);
  return problem;
}
