//! Several rows about one call, made one.

use super::{ContactFacts, FactKey, FactOrigin, FactValue};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Contradiction {
    /// The fact.
    pub key: FactKey,
    /// Each value once, in the order they were told, and where.
    pub said: Vec<(FactValue, FactOrigin)>,
}

/// What several rows tell of one call: all that is known together, and where they contradict each other. What one
/// leaves open another one fills.
pub fn merged_facts(
    rows: &[ContactFacts],
    counts: WhichCounts,
) -> (BTreeMap<FactKey, FactValue>, Vec<Contradiction>) {
    let mut known = BTreeMap::new();
    for (key, value) in rows.iter().flat_map(|row| &row.known) {
        if counts == WhichCounts::Last || !known.contains_key(key) {
            known.insert(*key, value.clone());
        }
    }
    let contradictions = known.keys().filter_map(|key| said_otherwise(rows, *key));
    let contradictions = contradictions.collect();
    (known, contradictions)
}

fn said_otherwise(rows: &[ContactFacts], key: FactKey) -> Option<Contradiction> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::FactPlace;

    fn row(line: u64, known: &[(FactKey, &str)]) -> ContactFacts {
        let known = (known.iter()).map(|(key, text)| (*key, FactValue::Text((*text).into())));
        ContactFacts {
            known: known.collect(),
            ..ContactFacts::of(FactOrigin {
                source: 0,
                place: FactPlace::Line { line },
            })
        }
    }

    fn text(words: &str) -> FactValue {
        FactValue::Text(words.into())
    }

    #[test]
    fn what_one_row_leaves_open_another_one_fills() {
        let rows = [
            row(86, &[(FactKey::Agent, "8807")]),
            row(87, &[(FactKey::Csat, "3")]),
        ];
        let (known, contradictions) = merged_facts(&rows, WhichCounts::Last);
        let all = [(FactKey::Agent, text("8807")), (FactKey::Csat, text("3"))];
        assert_eq!(known, all.into());
        assert_eq!(contradictions, []);
    }

    #[test]
    fn a_contradiction_is_told_with_its_places_and_one_of_the_two_counts() {
        let rows = [
            row(86, &[(FactKey::Csat, "1")]),
            row(87, &[(FactKey::Csat, "3")]),
        ];
        for (counts, csat) in [(WhichCounts::Last, "3"), (WhichCounts::First, "1")] {
            let (known, contradictions) = merged_facts(&rows, counts);
            assert_eq!(known[&FactKey::Csat], text(csat));
            let said = rows
                .iter()
                .map(|r| (r.known[&FactKey::Csat].clone(), r.origin.clone()));
            let told = Contradiction {
                key: FactKey::Csat,
                said: said.collect(),
            };
            assert_eq!(contradictions, [told]);
        }
    }

    #[test]
    fn rows_of_the_two_files_of_a_call_do_not_contradict_each_other_by_their_names() {
        let rows = [
            row(1, &[(FactKey::FileName, "x_agent.wav")]),
            row(2, &[(FactKey::FileName, "x_caller.wav")]),
        ];
        assert_eq!(merged_facts(&rows, WhichCounts::Last).1, []);
        assert_eq!(merged_facts(&[], WhichCounts::Last).0, BTreeMap::new());
    }
}
