//! The search index, brought to the present rules in the background.

use crate::desk::Desk;
use crate::jobs::{Turn, Work, Worked};
use qinting_app::*;
use qinting_domain::*;
use std::time::{Duration, Instant};

/// Rows that are renewed in one go: whoever makes a mark meanwhile waits for no more than these.
const ROWS: u32 = 100;
/// Between two of them, so that marks and calls get their turn.
const REST: Duration = Duration::from_millis(5);
/// After this long what is more urgent has its turn.
const TURN: Duration = Duration::from_secs(1);

impl Desk {
    /// Queues the renewal of the search index where something stands in it by older rules.
    pub fn look_at_index(&self) -> AppResult<()> {
        if self.ports.store.index_state()?.is_done() {
            return Ok(());
        }
        self.queue(RenewIndex {})
    }
}

impl Work for RenewIndex {
    /// Writes rows anew, a few at a time. Tells of every percent.
    fn work(&self, turn: &mut Turn<'_>) -> AppResult<Worked> {
        let (desk, begun) = (turn.desk, Instant::now());
        let store = &*desk.ports.store;
        let mut state = store.index_state()?;
        let mut told = None;
        while !state.is_done() {
            if turn.cancel.is_cancelled() {
                return Err(AppError::new(codes::CANCELLED));
            }
            if begun.elapsed() > TURN {
                return Ok(Worked::More);
            }
            state = store.renew_index(ROWS)?;
            if told != state.percent() || state.is_done() {
                told = state.percent();
                desk.tell_of(&RecordEvent::Index { state });
            }
            std::thread::sleep(REST);
        }
        Ok(Worked::Done)
    }
}
