//! What the kinds of jobs are to the runner: each one's work stands beside its capability.

mod measuring;
mod renewal;
mod runner;
mod scrub;
pub(crate) mod sealing;
mod shapes;
mod sweep;
mod texts;
mod transcription;
pub(crate) mod under_way;

pub use shapes::*;

use crate::desk::Desk;
use qinting_app::*;
use qinting_domain::*;
use std::sync::Arc;

/// The work of a kind of job.
pub(crate) trait Work {
    /// Whether one may begin now. Asked only while one waits.
    fn may_begin(_: &Desk) -> bool
    where
        Self: Sized,
    {
        true
    }

    /// Does it, until it is done or the turn is cancelled. May begin again from the start after a crash.
    fn work(&self, turn: &mut Turn<'_>) -> AppResult<Worked>;

    /// Its row is written: it is done, or why it is not. Also after it was put back or cancelled, and
    /// after it was given up.
    fn over(&self, _: &Arc<Desk>, _: &Job) {}
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
    pub(crate) desk: &'a Arc<Desk>,
    pub(crate) job: &'a mut Job,
    pub(crate) cancel: &'a Cancel,
}

impl Turn<'_> {
    /// Writes how far it is, in thousandths, and hears whether it shall go on: somebody in another
    /// process may have stopped it, or listens to a call.
    pub(crate) fn at(&mut self, permille: u16) {
        self.job.progress_permille = permille.min(1000);
        self.desk.save_job(self.job);
        if self.job.state == JobState::Cancelled {
            self.cancel.cancel();
        }
        let rests = self.job.work.kind().is_some_and(|kind| kind.rules().rests);
        if rests && self.desk.is_live_anywhere() {
            self.desk.runner.yield_to_live();
        }
    }
}

/// The work of a job; nothing where another version queued it.
pub(crate) fn work_of(work: &JobWork) -> Option<&dyn Work> {
    by_job!(work, args => args as &dyn Work)
}

/// Whether a job of this kind may begin now.
pub(crate) fn may_begin(kind: JobKind, desk: &Desk) -> bool {
    let makes_room = kind.rules().rests && desk.is_live_anywhere();
    !makes_room && by_job_kind!(kind, T => T::may_begin(desk))
}
