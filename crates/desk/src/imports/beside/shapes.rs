//! What a plan says.

use super::ports::{ShippedProfile, SourceTold};
use crate::imports::shapes::CallFiles;
use qinting_app::FactsOf;
use qinting_domain::*;
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::PathBuf;
use ts_rs::TS;

/// What an import of recordings with their facts would find. Nothing has happened. Names and numbers of people are
/// masked in all of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, TS)]
pub struct FactsPlan {
    /// Cases to be, and what is told of each.
    pub calls: Vec<PlannedFacts>,
    /// The first calls that are here already and of which something is told.
    pub here: Vec<HereFacts>,
    /// How many there are of them.
    pub here_count: usize,
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
    /// Profiles that come with the program, which a source can be read by.
    pub shipped: Vec<ShippedProfile>,
    /// Profiles the workspace remembers and that cannot be followed any more: they were passed over.
    pub profiles_unreadable: Vec<String>,
    /// Profiles a person named that fit no source and no name.
    pub profiles_unused: Vec<String>,
    /// Paths of what is neither: the first of it,
    #[serde(with = "path_text::many")]
    #[ts(type = "Array<string>")]
    pub ignored: Vec<PathBuf>,
    /// and how much in all.
    pub ignored_count: u32,
    /// Folders that were not looked into.
    #[serde(with = "path_text::many")]
    #[ts(type = "Array<string>")]
    pub unopened: Vec<PathBuf>,
}

/// A file among those a person brought.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct PlannedFile {
    /// Which one it is, among all recordings that were brought.
    pub at: u32,
    /// Where it lies.
    #[serde(with = "path_text::one")]
    #[ts(type = "string")]
    pub path: PathBuf,
    /// Bytes.
    pub bytes: u64,
}

/// A call, and what is told of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, TS)]
pub struct PlannedFacts {
    /// One file, or agent and customer.
    pub files: Vec<PlannedFile>,
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Already {
    /// In this case.
    pub case_id: CaseId,
    /// It is the sound of this contact.
    pub contact_id: ContactId,
    /// Which lies in the bin.
    pub in_bin: bool,
}

/// A table or a side-car.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct PlannedSource {
    /// Where it lies.
    #[serde(with = "path_text::one")]
    #[ts(type = "string")]
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
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct LooseFacts {
    /// Where they stand.
    pub origin: FactOrigin,
    /// What is known.
    pub known: BTreeMap<FactKey, FactValue>,
    /// The calls of the plan they fit; none where they fit several that are here already.
    pub fits: Vec<usize>,
}

/// A call that is here already, and what is told of it.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct HereFacts {
    /// Its case.
    pub case_id: CaseId,
    /// The case's title.
    pub title: String,
    /// What is told of it.
    pub known: BTreeMap<FactKey, FactValue>,
    /// Where that stands, and how it is known to be about this call.
    pub from: Vec<(FactOrigin, JoinedBy)>,
    /// In what the places contradict each other.
    pub contradictions: Vec<Contradiction>,
    /// The length of its sound and the one that is told, where they cannot both be right.
    pub lengths_apart: Option<LengthsApart>,
}

/// What an import brings in.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Incoming {
    /// Cases to be, with their facts.
    pub calls: Vec<CallFiles>,
    /// What is told of calls that are here already.
    pub later: Vec<FactsOf>,
    /// On what new calls are brought in; those that are here keep what they have.
    pub basis: ImportBasis,
}
