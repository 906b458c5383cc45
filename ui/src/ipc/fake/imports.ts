/** Bringing calls in. */
import { state } from "./state";

export const importCommands = {
  import_status: () => state.imports,
};
