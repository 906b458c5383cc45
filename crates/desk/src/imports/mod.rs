//! Bringing calls in: what is one call, batches with progress and cancel, duplicates, errors per
//! file. A file is in whole or not at all.

mod retake;
pub(crate) mod shapes;

pub use shapes::*;

use crate::desk::{AtDesk, Desk};
use crate::event::DeskEvent;
use crate::ports::FilesIn;
use crate::thread::spawn_named;
use qinting_app::*;
use qinting_domain::{Action, path_text};
use std::path::PathBuf;

mod batch;
pub(crate) mod batches;
mod binned;
pub(crate) mod decoded;
mod mend;
mod pair;
mod plan;
mod wordless;

use batch::{Batch, Pace};
use plan::plan_items;

impl AtDesk {
    /// What an import of these paths would do: folders opened, the two files of one call joined.
    pub fn import_plan(&self, request: ImportPlanRequest) -> AppResult<ImportPlan> {
        let cancel = Cancel::default();
        let planning = &self.desk.imports.planning;
        planning.lock().push((request.plan, cancel.clone()));
        let plan = plan(&*self.desk.machine.files_in, &request, &cancel);
        planning.lock().retain(|(_, other)| !other.is_same(&cancel));
        plan
    }

    /// Stops the plans of this number that are being made; they answer `cancelled`.
    pub fn import_plan_cancel(&self, plan: u32) -> AppResult<()> {
        let planning = self.desk.imports.planning.lock();
        let named = planning.iter().filter(|(number, _)| *number == plan);
        named.for_each(|(_, cancel)| cancel.cancel());
        Ok(())
    }

    /// Starts to import; progress comes as events, and from [`AtDesk::import_status`].
    pub fn import_start(&self, mut items: Vec<ImportItem>) -> AppResult<u32> {
        self.desk.may_write()?;
        if items.is_empty()
            || items
                .iter()
                .any(|i| i.paths.is_empty() || i.paths.len() > 2)
        {
            return Err(AppError::new(codes::INVALID).with("field", "items"));
        }
        for item in &mut items {
            item.title = clean_text("title", &item.title)?;
        }
        let cancel = Cancel::default();
        let id = self.desk.imports.enter(&items, &cancel);
        let pace = Pace::for_files(items.iter().map(|i| i.paths.len()).sum());
        let batch = Batch {
            by: self.clone(),
            id,
            cancel,
            pace,
        };
        let desk = self.desk.clone();
        let begun = spawn_named(
            "import",
            move || batch.run(&items),
            move |died| desk.end_batch(id, &died),
        );
        if let Err(e) = &begun {
            self.desk.end_batch(id, e);
        }
        begun.map(|_| id)
    }

    /// Stops a batch: files that are in stay, the one under way leaves nothing behind.
    pub fn import_cancel(&self, id: u32) -> AppResult<()> {
        if let Some((_, cancel)) = self
            .desk
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

    /// Batches of this process, newest first. They are named after files, which are somebody's calls:
    /// none of them for who brings none in.
    pub fn import_status(&self, _: ()) -> AppResult<Vec<ImportBatch>> {
        match self.read(|seen| seen.may(Action::CaseImport, None)) {
            Ok(()) => Ok(self.desk.import_batches()),
            Err(e) if e.code() == codes::ROLE_NEEDED => Ok(Vec::new()),
            Err(e) => Err(e),
        }
    }

    /// Waits until a batch is over.
    pub fn import_wait(&self, id: u32) -> AppResult<ImportBatch> {
        let mut batches = self.desk.imports.batches.lock();
        loop {
            match batches.iter().find(|(b, _)| b.id == id) {
                None => return Err(AppError::new(codes::NOT_FOUND)),
                Some((b, _)) if b.state != ImportState::Running => return Ok(b.clone()),
                Some(_) => self.desk.imports.moved.wait(&mut batches),
            }
        }
    }
}

fn plan(
    files_in: &dyn FilesIn,
    request: &ImportPlanRequest,
    cancel: &Cancel,
) -> AppResult<ImportPlan> {
    let named: Vec<PathBuf> = request
        .paths
        .iter()
        .map(|p| path_text::from_text(p))
        .collect();
    let mut found = files_in.walk(&named, cancel)?;
    found.files.sort();
    found.files.dedup();
    Ok(ImportPlan {
        items: plan_items(&found.files, &request.suffix_rules),
        ignored: texts(&found.ignored),
        ignored_count: found.ignored_count,
        unopened: texts(&found.unopened),
    })
}

/// Paths as they cross a border.
fn texts(paths: &[PathBuf]) -> Vec<String> {
    paths.iter().map(path_text::to_text).collect()
}

impl Desk {
    /// Batches of this process, newest first.
    pub fn import_batches(&self) -> Vec<ImportBatch> {
        let batches = self.imports.batches.lock();
        batches.iter().rev().map(|(b, _)| b.clone()).collect()
    }

    /// The thread of a batch is gone: what it had not decided is refused, and nobody waits for it.
    fn end_batch(&self, id: u32, died: &AppError) {
        let mut batches = self.imports.batches.lock();
        let Some((batch, _)) = batches.iter_mut().find(|(b, _)| b.id == id) else {
            return;
        };
        for file in batch.files.iter_mut().filter(|f| f.outcome.is_none()) {
            file.outcome = Some(ImportOutcome::Rejected);
            file.error = Some(died.note.clone());
        }
        batch.state = ImportState::Done;
        let batch = batch.clone();
        self.imports.moved.notify_all();
        drop(batches);
        self.tell(DeskEvent::Import { batch });
    }

    /// Whether a batch is under way, for a host that is asked to close.
    pub fn is_importing(&self) -> bool {
        self.imports
            .batches
            .lock()
            .iter()
            .any(|(b, _)| b.state == ImportState::Running)
    }
}
