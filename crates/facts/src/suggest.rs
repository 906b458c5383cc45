//! A profile for a source nobody knows: by what its columns are called, and, in doubt, by what they say.

mod synonyms;
mod values;

use crate::profile::{FactReading, Profile, Reads, Target};
use qinting_domain::{FactKey, FactKind};
use qinting_table::value::{cell_text, heading};
use serde::Serialize;
use std::collections::BTreeMap;
use synonyms::meaning_of_name;
use values::{Fit, are_clock_times, are_days, fit, lengths_unit, order_of, times_unit};

/// Why a column is taken as something, or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Because {
    /// Its name says so.
    Name,
    /// Its name does not say; what stands in it does.
    Values,
    /// Another column of the same meaning comes first; this one is asked where that one is empty.
    Next,
    /// A column of exactly this name came before: that one is taken.
    Doubled,
    /// Its name would say so, what stands in it does not: it is left alone.
    ValuesOtherwise,
}

/// What was thought about one column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Why {
    /// The column, or path.
    pub name: String,
    /// What it is, or would be, taken as.
    pub target: Target,
    /// Why.
    pub because: Because,
}

/// A profile to begin with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Suggestion {
    /// The profile; a person looks at it before it is used.
    pub profile: Profile,
    /// What was thought about each column that has a meaning.
    pub why: Vec<Why>,
}

/// A column that may be taken.
struct Candidate<'a> {
    name: &'a str,
    samples: Vec<&'a str>,
    /// How near to the beginning of the names of its meaning; what only its values say comes last.
    rank: usize,
    because: Because,
}

/// Suggests a profile for columns (or paths, as of [`leaves`](crate::tree::leaves)) with some of what stands in
/// each. `records` is the path the others begin at.
pub fn suggest(
    reads: Reads,
    name: &str,
    records: &str,
    columns: &[(String, Vec<String>)],
) -> Suggestion {
    let mut candidates: BTreeMap<Target, Vec<Candidate<'_>>> = BTreeMap::new();
    let mut why = Vec::new();
    let mut seen = std::collections::HashSet::new();
    let mut nameless = Vec::new();
    for (column, samples) in columns {
        let samples: Vec<&str> = samples
            .iter()
            .map(String::as_str)
            .filter(|cell| !cell.trim().is_empty())
            .collect();
        let is_first = seen.insert(cell_text(column));
        let Some((target, rank)) = meaning(column, reads) else {
            nameless.push((column, samples));
            continue;
        };
        let mut note = |because| {
            why.push(Why {
                name: column.clone(),
                target,
                because,
            });
        };
        if !is_first {
            note(Because::Doubled);
            continue;
        }
        if fit(target, &samples) == Fit::No {
            note(Because::ValuesOtherwise);
            continue;
        }
        candidates.entry(target).or_default().push(Candidate {
            name: column,
            samples,
            rank,
            because: Because::Name,
        });
    }
    by_values(nameless, &mut candidates);
    let mut profile = Profile::new(name, reads);
    profile.records = records.to_owned();
    for (target, mut found) in candidates {
        found.sort_by_key(|candidate| candidate.rank);
        for (at, candidate) in found.iter().enumerate() {
            why.push(Why {
                name: candidate.name.to_owned(),
                target,
                because: if at == 0 {
                    candidate.because
                } else {
                    Because::Next
                },
            });
        }
        put(&mut profile, target, reading_of(target, &found));
    }
    profile.recognised.has = recognised_by(columns, &profile);
    Suggestion { profile, why }
}

/// What a name means, and how near to the beginning of its list it stands.
fn meaning(column: &str, reads: Reads) -> Option<(Target, usize)> {
    let is_path = matches!(reads, Reads::Json | Reads::Xml);
    let names = if is_path {
        let parts: Vec<&str> = column
            .split(['.', '['])
            .filter(|part| !part.ends_with(']'))
            .collect();
        let last = parts.last().copied().unwrap_or_default();
        // `Agent.Name` is an agent's name, and `Name` could be anybody's.
        let both = parts
            .iter()
            .rev()
            .take(2)
            .rev()
            .copied()
            .collect::<String>();
        [heading(&both).name, heading(last).name]
    } else {
        [heading(column).name, String::new()]
    };
    names.iter().find_map(|name| meaning_of_name(name))
}

/// Columns whose names say nothing, where what stands in them leaves no doubt and nothing else is there for it.
fn by_values<'a>(
    nameless: Vec<(&'a String, Vec<&'a str>)>,
    candidates: &mut BTreeMap<Target, Vec<Candidate<'a>>>,
) {
    for (column, samples) in nameless {
        for key in [FactKey::FileName, FactKey::Direction, FactKey::Number] {
            let target = Target::Fact(key);
            let sides = [target, Target::Caller, Target::Callee];
            let is_there = match key {
                FactKey::Number => sides.iter().any(|target| candidates.contains_key(target)),
                _ => candidates.contains_key(&target),
            };
            if !is_there && fit(target, &samples) == Fit::Certain {
                candidates.insert(
                    target,
                    vec![Candidate {
                        name: column,
                        samples,
                        rank: usize::MAX,
                        because: Because::Values,
                    }],
                );
                break;
            }
        }
    }
}

fn reading_of(target: Target, found: &[Candidate<'_>]) -> FactReading {
    let names: Vec<&str> = found.iter().map(|candidate| candidate.name).collect();
    let mut reading = FactReading::of(&names);
    let samples = found
        .first()
        .map_or(&[][..], |candidate| &candidate.samples);
    let Target::Fact(key) = target else {
        return reading;
    };
    match key.kind() {
        FactKind::Time => {
            if let Some(day) = day_beside(found) {
                reading.date = vec![day.to_owned()];
                reading.from.retain(|name| name != day);
            }
            reading.unit = times_unit(samples);
            reading.order = order_of(samples);
        }
        FactKind::Duration => {
            let is_named = found
                .first()
                .is_some_and(|candidate| heading(candidate.name).unit.is_some());
            reading.unit = lengths_unit(samples).filter(|_| !is_named);
        }
        _ => {}
    }
    reading
}

/// Of columns that tell the time of day and the day apart, the one with the day.
fn day_beside<'a>(found: &[Candidate<'a>]) -> Option<&'a str> {
    let is_clock = |candidate: &Candidate<'_>| are_clock_times(&candidate.samples);
    let first = found.first()?;
    if is_clock(first) {
        let day = found
            .iter()
            .find(|candidate| are_days(&candidate.samples))?;
        return Some(day.name);
    }
    (are_days(&first.samples) && found.iter().any(is_clock)).then_some(first.name)
}

fn put(profile: &mut Profile, target: Target, reading: FactReading) {
    match target {
        Target::Caller => profile.caller = Some(reading),
        Target::Callee => profile.callee = Some(reading),
        Target::AsOf => profile.as_of = Some(reading),
        Target::Fact(key) => drop(profile.facts.insert(key, reading)),
    }
}

/// What the next file of this source will have, too: all columns of a table, of a side-car what is read.
fn recognised_by(columns: &[(String, Vec<String>)], profile: &Profile) -> Vec<String> {
    let is_table = profile.reads == Reads::Table;
    let is_read = |name: &String| {
        profile
            .readings()
            .any(|(_, reading)| reading.from.contains(name))
    };
    let prefix = if is_table || profile.records.is_empty() {
        String::new()
    } else {
        format!("{}.", profile.records)
    };
    columns
        .iter()
        .map(|(name, _)| name)
        .filter(|name| !cell_text(name).is_empty() && (is_table || is_read(name)))
        .map(|name| format!("{prefix}{name}"))
        .collect()
}

#[cfg(test)]
mod tests;
