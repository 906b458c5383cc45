//! The batches of this process.

use super::beside::{Incoming, PlannedSource, ProfileBy, SourceWays};
use super::plan::stem;
use super::shapes::{
    CallFiles, FactDecided, ImportAgain, ImportBatch, ImportCall, ImportFile, ImportObstacle,
    ImportState, SourceAsked,
};
use crate::tickets::Ticket;
use parking_lot::{Condvar, Mutex};
use qinting_app::{AppError, AppResult, Cancel, FactsOf, codes};
use qinting_domain::{ContactFacts, Contradiction, FactPlace, ImportBasis, path_text};
use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::sync::Arc;

/// Batches that are told of when they are over: every status carries them all.
const REMEMBERED: usize = 16;

/// Plans whose files are remembered until they are imported.
const LOOKED_AT: usize = 8;

/// A batch of this process.
pub(super) struct Entered {
    pub(super) batch: ImportBatch,
    pub(super) cancel: Cancel,
    /// What it was asked to bring in.
    calls: Arc<[CallFiles]>,
    /// On what.
    basis: ImportBasis,
}

/// What was found in what a person brought.
pub(super) struct Looked {
    /// Recordings, in their order.
    files: Vec<PathBuf>,
    /// Tables and side-cars, in their order.
    sources: Vec<PathBuf>,
    /// What their profiles are called; empty where one was made of what is there, and is nobody's.
    profiles: Vec<String>,
    /// What is told of a call, by the places of its files, the lower one first.
    told: HashMap<Vec<u32>, Arc<ContactFacts>>,
    /// In what that contradicts itself, the same way.
    contradictions: HashMap<Vec<u32>, Vec<Contradiction>>,
    /// What is told of calls that are here already.
    pub(super) later: Vec<FactsOf>,
}

impl Looked {
    /// These files, of which nothing is told yet.
    pub(super) fn of(files: &[(PathBuf, u64)], sources: &[PlannedSource]) -> Self {
        Self {
            files: files.iter().map(|(path, _)| path.clone()).collect(),
            sources: sources.iter().map(|source| source.path.clone()).collect(),
            profiles: sources.iter().map(profile_of).collect(),
            told: HashMap::new(),
            contradictions: HashMap::new(),
            later: Vec::new(),
        }
    }

    /// Keeps what is told of the call of these files; of most nothing is.
    pub(super) fn tell(&mut self, files: impl IntoIterator<Item = u32>, facts: ContactFacts) {
        if !facts.known.is_empty() || !facts.rest.is_empty() {
            self.told.insert(in_order(files), Arc::new(facts));
        }
    }

    /// Keeps in what it contradicts itself.
    pub(super) fn doubt(&mut self, files: impl IntoIterator<Item = u32>, all: Vec<Contradiction>) {
        if !all.is_empty() {
            self.contradictions.insert(in_order(files), all);
        }
    }

    /// What is told of the call of these files, as a person decided where it contradicts itself. `invalid` where
    /// nothing of the kind was to be decided.
    fn decided(
        &self,
        files: &[u32],
        facts: Arc<ContactFacts>,
        decided: &[FactDecided],
    ) -> AppResult<Arc<ContactFacts>> {
        if decided.is_empty() {
            return Ok(facts);
        }
        let invalid = || AppError::new(codes::INVALID).with("field", "decided");
        let doubts = self.contradictions.get(&in_order(files.iter().copied()));
        let mut facts = Arc::unwrap_or_clone(facts);
        for FactDecided { key, said } in decided {
            let mut doubts = doubts.into_iter().flatten();
            let doubt = doubts.find(|doubt| doubt.key == *key);
            let (value, _) =
                (doubt.and_then(|doubt| doubt.said.get(*said as usize))).ok_or_else(invalid)?;
            facts.known.insert(*key, value.clone());
        }
        Ok(Arc::new(facts))
    }

    /// What is told of the call of these files: nothing where they are not exactly those of a planned one, because
    /// what was told is of both sides together.
    pub(super) fn facts_of(
        &self,
        files: impl IntoIterator<Item = u32>,
    ) -> Option<Arc<ContactFacts>> {
        self.told.get(&in_order(files)).cloned()
    }

    /// A call that comes in, with what is told of it.
    pub(super) fn call_of(
        &self,
        paths: Vec<PathBuf>,
        title: &str,
        files: impl IntoIterator<Item = u32>,
    ) -> CallFiles {
        let facts = self.facts_of(files);
        let origin = facts.as_deref().map(|facts| &facts.origin);
        let source = origin.filter(|origin| origin.place != FactPlace::Name);
        let profile = source.and_then(|origin| self.profiles.get(origin.source as usize));
        CallFiles {
            paths,
            title: title.to_owned(),
            source: profile.cloned().unwrap_or_default(),
            facts,
            ..CallFiles::default()
        }
    }
}

fn profile_of(source: &PlannedSource) -> String {
    let profile = source.told.as_ref().map(|told| &told.profile);
    let named = profile.filter(|profile| profile.by != ProfileBy::Suggested);
    named
        .map(|profile| profile.name.clone())
        .unwrap_or_default()
}

/// A call is the same whichever of its files is named first.
fn in_order(files: impl IntoIterator<Item = u32>) -> Vec<u32> {
    let mut files: Vec<u32> = files.into_iter().collect();
    files.sort_unstable();
    files
}

/// Batches of this process.
#[derive(Default)]
pub(crate) struct Imports {
    pub(super) batches: Mutex<Vec<Entered>>,
    looked: Mutex<Vec<(Ticket, Looked)>>,
    pub(super) moved: Condvar,
}

impl Imports {
    /// Puts a new batch on the list and gives its number. What was over long ago is forgotten.
    pub(super) fn enter(
        &self,
        calls: Arc<[CallFiles]>,
        basis: &ImportBasis,
        cancel: &Cancel,
    ) -> u32 {
        let files = calls.iter().flat_map(files_of).collect();
        let mut batches = self.batches.lock();
        let id = batches.iter().map(|e| e.batch.id + 1).max().unwrap_or(1);
        let mut too_many = (batches.len() + 1).saturating_sub(REMEMBERED);
        batches.retain(|e| {
            let goes = too_many > 0 && e.batch.state != ImportState::Running;
            too_many -= usize::from(goes);
            !goes
        });
        let batch = ImportBatch {
            id,
            state: ImportState::Running,
            files,
            current: 0,
            current_permille: 0,
            applied: None,
            not_applied: None,
        };
        batches.push(Entered {
            batch,
            cancel: cancel.clone(),
            calls,
            basis: basis.clone(),
        });
        id
    }

    /// What was found for a plan: an import names files by their places, the next plan sources by theirs.
    pub(super) fn looked_at(&self, ticket: Ticket, found: Looked) {
        let mut looked = self.looked.lock();
        looked.retain(|(other, _)| *other != ticket);
        if looked.len() == LOOKED_AT {
            looked.remove(0);
        }
        looked.push((ticket, found));
    }

    /// What was said of sources of the plan before, by where these lie: a table that was put beside them since
    /// changes no place.
    pub(super) fn ways_of(
        &self,
        ticket: &Ticket,
        asked: Vec<SourceAsked>,
    ) -> AppResult<BTreeMap<PathBuf, SourceWays>> {
        let looked = self.looked.lock();
        let before = looked.iter().find(|(other, _)| other == ticket);
        let one = |asked: SourceAsked| {
            let sources = before.map(|(_, before)| &before.sources);
            let path = sources.and_then(|all| all.get(asked.source as usize));
            let unknown = || AppError::new(codes::INVALID).with("field", "sources");
            let ways = SourceWays {
                profile: asked.profile,
                table: asked.table,
            };
            Ok((path.ok_or_else(unknown)?.clone(), ways))
        };
        asked.into_iter().map(one).collect()
    }

    /// What a person chose of the files of a plan, each of them once, and what the plan tells of calls that are here.
    pub(super) fn chosen_of(&self, ticket: &Ticket, calls: &[ImportCall]) -> AppResult<Incoming> {
        let looked = self.looked.lock();
        let (_, found) = (looked.iter().find(|(other, _)| other == ticket))
            .ok_or_else(|| AppError::new(codes::TICKET_SPENT))?;
        let mut left: Vec<Option<&PathBuf>> = found.files.iter().map(Some).collect();
        let mut file = |at: &u32| {
            let one = left.get_mut(*at as usize).and_then(Option::take);
            (one.cloned()).ok_or_else(|| AppError::new(codes::INVALID).with("field", "files"))
        };
        let call = |call: &ImportCall| {
            let paths = call.files.iter().map(&mut file).collect::<AppResult<_>>()?;
            let one = found.call_of(paths, &call.title, call.files.iter().copied());
            let facts = one
                .facts
                .map(|facts| found.decided(&call.files, facts, &call.decided));
            Ok(CallFiles {
                facts: facts.transpose()?,
                ..one
            })
        };
        Ok(Incoming {
            calls: calls.iter().map(call).collect::<AppResult<_>>()?,
            later: found.later.clone(),
            ..Incoming::default()
        })
    }

    /// The call of a file, as it is brought in after all, on what its batch was. What breaks off comes with the
    /// other file of its call; what is known comes so when both are one call here, too.
    pub(super) fn again(&self, asked: &ImportAgain) -> AppResult<Incoming> {
        let batches = self.batches.lock();
        let of_call = |e: &Entered| {
            let mut first = 0;
            e.calls.iter().find_map(|call| {
                let files = first..first + call.paths.len();
                first = files.end;
                let at = (asked.file as usize).checked_sub(files.start)?;
                (at < call.paths.len()).then(|| (call.clone(), at, e.batch.files[files].to_vec()))
            })
        };
        let entered = batches.iter().find(|e| e.batch.id == asked.batch);
        let found = entered.and_then(|e| Some((of_call(e)?, e.basis.clone())));
        let ((mut call, at, files), basis) =
            found.ok_or_else(|| AppError::new(codes::NOT_FOUND))?;
        match asked.although {
            ImportObstacle::Truncated => call.take_what_is_there = true,
            ImportObstacle::Known => {
                call.as_own_call = true;
                if files.iter().any(|f| f.case_id != files[at].case_id) {
                    let path = call.paths.swap_remove(at);
                    call.title = stem(&path);
                    call.paths = vec![path];
                }
            }
        }
        Ok(Incoming {
            calls: vec![call],
            basis,
            ..Incoming::default()
        })
    }
}

/// The files of an item, undecided.
fn files_of(call: &CallFiles) -> impl Iterator<Item = ImportFile> + '_ {
    call.paths.iter().map(|path| ImportFile {
        path: path_text::to_text(path),
        outcome: None,
        case_id: None,
        duration_ms: None,
        channels: None,
        error: None,
        notices: Vec::new(),
        wordless: false,
        facts: 0,
        unheard: Vec::new(),
        sides: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use qinting_domain::{FactKey, FactOrigin, FactValue};

    #[test]
    fn a_call_has_the_facts_of_the_planned_call_of_exactly_its_files() {
        let mut looked = Looked::of(&[], &[]);
        let origin = FactOrigin {
            source: 0,
            place: FactPlace::Name,
        };
        let mut facts = ContactFacts::of(origin);
        looked.tell([7], facts.clone());
        let agent = FactValue::Text("林小满".into());
        facts.known.insert(FactKey::Agent, agent);
        looked.tell([4, 2], facts.clone());
        for same in [[4, 2], [2, 4]] {
            assert_eq!(looked.facts_of(same).as_deref(), Some(&facts));
        }
        for other in [&[2][..], &[4], &[2, 3], &[], &[7]] {
            assert_eq!(looked.facts_of(other.to_vec()), None, "{other:?}");
        }
    }
}
