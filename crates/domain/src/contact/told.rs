//! What an import says of a field beside what stands in it: a person's word is never written over, and the import's is
//! never lost.

use crate::{
    Case, Contact, ContactFacts, EntityKind, FactKey, FactKind, FactValue, Kept, Record,
    SourceFacts, is_bounded,
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use ts_rs::TS;

/// Longest text of a field an import tells, in bytes. What is longer stands in [`Contact::facts`] alone.
pub const MAX_TOLD: usize = 4 << 10;

/// What the last import said of fields of a contact and of its case, by the names of [`FactKey`], each as its field
/// keeps it. Names of another version stay.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(transparent)]
pub struct Told(#[ts(type = "{ [key: string]: unknown }")] pub Map<String, Value>);

impl Told {
    /// What was said of one.
    pub fn of(&self, key: FactKey) -> Option<&Value> {
        self.0.get(key.as_str())
    }

    /// Everything this version knows the field of.
    pub fn all(&self) -> impl Iterator<Item = (FactKey, &Value)> {
        let known = self.0.iter();
        known.filter_map(|(name, value)| Some((FactKey::named(name)?, value)))
    }
}

/// What a field is to hold after an import said `told` of it. It held `now`, and the import before said `before`.
///
/// Where it holds what the import before said, or nothing and no import ever said anything, nobody wrote anything
/// there: the new value is taken. Otherwise somebody did, were it that they cleared it: theirs stays.
pub fn merge(now: &Value, before: Option<&Value>, told: &Value) -> Value {
    let is_empty = now.is_null() || now.as_str() == Some("");
    let is_theirs = before.map_or(!is_empty, |before| before != now);
    match is_theirs {
        true => now.clone(),
        false => told.clone(),
    }
}

/// A field that holds something else than an import said of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// Which fact it is.
    pub key: FactKey,
    /// What stands in the field: a person wrote it, or it could not be taken.
    pub mine: Value,
    /// What the last import said.
    pub told: Value,
}

impl FactKey {
    /// The field that holds it; none of what only says which call is meant, and of what follows from others.
    pub const fn field(self) -> Option<(EntityKind, &'static str)> {
        let name = match self {
            Self::FileName | Self::DurationMs => return None,
            Self::CallId | Self::CaseNumber => "external_id",
            Self::PreviousCallId => "previous_id",
            same => same.as_str(),
        };
        let kind = match self.is_of_case() {
            true => EntityKind::Case,
            false => EntityKind::Contact,
        };
        Some((kind, name))
    }
}

impl FactValue {
    /// As a field keeps it.
    fn as_kept(&self) -> Value {
        match self {
            Self::At(at) => Value::from(*at),
            Self::Ms(ms) => Value::from(*ms),
            Self::Count(count) => Value::from(*count),
            Self::Direction(direction) => serde_json::to_value(direction).unwrap_or_default(),
            Self::HandledBy(by) => serde_json::to_value(by).unwrap_or_default(),
            Self::Text(text) => Value::from(text.as_str()),
        }
    }
}

/// A contact and its case, on which an import's word is put down.
#[derive(Clone, Debug, PartialEq)]
pub struct Telling {
    /// The case.
    pub case: Case,
    /// The contact.
    pub contact: Contact,
    /// The case is called as its file is: nobody wrote that.
    pub is_called_by_file: bool,
}

/// What of an import's word found no place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unheard {
    /// Fields that do not take it, by itself or beside the others. Where it is a value of its field it is kept as told,
    /// and differs.
    pub keys: Vec<FactKey>,
    /// All that was said together is more than a contact keeps: what it kept before stays.
    pub rest: bool,
}

/// The fields of the two records while they are told of.
#[derive(Clone)]
struct Fields {
    case: Map<String, Value>,
    contact: Map<String, Value>,
}

impl Fields {
    /// What sources said besides takes no part in it, and may be long.
    fn of(case: &Case, contact: &Contact) -> Self {
        let contact = Contact {
            facts: SourceFacts::default(),
            told: Told::default(),
            ..contact.clone()
        };
        Self {
            case: Record::from(case.clone()).to_fields(),
            contact: Record::from(contact).to_fields(),
        }
    }

    fn of_kind(&mut self, kind: EntityKind) -> &mut Map<String, Value> {
        match kind {
            EntityKind::Case => &mut self.case,
            _ => &mut self.contact,
        }
    }

    fn get(&self, key: FactKey) -> Option<&Value> {
        let (kind, name) = key.field()?;
        match kind {
            EntityKind::Case => self.case.get(name),
            _ => self.contact.get(name),
        }
    }
}

impl Telling {
    /// Of a case somebody called as it is called.
    pub const fn of(case: Case, contact: Contact) -> Self {
        Self {
            case,
            contact,
            is_called_by_file: false,
        }
    }

    /// Puts down what an import says, where nobody wrote anything else.
    pub fn hear(&mut self, said: &ContactFacts) -> Unheard {
        let mut unheard = Unheard::default();
        let said_before = std::mem::take(&mut self.contact.facts);
        let mut told = std::mem::take(&mut self.contact.told);
        let told_before = told.clone();
        let before = Fields::of(&self.case, &self.contact);
        let mut taken = Vec::new();
        for (key, value) in said.known.iter().filter(|(key, _)| key.field().is_some()) {
            let Some(value) = fitting(*key, value) else {
                unheard.keys.push(*key);
                continue;
            };
            let now = match *key == FactKey::Title && self.is_called_by_file {
                true => &Value::Null,
                false => before.get(*key).unwrap_or(&Value::Null),
            };
            if merge(now, told.of(*key), &value) == value {
                taken.push((*key, value.clone()));
            }
            told.0.insert(key.as_str().to_owned(), value);
        }
        match is_bounded(&told.0) {
            true => {
                self.take(&before, &taken, &mut unheard);
                self.contact.told = told;
            }
            false => {
                unheard.keys = said.known.keys().copied().collect();
                self.contact.told = told_before;
            }
        }
        let facts = said_before.with(&said.rest);
        unheard.rest = !is_bounded(&facts.0);
        self.contact.facts = if unheard.rest { said_before } else { facts };
        unheard
    }

    /// Takes values as far as the fields of a record go with each other. Only times do not always: those of a source
    /// may stand against those a person wrote.
    fn take(&mut self, before: &Fields, taken: &[(FactKey, Value)], unheard: &mut Unheard) {
        if self.put(before, taken) {
            return;
        }
        let of_times = |(key, _): &(FactKey, Value)| key.kind() == FactKind::Time;
        let (times, mut left): (Vec<_>, Vec<_>) = taken.iter().cloned().partition(of_times);
        if self.put(before, &left) {
            left.clear();
        }
        let keys = times.iter().chain(&left).map(|(key, _)| *key);
        unheard.keys.extend(keys);
    }

    fn put(&mut self, before: &Fields, taken: &[(FactKey, Value)]) -> bool {
        let mut fields = before.clone();
        for (key, value) in taken {
            if let Some((kind, name)) = key.field() {
                fields.of_kind(kind).insert(name.to_owned(), value.clone());
            }
        }
        let contact = Record::from_fields(EntityKind::Contact, fields.contact);
        let fitting = contact.ok().filter(|r| r.fits_together().is_ok());
        let contact = fitting.and_then(Contact::from_record);
        let case = Record::from_fields(EntityKind::Case, fields.case);
        let case = case.ok().and_then(Case::from_record);
        let Some((contact, case)) = contact.zip(case) else {
            return false;
        };
        (self.contact, self.case) = (contact, case);
        true
    }

    /// Where a field holds something else than was said of it.
    pub fn differences(&self) -> Vec<Difference> {
        let fields = Fields::of(&self.case, &self.contact);
        let differing = self.contact.told.all().filter_map(|(key, told)| {
            let mine = fields.get(key)?;
            (mine != told).then(|| Difference {
                key,
                mine: mine.clone(),
                told: told.clone(),
            })
        });
        differing.collect()
    }
}

/// A value as its field keeps it; none where it takes no such value.
fn fitting(key: FactKey, value: &FactValue) -> Option<Value> {
    let (kind, name) = key.field()?;
    let rule = kind.fields().iter().find(|rule| rule.name == name)?;
    let kept = rule.clean(value.as_kept()).ok()?;
    let fits = match &kept {
        Value::String(text) => !text.is_empty() && text.len() <= MAX_TOLD,
        Value::Number(number) => number.is_i64(),
        _ => false,
    };
    (fits && value.fits(key)).then_some(kept)
}

#[cfg(test)]
mod tests;
