//! A contact as it is shown where nobody needs a customer's name and number whole, and what it says of those who saw it
//! whole.
//!
//! Of a customer the beginning is shown: 王**, 138****8000. Agents are the company's own people and stand beside what
//! they said. Of what a source said besides, only what is known to be nobody's is shown whole.

use super::{Contact, SourceFacts, Told};
use crate::{ContactId, FactKey, Meta, Record, UnmaskingId, masked_text};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::HashSet;
use ts_rs::TS;

/// 查看原文: somebody saw the customer of a contact whole, and why. It is written once and never changed.
#[derive(qinting_record_derive::Record, Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[record(fixed)]
pub struct Unmasking {
    /// Identity.
    pub id: UnmaskingId,
    /// The contact.
    #[field(belongs(Contact), under)]
    pub contact_id: ContactId,
    /// What for.
    #[field(line, required, personal)]
    pub reason: String,
    /// Common columns: who, and when.
    #[serde(flatten)]
    pub meta: Meta,
}

impl Contact {
    /// As it is shown where nobody needs it whole.
    pub fn shown(mut self) -> Self {
        let nobodys = self.nobodys();
        self.facts = self.facts.shown(&nobodys);
        self.told = self.told.shown();
        self.customer = masked_text(&self.customer);
        self.number = masked_text(&self.number);
        self
    }

    /// Texts of its fields, and what an import said of them, that are no customer's.
    fn nobodys(&self) -> HashSet<String> {
        let fields = [
            &self.agent,
            &self.line,
            &self.queue,
            &self.disposition,
            &self.csat,
            &self.external_id,
            &self.previous_id,
        ];
        let told = self.told.all().filter(|(key, _)| !key.is_customers());
        let told = told.filter_map(|(_, value)| value.as_str());
        let all = fields.into_iter().map(String::as_str).chain(told);
        let all = all.map(str::trim).filter(|text| !text.is_empty());
        all.map(str::to_owned).collect()
    }
}

impl Record {
    /// As it is shown where nobody needs it whole.
    pub fn shown(self) -> Self {
        match self {
            Self::Contact(contact) => Self::Contact(contact.shown()),
            other => other,
        }
    }
}

impl FactKey {
    /// Whether it is a customer's name or number.
    pub const fn is_customers(self) -> bool {
        matches!(self, Self::Customer | Self::Number)
    }

    /// A value of its field as it is shown where nobody needs it whole.
    pub fn shown(self, value: Value) -> Value {
        match value {
            Value::String(text) if self.is_customers() => masked_text(&text).into(),
            other => other,
        }
    }
}

impl Told {
    fn shown(self) -> Self {
        let all = self.0.into_iter().map(|(name, value)| {
            let value = match FactKey::named(&name) {
                Some(key) => key.shown(value),
                None => value,
            };
            (name, value)
        });
        Self(all.collect())
    }
}

impl SourceFacts {
    fn shown(self, nobodys: &HashSet<String>) -> Self {
        Self(shown_object(self.0, nobodys))
    }
}

fn shown_object(object: Map<String, Value>, nobodys: &HashSet<String>) -> Map<String, Value> {
    let all = object.into_iter();
    all.map(|(name, value)| (name, shown_value(value, nobodys)))
        .collect()
}

/// What nobody has a name for may be anybody's: a text is shown whole where it stands in a field that is no customer's,
/// or is a moment, an amount, a short code.
fn shown_value(value: Value, nobodys: &HashSet<String>) -> Value {
    let is_open = |text: &str| nobodys.contains(text.trim()) || is_figure(text);
    match value {
        Value::String(text) if !is_open(&text) => masked_text(&text).into(),
        Value::Number(number) if !is_open(&number.to_string()) => {
            masked_text(&number.to_string()).into()
        }
        Value::Array(all) => {
            let all = all.into_iter();
            all.map(|one| shown_value(one, nobodys)).collect()
        }
        Value::Object(object) => Value::Object(shown_object(object, nobodys)),
        other => other,
    }
}

/// Digits in a row that may be somebody's number.
const DIGITS: usize = 7;

/// What stands beside digits in moments, lengths and amounts.
const UNITS: &str = "年月日号时分秒元上下午TZ";

/// Whether a text is made of figures and their units, and of no number somebody may have.
fn is_figure(text: &str) -> bool {
    let (mut run, mut digits) = (0, 0);
    for c in text.chars() {
        if c.is_alphabetic() && !UNITS.contains(c) {
            return false;
        }
        run = if c.is_ascii_digit() { run + 1 } else { 0 };
        digits += usize::from(run > 0);
        if run >= DIGITS {
            return false;
        }
    }
    // What is written in groups is a number all the same, unless it is a moment.
    (1..DIGITS).contains(&digits) || digits > 0 && is_moment(text)
}

fn is_moment(text: &str) -> bool {
    let day: Vec<usize> = text.split('-').map(|part| part.trim().len()).collect();
    text.contains([':', '/', '年', '时', '分']) || matches!(day[..], [4, 1..=2, 1..=2])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{CaseId, PersonId};
    use rstest::rstest;
    use serde_json::json;
    use uuid::Uuid;

    fn object(value: Value) -> Map<String, Value> {
        value.as_object().cloned().unwrap_or_default()
    }

    fn contact() -> Contact {
        let one = Uuid::from_u128(1);
        Contact {
            customer: "王小明".into(),
            number: "13800008000".into(),
            agent: "知秋".into(),
            queue: "退换货".into(),
            external_id: "c-1700000000.123".into(),
            told: Told(object(json!({
                "customer": "王晓明", "number": "13900002280", "agent": "知秋一", "csat": "满意", "of_later": "x",
            }))),
            ..Contact::phone(ContactId(one), CaseId(one), Meta::new(1, PersonId(one)))
        }
    }

    #[test]
    fn of_a_customer_the_beginning_is_shown_and_an_agent_by_name() {
        let shown = contact().shown();
        assert_eq!((&*shown.customer, &*shown.number), ("王**", "138****8000"));
        assert_eq!((&*shown.agent, &*shown.queue), ("知秋", "退换货"));
        assert_eq!(
            shown.told.0,
            object(json!({
                "customer": "王**", "number": "139****2280", "agent": "知秋一", "csat": "满意", "of_later": "x",
            }))
        );
        assert_eq!(shown.clone().shown(), shown, "shown again it is the same");
    }

    #[rstest]
    #[case::a_name_nobody_asked_for(json!("李雷"), json!("李**"))]
    #[case::the_customers_number_again(json!("13800008000"), json!("138****8000"))]
    #[case::a_number_that_is_no_text(json!(13_800_008_000_u64), json!("138****8000"))]
    #[case::a_number_in_groups(json!("138-0000-8000"), json!("138****8000"))]
    #[case::a_number_from_abroad(json!("+1 555 010 9999"), json!("+155****9999"))]
    #[case::an_identity_card(json!("110101199003078888"), json!("110***********8888"))]
    #[case::an_address(json!("幸福路 12 号"), json!("幸**"))]
    #[case::a_queue_that_is_known(json!("退换货"), json!("退换货"))]
    #[case::an_agent(json!("知秋"), json!("知秋"))]
    #[case::an_agent_as_an_import_said(json!("知秋一"), json!("知秋一"))]
    #[case::the_id_of_the_call(json!("c-1700000000.123"), json!("c-1700000000.123"))]
    #[case::a_moment(json!("2026-11-03 10:15:00"), json!("2026-11-03 10:15:00"))]
    #[case::a_moment_in_words(json!("2026年11月3日 10:15"), json!("2026年11月3日 10:15"))]
    #[case::a_moment_with_its_zone(json!("2026-11-03T02:15:00+08:00"), json!("2026-11-03T02:15:00+08:00"))]
    #[case::a_day(json!("2026-11-3"), json!("2026-11-3"))]
    #[case::a_length(json!("5分10秒"), json!("5分10秒"))]
    #[case::an_amount(json!("128.50元"), json!("128.50元"))]
    #[case::a_count(json!(3), json!(3))]
    #[case::yes_or_nothing(json!([true, null]), json!([true, null]))]
    #[case::inside(json!({"a": [{"b": "韩梅梅"}]}), json!({"a": [{"b": "韩**"}]}))]
    fn of_what_a_source_said_only_what_is_nobodys_is_shown_whole(
        #[case] said: Value,
        #[case] shown: Value,
    ) {
        let mut contact = contact();
        contact.facts = SourceFacts(object(json!({ "列": said })));
        assert_eq!(contact.shown().facts.0, object(json!({ "列": shown })));
    }
}
