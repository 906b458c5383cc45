//! Which call facts are about.
//!
//! A name, or an id, is the same or it is not; a number is looked at together with the time. What fits several
//! calls alike is given to none of them: a person decides.

use super::{ContactFacts, FactKey, compared_name};
use crate::{PhoneNumber, UnixMs};
use serde::Serialize;
use std::collections::HashMap;
use ts_rs::TS;

/// How far two clocks may be apart that tell of the same call; exchanges and recorders keep their own time.
pub const SAME_TIME_MS: u64 = 90_000;
/// Ids shorter than this stand in too many names by chance; characters.
const SHORTEST_ID: usize = 6;

/// What a call is recognised by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CallKeys {
    /// Names of its files, with their folders where these are known, and what two of them have in common.
    pub names: Vec<String>,
    /// Its id in the system it came from.
    pub id: Option<String>,
    /// The customer's number.
    pub number: Option<PhoneNumber>,
    /// When it began.
    pub began_at: Option<UnixMs>,
}

/// What facts and a call have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum JoinedBy {
    /// The name of the recording.
    Name,
    /// The id of the call, as such or in the name of the recording.
    CallId,
    /// The customer's number, within [`SAME_TIME_MS`].
    NumberAndTime,
}

/// Which call facts are about, by its place among those that were given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FactsAbout {
    /// This one.
    Call {
        /// Which.
        call: usize,
        /// How that is known.
        by: JoinedBy,
    },
    /// Any of these, alike.
    AnyOf(Vec<usize>),
    /// None that is here.
    NoCall,
}

/// Calls by what they are recognised by.
pub struct KnownCalls<'a> {
    calls: &'a [CallKeys],
    by_name: HashMap<String, Vec<usize>>,
    by_id: HashMap<String, Vec<usize>>,
    /// Parts of names, which an id may be.
    by_part: HashMap<String, Vec<usize>>,
    /// Those with a number, in the order they began.
    by_time: Vec<(UnixMs, usize)>,
}

impl<'a> KnownCalls<'a> {
    /// These calls.
    pub fn of(calls: &'a [CallKeys]) -> Self {
        let mut known = Self {
            calls,
            by_name: HashMap::new(),
            by_id: HashMap::new(),
            by_part: HashMap::new(),
            by_time: Vec::new(),
        };
        for (at, call) in calls.iter().enumerate() {
            for name in &call.names {
                let name = compared_name(name);
                if name.is_empty() {
                    continue;
                }
                for part in parts(&name) {
                    once(known.by_part.entry(part.to_owned()).or_default(), at);
                }
                once(known.by_name.entry(name).or_default(), at);
            }
            if let Some(id) = &call.id {
                once(known.by_id.entry(folded(id)).or_default(), at);
            }
            if let Some(began) = call.began_at.filter(|_| call.number.is_some()) {
                known.by_time.push((began, at));
            }
        }
        known.by_time.sort_unstable();
        known
    }

    /// The call facts are about.
    pub fn about(&self, facts: &ContactFacts) -> FactsAbout {
        let by_name = || (JoinedBy::Name, self.named(facts));
        let by_id = || (JoinedBy::CallId, self.with_id(facts));
        let by_time = || (JoinedBy::NumberAndTime, self.at_time(facts));
        let steps: [&dyn Fn() -> (JoinedBy, Vec<usize>); 3] = [&by_name, &by_id, &by_time];
        for step in steps {
            let (by, fitting) = step();
            if fitting.is_empty() {
                continue;
            }
            return match self.nearest(facts, fitting).as_slice() {
                [call] => FactsAbout::Call { call: *call, by },
                several => FactsAbout::AnyOf(several.to_vec()),
            };
        }
        FactsAbout::NoCall
    }

    /// Calls with a file of this name. Where several have one, those whose folders are called the same, too.
    fn named(&self, facts: &ContactFacts) -> Vec<usize> {
        let Some(written) = facts.text(FactKey::FileName) else {
            return Vec::new();
        };
        let several = written.split([';', '；', '|', '\n']);
        let found = std::iter::once(written)
            .chain(several)
            .find_map(|one| Some((one, self.by_name.get(&compared_name(one))?)));
        let Some((written, found)) = found else {
            return Vec::new();
        };
        let alike = |call: &usize| {
            let names = self.calls[*call].names.iter();
            names.map(|name| folders_alike(name, written)).max()
        };
        let most = found.iter().filter_map(alike).max();
        let fits = |call: &&usize| alike(call) == most;
        found.iter().filter(fits).copied().collect()
    }

    /// Calls of this id, or with a file whose name has it in it.
    fn with_id(&self, facts: &ContactFacts) -> Vec<usize> {
        let Some(id) = facts.text(FactKey::CallId).map(folded) else {
            return Vec::new();
        };
        if let Some(calls) = self.by_id.get(&id) {
            return calls.clone();
        }
        let is_telling = id.chars().count() >= SHORTEST_ID;
        let in_names = self.by_part.get(&id).filter(|_| is_telling);
        in_names.cloned().unwrap_or_default()
    }

    /// Calls with this number at about this time. Of a masked number what is visible is compared.
    fn at_time(&self, facts: &ContactFacts) -> Vec<usize> {
        let number = facts.text(FactKey::Number).and_then(PhoneNumber::read);
        let Some((number, began)) = number.zip(began(facts)) else {
            return Vec::new();
        };
        let from = began.saturating_sub(SAME_TIME_MS as i64);
        let first = self.by_time.partition_point(|(at, _)| *at < from);
        let is_its = |call: usize| {
            let its = self.calls[call].number.as_ref();
            its.is_some_and(|its| its.may_be(&number))
        };
        (self.by_time[first..].iter())
            .take_while(|(at, _)| at.abs_diff(began) <= SAME_TIME_MS)
            .map(|(_, call)| *call)
            .filter(|call| is_its(*call))
            .collect()
    }

    /// Those of several calls that began next to when the facts say; all of them where that is not told of each.
    fn nearest(&self, facts: &ContactFacts, calls: Vec<usize>) -> Vec<usize> {
        let far = |call: &usize| Some(self.calls[*call].began_at?.abs_diff(began(facts)?));
        let Some(distances) = calls.iter().map(far).collect::<Option<Vec<u64>>>() else {
            return calls;
        };
        let least = distances.iter().min().copied();
        (calls.into_iter().zip(distances))
            .filter(|(_, distance)| Some(*distance) == least)
            .map(|(call, _)| call)
            .collect()
    }
}

fn began(facts: &ContactFacts) -> Option<UnixMs> {
    facts.at(FactKey::BeganAt).or(facts.at(FactKey::AnsweredAt))
}

fn once(list: &mut Vec<usize>, at: usize) {
    if list.last() != Some(&at) {
        list.push(at);
    }
}

fn folded(id: &str) -> String {
    id.trim().to_lowercase()
}

/// The parts of a name an id may be: between blanks, brackets and `_`, `.`, `+`, `@`, `,`, `=`, `~`, and these parted
/// at `-` once more, which stands within some ids and between others.
fn parts(name: &str) -> impl Iterator<Item = &str> {
    let ends = |c: char| c.is_whitespace() || "_.+@,=~()[]（）【】".contains(c);
    name.split(ends)
        .flat_map(|part| {
            let parted = part.contains('-').then(|| part.split('-'));
            std::iter::once(part).chain(parted.into_iter().flatten())
        })
        .filter(|part| part.chars().count() >= SHORTEST_ID)
}

/// How many folders above it two writings of a name have in common.
fn folders_alike(one: &str, other: &str) -> usize {
    let above = |name: &str| -> Vec<String> {
        let segments = name.split(['/', '\\']).filter(|s| !s.is_empty());
        segments.rev().skip(1).map(str::to_lowercase).collect()
    };
    let (one, other) = (above(one), above(other));
    let alike = one.iter().zip(&other).take_while(|(a, b)| a == b);
    alike.count()
}

#[cfg(test)]
mod tests;
