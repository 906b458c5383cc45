/** People at this seat. */
import type { NewPerson, OfferQuery, Person, PersonMerge, Withheld } from "../generated/types";
import { change, found, meta, newId, state } from "./state";

export const peopleCommands = {
  list_people: () => state.people.filter((p) => p.merged_into === null),
  add_person: (fields: NewPerson): Person =>
    change("person.add", ["person"], () => {
      const person: Person = { id: newId(), merged_into: null, ...fields, ...meta(state.actor, Date.now()) };
      state.people.push(person);
      return person;
    }),
  merge_people: ({ from, into }: PersonMerge): Person[] =>
    change("person.merge", ["person", "issue", "session", "commitment"], () => {
      found(state.people, from).merged_into = into;
      if (state.actor === from) state.actor = into;
      for (const issue of state.issues) if (issue.owner_id === from) issue.owner_id = into;
      return state.people.filter((p) => p.merged_into === null);
    }),
  // As in the host, no event tells it: who sits here is no change of the workspace.
  switch_person: (id: string) => {
    const person = found(state.people, id);
    state.actor = id;
    return person;
  },
  withheld: ({ id }: OfferQuery): Withheld[] =>
    state.withheld
      .filter((one) => (one.from ?? state.actor) === state.actor && (one.id ?? id) === id)
      .map(({ action, roles }) => ({ action, why: { code: "role.needed", args: { roles } } })),
};
