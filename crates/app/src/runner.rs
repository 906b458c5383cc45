//! The job runner: takes jobs of a slot one after the other, whatever they are.

use crate::app::App;
use crate::ports::*;
use crate::work::{Turn, Worked, may_begin, work_of};
use crate::{AppError, AppResult, codes, surviving};
use parking_lot::{Condvar, Mutex};
use qinting_domain::*;
use std::sync::Arc;
use std::time::Duration;

/// How often the runner looks for jobs another process queued.
const LOOK: Duration = Duration::from_secs(2);

/// What the runner is at.
#[derive(Default)]
pub(crate) struct Runner {
    state: Mutex<RunnerState>,
    bell: Condvar,
}

#[derive(Default)]
struct RunnerState {
    /// One for each slot at most.
    under_way: Vec<UnderWay>,
    /// How often the bell rang.
    rings: u64,
    stop: bool,
}

struct UnderWay {
    job: JobId,
    slot: Slot,
    cancel: Cancel,
    /// It was stopped for a live call and goes on when that is over.
    yields: bool,
}

impl Runner {
    /// Says that a job is waiting.
    pub(crate) fn wake(&self) {
        self.state.lock().rings += 1;
        self.bell.notify_all();
    }

    /// Stops the job if it is one being worked on here.
    pub(crate) fn cancel(&self, id: JobId) -> bool {
        let state = self.state.lock();
        let here = state.under_way.iter().find(|one| one.job == id);
        here.inspect(|one| one.cancel.cancel()).is_some()
    }

    /// Puts the heavy job under way back: a live call needs the machine.
    pub(crate) fn yield_to_live(&self) {
        let mut state = self.state.lock();
        for one in &mut state.under_way {
            if one.slot == Slot::Heavy {
                one.cancel.cancel();
                one.yields = true;
            }
        }
    }

    fn is_stopped(&self) -> bool {
        self.state.lock().stop
    }

    fn stop(&self) {
        let mut state = self.state.lock();
        state.stop = true;
        for one in &state.under_way {
            one.cancel.cancel();
        }
        self.bell.notify_all();
    }

    fn begin(&self, job: JobId, slot: Slot, cancel: &Cancel) {
        let mut state = self.state.lock();
        // Stopped between its claim and now.
        if state.stop {
            cancel.cancel();
        }
        state.under_way.push(UnderWay {
            job,
            slot,
            cancel: cancel.clone(),
            yields: false,
        });
    }

    /// Forgets a job; whether it goes on later.
    fn end(&self, job: JobId) -> bool {
        let mut state = self.state.lock();
        let yields = state
            .under_way
            .iter()
            .any(|one| one.job == job && one.yields);
        state.under_way.retain(|one| one.job != job);
        state.stop || yields
    }

    /// Waits for the bell to ring once more than was heard, or for the next look.
    fn rest(&self, heard: &mut u64) {
        let mut state = self.state.lock();
        if state.rings == *heard && !state.stop {
            self.bell.wait_for(&mut state, LOOK);
        }
        *heard = state.rings;
    }
}

impl App {
    /// Works on jobs of a slot until [`App::stop_jobs`]; in a process one thread at a time does. Heavy
    /// ones are for the one process that holds their lock, and what wants to be alone is for
    /// [`App::work_alone`].
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
        self.runner.begin(job.id, kind.rules().slot, &cancel);
        // A call that began before this job could be seen here did not stop it.
        if self.is_live() {
            self.runner.yield_to_live();
        }
        self.tell_job(&job);
        let mut turn = Turn {
            app: self,
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
