//! What a record's struct declares of its fields, and what follows from it for everything that is
//! written: how a value is cleaned, what is refused, what a person may set, whom a record names.

use super::{EntityKind, Record};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use thiserror::Error;
use uuid::Uuid;

/// Longest text, in bytes. Far above what people write, far below what hurts.
pub const MAX_TEXT: usize = 200_000;
/// Milliseconds of a day.
const DAY_MS: i64 = 86_400_000;

/// A record whose fields are declared: `#[derive(qinting_record_derive::Record)]`.
pub trait Declared {
    /// Its fields in the order of the struct, those of `meta` left out.
    const FIELDS: &'static [FieldRule];
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
    /// `search`: its words find the record.
    pub search: bool,
    /// `personal`: it may hold a customer's or an agent's words, name or number.
    pub personal: bool,
    /// `belongs(Kind)`: it refers, and the history of what it names tells this record's changes too.
    pub belongs: bool,
    /// `under`: it refers to what the record lies in: gone, binned or hidden with it.
    pub under: bool,
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
    /// `refers(Kind)`, `belongs(Kind)`: the id of a record, or none.
    One(EntityKind),
    /// `set(Kind)`: ids of records, each once, in the order they were given.
    Set(EntityKind),
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
    fn clean(&self, value: Value) -> Result<Value, Unfit> {
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
            (Shape::Set(_), Value::Array(ids)) => {
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
        Unfit {
            field: self.name.to_owned(),
        }
    }

    /// What stands there for who may not know: nothing, in the shape of the field.
    pub fn blank(&self) -> Value {
        match self.shape {
            Shape::Line | Shape::Prose | Shape::OneOf(_) => Value::from(""),
            Shape::Words | Shape::Set(_) => Value::Array(Vec::new()),
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

    /// The records a value names.
    pub(crate) fn named(&self, value: &Value) -> Vec<(EntityKind, Uuid)> {
        let id = |kind, v: &Value| Some((kind, v.as_str()?.parse().ok()?));
        match (self.shape, value) {
            (Shape::One(kind), one) => id(kind, one).into_iter().collect(),
            (Shape::Set(kind), Value::Array(all)) => {
                all.iter().filter_map(|v| id(kind, v)).collect()
            }
            _ => Vec::new(),
        }
    }
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

impl Record {
    /// The record as it is kept: every field cleaned. For one that was just made.
    pub fn cleaned(self) -> Result<Self, Unfit> {
        let all: Map<String, Value> = self.to_fields();
        self.with(all, |_| true)
    }

    /// The record with new values for some fields. What a person may not set is refused, and so is
    /// a value the field does not take.
    pub fn edited(&self, values: BTreeMap<String, Value>) -> Result<Self, Unfit> {
        let mut all = self.to_fields();
        let rules = self.kind().fields();
        for (name, value) in values.clone() {
            if !rules.iter().any(|r| r.edit && r.name == name) {
                return Err(Unfit { field: name });
            }
            all.insert(name, value);
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
        Self::from_fields(self.kind(), all.clone()).map_err(|_| self.misfit(&all))
    }

    /// Which field of `all` has a value of another type.
    fn misfit(&self, all: &Map<String, Value>) -> Unfit {
        let own = self.to_fields();
        let alone = |name: &str| {
            let mut fields = own.clone();
            fields.insert(
                name.to_owned(),
                all.get(name).cloned().unwrap_or(Value::Null),
            );
            Self::from_fields(self.kind(), fields)
        };
        let rules = self.kind().fields().iter();
        let wrong = rules.map(|r| r.name).find(|name| alone(name).is_err());
        Unfit {
            field: wrong.unwrap_or("fields").to_owned(),
        }
    }

    /// The first field whose value `before` did not have and that is not as it is kept.
    pub(crate) fn unfit(&self, before: Option<&Self>) -> Option<Unfit> {
        let (now, old) = (self.to_fields(), before.map(Self::to_fields));
        let mut new = self.kind().fields().iter().filter_map(|rule| {
            let value = now.get(rule.name)?;
            let is_old = old
                .as_ref()
                .is_some_and(|o| o.get(rule.name) == Some(value));
            (!is_old).then_some((rule, value))
        });
        new.find_map(|(rule, value)| match rule.clean(value.clone()) {
            Ok(clean) if clean == *value => None,
            Ok(_) => Some(rule.unfit()),
            Err(unfit) => Some(unfit),
        })
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
        Self::from_fields(self.kind(), all.clone()).map_err(|_| self.misfit(&all))
    }

    /// The records this one names and `before` did not, each with the field that names it.
    pub fn newly_named(&self, before: Option<&Self>) -> Vec<(&'static str, EntityKind, Uuid)> {
        let (now, old) = (self.to_fields(), before.map(Self::to_fields));
        let mut new = Vec::new();
        for rule in self.kind().fields() {
            let named = |fields: &Map<String, Value>| {
                let value = fields.get(rule.name);
                value.map(|v| rule.named(v)).unwrap_or_default()
            };
            let known = old.as_ref().map(named).unwrap_or_default();
            let found = named(&now).into_iter().filter(|one| !known.contains(one));
            new.extend(found.map(|(kind, id)| (rule.name, kind, id)));
        }
        new
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::*;
    use rstest::rstest;
    use serde_json::json;

    fn issue() -> Record {
        let issue = json!({
            "id": Uuid::from_u128(1), "number": 3, "title": "七天", "statement": "", "root_cause": "",
            "business_line": "", "owner_id": Uuid::from_u128(2), "external_owner": "", "urgency": 0,
            "difficulty": 0, "status": "new", "status_reason": "", "due": null, "merged_into": null,
            "status_before_merge": null, "created_at": 1, "created_by": Uuid::from_u128(2),
            "updated_at": 1, "rev": 1, "deleted_at": null,
        });
        let Value::Object(fields) = issue else {
            unreachable!("an object was written")
        };
        Record::from_fields(EntityKind::Issue, fields).expect("an issue")
    }

    fn edited(field: &str, value: Value) -> Result<Value, Unfit> {
        let edited = issue().edited(BTreeMap::from([(field.to_owned(), value)]))?;
        Ok(edited.to_fields()[field].clone())
    }

    #[rstest]
    #[case::a_line_is_one_line("title", json!(" 退款\n规则 "), json!("退款 规则"))]
    #[case::prose_stays_as_it_is_written("statement", json!("一。\n二。 "), json!("一。\n二。 "))]
    #[case::without_nul("statement", json!("一\0二"), json!("一二"))]
    #[case::a_value_is_cleared("owner_id", json!(null), json!(null))]
    #[case::a_day_is_its_midnight("due", json!(86_400_000 + 5), json!(86_400_000))]
    #[case::the_highest_number("urgency", json!(4), json!(4))]
    fn a_value_is_kept_as_its_field_declares(
        #[case] field: &str,
        #[case] value: Value,
        #[case] kept: Value,
    ) {
        assert_eq!(edited(field, value), Ok(kept));
    }

    #[rstest]
    #[case::a_title_says_something("title", json!(" \n"))]
    #[case::too_long("statement", json!("长".repeat(MAX_TEXT / 3 + 1)))]
    #[case::too_much("urgency", json!(5))]
    #[case::of_another_type("urgency", json!("now"))]
    #[case::a_text_is_not_cleared("title", json!(null))]
    #[case::what_only_the_store_gives("number", json!(9))]
    #[case::what_has_a_door_of_its_own("status", json!("claimed"))]
    #[case::what_every_record_carries("rev", json!(9))]
    #[case::what_is_no_field("no_field", json!(1))]
    fn what_a_field_does_not_take_is_refused_by_its_name(
        #[case] field: &str,
        #[case] value: Value,
    ) {
        assert_eq!(
            edited(field, value),
            Err(Unfit {
                field: field.into()
            })
        );
    }

    #[test]
    fn a_record_is_asked_only_for_those_it_names_anew() {
        let before = issue();
        assert_eq!(before.newly_named(Some(&before)), []);
        let owner = ("owner_id", EntityKind::Person, Uuid::from_u128(2));
        assert_eq!(before.newly_named(None), [owner]);
        let other = BTreeMap::from([("owner_id".into(), json!(Uuid::from_u128(5)))]);
        let other = before.edited(other).expect("an owner");
        let named = ("owner_id", EntityKind::Person, Uuid::from_u128(5));
        assert_eq!(other.newly_named(Some(&before)), [named]);
    }

    /// Whoever adds a field that holds what people said adds it here too.
    #[test]
    fn what_may_hold_words_or_names_of_people_is_declared() {
        let of = |kind: EntityKind| {
            let personal = kind.fields().iter().filter(|f| f.personal);
            personal.map(move |f| format!("{}.{}", kind.as_str(), f.name))
        };
        let all: Vec<String> = EntityKind::ALL.into_iter().flat_map(of).collect();
        assert_eq!(
            all.join(" "),
            "person.name case.title case.agent case.customer case.external_id recording.sources \
             segment.text segment.text_original observation.text observation.quote issue.external_owner \
             live_call.anchor seat_note.text"
        );
    }

    #[test]
    fn what_a_person_writes_is_bounded() {
        for kind in EntityKind::ALL {
            let written = kind.fields().iter().filter(|f| f.required || f.search);
            for field in written.filter(|f| f.name != "quote") {
                let is_text = matches!(field.shape, Shape::Line | Shape::Prose);
                assert!(is_text, "{}.{}", kind.as_str(), field.name);
            }
        }
    }
}
