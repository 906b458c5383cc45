/**
 * An in-memory host with the interface of the real one, for tests and for `npm run dev` in a plain browser.
 * It never reaches the production bundle. Each file of this folder answers the commands of one part.
 */
import type { AppEvent } from "../generated/types";
import type { Carrier } from "../index";
import { alignCommands } from "./align";
import { binCommands } from "./bin";
import { caseCommands } from "./cases";
import { editCommands } from "./edit";
import { importCommands } from "./imports";
import { issueCommands } from "./issues";
import { liveCommands } from "./live";
import { stageFromAddress } from "./liveStage";
import { modelCommands } from "./models";
import { observeCommands } from "./observe";
import { peopleCommands } from "./people";
import { placeCommands, refuseUnopened } from "./places";
import { playerCommands } from "./player";
import { recordCommands } from "./records";
import { searchCommands } from "./search";
import { sessionCommands } from "./sessions";
import { settingsCommands } from "./settings";
import { listeners } from "./state";
import { textCommands } from "./text";

/** Answers by command name; a request is whatever the typed command sent. */
export type Answers = Record<string, (req: never) => unknown>;

const answers: Answers = {
  ...caseCommands,
  ...editCommands,
  ...recordCommands,
  ...textCommands,
  ...playerCommands,
  ...observeCommands,
  ...settingsCommands,
  ...issueCommands,
  ...peopleCommands,
  ...searchCommands,
  ...modelCommands,
  ...importCommands,
  ...sessionCommands,
  ...placeCommands,
  ...alignCommands,
  ...binCommands,
  ...liveCommands,
};

stageFromAddress();

export const fakeCarrier: Carrier = {
  invoke: async (command, req) => {
    const answer = answers[command];
    if (!answer) throw { code: "internal", args: { ref: `fake:${command}` } };
    refuseUnopened(command);
    const value = await answer(req as never);
    return value instanceof ArrayBuffer || value === undefined ? value : structuredClone(value);
  },
  listen: (callback: (event: AppEvent) => void) => {
    listeners.add(callback);
    return () => listeners.delete(callback);
  },
};
