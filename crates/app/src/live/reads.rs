//! What is asked of the database here.

use crate::error::AppResult;
use crate::port::reads;
use qinting_domain::*;

reads! {
    $ hand_live_reads
    /// Calls heard as they happen.
    LiveReads {
        /// All live calls, newest first.
        live_calls() -> Vec<LiveCall>;
        /// The live call of a recording; `None` for every other recording.
        live_call_of(recording: RecordingId) -> Option<LiveCall>;
        /// Files of a recording, in order.
        parts_of(recording: RecordingId) -> Vec<CapturePart>;
        /// Gaps of a recording, in time order.
        gaps_of(recording: RecordingId) -> Vec<CaptureGap>;
        /// Every recording with sound that is no live call's own, with its case and contact (of
        /// which what sources said besides is left out), newest first: what a call without sound may belong to, and facts that come later.
        recordings_brought_in() -> Vec<(Case, Contact, Recording)>;
    }
}
