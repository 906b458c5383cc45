//! What a plan says.

use super::ports::SourceTold;
use qinting_domain::*;
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// What an import of recordings with their facts would find. Nothing has happened. Names and numbers of people are
/// masked in all of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct FactsPlan {
    /// Cases to be, and what is told of each.
    pub calls: Vec<PlannedFacts>,
    /// Tables and side-cars, in the order of their files.
    pub sources: Vec<PlannedSource>,
    /// The first facts without a call among these recordings.
    pub without_call: Vec<LooseFacts>,
    /// How many there are of them.
    pub without_call_count: usize,
    /// The first facts that fit several of these calls alike: given to none of them.
    pub undecided: Vec<LooseFacts>,
    /// How many there are of them.
    pub undecided_count: usize,
    /// Profiles a person named that fit no source and no name.
    pub profiles_unused: Vec<String>,
    /// Paths of what is neither: the first of it,
    #[serde(with = "path_text::many")]
    pub ignored: Vec<PathBuf>,
    /// and how much in all.
    pub ignored_count: u32,
    /// Folders that were not looked into.
    #[serde(with = "path_text::many")]
    pub unopened: Vec<PathBuf>,
}

/// A call, and what is told of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct PlannedFacts {
    /// One file, or agent and customer.
    #[serde(with = "path_text::many")]
    pub files: Vec<PathBuf>,
    /// Title it will get.
    pub title: String,
    /// What is known of it; empty where nothing is told.
    pub known: BTreeMap<FactKey, FactValue>,
    /// Where that stands, and how it is known to be about this call. Its name is not among them.
    pub from: Vec<(FactOrigin, JoinedBy)>,
    /// In what the places contradict each other.
    pub contradictions: Vec<Contradiction>,
    /// The length of its sound and the one that is told, where they cannot both be right.
    pub lengths_apart: Option<LengthsApart>,
    /// The same bytes are here already.
    pub already: Option<Already>,
    /// The same bytes as this earlier call of the plan.
    pub same_as: Option<usize>,
}

/// Where a recording is that was to be brought in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Already {
    /// In this case.
    pub case_id: CaseId,
    /// Which lies in the bin.
    pub in_bin: bool,
}

/// A table or a side-car.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PlannedSource {
    /// Where it lies.
    #[serde(with = "path_text::one")]
    pub path: PathBuf,
    /// Bytes.
    pub bytes: u64,
    /// What it says; `None` where nothing of it can be read.
    pub told: Option<SourceTold>,
    /// Why nothing can.
    pub error: Option<ErrorNote>,
    /// How many of its rows or records are about these calls, and how that is known.
    pub joined: BTreeMap<JoinedBy, usize>,
    /// None of them is, and its calls were days before or after these.
    pub is_of_another_time: bool,
}

/// Facts that have no place.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LooseFacts {
    /// Where they stand.
    pub origin: FactOrigin,
    /// What is known.
    pub known: BTreeMap<FactKey, FactValue>,
    /// The calls they fit.
    pub fits: Vec<usize>,
}
