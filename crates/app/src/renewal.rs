//! The search index, brought to the present rules in the background.

use crate::app::App;
use crate::views::{AppEvent, IndexState};
use crate::{AppResult, Cancel};

/// Rows that are renewed in one go: whoever makes a mark meanwhile waits for no more than these.
const ROWS: u32 = 100;

impl App {
    /// Writes anew what stands in the index by older rules, a few rows at a time, until all is done or
    /// somebody cancels; `rest` is called between, so that others get their turn. Tells of every
    /// percent. What is left goes on at the next start.
    pub fn renew_index(&self, cancel: &Cancel, rest: &dyn Fn()) -> AppResult<()> {
        let store = &*self.ports.store;
        let mut state = store.index_state()?;
        let mut told = None;
        while !state.is_done() && !cancel.is_cancelled() {
            state = store.renew_index(ROWS)?;
            if told != state.percent() || state.is_done() {
                told = state.percent();
                self.feed.tell(&AppEvent::Index { state });
            }
            rest();
        }
        Ok(())
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
