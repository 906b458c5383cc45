//! What the store keeps of calls that were taken away.

use crate::error::AppResult;
use crate::views::*;
use qinting_domain::*;

/// Calls that were taken away. Deleted means in the bin: nothing here is lost by itself.
///
/// A case is in the bin when it was taken away and something of it could be heard, read or seen
/// again. The empty case of a live call whose marks stand on a recording now, and of one that never
/// began, is not.
pub trait BinStore {
    /// A window of the bin, what went in last first.
    fn bin(&self, query: &BinQuery) -> AppResult<Page<BinRow>>;
    /// Whether a case is in the bin.
    fn is_in_bin(&self, case: CaseId) -> AppResult<bool>;
    /// Recordings of a case, tombstones included.
    fn recordings_ever_of(&self, case: CaseId) -> AppResult<Vec<Recording>>;
    /// The recording in the bin that was made from exactly these source bytes, or holds exactly
    /// this audio.
    fn binned_by_hash(&self, sha256: &str) -> AppResult<Option<Recording>>;
    /// Every media hash that any row names, tombstones included, or that undo could bring back.
    fn media_named(&self) -> AppResult<Vec<String>>;
    /// Live calls, those in the bin included, newest first.
    fn live_calls_ever(&self) -> AppResult<Vec<LiveCall>>;

    /// Keeps that the program saw time pass. Of several programs at once the time counts once.
    fn beat(&self, beat: &Beat) -> AppResult<()>;
    /// A jump of the clock that nobody has answered yet.
    fn clock_jump(&self) -> AppResult<Option<ClockJump>>;
    /// Answers it: the time of the jump counts for what was in the bin by then, or it does not.
    fn settle_jump(&self, counts: bool) -> AppResult<()>;
    /// Takes traces of removed words out of the full-text indexes, a short step at a time; whether
    /// there is more to do.
    fn forget_removed(&self) -> AppResult<bool>;
}

/// Time that passed between two looks at the clocks of one run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Beat {
    /// Wall time now.
    pub at: UnixMs,
    /// What the steady clock says has passed since the beat before, in milliseconds.
    pub elapsed_ms: u64,
    /// How much further the wall clock moved forward than that, when it is worth asking about.
    pub jump_ms: u64,
}
