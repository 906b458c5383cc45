/** People at this seat. */
import { state } from "./state";

export const peopleCommands = {
  list_people: () => state.people,
};
