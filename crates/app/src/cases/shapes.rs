//! The case library.

use crate::shape::{MOST_ROWS, choices, shapes};
use qinting_domain::*;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

choices! {
    /// Order of the case library.
    #[derive(Default)]
    enum CaseSort {
        /// Newest import first.
        #[default]
        Imported,
        /// Newest call first.
        StartedAt,
        /// By title.
        Title,
        /// Longest first.
        Duration,
        /// Most marks first.
        Marks,
    }
    /// Where a recording's text stands.
    enum TranscriptState {
        /// No text and nothing under way.
        None,
        /// Waiting.
        Queued,
        /// Being decoded.
        Running,
        /// There.
        Done,
        /// Failed; retry.
        Failed,
    }
}

shapes! {
    /// What to show of the case library.
    struct CaseQuery {
        /// Words in title and facts; empty for all.
        text: String,
        /// Only this business line; empty for all.
        business_line: String,
        /// Order.
        sort: CaseSort,
        /// First row.
        offset: u32,
        /// Rows at most (the store caps it at 500).
        limit: u32,
    }
    /// One row of the case library.
    struct CaseRow {
        /// The case.
        case: Case,
        /// The first of its contacts as it is shown, without what sources said of it besides (`facts`, `told`).
        contact: Option<Contact>,
        /// Its recording, if any.
        recording_id: Option<RecordingId>,
        /// Length.
        #[ts(type = "number")] duration_ms: u64,
        /// Roles by channel.
        roles: Vec<ChannelRole>,
        /// Marks on it.
        observation_count: u32,
        /// Issues that rest on it.
        issue_count: u32,
        /// People who listened.
        listener_count: u32,
        /// Text.
        transcript: TranscriptState,
        /// The live call it comes from, if any.
        live: Option<LiveCall>,
        /// There is sound to play.
        has_audio: bool,
        /// The short of what its sound tells, once that was measured.
        sound: Option<SoundSummary>,
    }
    /// Where a person left off in a case.
    struct ListenState {
        /// Position.
        #[ts(type = "number")] position_ms: u64,
        /// Speed.
        speed: f32,
    }
    /// Somebody needs the customer of a contact whole.
    struct Unmask {
        /// The contact.
        contact_id: ContactId,
        /// What for.
        reason: String,
    }
    /// That somebody saw a customer whole.
    struct UnmaskingView {
        /// When, what for, and which contact.
        unmasking: Unmasking,
        /// Who.
        author: String,
    }
    /// New roles for the channels of a recording.
    struct RolesRequest {
        /// The recording.
        recording_id: RecordingId,
        /// Role of each channel.
        roles: Vec<ChannelRole>,
    }
}

/// Every case, newest first, as many as are given at once.
impl Default for CaseQuery {
    fn default() -> Self {
        Self {
            text: String::new(),
            business_line: String::new(),
            sort: CaseSort::default(),
            offset: 0,
            limit: MOST_ROWS,
        }
    }
}
