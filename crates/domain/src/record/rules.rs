//! What a record's struct declares of its fields, and what follows from it for everything that is
//! written: how a value is cleaned, what is refused, what a person may set, whom a record names.

use super::{EntityKind, Record};
use crate::{Meta, merged};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use thiserror::Error;
use uuid::Uuid;

/// Longest text, in bytes. Far above what people write, far below what hurts.
pub const MAX_TEXT: usize = 200_000;
/// Largest JSON object a field keeps, in bytes of its text.
pub const MAX_OBJECT: usize = 64 << 10;
/// How deep values stand in it at most.
pub const DEEPEST_OBJECT: usize = 32;
/// Milliseconds of a day.
const DAY_MS: i64 = 86_400_000;

/// A record whose fields are declared: `#[derive(qinting_record_derive::Record)]`.
pub trait Declared {
    /// Its fields in the order of the struct, those of `meta` left out.
    const FIELDS: &'static [FieldRule];
    /// `plain`: it is made, listed, changed, found and taken away by what its fields declare, and
    /// needs no use case of its own.
    const PLAIN: bool;
    /// `fixed`: it is written once, and then nobody changes it, whatever becomes of what it names.
    const FIXED: bool;
    /// The records it names, field by field.
    fn named(&self) -> Vec<NamedBy>;
    /// `fits`: what holds for its fields together, by a method of that name.
    fn fits(&self) -> Result<(), Unfit> {
        Ok(())
    }
}

/// A field that names a record, and which.
pub type NamedBy = (&'static str, EntityKind, Uuid);

/// A value that names records: an id, or some of them.
pub trait Names {
    /// Appends what it names, as `field` of that kind.
    fn names(&self, field: &'static str, kind: EntityKind, out: &mut Vec<NamedBy>);
}

impl<T: Names> Names for Option<T> {
    fn names(&self, field: &'static str, kind: EntityKind, out: &mut Vec<NamedBy>) {
        self.iter().for_each(|one| one.names(field, kind, out));
    }
}

impl<T: Names> Names for Vec<T> {
    fn names(&self, field: &'static str, kind: EntityKind, out: &mut Vec<NamedBy>) {
        self.iter().for_each(|one| one.names(field, kind, out));
    }
}

/// What `#[field(…)]` says of one field.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FieldRule {
    /// Name, in Rust, in JSON, and of its column.
    pub name: &'static str,
    /// What it holds.
    pub shape: Shape,
    /// `required`: a text that says something.
    pub required: bool,
    /// `edit`: a person may set it with a patch.
    pub edit: bool,
    /// `given`: a person says it when the record is made, and not later.
    pub given: bool,
    /// `search`: its words find the record.
    pub search: bool,
    /// `personal`: it may hold a customer's or an agent's words, name or number.
    pub personal: bool,
    /// `belongs(Kind)`: it refers, and the history of what it names tells this record's changes too.
    pub belongs: bool,
    /// `under`: it refers to what the record lies in: gone, binned or hidden with it.
    pub under: bool,
    /// `owner`: it names whose the record is, beside who made it: who may do what with their own.
    pub owner: bool,
    /// `unique`: no two records that count have the same, see [`Record::counts`].
    pub unique: bool,
    /// `stub`: told to who may know of the record and no more.
    pub stub: bool,
}

/// What a field holds, as far as a rule follows from it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Shape {
    /// Whatever its type takes.
    Plain,
    /// `line`: one line of text, without blanks around it.
    Line,
    /// `prose`: text as it was written.
    Prose,
    /// `day`: a calendar day, as its UTC midnight.
    Day,
    /// `most = n`: a number up to n.
    Most(u8),
    /// `one_of("…", …)`: one of these words.
    OneOf(&'static [&'static str]),
    /// `words`: a set of words of its type, kept as a JSON list.
    Words,
    /// `object`: a JSON object, kept whole within [`MAX_OBJECT`] and [`DEEPEST_OBJECT`].
    Object,
    /// `refers(Kind)`, `belongs(Kind)`: the id of a record, or none.
    One(EntityKind),
    /// `set(Kind)`: ids of records, each once, in the order they were named; another order alone is no
    /// edit.
    Set(EntityKind),
    /// `ordered(Kind)`: ids of records, each once, in the order somebody set.
    Ordered(EntityKind),
}

impl Shape {
    /// The kind of the records it lists: what several people edit at once, element by element.
    pub const fn lists(self) -> Option<EntityKind> {
        match self {
            Self::Set(kind) | Self::Ordered(kind) => Some(kind),
            _ => None,
        }
    }
}

/// A value a field does not take.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("invalid value for {field}")]
pub struct Unfit {
    /// The field.
    pub field: String,
}

impl FieldRule {
    /// The value as it is kept.
    pub(crate) fn clean(&self, value: Value) -> Result<Value, Unfit> {
        let clean = match (self.shape, value) {
            (Shape::Line, Value::String(text)) => line(&text).map(Value::from),
            (Shape::Prose, Value::String(text)) => prose(&text).map(Value::from),
            (Shape::Day, Value::Number(at)) => {
                let at = at.as_i64().map(|at| at - at.rem_euclid(DAY_MS));
                at.map(Value::from)
            }
            (Shape::Most(most), Value::Number(n)) => {
                let fits = n.as_u64().is_some_and(|n| n <= u64::from(most));
                fits.then_some(Value::Number(n))
            }
            (Shape::OneOf(words), Value::String(word)) => {
                let fits = words.contains(&word.as_str());
                fits.then_some(Value::String(word))
            }
            (Shape::Object, Value::Object(all)) => is_bounded(&all).then_some(Value::Object(all)),
            (Shape::Set(_) | Shape::Ordered(_), Value::Array(ids)) => {
                let mut once = Vec::with_capacity(ids.len());
                for id in ids {
                    if !once.contains(&id) {
                        once.push(id);
                    }
                }
                Some(Value::Array(once))
            }
            // Another type is refused where the record is made of its fields.
            (_, value) => Some(value),
        };
        clean
            .filter(|v| !self.required || v.as_str().is_none_or(|t| !t.trim().is_empty()))
            .ok_or_else(|| self.unfit())
    }

    fn unfit(&self) -> Unfit {
        Unfit::of(self.name)
    }

    /// What stands in a list after somebody made `mine` of `base` while it became `now`, see
    /// [`merged`]; `None` where no list stands.
    pub fn merged(&self, base: &Value, mine: &Value, now: &Value) -> Option<Value> {
        self.shape.lists()?;
        let is_ordered = matches!(self.shape, Shape::Ordered(_));
        let (base, mine, now) = (base.as_array()?, mine.as_array()?, now.as_array()?);
        Some(merged(base, mine, now, is_ordered).into())
    }

    /// What stands there for who may not know: nothing, in the shape of the field.
    pub fn blank(&self) -> Value {
        match self.shape {
            Shape::Line | Shape::Prose | Shape::OneOf(_) => Value::from(""),
            Shape::Words | Shape::Set(_) | Shape::Ordered(_) => Value::Array(Vec::new()),
            Shape::Object => Value::Object(Map::new()),
            Shape::Most(_) => Value::from(0),
            Shape::Plain | Shape::Day | Shape::One(_) => Value::Null,
        }
    }

    /// Whether a field holds a value: it is the value, or a list in which it stands.
    pub fn holds(&self, field: &Value, value: &Value) -> bool {
        match field {
            Value::Array(all) => all.contains(value),
            one => one == value,
        }
    }
}

/// Whether an object is kept: neither too deep nor too large.
pub fn is_bounded(all: &Map<String, Value>) -> bool {
    fn is_within(value: &Value, left: usize) -> bool {
        let mut inner: Box<dyn Iterator<Item = &Value>> = match value {
            Value::Array(all) => Box::new(all.iter()),
            Value::Object(all) => Box::new(all.values()),
            _ => return true,
        };
        left > 0 && inner.all(|one| is_within(one, left - 1))
    }
    all.values().all(|one| is_within(one, DEEPEST_OBJECT - 1))
        && serde_json::to_string(all).is_ok_and(|text| text.len() <= MAX_OBJECT)
}

/// Text as it is kept: bounded, and without the NUL at which SQLite and C strings end.
pub fn prose(text: &str) -> Option<String> {
    (text.len() <= MAX_TEXT).then(|| text.replace('\0', ""))
}

/// One line of it, without blanks around.
pub fn line(text: &str) -> Option<String> {
    let one = prose(text)?.replace(['\r', '\n'], " ");
    Some(one.trim().to_owned())
}

impl Unfit {
    /// Of a field by its name.
    pub fn of(field: &str) -> Self {
        Self {
            field: field.to_owned(),
        }
    }
}

impl Record {
    /// A record of a plain kind from what a person says of it. What they leave out is empty.
    pub fn made(
        kind: EntityKind,
        id: Uuid,
        meta: &Meta,
        values: BTreeMap<String, Value>,
    ) -> Result<Self, Unfit> {
        let rules = kind.fields();
        if !kind.is_plain() {
            return Err(Unfit::of("kind"));
        }
        let mut all: Map<String, Value> = rules
            .iter()
            .map(|r| (r.name.to_owned(), r.blank()))
            .collect();
        for (name, value) in values {
            if !rules.iter().any(|r| (r.edit || r.given) && r.name == name) {
                return Err(Unfit { field: name });
            }
            all.insert(name, value);
        }
        all.insert("id".into(), Value::from(id.to_string()));
        if let Ok(Value::Object(common)) = serde_json::to_value(meta) {
            all.extend(common);
        }
        let record =
            Self::from_fields(kind, all.clone()).map_err(|_| misfit_of(kind, &all, &Map::new()))?;
        record.cleaned()
    }

    /// The record as it is kept: every field cleaned. For one that was just made.
    pub fn cleaned(self) -> Result<Self, Unfit> {
        let mut all = self.to_fields();
        let mut is_clean = true;
        for rule in self.kind().fields() {
            if let Some(value) = all.get_mut(rule.name) {
                let clean = rule.clean(value.clone())?;
                is_clean &= clean == *value;
                *value = clean;
            }
        }
        // Mostly it is as it is kept already.
        match is_clean {
            true => Ok(self),
            false => Self::from_fields(self.kind(), all.clone())
                .map_err(|_| misfit_of(self.kind(), &all, &self.to_fields())),
        }
    }

    /// The record with new values for some fields. What a person may not set is refused, and so is
    /// a value the field does not take.
    pub fn edited(&self, values: BTreeMap<String, Value>) -> Result<Self, Unfit> {
        let mut all = self.to_fields();
        let rules = self.kind().fields();
        for (name, value) in values.clone() {
            let Some(rule) = rules.iter().find(|r| r.edit && r.name == name) else {
                return Err(Unfit { field: name });
            };
            // Of a set in another order it makes the set as it is.
            let now = all
                .get(&name)
                .filter(|_| matches!(rule.shape, Shape::Set(_)));
            let kept = now.and_then(|now| rule.merged(now, &value, now));
            all.insert(name, kept.unwrap_or(value));
        }
        self.with(all, |name| values.contains_key(name))
    }

    fn with(
        &self,
        mut all: Map<String, Value>,
        is_new: impl Fn(&str) -> bool,
    ) -> Result<Self, Unfit> {
        let rules = self.kind().fields();
        for rule in rules.iter().filter(|r| is_new(r.name)) {
            if let Some(value) = all.get_mut(rule.name) {
                *value = rule.clean(value.take())?;
            }
        }
        Self::from_fields(self.kind(), all.clone())
            .map_err(|_| misfit_of(self.kind(), &all, &self.to_fields()))
    }

    /// The first field whose value `before` did not have and that is not as it is kept, or does not go
    /// with the others.
    pub(crate) fn unfit(&self, before: Option<&Self>) -> Option<Unfit> {
        let (now, old) = (self.to_fields(), before.map(Self::to_fields));
        let mut new = self.kind().fields().iter().filter_map(|rule| {
            let value = now.get(rule.name)?;
            let is_old = old
                .as_ref()
                .is_some_and(|o| o.get(rule.name) == Some(value));
            (!is_old).then_some((rule, value))
        });
        let unfit = new.find_map(|(rule, value)| match rule.clean(value.clone()) {
            Ok(clean) if clean == *value => None,
            Ok(_) => Some(rule.unfit()),
            Err(unfit) => Some(unfit),
        });
        unfit.or_else(|| self.fits_together().err())
    }

    /// The record as it is told to who may know of it and no more.
    pub fn stub(&self) -> Result<Self, Unfit> {
        let mut all = self.to_fields();
        for rule in self
            .kind()
            .fields()
            .iter()
            .filter(|r| !r.stub && r.name != "id")
        {
            all.insert(rule.name.to_owned(), rule.blank());
        }
        Self::from_fields(self.kind(), all.clone())
            .map_err(|_| misfit_of(self.kind(), &all, &self.to_fields()))
    }

    /// The records this one names and `before` did not, each with the field that names it.
    pub fn newly_named(&self, before: Option<&Self>) -> Vec<NamedBy> {
        let known = before.map(Self::named).unwrap_or_default();
        let mut named = self.named();
        named.retain(|one| !known.contains(one));
        named
    }
}

/// Which field keeps `all` from being a record: the first that another value mends, its value in
/// `good` or one of any type.
fn misfit_of(kind: EntityKind, all: &Map<String, Value>, good: &Map<String, Value>) -> Unfit {
    let of_any_type = [
        Value::from(Uuid::nil().to_string()),
        Value::from(0),
        Value::from(false),
        Value::Array(Vec::new()),
        Value::Object(Map::new()),
        Value::Null,
    ];
    let is_mended = |name: &str| {
        let mut values = good.get(name).into_iter().chain(&of_any_type);
        values.any(|value| {
            let mut other = all.clone();
            other.insert(name.to_owned(), value.clone());
            Record::from_fields(kind, other).is_ok()
        })
    };
    let wrong = kind.fields().iter().find(|r| is_mended(r.name));
    Unfit::of(wrong.map_or("fields", |r| r.name))
}

#[cfg(test)]
mod tests;
