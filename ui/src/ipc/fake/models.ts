/** Speech models. */
import { state } from "./state";

export const modelCommands = {
  list_models: () => state.models,
};
