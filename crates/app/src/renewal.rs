//! The search index, brought to the present rules in the background.

use crate::app::App;
use crate::views::{AppEvent, IndexState};
use crate::work::{Turn, Work, Worked};
use crate::{AppError, AppResult, codes};
use qinting_domain::*;
use std::time::{Duration, Instant};

/// Rows that are renewed in one go: whoever makes a mark meanwhile waits for no more than these.
const ROWS: u32 = 100;
/// Between two of them, so that marks and calls get their turn.
const REST: Duration = Duration::from_millis(5);
/// After this long what is more urgent has its turn.
const TURN: Duration = Duration::from_secs(1);

impl App {
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
        let (app, begun) = (turn.app, Instant::now());
        let store = &*app.ports.store;
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
                app.feed.tell(&AppEvent::Index { state });
            }
            std::thread::sleep(REST);
        }
        Ok(Worked::Done)
    }
}

impl IndexState {
    /// Whether every row stands by the present rules.
    pub fn is_done(&self) -> bool {
        self.done >= self.total
    }

    /// How much does, 0–99, while something does not.
    pub fn percent(&self) -> Option<u8> {
        let share = self.done.saturating_mul(100) / self.total.max(1);
        (!self.is_done()).then(|| u8::try_from(share).unwrap_or(99))
    }
}
