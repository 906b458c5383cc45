//! 回收站: what was taken away, and back.

mod purging;
pub(crate) mod reads;
mod shapes;

pub use reads::*;
pub use shapes::*;

use crate::acting::{Acting, only};
use crate::error::{AppError, AppResult, codes};
use crate::store::Beat;
use crate::workspace::{App, Seen};
use qinting_domain::*;

/// A jump of the clock this far is asked about, in milliseconds.
const WORTH_ASKING_MS: u64 = 48 * 3_600_000;

/// Certificates that are told with the bin.
const MOST_PURGES: u32 = 100;

impl Acting {
    /// A window of the bin, what went in last first.
    pub fn bin(&self, query: BinQuery) -> AppResult<BinView> {
        let page = self.read(|seen| seen.bin(&query))?;
        Ok(BinView {
            rows: page.rows,
            total: page.total,
            days: self.app().workspace_settings()?.bin_days,
            jump: self.read(|seen| seen.clock_jump())?,
            purges: self.read(|seen| seen.purges(MOST_PURGES))?,
        })
    }

    /// Puts a call back as it was: with its recording, marks, notes, the issues that rest on it and
    /// its places in sessions. One operation that undo takes back.
    pub fn restore_case(&self, id: CaseId) -> AppResult<Case> {
        only::<Case>(self.write(Action::CaseRestore, |tx| {
            let in_bin = tx.is_in_bin(id)?;
            let Some(case) = tx.any::<Case>(id)?.filter(|_| in_bin) else {
                return Err(AppError::new(codes::NOT_FOUND).with("kind", EntityKind::Case.as_str()));
            };
            // Earlier versions took the recording away with the case.
            let recordings = tx.recordings_ever_of(id)?.into_iter();
            let gone = recordings.filter(|r| r.meta.deleted_at.is_some());
            let mut records = vec![Record::from(case)];
            records.extend(gone.map(Record::from));
            for record in &mut records {
                record.meta_mut().deleted_at = None;
            }
            Ok(records)
        })?)
    }

    /// Says whether the time of a jump of the clock counts for what is in the bin.
    pub fn settle_jump(&self, counts: bool) -> AppResult<()> {
        self.app().ports.store.settle_jump(counts)
    }
}

impl App {
    /// The program is there: what passed since the last beat of this run counts for the bin. Time the program was off, or the machine slept, does not count.
    pub fn beat(&self) -> AppResult<()> {
        let clock = &self.ports.clock;
        let now = Seen {
            wall: clock.now_ms(),
            steady: clock.steady_ms(),
        };
        let before = self.seen.lock().replace(now).unwrap_or(now);
        let elapsed_ms = now.steady.saturating_sub(before.steady);
        let by_wall = u64::try_from(now.wall - before.wall).unwrap_or(0);
        let jump_ms = by_wall.saturating_sub(elapsed_ms);
        self.ports.store.beat(&Beat {
            at: now.wall,
            elapsed_ms,
            jump_ms: if jump_ms > WORTH_ASKING_MS {
                jump_ms
            } else {
                0
            },
        })
    }

    /// Takes traces of removed words out of the full-text indexes, a short step; whether there is
    /// more to do now. A call that is heard needs the disk more.
    pub fn forget_step(&self) -> AppResult<bool> {
        Ok(!self.calls.is_anywhere() && self.ports.store.forget_removed()?)
    }
}
