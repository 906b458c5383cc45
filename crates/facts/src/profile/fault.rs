//! Why a profile cannot be followed, found when it is read and not when a call comes.

use super::{Profile, Reads, SCHEMA};
use crate::reading::meaning_of;
use crate::tree::{Path, TreeFault};
use qinting_table::value::zone_named;
use regex::{Regex, RegexBuilder};

/// Most memory of a pattern.
const MOST_PATTERN_BYTES: usize = 1 << 20;

/// Why a profile cannot be followed. `of` says which word of it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProfileFault {
    /// Not JSON.
    #[error("the profile is not readable: {0}")]
    NotRead(TreeFault),
    /// Not of this version.
    #[error("a profile of version {found:?}; known is {SCHEMA}")]
    Version {
        /// What it says.
        found: Option<u64>,
    },
    /// A word that is none, or a value of another kind.
    #[error("the profile has a word that is not known: {said}")]
    Shape {
        /// Which, in English.
        said: String,
    },
    /// Not a path.
    #[error("{of}: not a path at character {at}")]
    Path {
        /// Of which word.
        of: String,
        /// From where on, from 1.
        at: usize,
    },
    /// Not a pattern.
    #[error("{of}: not a pattern: {said}")]
    Pattern {
        /// Of which word.
        of: String,
        /// What is wrong, in English.
        said: String,
    },
    /// Not a zone.
    #[error("{of}: not a zone: {name}")]
    Zone {
        /// Of which word.
        of: String,
        /// What it says.
        name: String,
    },
    /// A meaning the fact does not have.
    #[error("{of}: {meaning} is no meaning of it")]
    Meaning {
        /// Of which fact.
        of: String,
        /// What it says.
        meaning: String,
    },
    /// A profile of file names without a pattern.
    #[error("a profile of file names needs a pattern")]
    PatternMissing,
}

impl ProfileFault {
    /// As hosts word it.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotRead(_) => "profile.unreadable",
            Self::Version { .. } => "profile.version",
            Self::Shape { .. }
            | Self::Path { .. }
            | Self::Pattern { .. }
            | Self::Zone { .. }
            | Self::Meaning { .. }
            | Self::PatternMissing => "profile.word",
        }
    }
}

impl ProfileFault {
    /// What its wording needs beside the code.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::NotRead(fault) => fault.args(),
            Self::Version { .. } => Vec::new(),
            word => vec![("said", word.to_string())],
        }
    }
}

/// A pattern that cannot grow beyond measure; matching is linear in the text.
pub(crate) fn pattern(of: &str, written: &str) -> Result<Regex, ProfileFault> {
    RegexBuilder::new(written)
        .size_limit(MOST_PATTERN_BYTES)
        .build()
        .map_err(|error| ProfileFault::Pattern {
            of: of.to_owned(),
            said: error.to_string(),
        })
}

/// A path of a side-car.
pub(crate) fn path(of: &str, written: &str) -> Result<Path, ProfileFault> {
    written
        .parse()
        .map_err(|fault: crate::tree::PathFault| ProfileFault::Path {
            of: of.to_owned(),
            at: fault.at,
        })
}

impl Profile {
    /// Looks whether all it says can be followed.
    pub(super) fn look(&self) -> Result<(), ProfileFault> {
        let is_tree = matches!(self.reads, Reads::Json | Reads::Xml);
        path("records", &self.records)?;
        if let Some(name) = &self.zone {
            zone("zone", name)?;
        }
        if let Some(written) = &self.recognised.file_name {
            pattern("recognised.file_name", written)?;
        }
        for (name, written) in &self.recognised.says {
            pattern(&format!("recognised.says.{name}"), written)?;
        }
        match &self.pattern {
            Some(written) => drop(pattern("pattern", written)?),
            None if self.reads == Reads::FileName => return Err(ProfileFault::PatternMissing),
            None => {}
        }
        if is_tree {
            for name in self
                .recognised
                .has
                .iter()
                .chain(self.recognised.says.keys())
            {
                path("recognised", name)?;
            }
        }
        for (target, reading) in self.readings() {
            let of = target.as_str();
            if let Some(name) = &reading.zone {
                zone(of, name)?;
            }
            if let Some(written) = &reading.taking {
                pattern(of, written)?;
            }
            for written in reading.from.iter().chain(&reading.date).filter(|_| is_tree) {
                path(of, written)?;
            }
            let meanings = reading.words.values().chain(&reading.constant);
            if let Some(meaning) = meanings
                .filter(|word| !word.is_empty())
                .find(|word| !meaning_of(target, word))
            {
                return Err(ProfileFault::Meaning {
                    of: of.to_owned(),
                    meaning: meaning.clone(),
                });
            }
        }
        Ok(())
    }
}

fn zone(of: &str, name: &str) -> Result<(), ProfileFault> {
    let is_one = zone_named(name).is_some();
    is_one.then_some(()).ok_or_else(|| ProfileFault::Zone {
        of: of.to_owned(),
        name: name.to_owned(),
    })
}
