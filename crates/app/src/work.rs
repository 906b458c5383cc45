//! What the kinds of jobs are to the runner: each one's work stands beside its capability.

use crate::AppResult;
use crate::app::App;
use crate::ports::Cancel;
use qinting_domain::*;
use std::sync::Arc;

/// The work of a kind of job.
pub(crate) trait Work {
    /// Whether one may begin now. Asked only while one waits.
    fn may_begin(_: &App) -> bool
    where
        Self: Sized,
    {
        true
    }

    /// Does it, until it is done or the turn is cancelled. May begin again from the start after a crash.
    fn work(&self, turn: &mut Turn<'_>) -> AppResult<Worked>;

    /// Its row is written: it is done, or why it is not. Also after it was put back or cancelled, and
    /// after it was given up.
    fn over(&self, _: &Arc<App>, _: &Job) {}
}

/// How far a turn came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Worked {
    /// To the end.
    Done,
    /// It goes on with its next turn, after what is more urgent.
    More,
}

/// One turn of a job.
pub(crate) struct Turn<'a> {
    pub(crate) app: &'a Arc<App>,
    pub(crate) job: &'a mut Job,
    pub(crate) cancel: &'a Cancel,
}

impl Turn<'_> {
    /// Writes how far it is, in thousandths, and hears whether it shall go on: somebody in another
    /// process may have stopped it, or listens to a call.
    pub(crate) fn at(&mut self, permille: u16) {
        self.job.progress_permille = permille.min(1000);
        self.app.save_job(self.job);
        if self.job.state == JobState::Cancelled {
            self.cancel.cancel();
        }
        let slot = self.job.work.kind().map(|kind| kind.rules().slot);
        if slot == Some(Slot::Heavy) && self.app.is_live_anywhere() {
            self.app.runner.yield_to_live();
        }
    }
}

/// The work of a job; nothing where another version queued it.
pub(crate) fn work_of(work: &JobWork) -> Option<&dyn Work> {
    by_job!(work, args => args as &dyn Work)
}

/// Whether a job of this kind may begin now.
pub(crate) fn may_begin(kind: JobKind, app: &App) -> bool {
    let makes_room = kind.rules().slot == Slot::Heavy && app.is_live_anywhere();
    !makes_room && by_job_kind!(kind, T => T::may_begin(app))
}

impl App {
    /// Queues what the machine has to do by itself, unless it is queued already.
    pub(crate) fn queue(&self, work: impl Into<JobWork>) -> AppResult<()> {
        self.may_write()?;
        let job = self.new_job(work);
        let queued = self.ports.store.write_job(&mut |_| Ok(Some(job.clone())))?;
        if let Some(job) = queued {
            self.tell_queued(&job);
        }
        Ok(())
    }

    /// A new job.
    pub(crate) fn new_job(&self, work: impl Into<JobWork>) -> Job {
        Job::new(JobId(self.id()), work, self.now())
    }

    /// Writes how a job stands. One that somebody has cancelled meanwhile stays cancelled, unless it is
    /// done all the same.
    pub(crate) fn save_job(&self, job: &mut Job) {
        job.updated_at = self.now();
        let written = self.ports.store.write_job(&mut |reads| {
            // What nobody asked for leaves no row when it is cancelled.
            let there = reads.job(job.id)?;
            let is_done = job.state == JobState::Done;
            let goes_on = there.filter(|j| is_done || j.state != JobState::Cancelled);
            Ok(goes_on.map(|_| job.clone()))
        });
        match written {
            Ok(None) if job.state != JobState::Done => job.state = JobState::Cancelled,
            Ok(_) => {}
            Err(e) => tracing::error!(job = %job.id, error = %e.kind(), "job row not written"),
        }
        self.tell_job(job);
    }
}
