//! Who there is, and who acts.

mod shapes;

pub use shapes::*;

use crate::acting::Acting;
use crate::error::{AppError, AppResult};
use qinting_domain::*;

impl Acting {
    /// Everyone, by name.
    pub fn list_people(&self, _: ()) -> AppResult<Vec<Person>> {
        self.read(|seen| seen.people())
    }

    /// Adds a person.
    pub fn add_person(&self, new: NewPerson) -> AppResult<Person> {
        let person = Person {
            id: PersonId(self.app().id()),
            name: new.name,
            roles: new.roles,
            org_unit: new.org_unit,
            meta: self.new_meta(),
        };
        self.add(Action::PersonAdd, &person)
    }

    /// Another person sits down. Not a change of the workspace: who sits here is a matter of this
    /// process, and every later action carries the new name.
    pub fn sit_down(&self, id: PersonId) -> AppResult<Person> {
        // Who hands over need not see who comes.
        let person = self.app().ports.store.record(EntityKind::Person, id.0)?;
        let person = person.filter(|p| p.meta().deleted_at.is_none());
        let person = person.and_then(Person::from_record);
        let person = person.ok_or_else(|| AppError::from(Refusal::Gone(EntityKind::Person)))?;
        self.become_person(id);
        self.app().ports.store.save_seated(id)?;
        Ok(person)
    }
}
