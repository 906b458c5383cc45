//! Who sits at this seat.

use crate::app::{Seat, clean_text, only, required_line, same_rev};
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
            name: required_line("name", &new.name)?,
            role: new.role,
            org_unit: clean_text("org_unit", &new.org_unit)?,
            meta: self.new_meta(),
        };
        only::<Person>(self.commit("person.add", vec![person.into()])?)
    }

    /// Renames a person or gives them another role.
    pub fn update_person(&self, patch: PersonPatch) -> AppResult<Person> {
        let mut person = self.fetch::<Person>(patch.id)?;
        same_rev(person.meta.rev, patch.rev)?;
        if let Some(name) = patch.name {
            person.name = required_line("name", &name)?;
        }
        if let Some(role) = patch.role {
            person.role = role;
        }
        if let Some(unit) = patch.org_unit {
            person.org_unit = clean_text("org_unit", &unit)?;
        }
        only::<Person>(self.commit("person.edit", vec![person.into()])?)
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
