//! The ways findings leave.

use crate::issues::shapes::IssueRow;
use crate::marks::shapes::ObservationView;
use crate::marks::shapes::SeatNoteView;
use crate::shape::{choices, shapes};
use qinting_domain::*;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

choices! {
    /// How findings leave.
    enum ExportFormat {
        /// Everything, for machines.
        Json,
        /// Observations as a table for spreadsheets.
        Csv,
        /// A readable text.
        Md,
    }
}

shapes! {
    /// What was written.
    struct ExportResult {
        /// The file.
        path: String,
        /// Its size.
        #[ts(type = "number")] bytes: u64,
        /// Observations in it.
        observations: u32,
        /// Issues in it.
        issues: u32,
    }
    /// What there is to know about the sound of a recording.
    struct SoundFacts {
        /// Its case.
        case_id: CaseId,
        /// The recording.
        recording_id: RecordingId,
        /// How it came in.
        notices: Vec<SoundNotice>,
        /// Stretches without sound: paused, lost, or not to be read.
        gaps: Vec<CaptureGap>,
    }
    /// Everything an export needs, in one consistent read.
    struct Findings {
        /// When it was read.
        #[ts(type = "number")] at: UnixMs,
        /// Cases that carry observations or notes.
        cases: Vec<Case>,
        /// Their contacts; of each case the first first.
        contacts: Vec<Contact>,
        /// Observations, oldest first.
        observations: Vec<ObservationView>,
        /// Issues by number.
        issues: Vec<IssueRow>,
        /// Their evidence.
        links: Vec<IssueLink>,
        /// Tags.
        tags: Vec<Tag>,
        /// People.
        people: Vec<Person>,
        /// Listening sessions.
        sessions: Vec<ListeningSession>,
        /// Calls that were heard as they happened.
        live_calls: Vec<LiveCall>,
        /// What was noted at the seat.
        seat_notes: Vec<SeatNoteView>,
        /// Records of the other plain kinds, in the order they came.
        #[serde(skip_deserializing)]
        records: Vec<Record>,
        /// Recordings that observations and notes stand on and that have no sound: their times
        /// count on the clock of the live call.
        without_sound: Vec<RecordingId>,
        /// Recordings that observations and notes stand on and of whose sound there is something
        /// to know.
        sound: Vec<SoundFacts>,
    }
}
