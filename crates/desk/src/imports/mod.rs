//! Bringing calls in: what is one call, batches with progress and cancel, duplicates, errors per
//! file. A file is in whole or not at all.

mod retake;
pub(crate) mod shapes;

pub use beside::*;
pub use shapes::*;

use crate::desk::{AtDesk, Desk};
use crate::event::DeskEvent;
use crate::ports::FoundFiles;
use crate::thread::spawn_named;
use crate::tickets::ChosenFor;
use qinting_app::*;
use qinting_domain::{Action, ImportBasis, SuffixRule};
use std::path::PathBuf;
use std::sync::Arc;

mod batch;
pub(crate) mod batches;
mod beside;
mod binned;
pub(crate) mod decoded;
mod mend;
mod pair;
mod plan;
mod remembered;
mod sides;
mod told;
mod wordless;

use batch::{Batch, Pace};
use batches::Entered;
use plan::{PlannedCall, plan_items};

impl AtDesk {
    /// What an import of what a person brought would do. The ticket stays good.
    pub fn import_plan(&self, request: ImportPlanRequest) -> AppResult<FactsPlan> {
        let ticket = request.ticket;
        let named = (self.desk.machine.tickets).look(&ticket, ChosenFor::Recordings)?;
        let ways = BesideWays {
            facts: FactWays {
                zone: request.zone,
                ..FactWays::default()
            },
            by_source: self.desk.imports.ways_of(&ticket, request.sources)?,
            counts: request.counts,
            suffix_rules: request.suffix_rules,
        };
        let (plan, looked) = self.look_at(&named, &ways)?;
        self.desk.imports.looked_at(ticket, looked);
        Ok(plan)
    }

    /// Starts to import of what a person brought, and uses the ticket up; progress comes as events, and from
    /// [`AtDesk::import_status`].
    pub fn import_start(&self, request: ImportStart) -> AppResult<u32> {
        let (ticket, tickets) = (&request.ticket, &self.desk.machine.tickets);
        tickets.look(ticket, ChosenFor::Recordings)?;
        let chosen = self.desk.imports.chosen_of(ticket, &request.calls)?;
        let ImportStart { basis, notice, .. } = &request;
        let incoming = self.may_bring_in(Incoming {
            basis: ImportBasis {
                basis: basis.clone(),
                notice: notice.clone(),
            },
            ..chosen
        })?;
        tickets.spend(ticket, ChosenFor::Recordings)?;
        self.begin(incoming)
    }

    /// Brings a file of a batch in that something kept out: alone, or with the other file of its call where
    /// what is decided is of both.
    pub fn import_again(&self, request: ImportAgain) -> AppResult<u32> {
        let again = self.desk.imports.again(&request)?;
        self.bring_in_with_facts(again)
    }

    /// What calls there are among files and folders: folders opened, the two files of one call joined.
    pub fn calls_in(&self, named: &[PathBuf], rules: &[SuffixRule]) -> AppResult<FoundCalls> {
        let found = self.desk.walk(named)?;
        let of = |call: PlannedCall| CallFiles {
            paths: (call.files.iter())
                .map(|&at| found.files[at].0.clone())
                .collect(),
            title: call.title,
            ..CallFiles::default()
        };
        Ok(FoundCalls {
            calls: plan_items(&found.files, rules)
                .into_iter()
                .map(of)
                .collect(),
            ignored: found.ignored,
            ignored_count: found.ignored_count,
            unopened: found.unopened,
        })
    }

    /// Starts to bring calls in; gives the number of their batch.
    pub fn bring_in(&self, calls: Vec<CallFiles>) -> AppResult<u32> {
        self.bring_in_with_facts(Incoming {
            calls,
            ..Incoming::default()
        })
    }

    /// Starts to bring calls in, and puts down at the end what is told of calls that are here already; gives the
    /// number of their batch.
    pub fn bring_in_with_facts(&self, incoming: Incoming) -> AppResult<u32> {
        let incoming = self.may_bring_in(incoming)?;
        self.begin(incoming)
    }

    fn may_bring_in(&self, mut incoming: Incoming) -> AppResult<Incoming> {
        self.desk.may_write()?;
        incoming.basis = incoming.basis.cleaned()?;
        let Incoming { calls, later, .. } = &mut incoming;
        let is_call = |call: &CallFiles| matches!(call.paths.len(), 1 | 2);
        if calls.is_empty() && later.is_empty() || !calls.iter().all(is_call) {
            return Err(AppError::new(codes::INVALID).with("field", "items"));
        }
        for call in calls {
            call.title = clean_text("title", &call.title)?;
        }
        Ok(incoming)
    }

    fn begin(&self, incoming: Incoming) -> AppResult<u32> {
        let Incoming {
            calls,
            later,
            basis,
        } = incoming;
        let cancel = Cancel::default();
        let pace = Pace::for_files(calls.iter().map(|c| c.paths.len()).sum());
        let calls: Arc<[CallFiles]> = calls.into();
        let id = self.desk.imports.enter(calls.clone(), &basis, &cancel);
        let batch = Batch {
            by: self.clone(),
            id,
            cancel,
            pace,
            basis,
        };
        let desk = self.desk.clone();
        let begun = spawn_named(
            "import",
            move || batch.run(&calls, later),
            move |died| desk.end_batch(id, &died),
        );
        if let Err(e) = &begun {
            self.desk.end_batch(id, e);
        }
        begun.map(|_| id)
    }

    /// Stops a batch: files that are in stay, the one under way leaves nothing behind.
    pub fn import_cancel(&self, id: u32) -> AppResult<()> {
        let batches = self.desk.imports.batches.lock();
        if let Some(entered) = batches.iter().find(|e| e.batch.id == id) {
            entered.cancel.cancel();
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
            match batches.iter().map(|e| &e.batch).find(|b| b.id == id) {
                None => return Err(AppError::new(codes::NOT_FOUND)),
                Some(b) if b.state != ImportState::Running => return Ok(b.clone()),
                Some(_) => self.desk.imports.moved.wait(&mut batches),
            }
        }
    }
}

impl Desk {
    /// The recordings among files and folders, and what may tell of them, each once. Whoever cancels the call stops it.
    fn walk(&self, named: &[PathBuf]) -> AppResult<FoundFiles> {
        let cancel = Cancel::of_this_call().unwrap_or_default();
        let mut found = self.machine.files_in.walk(named, &cancel)?;
        for files in [&mut found.files, &mut found.beside] {
            files.sort();
            files.dedup();
        }
        Ok(found)
    }

    /// Batches of this process, newest first.
    pub fn import_batches(&self) -> Vec<ImportBatch> {
        let batches = self.imports.batches.lock();
        batches.iter().rev().map(|e| e.batch.clone()).collect()
    }

    /// The thread of a batch is gone: what it had not decided is refused, and nobody waits for it.
    fn end_batch(&self, id: u32, died: &AppError) {
        let mut batches = self.imports.batches.lock();
        let Some(Entered { batch, .. }) = batches.iter_mut().find(|e| e.batch.id == id) else {
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
}
