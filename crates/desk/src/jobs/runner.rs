//! The job runner: takes jobs of a slot one after the other, whatever they are.

use crate::desk::Desk;
use crate::jobs::{Turn, Worked, may_begin, work_of};
use crate::thread::surviving;
use qinting_app::*;
use qinting_domain::*;
use std::sync::Arc;

impl Desk {
    /// Works on jobs of a slot until [`Desk::stop_jobs`]; in a process one thread at a time does. Heavy
    /// ones are for the one process that holds their lock, and what wants to be alone is for
    /// [`Desk::work_alone`].
    pub fn run_jobs(self: &Arc<Self>, slot: Slot) {
        let mut heard = 0;
        while !self.runner.is_stopped() {
            match self.take_job(slot) {
                Ok(Some(job)) => drop(self.work_on(job)),
                Ok(None) => self.runner.rest(&mut heard),
                Err(e) => {
                    tracing::error!(error = %e.kind(), "no job could be taken");
                    self.runner.rest(&mut heard);
                }
            }
        }
    }

    /// Works on what is queued, beside others and heavy, and returns when nothing is left that may
    /// begin.
    pub fn drain_jobs(self: &Arc<Self>) -> AppResult<()> {
        self.drain_beside()?;
        self.drain(Slot::Heavy, None)
    }

    /// The same of what goes on beside others.
    pub fn drain_beside(self: &Arc<Self>) -> AppResult<()> {
        self.drain(Slot::Beside, None)
    }

    /// Works on what is heavy and queued until `last` is over: somebody waits for that one, and the rest
    /// can wait for the window. Returns before where nothing may begin.
    pub fn drain_jobs_through(self: &Arc<Self>, last: JobId) -> AppResult<()> {
        self.drain(Slot::Heavy, Some(last))
    }

    pub(crate) fn drain(self: &Arc<Self>, slot: Slot, last: Option<JobId>) -> AppResult<()> {
        while !self.runner.is_stopped() {
            let Some(job) = self.take_job(slot)? else {
                break;
            };
            let id = job.id;
            if self.work_on(job) != JobState::Queued && last == Some(id) {
                break;
            }
        }
        Ok(())
    }

    /// Ends the runner; jobs under way go back into the queue.
    pub fn stop_jobs(&self) {
        self.runner.stop();
    }

    /// Whether a job of this kind is worked on, or waits and may begin.
    pub fn is_at(&self, kind: JobKind) -> AppResult<bool> {
        Ok(self.ports.store.kinds_going_on()?.contains(&kind) && may_begin(kind, self))
    }

    /// Claims the next job of a slot. Nothing is written while none of it waits.
    fn take_job(self: &Arc<Self>, slot: Slot) -> AppResult<Option<Job>> {
        let mut kinds = self.ports.store.kinds_going_on()?;
        kinds.retain(|kind| kind.rules().slot == slot && may_begin(*kind, self));
        if kinds.is_empty() {
            return Ok(None);
        }
        let claimed = self.ports.store.claim_job(&kinds, self.now())?;
        for job in &claimed.given_up {
            self.tell_job(job);
            self.tell_over(job);
        }
        Ok(claimed.job)
    }

    fn tell_over(self: &Arc<Self>, job: &Job) {
        if let Some(work) = work_of(&job.work) {
            work.over(self, job);
        }
    }

    /// Works on a job; gives the state it is left in.
    fn work_on(self: &Arc<Self>, mut job: Job) -> JobState {
        let (cancel, asked) = (Cancel::default(), job.work.clone());
        // Of another version's jobs none is claimed.
        let (Some(work), Some(kind)) = (work_of(&asked), asked.kind()) else {
            return job.state;
        };
        self.runner.begin(job.id, kind.rules().rests, &cancel);
        // A call that began before this job could be seen here did not stop it.
        if self.is_live() {
            self.runner.yield_to_live();
        }
        self.tell_job(&job);
        let mut turn = Turn {
            desk: self,
            job: &mut job,
            cancel: &cancel,
        };
        let result = surviving("job", || work.work(&mut turn)).flatten();
        let goes_on_later = self.runner.end(job.id);
        settle(&mut job, result, goes_on_later);
        self.save_job(&mut job);
        self.tell_over(&job);
        job.state
    }
}

/// How a job stands after a turn.
fn settle(job: &mut Job, result: AppResult<Worked>, goes_on_later: bool) {
    match result {
        Ok(Worked::Done) => {
            job.state = JobState::Done;
            job.progress_permille = 1000;
            job.error = None;
        }
        // It came further: what it met with before does not count any more.
        Ok(Worked::More) => {
            put_back(job);
            job.attempt = 0;
        }
        // The app is closing, or a call is heard: the work is not refused, it waits.
        Err(e) if e.code() == codes::CANCELLED && goes_on_later => put_back(job),
        Err(e) if e.code() == codes::CANCELLED => job.state = JobState::Cancelled,
        Err(e) => fail(job, e),
    }
}

fn put_back(job: &mut Job) {
    job.state = JobState::Queued;
    job.progress_permille = 0;
    job.attempt = job.attempt.saturating_sub(1);
}

fn fail(job: &mut Job, e: AppError) {
    tracing::warn!(job = %job.id, error = %e.kind(), "job failed");
    job.state = JobState::Failed;
    job.error = Some(e.note);
}
