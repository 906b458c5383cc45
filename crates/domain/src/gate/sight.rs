//! Who sees what.

use super::{Actor, Facts};
use crate::{EntityKind, Record};
use serde_json::{Map, Value};

/// How much of a record somebody sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sight {
    /// Nothing: to them it is not there.
    Hidden,
    /// That it is there, and the fields declared `stub`.
    Stub,
    /// All of it.
    Whole,
}

/// What `actor` sees of a record: by itself, and no more than of what it lies in.
pub fn see<F: Facts + ?Sized>(
    actor: &Actor,
    record: &Record,
    facts: &F,
) -> Result<Sight, F::Fault> {
    if actor.is_free() {
        return Ok(Sight::Whole);
    }
    let own = match sight_of_all(actor, record.kind()) {
        Some(sight) => sight,
        None => sight_of_one(actor, record.kind(), &record.to_fields()),
    };
    if own == Sight::Hidden {
        return Ok(own);
    }
    for (kind, id) in record.above() {
        let above = match facts.one(kind, id)? {
            Some(above) => see(actor, &above, facts)?,
            None => Sight::Hidden,
        };
        if above != Sight::Whole {
            return Ok(Sight::Hidden);
        }
    }
    Ok(own)
}

/// What `actor` sees of every record of a kind by itself; `None` when that depends on the record.
pub fn sight_of_all(actor: &Actor, kind: EntityKind) -> Option<Sight> {
    if actor.is_free() || !actor.is_guest() {
        return Some(Sight::Whole);
    }
    match kind {
        // No call is released for guests yet, and the issues rest on calls.
        EntityKind::Case | EntityKind::LiveCall | EntityKind::Issue => Some(Sight::Hidden),
        // Why something went or must stay is the company's own affair.
        EntityKind::Purge | EntityKind::Hold | EntityKind::Unmasking => Some(Sight::Hidden),
        EntityKind::Person | EntityKind::Session => None,
        _ => Some(Sight::Whole),
    }
}

/// The fields [`sight_of_one`] decides by.
pub const fn decides(kind: EntityKind) -> &'static [&'static str] {
    match kind {
        EntityKind::Person => &["id"],
        EntityKind::Session => &["facilitator_id", "people"],
        _ => &[],
    }
}

/// What `actor` sees of a record by itself, where [`sight_of_all`] cannot say. `fields` are those
/// of [`decides`], as in JSON.
pub fn sight_of_one(actor: &Actor, kind: EntityKind, fields: &Map<String, Value>) -> Sight {
    let me = Value::from(actor.id.0.to_string());
    let is_in = |name: &str| match fields.get(name) {
        Some(Value::Array(all)) => all.contains(&me),
        Some(one) => *one == me,
        None => false,
    };
    match kind {
        // Names stand beside what people did; what else is known of them does not.
        EntityKind::Person if is_in("id") => Sight::Whole,
        EntityKind::Person => Sight::Stub,
        EntityKind::Session if is_in("facilitator_id") || is_in("people") => Sight::Whole,
        _ => Sight::Hidden,
    }
}
