//! Marks, observations, the codebook, people.

use super::Span;
use qinting_domain::*;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

shapes! {
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
    /// An issue in a few words.
    struct IssueRef {
        /// Identity.
        id: IssueId,
        /// Number.
        number: u32,
        /// Title.
        title: String,
        /// Status.
        status: IssueStatus,
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
    /// A new tag.
    struct NewTag {
        /// Name.
        name: String,
        /// Colour.
        colour: TagColour,
        /// Branch.
        parent_id: Option<TagId>,
    }
    /// One record takes over from another.
    struct TagMerge {
        /// Goes.
        from: TagId,
        /// Stays.
        into: TagId,
    }
    /// A new person.
    struct NewPerson {
        /// Name.
        name: String,
        /// Roles.
        roles: Roles,
        /// Department.
        org_unit: String,
    }
    /// What Ctrl+Z did.
    struct UndoResult {
        /// The operation that was undone.
        op_id: OpId,
        /// What it was, e.g. `observation.mark`.
        action: String,
    }
}
