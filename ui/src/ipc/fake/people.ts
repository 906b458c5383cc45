/** People at this seat. */
import type { NewPerson, Person } from "../generated/types";
import { change, emit, found, meta, newId, state } from "./state";

export const peopleCommands = {
  list_people: () => state.people,
  add_person: (fields: NewPerson): Person =>
    change("person.add", ["person"], () => {
      const person: Person = { id: newId(), ...fields, ...meta(state.actor, Date.now()) };
      state.people.push(person);
      return person;
    }),
  switch_person: (id: string) => {
    const person = found(state.people, id);
    state.actor = id;
    emit({
      type: "changed",
      touched: [{ kind: "person", id }],
      op_id: newId(),
      action: "person.switch",
      undoable: false,
    });
    return person;
  },
};
