//! What a source said of a contact, kept as it said it.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use ts_rs::TS;

/// Everything a source said of one contact: unknown keys, nested values. A record keeps it within the bounds of
/// [`Shape::Object`](crate::Shape::Object).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(transparent)]
pub struct SourceFacts(#[ts(type = "{ [key: string]: unknown }")] pub Map<String, Value>);

impl SourceFacts {
    /// Texts and numbers among its values, however deep they stand: what its case is found by.
    pub fn words(&self) -> Vec<String> {
        let mut words = Vec::new();
        self.0.values().for_each(|value| gather(value, &mut words));
        words
    }

    /// With what a source says now. What it says nothing of this time stays as it was said before.
    pub fn with(&self, said: &Map<String, Value>) -> Self {
        let mut all = self.0.clone();
        all.extend(said.clone());
        Self(all)
    }
}

fn gather(value: &Value, words: &mut Vec<String>) {
    match value {
        Value::String(text) if !text.trim().is_empty() => words.push(text.clone()),
        Value::Number(number) => words.push(number.to_string()),
        Value::Array(all) => all.iter().for_each(|one| gather(one, words)),
        Value::Object(all) => all.values().for_each(|one| gather(one, words)),
        Value::String(_) | Value::Bool(_) | Value::Null => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn said(value: Value) -> Map<String, Value> {
        value.as_object().cloned().expect("an object")
    }

    #[test]
    fn its_words_are_texts_and_numbers_at_any_depth_and_no_keys() {
        let facts = SourceFacts(said(json!({
            "Agent": { "Username": "1024", "Level": { "Groups": ["夜班", " "] } },
            "Attributes": [{ "refund": 12.5 }, true, null],
        })));
        assert_eq!(facts.words(), ["夜班", "1024", "12.5"]);
    }

    #[test]
    fn what_is_said_later_is_added_and_what_is_said_again_stands_once() {
        let facts = SourceFacts(said(json!({ "a": 1, "b": { "c": 2 } })));
        let later = said(json!({ "b": { "d": 3 }, "e": 4 }));
        let all = facts.with(&later);
        assert_eq!(all.0, said(json!({ "a": 1, "b": { "d": 3 }, "e": 4 })));
        assert_eq!(all.with(&later), all);
    }
}
