//! Several rows about one call, made one.

use super::{ContactFacts, FactKey, FactOrigin, FactValue};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use ts_rs::TS;

/// Which of several rows about one call counts where they contradict each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum WhichCounts {
    /// The one that was told first.
    First,
    /// The one that was told last: systems write a call down once more when they know more of it.
    #[default]
    Last,
}

/// What several rows say of one fact, where they do not say the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Contradiction {
    /// The fact.
    pub key: FactKey,
    /// Each value once, in the order they were told, and where.
    pub said: Vec<(FactValue, FactOrigin)>,
}

/// What several rows tell of one call: all that is known together, and where they contradict each other. What one
/// leaves open another one may fill. `None` where there are no rows.
pub fn merged_facts(
    rows: &[&ContactFacts],
    counts: WhichCounts,
) -> Option<(ContactFacts, Vec<Contradiction>)> {
    let (first, others) = rows.split_first()?;
    let mut whole = (*first).clone();
    for row in others {
        for (key, value) in &row.known {
            if counts == WhichCounts::Last || !whole.known.contains_key(key) {
                whole.known.insert(*key, value.clone());
            }
        }
        for (name, value) in &row.rest {
            keep_beside(&mut whole.rest, name, value);
        }
        for fault in &row.faults {
            if !whole.faults.contains(fault) {
                whole.faults.push(fault.clone());
            }
        }
    }
    let contradictions = whole
        .known
        .keys()
        .filter_map(|key| said_otherwise(rows, *key));
    let contradictions = contradictions.collect();
    Some((whole, contradictions))
}

fn said_otherwise(rows: &[&ContactFacts], key: FactKey) -> Option<Contradiction> {
    let mut said: Vec<(FactValue, FactOrigin)> = Vec::new();
    for row in rows {
        if let Some(value) = row.known.get(&key)
            && said.iter().all(|(other, _)| other != value)
        {
            said.push((value.clone(), row.origin.clone()));
        }
    }
    // Which file of a call a row names is no fact of the call.
    (said.len() > 1 && key != FactKey::FileName).then_some(Contradiction { key, said })
}

/// Puts a value under its name; where another one stands there, under the name with a number, so that neither is lost.
fn keep_beside(rest: &mut Map<String, Value>, name: &str, value: &Value) {
    let numbered = (2..).map(|n| format!("{name} ({n})"));
    for name in std::iter::once(name.to_owned()).chain(numbered) {
        match rest.get(&name) {
            Some(there) if there == value => return,
            Some(_) => {}
            None => {
                rest.insert(name, value.clone());
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{FactFault, FactFaultCode, FactPlace};
    use serde_json::json;

    fn row(line: u64, known: &[(FactKey, &str)], rest: &Value) -> ContactFacts {
        let known = (known.iter()).map(|(key, text)| (*key, FactValue::Text((*text).into())));
        ContactFacts {
            known: known.collect(),
            rest: rest.as_object().cloned().unwrap_or_default(),
            ..ContactFacts::of(FactOrigin {
                source: 0,
                place: FactPlace::Line { line },
            })
        }
    }

    #[test]
    fn what_one_row_leaves_open_another_one_fills() {
        let one = row(86, &[(FactKey::Agent, "8807")], &json!({"坐席": "8807"}));
        let other = row(
            87,
            &[(FactKey::Csat, "3")],
            &json!({"坐席": "8807", "满意度": "3"}),
        );
        let (whole, contradictions) = merged_facts(&[&one, &other], WhichCounts::Last).unwrap();
        assert_eq!(whole.text(FactKey::Agent), Some("8807"));
        assert_eq!(whole.text(FactKey::Csat), Some("3"));
        assert_eq!(
            Value::from(whole.rest),
            json!({"坐席": "8807", "满意度": "3"})
        );
        assert_eq!(contradictions, []);
    }

    #[test]
    fn a_contradiction_is_told_with_its_places_and_one_of_the_two_counts() {
        let one = row(86, &[(FactKey::Csat, "1")], &json!({"满意度": "1"}));
        let other = row(87, &[(FactKey::Csat, "3")], &json!({"满意度": "3"}));
        for (counts, csat) in [(WhichCounts::Last, "3"), (WhichCounts::First, "1")] {
            let (whole, contradictions) = merged_facts(&[&one, &other], counts).unwrap();
            assert_eq!(whole.text(FactKey::Csat), Some(csat));
            let both = json!({"满意度": "1", "满意度 (2)": "3"});
            assert_eq!(Value::from(whole.rest), both, "nothing that came is lost");
            let said = [&one, &other].map(|r| (r.known[&FactKey::Csat].clone(), r.origin.clone()));
            let told = Contradiction {
                key: FactKey::Csat,
                said: said.into(),
            };
            assert_eq!(contradictions, [told]);
        }
    }

    #[test]
    fn a_row_that_came_twice_is_one() {
        let mut one = row(1, &[(FactKey::CallId, "a-1")], &json!({"id": "a-1"}));
        one.faults = vec![FactFault::new(
            FactKey::BeganAt,
            "?",
            FactFaultCode::TimeUnreadable,
        )];
        let (whole, contradictions) = merged_facts(&[&one, &one, &one], WhichCounts::Last).unwrap();
        assert_eq!((whole, contradictions), (one, vec![]));
    }

    #[test]
    fn rows_of_the_two_files_of_a_call_do_not_contradict_each_other_by_their_names() {
        let one = row(1, &[(FactKey::FileName, "x_agent.wav")], &json!({}));
        let other = row(2, &[(FactKey::FileName, "x_caller.wav")], &json!({}));
        let (_, contradictions) = merged_facts(&[&one, &other], WhichCounts::Last).unwrap();
        assert_eq!(contradictions, []);
        assert_eq!(merged_facts(&[], WhichCounts::Last), None);
    }
}
