/** People at this seat. */
import type { NewPerson, Person, PersonPatch } from "../generated/types";
import { change, checkRev, emit, found, meta, newId, state } from "./state";

export const peopleCommands = {
  list_people: () => state.people,
  add_person: (fields: NewPerson): Person =>
    change("person.add", ["person"], () => {
      const person: Person = { id: newId(), ...fields, ...meta(state.actor, Date.now()) };
      state.people.push(person);
      return person;
    }),
  update_person: ({ id, rev, ...fields }: PersonPatch) =>
    change("person.edit", ["person"], () => {
      const person = found(state.people, id);
      checkRev(person, rev);
      const given = Object.fromEntries(Object.entries(fields).filter(([, v]) => v !== null));
      return Object.assign(person, given, { rev: rev + 1 });
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
