//! What the gate may ask of whatever keeps the records: two questions, answered from what the fields
//! declare.

use crate::{CaseId, EntityKind, Kept, Record};
use serde_json::Value;
use std::cell::RefCell;
use std::collections::HashMap;
use uuid::Uuid;

/// One state of a workspace, as far as rules rest on it.
pub trait Facts {
    /// Why a question could not be answered.
    type Fault;

    /// A record in its present state, tombstones included.
    fn one(&self, kind: EntityKind, id: Uuid) -> Result<Option<Record>, Self::Fault>;

    /// The records of a kind, tombstones left out, whose `field` is `value` or a list in which it
    /// stands: links of a kind to a record, and who has taken a unique value.
    fn holding(
        &self,
        kind: EntityKind,
        field: &'static str,
        value: &Value,
    ) -> Result<Vec<Record>, Self::Fault>;
}

/// The facts as they will be once an action's records are written: what it makes may name each other.
pub struct Proposed<'a, F: ?Sized> {
    facts: &'a F,
    records: &'a [Record],
    /// Where each of them stands: an action may write thousands.
    places: HashMap<(EntityKind, Uuid), usize>,
    /// What was asked already: several rules rest on one record.
    known: RefCell<HashMap<(EntityKind, Uuid), Option<Record>>>,
}

impl<'a, F: Facts + ?Sized> Proposed<'a, F> {
    /// `facts`, and all an action writes.
    pub fn new(facts: &'a F, records: &'a [Record]) -> Self {
        let place = |(at, r): (usize, &Record)| ((r.kind(), r.uuid()), at);
        // Of a record that comes twice the first counts.
        let places = records.iter().enumerate().rev().map(place).collect();
        Self {
            facts,
            records,
            places,
            known: RefCell::default(),
        }
    }
}

impl<F: Facts + ?Sized> Facts for Proposed<'_, F> {
    type Fault = F::Fault;

    fn one(&self, kind: EntityKind, id: Uuid) -> Result<Option<Record>, F::Fault> {
        if let Some(at) = self.places.get(&(kind, id)) {
            return Ok(Some(self.records[*at].clone()));
        }
        if let Some(known) = self.known.borrow().get(&(kind, id)) {
            return Ok(known.clone());
        }
        let found = self.facts.one(kind, id)?;
        self.known.borrow_mut().insert((kind, id), found.clone());
        Ok(found)
    }

    fn holding(
        &self,
        kind: EntityKind,
        field: &'static str,
        value: &Value,
    ) -> Result<Vec<Record>, F::Fault> {
        let mut found = self.facts.holding(kind, field, value)?;
        let new = || self.records.iter().filter(|r| r.kind() == kind);
        found.retain(|old| !new().any(|r| r.uuid() == old.uuid()));
        found.extend(new().filter(|r| r.holds(field, value)).cloned());
        Ok(found)
    }
}

impl Record {
    /// Whether it is there and `value` stands in a field of it.
    pub fn holds(&self, field: &str, value: &Value) -> bool {
        let rule = self.kind().fields().iter().find(|r| r.name == field);
        let own = self.to_fields();
        let held = rule.zip(own.get(field));
        self.meta().deleted_at.is_none() && held.is_some_and(|(rule, own)| rule.holds(own, value))
    }

    /// The records it lies in.
    pub fn above(&self) -> Vec<(EntityKind, Uuid)> {
        let rules = self.kind().fields();
        let is_under = |field: &str| rules.iter().any(|r| r.under && r.name == field);
        let named = self.named().into_iter();
        let above = named.filter(|(field, ..)| is_under(field));
        above.map(|(_, kind, id)| (kind, id)).collect()
    }
}

/// A record of a type, if there is one.
pub(super) fn fetched<T: Kept, F: Facts + ?Sized>(
    kind: EntityKind,
    id: Uuid,
    facts: &F,
) -> Result<Option<T>, F::Fault> {
    Ok(facts.one(kind, id)?.and_then(T::from_record))
}

/// Whether a record is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is.
    There,
    /// It was taken away, or never was.
    Gone,
    /// The case it lies in was taken away.
    Binned(CaseId),
}

/// How a record stands: with itself, and with all it lies in.
pub fn standing<F: Facts + ?Sized>(record: &Record, facts: &F) -> Result<Standing, F::Fault> {
    let is_gone = record.meta().deleted_at.is_some();
    if let Record::Case(case) = record {
        return Ok(match is_gone {
            true => Standing::Binned(case.id),
            false => Standing::There,
        });
    }
    // A case that was taken away may have taken its recording along; anything else was taken away
    // by itself.
    if is_gone && !matches!(record, Record::Recording(_)) {
        return Ok(Standing::Gone);
    }
    for (kind, id) in record.above() {
        let above = match facts.one(kind, id)? {
            Some(above) => standing(&above, facts)?,
            None => Standing::Gone,
        };
        if above != Standing::There {
            return Ok(above);
        }
    }
    Ok(if is_gone {
        Standing::Gone
    } else {
        Standing::There
    })
}
