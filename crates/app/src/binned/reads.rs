//! What is asked of the database here.

use super::{BinQuery, BinRow, ClockJump};
use crate::error::AppResult;
use crate::port::reads;
use crate::shape::Page;
use qinting_domain::*;
use uuid::Uuid;

reads! {
    $ hand_bin_reads
    /// Calls that were taken away. Deleted means in the bin: nothing here is lost by itself.
    ///
    /// A case is in the bin when it was taken away and something of it could be heard, read or seen
    /// again. The empty case of a live call whose marks stand on a recording now, and of one that never
    /// began, is not.
    BinReads {
        /// A window of the bin, what went in last first.
        bin(query: &BinQuery) -> Page<BinRow>;
        /// Some of the cases whose days in the bin are over and that nothing keeps there: no issue rests on them,
        /// nobody holds them.
        bin_over(bin_days: u32, most: u32) -> Vec<CaseId>;
        /// What forbids that a case goes for good.
        holds_of(case: CaseId) -> Vec<Hold>;
        /// Whether a record went for good.
        is_purged(id: Uuid) -> bool;
        /// Certificates of what went for good, the newest first.
        purges(most: u32) -> Vec<Purge>;
        /// Those of which traces may be left.
        purges_under_way() -> Vec<Purge>;
        /// Whether a case is in the bin.
        is_in_bin(case: CaseId) -> bool;
        /// Recordings of a case, tombstones included.
        recordings_ever_of(case: CaseId) -> Vec<Recording>;
        /// The recording in the bin that was made from exactly these source bytes, or holds exactly
        /// this audio.
        binned_by_hash(sha256: &str) -> Option<Recording>;
        /// All bytes that recordings have or had, tombstones included: what undo could bring back too.
        blobs() -> Vec<Blob>;
        /// Live calls, those in the bin included, newest first.
        live_calls_ever() -> Vec<LiveCall>;
        /// A jump of the clock that nobody has answered yet.
        clock_jump() -> Option<ClockJump>;
    }
}
