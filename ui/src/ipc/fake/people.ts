/** People at this seat. */
import type { NewPerson, OfferQuery, Person, Withheld } from "../generated/types";
import { change, found, meta, newId, state } from "./state";

export const peopleCommands = {
  list_people: () => state.people,
  add_person: (fields: NewPerson): Person =>
    change("person.add", ["person"], () => {
      const person: Person = { id: newId(), ...fields, ...meta(state.actor, Date.now()) };
      state.people.push(person);
      return person;
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
