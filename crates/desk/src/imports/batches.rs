//! The batches of this process.

use super::shapes::{ImportBatch, ImportFile, ImportItem, ImportState};
use parking_lot::{Condvar, Mutex};
use qinting_app::Cancel;

/// Batches that are told of when they are over: every status carries them all.
const REMEMBERED: usize = 16;

/// Batches of this process.
#[derive(Default)]
pub(crate) struct Imports {
    pub(super) batches: Mutex<Vec<(ImportBatch, Cancel)>>,
    /// Plans that are being made, by the number their asker gave.
    pub(super) planning: Mutex<Vec<(u32, Cancel)>>,
    pub(super) moved: Condvar,
}

impl Imports {
    /// Puts a new batch on the list and gives its number. What was over long ago is forgotten.
    pub(super) fn enter(&self, items: &[ImportItem], cancel: &Cancel) -> u32 {
        let files = items.iter().flat_map(files_of).collect();
        let mut batches = self.batches.lock();
        let id = batches.iter().map(|(b, _)| b.id + 1).max().unwrap_or(1);
        let mut too_many = (batches.len() + 1).saturating_sub(REMEMBERED);
        batches.retain(|(b, _)| {
            let goes = too_many > 0 && b.state != ImportState::Running;
            too_many -= usize::from(goes);
            !goes
        });
        let batch = ImportBatch {
            id,
            state: ImportState::Running,
            files,
            current: 0,
            current_permille: 0,
        };
        batches.push((batch, cancel.clone()));
        id
    }
}

/// The files of an item, undecided.
fn files_of(item: &ImportItem) -> impl Iterator<Item = ImportFile> + '_ {
    item.paths.iter().map(|path| ImportFile {
        path: path.clone(),
        outcome: None,
        case_id: None,
        duration_ms: None,
        channels: None,
        error: None,
        notices: Vec::new(),
        other: item.paths.iter().find(|p| *p != path).cloned(),
        wordless: false,
    })
}
