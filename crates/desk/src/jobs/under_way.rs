//! What the runner is at.

use parking_lot::{Condvar, Mutex};
use qinting_app::Cancel;
use qinting_domain::JobId;
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
    /// Its kind rests while a call is heard.
    rests: bool,
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

    /// Puts back what is under way and rests while a call is heard: that one needs the machine.
    pub(crate) fn yield_to_live(&self) {
        let mut state = self.state.lock();
        for one in &mut state.under_way {
            if one.rests {
                one.cancel.cancel();
                one.yields = true;
            }
        }
    }

    pub(super) fn is_stopped(&self) -> bool {
        self.state.lock().stop
    }

    pub(super) fn stop(&self) {
        let mut state = self.state.lock();
        state.stop = true;
        for one in &state.under_way {
            one.cancel.cancel();
        }
        self.bell.notify_all();
    }

    pub(super) fn begin(&self, job: JobId, rests: bool, cancel: &Cancel) {
        let mut state = self.state.lock();
        // Stopped between its claim and now.
        if state.stop {
            cancel.cancel();
        }
        state.under_way.push(UnderWay {
            job,
            rests,
            cancel: cancel.clone(),
            yields: false,
        });
    }

    /// Forgets a job; whether it goes on later.
    pub(super) fn end(&self, job: JobId) -> bool {
        let mut state = self.state.lock();
        let yields = state
            .under_way
            .iter()
            .any(|one| one.job == job && one.yields);
        state.under_way.retain(|one| one.job != job);
        state.stop || yields
    }

    /// Waits for the bell to ring once more than was heard, or for the next look.
    pub(super) fn rest(&self, heard: &mut u64) {
        let mut state = self.state.lock();
        if state.rings == *heard && !state.stop {
            self.bell.wait_for(&mut state, LOOK);
        }
        *heard = state.rings;
    }
}
