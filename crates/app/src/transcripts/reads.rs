//! What is asked of the database here.

use super::SegmentHit;
use crate::error::AppResult;
use crate::port::reads;
use qinting_domain::*;

reads! {
    $ hand_transcript_reads
    /// Recognised speech.
    TranscriptReads {
        /// All texts of a recording, the newest first.
        transcripts_of(recording: RecordingId) -> Vec<Transcript>;
        /// Some of the recordings, or that one, whose text is whole and no bytes of its own yet: one of an older
        /// version, or of a live call that is over. Not of a call in the bin.
        unsealed_texts(of: Option<RecordingId>, most: u32) -> Vec<RecordingId>;
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
