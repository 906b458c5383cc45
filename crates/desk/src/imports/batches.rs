//! The batches of this process.

use super::plan::stem;
use super::shapes::{
    CallFiles, ImportAgain, ImportBatch, ImportCall, ImportFile, ImportObstacle, ImportState,
};
use crate::tickets::Ticket;
use parking_lot::{Condvar, Mutex};
use qinting_app::{AppError, AppResult, Cancel, codes};
use qinting_domain::path_text;
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
}

/// Files that were found in what a person brought, in their order.
type Looked = (Ticket, Vec<(PathBuf, u64)>);

/// Batches of this process.
#[derive(Default)]
pub(crate) struct Imports {
    pub(super) batches: Mutex<Vec<Entered>>,
    looked: Mutex<Vec<Looked>>,
    pub(super) moved: Condvar,
}

impl Imports {
    /// Puts a new batch on the list and gives its number. What was over long ago is forgotten.
    pub(super) fn enter(&self, calls: Arc<[CallFiles]>, cancel: &Cancel) -> u32 {
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
        });
        id
    }

    /// Files that were found for a plan: an import names them by their places.
    pub(super) fn looked_at(&self, ticket: Ticket, files: Vec<(PathBuf, u64)>) {
        let mut looked = self.looked.lock();
        looked.retain(|(other, _)| *other != ticket);
        if looked.len() == LOOKED_AT {
            looked.remove(0);
        }
        looked.push((ticket, files));
    }

    /// What a person chose of the files of a plan, each of them once.
    pub(super) fn chosen_of(
        &self,
        ticket: &Ticket,
        calls: &[ImportCall],
    ) -> AppResult<Vec<CallFiles>> {
        let looked = self.looked.lock();
        let (_, files) = (looked.iter().find(|(other, _)| other == ticket))
            .ok_or_else(|| AppError::new(codes::TICKET_SPENT))?;
        let mut left: Vec<Option<&PathBuf>> = files.iter().map(|(path, _)| Some(path)).collect();
        let mut file = |at: &u32| {
            let one = left.get_mut(*at as usize).and_then(Option::take);
            (one.cloned()).ok_or_else(|| AppError::new(codes::INVALID).with("field", "files"))
        };
        let call = |call: &ImportCall| {
            Ok(CallFiles {
                paths: call.files.iter().map(&mut file).collect::<AppResult<_>>()?,
                title: call.title.clone(),
                ..CallFiles::default()
            })
        };
        calls.iter().map(call).collect()
    }

    /// The call of a file, as it is brought in after all. What breaks off comes with the other file of its
    /// call; what is known comes so when both are one call here, too.
    pub(super) fn again(&self, asked: &ImportAgain) -> AppResult<CallFiles> {
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
        let (mut call, at, files) =
            (entered.and_then(of_call)).ok_or_else(|| AppError::new(codes::NOT_FOUND))?;
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
        Ok(call)
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
    })
}
