/**
 * An in-memory host with the interface of the real one, for the tests that are not yet moved to the product
 * (`test/host`). Each file of this folder answers the commands of one part.
 */
import type { AppEvent } from "../generated/types";
import type { Carrier } from "../index";
import { alignCommands } from "./align";
import { caseCommands } from "./cases";
import { editCommands } from "./edit";
import { importCommands } from "./imports";
import { liveCommands } from "./live";
import { modelCommands } from "./models";
import { observeCommands } from "./observe";
import { peopleCommands } from "./people";
import { placeCommands, refuseUnopened } from "./places";
import { playerCommands } from "./player";
import { recordCommands } from "./records";
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
  ...peopleCommands,
  ...modelCommands,
  ...importCommands,
  ...sessionCommands,
  ...placeCommands,
  ...alignCommands,
  ...liveCommands,
};

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
