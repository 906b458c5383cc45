//! 清除: what lies in the bin longer than its days goes for good, and of whatever went the last traces.

use crate::desk::{AtDesk, Desk};
use crate::jobs::{Turn, Work, Worked};
use qinting_app::*;
use qinting_domain::*;
use std::sync::Arc;
use std::time::Duration;

/// Calls that leave the bin in one go.
const SOME: u32 = 20;
/// What keeps one call keeps no other.
const KEPT: [&str; 3] = [codes::NOT_FOUND, codes::PURGE_HELD, codes::LIVE_RUNNING];
/// While somebody reads what was before, or works in it.
const REST: Duration = Duration::from_millis(200);

impl Desk {
    /// Lets go what lies in the bin longer than its days, and queues what is left to do of what went. Not while
    /// a call is heard.
    pub fn empty_bin(self: &Arc<Self>) -> AppResult<()> {
        let store = &*self.ports.store;
        if store.only_read().is_some() || self.is_live_anywhere() {
            return Ok(());
        }
        let days = self.workspace_settings()?.bin_days;
        for case in store.bin_over(days, SOME)? {
            let Some(Record::Case(found)) = store.record(EntityKind::Case, case.0)? else {
                continue;
            };
            let by = AtDesk::machine(self.clone(), found.meta.created_by);
            let request = PurgeRequest {
                kind: EntityKind::Case,
                id: case.0,
                reason: format!("{BIN_REASON}{days}"),
            };
            match by.purge_as(Action::BinEmpty, request) {
                // Somebody was quicker: it is back, held, or gone. Or its sound is not taken in yet.
                Err(e) if KEPT.contains(&e.code()) => {}
                purged => {
                    let purge = purged?.id;
                    tracing::info!(case = %case, purge = %purge, "days in the bin are over");
                }
            }
        }
        match store.purges_under_way()?.is_empty() {
            true => Ok(()),
            false => self.queue(Scrub {}),
        }
    }
}

impl Work for Scrub {
    fn may_begin(desk: &Desk) -> bool {
        !desk.is_live_anywhere()
    }

    fn work(&self, turn: &mut Turn<'_>) -> AppResult<Worked> {
        let desk = turn.desk;
        match desk.ports.store.scrub(desk.now())? {
            Scrubbed::GoesOn => {
                std::thread::sleep(REST);
                Ok(Worked::More)
            }
            Scrubbed::Done(ends) => {
                for end in ends {
                    let record = desk.ports.store.record(EntityKind::Purge, end.purge.0)?;
                    let Some(Record::Purge(purge)) = record else {
                        continue;
                    };
                    AtDesk::machine(desk.clone(), purge.meta.created_by).purge_ended(&end)?;
                }
                Ok(Worked::Done)
            }
        }
    }
}
