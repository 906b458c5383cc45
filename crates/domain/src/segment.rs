//! Recognised speech.

use crate::{ChannelRole, Meta, RecordingId, SegmentId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Words heard with less confidence than this are in doubt, 0–1. The page gets it from here.
pub const DOUBT: f32 = 0.6;
/// At most so sure are words that nothing confirmed: a loop that was cut, an utterance that was never over.
pub const UNCONFIRMED: f32 = 0.3;

/// Whether words heard with this confidence are in doubt; a person who corrected them has settled
/// that.
pub fn is_doubtful(confidence: f32, is_corrected: bool) -> bool {
    confidence < DOUBT && !is_corrected
}

/// One stretch of recognised speech on one channel.
#[derive(qinting_record_derive::Record, Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Segment {
    /// Identity.
    pub id: SegmentId,
    /// The recording it was heard in.
    #[field(refers(Recording), under)]
    pub recording_id: RecordingId,
    /// Place in the transcript, by start time, from 0.
    #[field(derived)]
    pub ordinal: u32,
    /// Start in milliseconds from recording start.
    #[ts(type = "number")]
    pub start_ms: u64,
    /// End in milliseconds from recording start.
    #[ts(type = "number")]
    pub end_ms: u64,
    /// Channel index.
    pub channel: u16,
    /// Text as shown.
    #[field(prose, search, personal)]
    pub text: String,
    /// What the engine wrote, kept when a person corrects the text.
    #[field(personal)]
    pub text_original: Option<String>,
    /// Mean token probability, 0–1.
    pub confidence: f32,
    /// Language the engine heard, e.g. `zh`.
    pub language: String,
    /// Model that wrote it.
    pub engine: String,
    /// Who speaks, where somebody said so; else whoever speaks on the channel.
    #[field(derived)]
    #[serde(default)]
    pub role: Option<ChannelRole>,
    /// Common columns.
    #[serde(flatten)]
    pub meta: Meta,
}

impl Segment {
    /// Its words are shown, found and told as doubtful.
    pub fn is_doubtful(&self) -> bool {
        is_doubtful(self.confidence, self.text_original.is_some())
    }
}

/// A segment as the speech worker hands it over, before it has a row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HeardSegment {
    /// Start in milliseconds from recording start.
    pub start_ms: u64,
    /// End in milliseconds from recording start.
    pub end_ms: u64,
    /// Channel index.
    pub channel: u16,
    /// Text after script conversion and quality gates.
    pub text: String,
    /// Mean token probability, 0–1.
    pub confidence: f32,
    /// Language the engine heard.
    pub language: String,
}

/// The role that speaks on a channel; unknown when the map does not say.
pub fn role_of(roles: &[ChannelRole], channel: u16) -> ChannelRole {
    roles
        .get(usize::from(channel))
        .copied()
        .unwrap_or(ChannelRole::Unknown)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::never_settled(0.3, false, true)]
    #[case::just_below(0.599, false, true)]
    #[case::at_the_line(0.6, false, false)]
    #[case::sure(0.95, false, false)]
    #[case::settled_by_a_person(0.3, true, false)]
    fn words_are_in_doubt_until_they_are_sure_or_corrected(
        #[case] confidence: f32,
        #[case] is_corrected: bool,
        #[case] doubtful: bool,
    ) {
        assert_eq!(is_doubtful(confidence, is_corrected), doubtful);
    }
}
