//! Bringing calls in: what is one call, batches with progress and cancel, duplicates, errors per
//! file. A file is in whole or not at all.

use crate::app::{App, Seat};
use crate::ports::*;
use crate::{AppError, AppResult, codes, views::*};
use parking_lot::{Condvar, Mutex};
use std::path::{Path, PathBuf};

mod batch;
mod plan;

use batch::{Batch, Pace};
use plan::{gather, plan_items};

/// File endings that are taken from folders. A file named by a person is always tried.
pub const AUDIO_ENDINGS: [&str; 12] = [
    "wav", "wave", "mp3", "m4a", "mp4", "aac", "flac", "ogg", "oga", "opus", "aif", "aiff",
];

/// Files of one plan at most; more is a mistake in the folder that was chosen.
const MAX_FILES: usize = 20_000;

/// Batches of this process.
#[derive(Default)]
pub(crate) struct Imports {
    batches: Mutex<Vec<(ImportBatch, Cancel)>>,
    moved: Condvar,
}

impl Seat {
    /// What an import of these paths would do: folders opened, the two files of one call joined.
    pub fn import_plan(&self, request: ImportPlanRequest) -> AppResult<ImportPlan> {
        let mut files: Vec<(PathBuf, u64)> = Vec::new();
        let mut ignored = Vec::new();
        for path in &request.paths {
            gather(Path::new(path), true, &mut files, &mut ignored)?;
        }
        files.sort();
        files.dedup();
        Ok(ImportPlan {
            items: plan_items(&files, &request.suffix_rules),
            ignored,
        })
    }

    /// Starts to import; progress comes as events, and from [`Seat::import_status`].
    pub fn import_start(&self, items: Vec<ImportItem>) -> AppResult<u32> {
        if items.is_empty()
            || items
                .iter()
                .any(|i| i.paths.is_empty() || i.paths.len() > 2)
        {
            return Err(AppError::new(codes::INVALID).with("field", "items"));
        }
        let cancel = Cancel::default();
        let id = {
            let mut batches = self.app.imports.batches.lock();
            let id = batches.iter().map(|(b, _)| b.id + 1).max().unwrap_or(1);
            let files = items
                .iter()
                .flat_map(|i| &i.paths)
                .map(|path| ImportFile {
                    path: path.clone(),
                    outcome: None,
                    case_id: None,
                    duration_ms: None,
                    channels: None,
                    error: None,
                })
                .collect();
            let batch = ImportBatch {
                id,
                state: ImportState::Running,
                files,
                current: 0,
                current_permille: 0,
            };
            batches.push((batch, cancel.clone()));
            id
        };
        let pace = Pace::for_files(items.iter().map(|i| i.paths.len()).sum());
        let batch = Batch {
            seat: self.clone(),
            id,
            cancel,
            pace,
        };
        std::thread::spawn(move || batch.run(&items));
        Ok(id)
    }

    /// Stops a batch: files that are in stay, the one under way leaves nothing behind.
    pub fn import_cancel(&self, id: u32) -> AppResult<()> {
        if let Some((_, cancel)) = self
            .app
            .imports
            .batches
            .lock()
            .iter()
            .find(|(b, _)| b.id == id)
        {
            cancel.cancel();
        }
        Ok(())
    }

    /// Batches of this process, newest first.
    pub fn import_status(&self, _: ()) -> AppResult<Vec<ImportBatch>> {
        Ok(self
            .app
            .imports
            .batches
            .lock()
            .iter()
            .rev()
            .map(|(b, _)| b.clone())
            .collect())
    }

    /// Waits until a batch is over.
    pub fn import_wait(&self, id: u32) -> AppResult<ImportBatch> {
        let mut batches = self.app.imports.batches.lock();
        loop {
            match batches.iter().find(|(b, _)| b.id == id) {
                None => return Err(AppError::new(codes::NOT_FOUND)),
                Some((b, _)) if b.state != ImportState::Running => return Ok(b.clone()),
                Some(_) => self.app.imports.moved.wait(&mut batches),
            }
        }
    }
}

impl App {
    /// Whether a batch is under way, for a host that is asked to close.
    pub fn is_importing(&self) -> bool {
        self.imports
            .batches
            .lock()
            .iter()
            .any(|(b, _)| b.state == ImportState::Running)
    }
}
