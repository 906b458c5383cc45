//! What comes beside recordings: which tables and side-cars tell of which calls, looked at before anything happens.

use super::plan::{PlannedCall, plan_items};
use crate::desk::AtDesk;
use crate::ports::{FactsRequest, FoundFiles};
use qinting_app::*;
use qinting_domain::*;
use qinting_facts::{Profile, SourceTold, TableWays, Zone, facts_of_name};
use serde::Serialize;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::PathBuf;

/// Facts without a call, and such as fit several, that are handed on one by one; all are counted.
const MOST_LOOSE: usize = 50;

/// How tables and side-cars are to be read, where a person said so.
#[derive(Clone, Debug)]
pub struct BesideWays {
    /// All of them by this profile.
    pub profile: Option<Profile>,
    /// How tables are read.
    pub table: TableWays,
    /// Zone of times that name none,
    pub zone: Zone,
    /// and what it is called.
    pub zone_name: String,
    /// Which of several rows about one call counts.
    pub counts: WhichCounts,
    /// How the two files of one call are called.
    pub suffix_rules: Vec<SuffixRule>,
}

/// What an import of recordings with their facts would find. Nothing has happened yet.
#[derive(Clone, Debug, PartialEq, Serialize)]
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
    /// Paths of what is neither.
    #[serde(with = "path_text::many")]
    pub ignored: Vec<PathBuf>,
    /// How many files are neither.
    pub ignored_count: u32,
}

/// A call, and what is told of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PlannedFacts {
    /// One file, or agent and customer.
    #[serde(with = "path_text::many")]
    pub files: Vec<PathBuf>,
    /// Title it will get.
    pub title: String,
    /// What is known of it; empty where nothing is told.
    pub known: BTreeMap<FactKey, FactValue>,
    /// Where that stands, and how it is known to be about this call.
    pub from: Vec<(FactOrigin, JoinedBy)>,
    /// In what the places contradict each other.
    pub contradictions: Vec<Contradiction>,
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

impl AtDesk {
    /// What recordings, tables and side-cars among files and folders belong together. Nothing is brought in.
    pub fn calls_with_facts(&self, named: &[PathBuf], ways: &BesideWays) -> AppResult<FactsPlan> {
        self.read(|seen| seen.may(Action::CaseImport, None))?;
        let mut found = self.desk.walk(named)?;
        let tells: HashSet<PathBuf> = found.beside.iter().map(|(path, _)| path.clone()).collect();
        found.files.retain(|(path, _)| !tells.contains(path));
        let (mut sources, rows) = self.read_beside(&found, ways)?;
        let (keys, mut calls) = calls_of(&found, ways);
        let joining = join(&rows, &keys, comparable);
        let mut of_call: HashMap<usize, Vec<(usize, JoinedBy)>> = HashMap::new();
        for Joined { facts, call, by } in joining.joined {
            of_call.entry(call).or_default().push((facts, by));
            if let Some(source) = sources.get_mut(rows[facts].origin.source as usize) {
                *source.joined.entry(by).or_default() += 1;
            }
        }
        for (call, told) in of_call {
            let of_one: Vec<&ContactFacts> = told.iter().map(|(at, _)| &rows[*at]).collect();
            let from = told.iter().map(|(at, by)| (rows[*at].origin.clone(), *by));
            calls[call].from = from.collect();
            if let Some((whole, contradictions)) = merged_facts(&of_one, ways.counts) {
                calls[call].known = masked(&whole.known);
                calls[call].contradictions = contradictions;
            }
        }
        let loose = |at: usize, fits: Vec<usize>| LooseFacts {
            origin: rows[at].origin.clone(),
            known: masked(&rows[at].known),
            fits,
        };
        let is_beside = |path: &PathBuf| tells.contains(path);
        let read = found.ignored.iter().filter(|path| is_beside(path)).count();
        Ok(FactsPlan {
            calls,
            sources,
            without_call_count: joining.without_call.len(),
            without_call: (joining.without_call.iter().take(MOST_LOOSE))
                .map(|at| loose(*at, Vec::new()))
                .collect(),
            undecided_count: joining.undecided.len(),
            undecided: (joining.undecided.into_iter().take(MOST_LOOSE))
                .map(|(at, fits)| loose(at, fits))
                .collect(),
            ignored_count: found.ignored_count.saturating_sub(read as u32),
            ignored: found
                .ignored
                .into_iter()
                .filter(|path| !is_beside(path))
                .collect(),
        })
    }

    /// What the tables and side-cars say. Of one that cannot be read it is told why; the others are read.
    fn read_beside(
        &self,
        found: &FoundFiles,
        ways: &BesideWays,
    ) -> AppResult<(Vec<PlannedSource>, Vec<ContactFacts>)> {
        let cancel = Cancel::of_this_call().unwrap_or_default();
        let mut rows: Vec<ContactFacts> = Vec::new();
        let mut sources = Vec::new();
        let mut places: HashMap<FactOrigin, usize> = HashMap::new();
        for (source, (path, bytes)) in (0..).zip(&found.beside) {
            let request = FactsRequest {
                path: path.clone(),
                name: path.file_name().map(path_text::shown).unwrap_or_default(),
                source,
                profile: ways.profile.clone(),
                ways: ways.table.clone(),
                zone: ways.zone_name.clone(),
            };
            let before = rows.len();
            places.clear();
            let mut take = |row: crate::ports::FactsRow| {
                let earlier = row.instead_of.and_then(|of| places.get(&of).copied());
                let at = earlier.unwrap_or(rows.len());
                places.insert(row.facts.origin.clone(), at);
                match rows.get_mut(at) {
                    Some(earlier) => *earlier = row.facts,
                    None => rows.push(row.facts),
                }
            };
            let read = self.desk.machine.facts.read(&request, &mut take, &cancel);
            let (told, error) = match read {
                Ok(told) => (Some(told), None),
                Err(e) if e.code() == codes::CANCELLED => return Err(e),
                Err(e) => (None, Some(e.note)),
            };
            // What breaks off is no table that was read.
            if error.is_some() {
                rows.truncate(before);
            }
            sources.push(PlannedSource {
                path: path.clone(),
                bytes: *bytes,
                told,
                error,
                joined: BTreeMap::new(),
            });
        }
        Ok((sources, rows))
    }
}

/// The calls of the recordings, and what each is recognised by.
fn calls_of(found: &FoundFiles, ways: &BesideWays) -> (Vec<CallKeys>, Vec<PlannedFacts>) {
    let planned = plan_items(&found.files, &ways.suffix_rules);
    let of = |call: PlannedCall| {
        let files: Vec<PathBuf> = (call.files.iter())
            .map(|&at| found.files[at].0.clone())
            .collect();
        let mut names: Vec<String> = files.iter().map(|path| path_text::to_text(path)).collect();
        if let [first, _] = files.as_slice() {
            names.push(path_text::to_text(&first.with_file_name(&call.name)));
        }
        let began_at = began_by_name(&call.name, &ways.zone);
        let keys = CallKeys {
            number: number_in(&call.name),
            names,
            ids: Vec::new(),
            began_at,
        };
        let planned = PlannedFacts {
            files,
            title: call.title,
            known: BTreeMap::new(),
            from: Vec::new(),
            contradictions: Vec::new(),
        };
        (keys, planned)
    };
    planned.into_iter().map(of).unzip()
}

/// When a call began, where its name says so.
fn began_by_name(name: &str, zone: &Zone) -> Option<UnixMs> {
    let told = facts_of_name(None, name, zone, 0).ok()?;
    told.at(FactKey::BeganAt)
}

/// A telephone number in the name of a call: the first part of it that is one of somebody's.
fn number_in(name: &str) -> Option<String> {
    let parts = name.split(['_', '-', ' ', '.']);
    let mut numbers = parts.filter(|part| (11..=15).contains(&part.len()));
    numbers.find_map(comparable)
}

/// A number, written so that two writings of it are one.
fn comparable(number: &str) -> Option<String> {
    PhoneNumber::read(number)?.digits().map(str::to_owned)
}

/// As it is shown: of names and numbers the beginning.
fn masked(known: &BTreeMap<FactKey, FactValue>) -> BTreeMap<FactKey, FactValue> {
    let shown = known.iter().map(|(key, value)| match value {
        FactValue::Text(text) if key.is_personal() => (*key, FactValue::Text(masked_text(text))),
        other => (*key, other.clone()),
    });
    shown.collect()
}
