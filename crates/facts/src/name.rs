//! Facts that stand in the name of a recording.

use crate::profile::fault::pattern;
use crate::profile::{FactReading, Profile, ProfileFault, Reads};
use crate::reading::Reading;
use crate::summary::Summary;
use jiff::Timestamp;
use qinting_domain::{ContactFacts, FactKey, FactOrigin, FactPlace, FactValue, times_in};
use qinting_table::value::Zone;

/// A profile of file names, made ready.
struct Pattern {
    /// What it is called.
    profile: String,
    pattern: regex::Regex,
    groups: Vec<String>,
    reading: Reading,
}

impl Pattern {
    /// Groups that are called like a fact are that fact, unless the profile says how to read it.
    fn of(profile: &Profile, default_zone: &Zone) -> Result<Self, ProfileFault> {
        let written = profile
            .pattern
            .as_deref()
            .ok_or(ProfileFault::PatternMissing)?;
        let pattern = pattern("pattern", written)?;
        let groups: Vec<String> = pattern
            .capture_names()
            .flatten()
            .map(str::to_owned)
            .collect();
        let mut profile = profile.clone();
        for group in &groups {
            let plain = || FactReading::of(&[group]);
            match (group.as_str(), FactKey::named(group)) {
                ("caller", _) => drop(profile.caller.get_or_insert_with(plain)),
                ("callee", _) => drop(profile.callee.get_or_insert_with(plain)),
                (_, Some(key)) => drop(profile.facts.entry(key).or_insert_with(plain)),
                _ => {}
            }
        }
        Ok(Self {
            profile: profile.name.clone(),
            reading: Reading::of_table(&profile, &groups, default_zone, 0)?,
            pattern,
            groups,
        })
    }

    /// What is read out of a name; `None` where the pattern does not fit.
    fn read(&self, name: &str) -> Option<ContactFacts> {
        let found = self.pattern.captures(last_part(name))?;
        let groups: Vec<(String, String)> = self
            .groups
            .iter()
            .map(|group| {
                let said = found.name(group).map_or("", |part| part.as_str());
                (group.clone(), said.to_owned())
            })
            .collect();
        Some(self.reading.name(&groups, &mut Summary::default()))
    }
}

/// The name without its folders.
pub(crate) fn last_part(name: &str) -> &str {
    name.trim_end_matches(['/', '\\'])
        .rsplit(['/', '\\'])
        .next()
        .unwrap_or(name)
}

/// The facts of names.
pub struct Names {
    patterns: Vec<Pattern>,
    zone: Zone,
}

impl Names {
    /// By the profiles of file names among these. `default_zone` is that of times which name none.
    ///
    /// # Errors
    /// [`ProfileFault`] for a profile that was made and not parsed.
    pub fn of(profiles: &[Profile], default_zone: &Zone) -> Result<Self, ProfileFault> {
        let of_names = profiles
            .iter()
            .filter(|profile| profile.reads == Reads::FileName);
        let patterns = of_names.map(|profile| Pattern::of(profile, default_zone));
        Ok(Self {
            patterns: patterns.collect::<Result<_, _>>()?,
            zone: default_zone.clone(),
        })
    }

    /// The facts of a name, and the profile they are read by: the first whose pattern fits. Where none does, the
    /// time it began in one of the shapes recorders write it in.
    pub fn read(&self, name: &str) -> (ContactFacts, Option<&str>) {
        let mut patterns = self.patterns.iter();
        let read = patterns.find_map(|one| Some((one.read(name)?, Some(one.profile.as_str()))));
        read.unwrap_or_else(|| (began(name, &self.zone), None))
    }
}

fn began(name: &str, zone: &Zone) -> ContactFacts {
    let mut facts = ContactFacts::of(FactOrigin {
        source: 0,
        place: FactPlace::Name,
    });
    let ahead = |at: i64| {
        let at = Timestamp::from_millisecond(at).unwrap_or_default();
        // What a wall shows is read as if it were UTC: at a change of clocks that is an hour off at worst.
        i64::from(zone.to_offset(at).seconds()) * 1_000
    };
    if let Some(began) = times_in(last_part(name), &ahead).first() {
        facts.known.insert(FactKey::BeganAt, FactValue::At(*began));
    }
    facts
}
