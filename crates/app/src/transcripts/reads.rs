//! What is asked of the database here.

use super::SegmentHit;
use crate::error::AppResult;
use crate::port::reads;
use qinting_domain::*;

reads! {
    $ hand_transcript_reads
    /// Recognised speech.
    TranscriptReads {
        /// Segments by ordinal, a window at a time.
        segments(recording: RecordingId, offset: u32, limit: u32) -> Vec<Segment>;
        /// How many segments a recording has.
        segment_count(recording: RecordingId) -> u32;
        /// Start times of all segments in order: the light index the console follows along.
        segment_starts(recording: RecordingId) -> Vec<u32>;
        /// Segments that overlap a range, in order.
        segments_between(recording: RecordingId, start_ms: u64, end_ms: u64) -> Vec<Segment>;
        /// Segments of one recording that contain the typed text.
        find_in_transcript(recording: RecordingId, typed: &str, limit: u32) -> Vec<SegmentHit>;
    }
}
