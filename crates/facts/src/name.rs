//! Facts that stand in the name of a recording.

use crate::profile::fault::pattern;
use crate::profile::{FactReading, Profile, ProfileFault, Reads, Target};
use crate::reading::Reading;
use crate::summary::Summary;
use jiff::Timestamp;
use qinting_domain::{ContactFacts, FactKey, FactOrigin, FactPlace, FactValue, times_in};
use qinting_table::value::Zone;
use serde::Serialize;
use ts_rs::TS;

/// Most names a pattern is tried on at once.
const MOST_TRIED: usize = 1_000;

/// What a pattern reads out of one name.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct NameRead {
    /// The name, without folders.
    pub name: String,
    /// What each group holds; `None` where the pattern does not fit.
    pub groups: Option<Vec<(String, String)>>,
    /// The facts that are read out of them.
    pub facts: Option<ContactFacts>,
}

/// A profile of file names, made ready.
pub(crate) struct Names {
    pattern: regex::Regex,
    groups: Vec<String>,
    reading: Reading,
}

impl Names {
    /// Groups that are called like a fact are that fact, unless the profile says how to read it.
    pub fn of(profile: &Profile, default_zone: &Zone, source: u32) -> Result<Self, ProfileFault> {
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
            reading: Reading::of_table(&profile, &groups, default_zone, source)?,
            pattern,
            groups,
        })
    }

    /// What is read out of a name; `None` where the pattern does not fit.
    pub fn read(
        &self,
        name: &str,
        summary: &mut Summary,
    ) -> Option<(Vec<(String, String)>, ContactFacts)> {
        let found = self.pattern.captures(last_part(name))?;
        let groups: Vec<(String, String)> = self
            .groups
            .iter()
            .map(|group| {
                let said = found.name(group).map_or("", |part| part.as_str());
                (group.clone(), said.to_owned())
            })
            .collect();
        let facts = self.reading.name(&groups, summary);
        Some((groups, facts))
    }
}

/// The name without its folders.
pub(crate) fn last_part(name: &str) -> &str {
    name.trim_end_matches(['/', '\\'])
        .rsplit(['/', '\\'])
        .next()
        .unwrap_or(name)
}

/// What a pattern reads out of some names: the test box beside it. At most the first thousand.
///
/// # Errors
/// [`ProfileFault::Pattern`], with what is wrong.
pub fn try_pattern(
    written: &str,
    names: &[&str],
    default_zone: &Zone,
) -> Result<Vec<NameRead>, ProfileFault> {
    let mut profile = Profile::new("", Reads::FileName);
    profile.pattern = Some(written.to_owned());
    let pattern = Names::of(&profile, default_zone, 0)?;
    let mut summary = Summary::default();
    let read = names.iter().take(MOST_TRIED).map(|name| {
        let (groups, facts) = pattern.read(name, &mut summary).unzip();
        NameRead {
            name: last_part(name).to_owned(),
            groups,
            facts,
        }
    });
    Ok(read.collect())
}

/// The facts of a name: by a profile of file names, or, without one or where its pattern does not fit, the time it
/// began in one of the shapes recorders write it in.
///
/// # Errors
/// [`ProfileFault`] for a profile that was made and not parsed.
pub fn facts_of_name(
    profile: Option<&Profile>,
    name: &str,
    default_zone: &Zone,
    source: u32,
) -> Result<ContactFacts, ProfileFault> {
    if let Some(profile) = profile {
        let read = Names::of(profile, default_zone, source)?.read(name, &mut Summary::default());
        if let Some((_, facts)) = read {
            return Ok(facts);
        }
    }
    let mut facts = ContactFacts::of(FactOrigin {
        source,
        place: FactPlace::Name,
    });
    let ahead = |at: i64| {
        let at = Timestamp::from_millisecond(at).unwrap_or_default();
        // What a wall shows is read as if it were UTC: at a change of clocks that is an hour off at worst.
        i64::from(default_zone.to_offset(at).seconds()) * 1_000
    };
    if let Some(began) = times_in(last_part(name), &ahead).first() {
        facts.known.insert(FactKey::BeganAt, FactValue::At(*began));
    }
    Ok(facts)
}

/// Names by a profile, one after the other.
pub struct ApplyNames {
    names: Names,
    /// What was seen so far.
    pub summary: Summary,
}

impl ApplyNames {
    /// Ready for names of a source.
    ///
    /// # Errors
    /// [`ProfileFault`] for a profile that was made and not parsed, or without a pattern.
    pub fn of(profile: &Profile, default_zone: &Zone, source: u32) -> Result<Self, ProfileFault> {
        Ok(Self {
            names: Names::of(profile, default_zone, source)?,
            summary: Summary::default(),
        })
    }

    /// The facts of a name; `None` where the pattern does not fit.
    pub fn read(&mut self, name: &str) -> Option<ContactFacts> {
        let (_, facts) = self.names.read(name, &mut self.summary)?;
        Some(facts)
    }

    /// What is read out of the groups.
    pub fn reads(&self) -> Vec<Target> {
        self.names
            .reading
            .taken_as()
            .into_values()
            .flatten()
            .collect()
    }
}
