//! A value of a document with the way to it.

use crate::clock::{Unit, of_value, plain_number};
use crate::{ForeignWord, Place, Reason, Refusal, Stretch};
use serde_json::Value;

/// A value and where it stands.
#[derive(Clone)]
pub(crate) struct Node<'v> {
    value: &'v Value,
    path: String,
}

impl<'v> Node<'v> {
    /// The document.
    pub fn root(value: &'v Value) -> Self {
        let path = String::new();
        Self { value, path }
    }

    /// The value.
    pub fn value(&self) -> &'v Value {
        self.value
    }

    /// Its place.
    pub fn place(&self) -> Place {
        Place::Path(self.path.clone())
    }

    /// What a key holds, if it holds something.
    pub fn at(&self, key: &str) -> Option<Self> {
        let value = self.value.get(key).filter(|value| !value.is_null())?;
        let path = match self.path.is_empty() {
            true => key.to_owned(),
            false => format!("{}.{key}", self.path),
        };
        Some(Self { value, path })
    }

    /// What the keys lead to, one in the other.
    pub fn down(&self, keys: &[&str]) -> Option<Self> {
        keys.iter().try_fold(self.clone(), |node, key| node.at(key))
    }

    /// What the first of the keys holds that holds something.
    pub fn first(&self, keys: &[&str]) -> Option<Self> {
        keys.iter().find_map(|key| self.at(key))
    }

    /// Its items; none where it is no list.
    pub fn items(&self) -> impl Iterator<Item = Self> + use<'v> {
        let path = self.path.clone();
        let all = self.value.as_array().map_or(&[][..], Vec::as_slice);
        all.iter().enumerate().map(move |(at, value)| Self {
            value,
            path: format!("{path}[{at}]"),
        })
    }

    /// The items of a key.
    pub fn list(&self, key: &str) -> impl Iterator<Item = Self> + use<'v> {
        self.at(key).into_iter().flat_map(|list| list.items())
    }

    /// Whether it is a list whose first item has all these keys.
    pub fn lists(&self, keys: &[&str]) -> bool {
        let first = self.value.as_array().and_then(|all| all.first());
        first.is_some_and(|first| keys.iter().all(|key| first.get(key).is_some()))
    }

    /// The text it is.
    pub fn str(&self) -> Option<&'v str> {
        self.value.as_str()
    }

    /// The text of the first of the keys that has one.
    pub fn text(&self, keys: &[&str]) -> &'v str {
        let found = keys.iter().find_map(|key| {
            self.value
                .get(key)?
                .as_str()
                .filter(|text| !text.is_empty())
        });
        found.unwrap_or_default()
    }

    /// Text, number or yes and no of the first of the keys that has one, as a label.
    pub fn label(&self, keys: &[&str]) -> String {
        let found = keys.iter().find_map(|key| match self.value.get(key)? {
            Value::String(text) if !text.is_empty() => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        });
        found.unwrap_or_default()
    }

    /// The number of the first of the keys that has one.
    pub fn number(&self, keys: &[&str]) -> Option<f64> {
        keys.iter()
            .find_map(|key| self.value.get(key).and_then(plain_number))
    }

    /// The channel from 0 that the first of the keys tells.
    pub fn channel(&self, keys: &[&str]) -> Option<u16> {
        let number = self.number(keys).filter(|n| n.fract() == 0.0)?;
        (0.0..=64.0).contains(&number).then_some(number as u16)
    }

    /// The time of the first of the keys that is there, in milliseconds; `None`: none is.
    ///
    /// # Errors
    /// What stands there is no time.
    pub fn ms(&self, keys: &[&str], unit: Unit) -> Result<Option<u64>, Refusal> {
        let Some(found) = self.first(keys) else {
            return Ok(None);
        };
        let refused = || Refusal::at(Reason::Time, found.place()).showing(&found.value.to_string());
        of_value(found.value, unit).map(Some).ok_or_else(refused)
    }

    /// Start and end, where both are there.
    pub fn span(
        &self,
        start: &[&str],
        end: &[&str],
        unit: Unit,
    ) -> Result<Option<(u64, u64)>, Refusal> {
        let (start, end) = (self.ms(start, unit)?, self.ms(end, unit)?);
        Ok(start.zip(end))
    }

    /// The words of the first of the keys that lists some, `later_ms` later than their times say. What has no
    /// times or says nothing is no word.
    pub fn words(&self, lists: &[&str], keys: &WordKeys, later_ms: u64) -> Vec<ForeignWord> {
        let list = self.first(lists);
        let all = list.iter().flat_map(Node::items);
        all.filter_map(|word| word.word(keys, later_ms)).collect()
    }

    /// The word it is; `None` where it has no times or says nothing.
    pub fn word(&self, keys: &WordKeys, later_ms: u64) -> Option<ForeignWord> {
        let time = |names: &[&str]| {
            let value = names.iter().find_map(|key| self.value.get(key))?;
            of_value(value, keys.unit)
        };
        let text = self.text(keys.text).trim();
        let (start, end) = (time(keys.start)?, time(keys.end)?);
        let confidence = self.number(keys.confidence);
        (!text.is_empty()).then(|| ForeignWord {
            stretch: Stretch {
                start_ms: start + later_ms,
                end_ms: end.max(start) + later_ms,
            },
            text: text.to_owned(),
            confidence: confidence.and_then(crate::draft::probability),
        })
    }
}

/// What the keys of a word are called.
pub(crate) struct WordKeys {
    /// The word.
    pub text: &'static [&'static str],
    /// Its start.
    pub start: &'static [&'static str],
    /// Its end.
    pub end: &'static [&'static str],
    /// How sure it is.
    pub confidence: &'static [&'static str],
    /// What its times count.
    pub unit: Unit,
}
