//! Windows of recognised speech.

use crate::shape::shapes;
use qinting_domain::*;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

shapes! {
    /// A window of the transcript.
    struct SegmentQuery {
        /// The recording.
        recording_id: RecordingId,
        /// First ordinal.
        offset: u32,
        /// Rows at most (the store caps it at 500).
        limit: u32,
    }
    /// The text of a recording that is to be read.
    struct TranscriptChoice {
        /// The text.
        id: TranscriptId,
        /// Revision it was read at.
        rev: u32,
    }
    /// New words for a segment; the engine's own are kept. `text: null` goes back to them.
    struct SegmentEdit {
        /// The segment.
        id: SegmentId,
        /// Revision it was read at.
        rev: u32,
        /// New text.
        text: Option<String>,
    }
    /// Words looked for in one transcript.
    struct TranscriptSearch {
        /// The recording.
        recording_id: RecordingId,
        /// What was typed.
        text: String,
    }
    /// A segment that contains what was typed.
    struct SegmentHit {
        /// The segment.
        id: SegmentId,
        /// Its place in the transcript.
        ordinal: u32,
        /// Its start.
        #[ts(type = "number")] start_ms: u64,
    }
}
