//! Delivered twice is one.
//!
//! Systems deliver a record at least once, again when it changed, and sometimes two that contradict. Of what was
//! seen only digests are kept, so that a hundred thousand calls are no burden.

use qinting_domain::{ContactFacts, FactKey, FactOrigin, UnixMs, compared_name};
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// What a record is to those before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// The first of its call; or without an id and a file name, so that nobody can say.
    First,
    /// The same once more: nothing is new.
    Again {
        /// Where it stood first.
        of: FactOrigin,
    },
    /// More of the same call, contradicting nothing.
    More {
        /// Where the first stood.
        of: FactOrigin,
    },
    /// A later state of the same call: it takes the place of what was known.
    Newer {
        /// Where the earlier stood.
        of: FactOrigin,
    },
    /// An earlier state of the same call: what is known stands.
    Older {
        /// Where the later stands.
        of: FactOrigin,
    },
    /// Says otherwise of the same call, and neither says that it is later. What came first stands.
    Contradicts {
        /// Where the first stood.
        of: FactOrigin,
        /// In what.
        keys: Vec<FactKey>,
    },
    /// Another call with the same recording.
    SameFile {
        /// Where the first stood.
        of: FactOrigin,
    },
}

/// Records that are kept in mind: a table of more is no longer looked at for what comes twice, or memory would grow
/// with it.
const MOST_SEEN: usize = 1_000_000;

/// What was delivered so far.
#[derive(Debug)]
pub struct Deliveries {
    most: usize,
    calls: HashMap<u64, usize>,
    files: HashMap<u64, usize>,
    seen: Vec<Seen>,
}

#[derive(Debug)]
struct Seen {
    of: FactOrigin,
    as_of: Option<UnixMs>,
    values: Vec<(FactKey, u64)>,
}

impl Default for Deliveries {
    fn default() -> Self {
        Self::keeping(MOST_SEEN)
    }
}

impl Deliveries {
    fn keeping(most: usize) -> Self {
        Self {
            most,
            calls: HashMap::new(),
            files: HashMap::new(),
            seen: Vec::new(),
        }
    }

    /// Looks at one more. `system` tells ids of one source from those of another: its profile's name.
    pub fn see(&mut self, system: &str, facts: &ContactFacts) -> Delivery {
        let call = facts.text(FactKey::CallId).map(|id| digest(&(system, id)));
        let file = facts
            .text(FactKey::FileName)
            .map(|name| digest(&compared_name(name)));
        let values: Vec<(FactKey, u64)> = facts
            .known
            .iter()
            .map(|(key, value)| (*key, digest(value)))
            .collect();
        let by_call = call.and_then(|call| self.calls.get(&call).copied());
        let by_file = file.and_then(|file| self.files.get(&file).copied());
        // Without an id, the file says which call it is.
        let same = by_call.or(by_file.filter(|_| call.is_none()));
        if let Some(at) = same {
            return self.seen[at].delivered(facts, values);
        }
        let at = self.seen.len();
        if at >= self.most {
            return Delivery::First;
        }
        self.seen.push(Seen {
            of: facts.origin.clone(),
            as_of: facts.as_of,
            values,
        });
        if let Some(call) = call {
            self.calls.insert(call, at);
        }
        match (file, by_file) {
            (_, Some(first)) => Delivery::SameFile {
                of: self.seen[first].of.clone(),
            },
            (Some(file), None) => {
                self.files.insert(file, at);
                Delivery::First
            }
            (None, None) => Delivery::First,
        }
    }
}

impl Seen {
    fn delivered(&mut self, facts: &ContactFacts, values: Vec<(FactKey, u64)>) -> Delivery {
        let of = self.of.clone();
        if values == self.values {
            self.as_of = self.as_of.max(facts.as_of);
            return Delivery::Again { of };
        }
        match (self.as_of, facts.as_of) {
            (Some(before), Some(now)) if now > before => {
                *self = Self {
                    of: facts.origin.clone(),
                    as_of: facts.as_of,
                    values,
                };
                return Delivery::Newer { of };
            }
            (Some(before), Some(now)) if now < before => return Delivery::Older { of },
            _ => {}
        }
        let said = |key: FactKey| self.values.iter().find(|(known, _)| *known == key);
        let keys: Vec<FactKey> = values
            .iter()
            .filter(|(key, value)| said(*key).is_some_and(|(_, before)| before != value))
            .map(|(key, _)| *key)
            .collect();
        if !keys.is_empty() {
            return Delivery::Contradicts { of, keys };
        }
        let more: Vec<_> = values
            .into_iter()
            .filter(|(key, _)| said(*key).is_none())
            .collect();
        if more.is_empty() {
            return Delivery::Again { of };
        }
        self.values.extend(more);
        self.values.sort_unstable();
        Delivery::More { of }
    }
}

/// The same for the same, in this run of the program.
fn digest(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use qinting_domain::{FactPlace, FactValue};

    fn record(line: u64, id: &str) -> ContactFacts {
        let origin = FactOrigin {
            source: 0,
            place: FactPlace::Line { line },
        };
        let id = (FactKey::CallId, FactValue::Text(id.into()));
        ContactFacts {
            known: [id].into(),
            ..ContactFacts::of(origin)
        }
    }

    #[test]
    fn a_table_that_is_too_long_is_read_on_and_what_was_kept_in_mind_stays_so() {
        let mut deliveries = Deliveries::keeping(2);
        let ids = ["a", "b", "c", "c", "a"];
        let seen = (1..)
            .zip(ids)
            .map(|(line, id)| deliveries.see("x", &record(line, id)));
        let seen: Vec<bool> = seen.map(|one| one == Delivery::First).collect();
        assert_eq!(seen, [true, true, true, true, false]);
    }
}
