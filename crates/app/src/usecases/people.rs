//! Who sits at this seat.

use crate::app::Seat;
use crate::{AppResult, views::*};
use qinting_domain::*;

impl Seat {
    /// Everyone, by name.
    pub fn list_people(&self, _: ()) -> AppResult<Vec<Person>> {
        self.store().people()
    }

    /// Adds a person.
    pub fn add_person(&self, new: NewPerson) -> AppResult<Person> {
        let person = Person {
            id: PersonId(self.app.id()),
            name: new.name,
            role: new.role,
            org_unit: new.org_unit,
            meta: self.new_meta(),
        };
        self.add(Action::PersonAdd, &person)
    }

    /// Another person sits down. Not a change of the workspace: who sits here is a matter of this
    /// process, and every later action carries the new name.
    pub fn switch_person(&self, id: PersonId) -> AppResult<Person> {
        let person = self.fetch::<Person>(id)?;
        self.seat_person(id);
        self.store().save_seated(id)?;
        Ok(person)
    }
}
