//! The media folder, cleared of what interrupted imports left.
//!
//! An import places its files first and names them in its commit afterwards, so a file no row names
//! may be about to get its name, here or in another process. It is swept only where nobody can be
//! importing: by a process that has the workspace to itself, before it does anything else.

use crate::desk::Desk;
use crate::jobs::{Turn, Work, Worked};
use qinting_app::*;
use qinting_domain::*;
use std::sync::Arc;

impl Desk {
    /// What is only done while no other process uses the workspace and nothing has begun in this one.
    /// Whoever calls this keeps others out until it returns.
    pub fn work_alone(self: &Arc<Self>) -> AppResult<()> {
        self.queue(SweepMedia {})?;
        self.drain(Slot::Alone, None)
    }

    /// Removes files that no row names at all; gives how many. What is in the bin, or what undo could
    /// bring back, is named.
    pub fn sweep_media(&self) -> AppResult<u32> {
        self.machine.media.sweep(&self.ports.store.blobs()?)
    }
}

impl Work for SweepMedia {
    fn work(&self, turn: &mut Turn<'_>) -> AppResult<Worked> {
        let swept = turn.desk.sweep_media()?;
        if swept > 0 {
            tracing::info!(swept, "left-overs of an interrupted import removed");
        }
        Ok(Worked::Done)
    }
}
