//! Marks, observations, and notes from the seat.

use crate::issues::shapes::IssueRef;
use crate::shape::shapes;
use qinting_domain::*;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

shapes! {
    /// A range.
    struct Span {
        /// Start.
        #[ts(type = "number")] start_ms: u64,
        /// End.
        #[ts(type = "number")] end_ms: u64,
    }
    /// A note at the seat.
    struct NewSeatNote {
        /// The recording.
        recording_id: RecordingId,
        /// Moment; `None` is now, on the clock of the call that goes on.
        #[ts(type = "number | null")] at_ms: Option<u64>,
        /// Who says it; `None` is who is seated.
        author_id: Option<PersonId>,
        /// What it is.
        kind: SeatNoteKind,
        /// Words.
        text: String,
    }
    /// A note where it is listed.
    struct SeatNoteView {
        /// The note.
        note: SeatNote,
        /// Who says it.
        author: String,
        /// Says it as 师兄.
        by_mentor: bool,
    }
    /// The one-key mark.
    struct MarkRequest {
        /// The id it gets; made here when whoever asks makes none.
        #[serde(default)]
        #[ts(optional)]
        id: Option<ObservationId>,
        /// The operation it is, so that who asks knows its echo, and asking again is harmless.
        #[serde(default)]
        #[ts(optional)]
        op_id: Option<OpId>,
        /// The recording.
        recording_id: RecordingId,
        /// Player position when the key went down.
        #[ts(type = "number")] at_ms: u64,
        /// Lag to take off; `None` takes the setting.
        lag_ms: Option<u32>,
        /// `None` is a problem.
        kind: Option<ObservationKind>,
        /// Tags given in the same stroke.
        tags: Vec<TagId>,
        /// Explicit range instead of the automatic clip.
        range: Option<Span>,
        /// Where it stands; `None` is the sound around the moment, or the range.
        #[serde(default)]
        #[ts(optional)]
        anchor: Option<Anchor>,
        /// Words written in the same stroke (CLI).
        text: Option<String>,
        /// The listening session this is heard in; it must have the case on its list.
        session_id: Option<SessionId>,
    }
    /// An observation where it is listed.
    struct ObservationView {
        /// The observation.
        observation: Observation,
        /// Title of its case.
        case_title: String,
        /// Who made it.
        author: String,
        /// Issues it is filed under.
        issues: Vec<IssueRef>,
    }
    /// Which observations.
    struct ObservationQuery {
        /// Only with this tag.
        tag: Option<TagId>,
        /// Only of this kind.
        kind: Option<ObservationKind>,
        /// Only those not filed under any issue.
        unfiled: bool,
        /// First row.
        offset: u32,
        /// Rows at most.
        limit: u32,
    }
    /// Play a moment in place.
    struct PlayClip {
        /// The recording.
        recording_id: RecordingId,
        /// Start.
        #[ts(type = "number")] start_ms: u64,
        /// End.
        #[ts(type = "number")] end_ms: u64,
    }
}

impl MarkRequest {
    /// The key at this moment, and nothing besides.
    pub fn at(recording_id: RecordingId, at_ms: u64) -> Self {
        Self {
            id: None,
            op_id: None,
            recording_id,
            at_ms,
            lag_ms: None,
            kind: None,
            tags: Vec::new(),
            range: None,
            anchor: None,
            text: None,
            session_id: None,
        }
    }
}
