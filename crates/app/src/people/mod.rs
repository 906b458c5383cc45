//! Who there is, and who acts.

mod shapes;

pub use shapes::*;

use crate::acting::Acting;
use crate::error::{AppError, AppResult, codes};
use crate::tx::Tx;
use qinting_domain::*;
use serde_json::Value;
use std::collections::BTreeMap;
use uuid::Uuid;

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
            merged_into: None,
            meta: self.new_meta(),
        };
        self.add(Action::PersonAdd, &person)
    }

    /// Two turned out to be one: what names the first names the second from now on, and so do roles. The
    /// first stays and leads to the second; what it heard, said and did is told as the second's.
    pub fn merge_people(&self, merge: PersonMerge) -> AppResult<Vec<Person>> {
        self.write(Action::PersonMerge, |tx| {
            let mut from = tx.fetch::<Person>(merge.from)?;
            let mut into = tx.fetch::<Person>(merge.into)?;
            let mut records = tx.named_anew(from.id, into.id)?;
            into.roles.append(&mut from.roles);
            from.merged_into = Some(into.id);
            records.extend([Record::from(from), into.into()]);
            Ok(records)
        })?;
        if self.actor() == merge.from {
            self.sit_down(merge.into)?;
        }
        self.read(|seen| seen.people())
    }

    /// Another person sits down. Not a change of the workspace: who sits here is a matter of this
    /// process, and every later action carries the new name.
    pub fn sit_down(&self, id: PersonId) -> AppResult<Person> {
        // Who hands over need not see who comes.
        let person = self.app().ports.store.record(EntityKind::Person, id.0)?;
        let person = person.and_then(Person::from_record);
        let person = person.filter(|p| p.meta.deleted_at.is_none() && p.merged_into.is_none());
        let person = person.ok_or_else(|| AppError::from(Refusal::Gone(EntityKind::Person)))?;
        self.become_person(id);
        self.app().ports.store.save_seated(id)?;
        Ok(person)
    }
}

impl Tx<'_> {
    /// Every record that names a person, as it would name another. What is written once stays as it was
    /// written, and settings are whose they are.
    fn named_anew(&self, from: PersonId, into: PersonId) -> AppResult<Vec<Record>> {
        let (old, new) = (Value::from(from.to_string()), Value::from(into.to_string()));
        let mut changed: BTreeMap<(EntityKind, Uuid), Record> = BTreeMap::new();
        for kind in EntityKind::ALL.into_iter().filter(|kind| !kind.is_fixed()) {
            let names = |rule: &&FieldRule| {
                rule.shape == Shape::One(EntityKind::Person)
                    || rule.shape.lists() == Some(EntityKind::Person)
            };
            for rule in kind.fields().iter().filter(names) {
                for record in self.holding(kind, rule.name, &old)? {
                    let key = (kind, record.uuid());
                    let mut fields = changed.get(&key).unwrap_or(&record).to_fields();
                    let value = match fields.remove(rule.name) {
                        Some(Value::Array(mut all)) => {
                            let is_there = all.contains(&new);
                            all.retain(|one| !is_there || *one != old);
                            let all = all.into_iter();
                            all.map(|one| if one == old { new.clone() } else { one })
                                .collect()
                        }
                        _ => new.clone(),
                    };
                    fields.insert(rule.name.to_owned(), value);
                    let record = Record::from_fields(kind, fields);
                    let record = record.map_err(|e| AppError::new(codes::INTERNAL).because(e))?;
                    changed.insert(key, record);
                }
            }
        }
        Ok(changed.into_values().collect())
    }
}
