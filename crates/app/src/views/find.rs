//! Search, and the ways findings leave.

use super::{IssueRow, ObservationView, SeatNoteView};
use qinting_domain::*;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

choices! {
    /// What a search looks through.
    enum SearchScope {
        /// Transcripts.
        Segment,
        /// Observations.
        Observation,
        /// Issues.
        Issue,
        /// Cases.
        Case,
        /// What is kept by what it declares alone: promises and the like.
        Record,
    }
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
    /// What to look for.
    struct SearchQuery {
        /// What was typed.
        text: String,
        /// Where; empty for everywhere.
        scopes: Vec<SearchScope>,
        /// Hits per scope at most (the store caps it at 100).
        limit: u32,
    }
    /// Something that was found, and the moment it leads to.
    struct SearchHit {
        /// What it is.
        scope: SearchScope,
        /// The kind of it, among [`SearchScope::Record`].
        kind: Option<EntityKind>,
        /// Heading: title of the case or issue.
        title: String,
        /// Words around the place, at most 80 characters.
        excerpt: String,
        /// Who speaks, for transcripts.
        role: Option<ChannelRole>,
        /// The words of a transcript are in doubt: heard with little confidence, corrected by nobody.
        doubtful: bool,
        /// The case it leads to.
        case_id: Option<CaseId>,
        /// The moment in it.
        #[ts(type = "number | null")] start_ms: Option<u64>,
        /// The end of the moment.
        #[ts(type = "number | null")] end_ms: Option<u64>,
        /// The issue it leads to.
        issue_id: Option<IssueId>,
        /// Its number.
        issue_number: Option<u32>,
        /// The observation it leads to.
        observation_id: Option<ObservationId>,
        /// The session it leads to.
        session_id: Option<SessionId>,
    }
    /// What was found.
    struct SearchResults {
        /// Hits, grouped by scope in the order issue, observation, record, case, segment; newest first.
        hits: Vec<SearchHit>,
        /// Scopes in which there is more than was returned.
        more: Vec<SearchScope>,
        /// Pieces of what was typed that no search can look for, such as a lone comma.
        left_out: Vec<String>,
        /// The index is being renewed, and so much of it is: older records may be missing. Percent.
        renewing: Option<u8>,
    }
    /// How far the search index is brought to the present rules.
    #[derive(Copy)]
    struct IndexState {
        /// Rows that are.
        #[ts(type = "number")] done: u64,
        /// Rows in all.
        #[ts(type = "number")] total: u64,
    }
    /// Where findings should go.
    struct ExportRequest {
        /// Format.
        format: ExportFormat,
        /// File to write.
        path: String,
    }
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
        /// Records of the plain kinds, in the order they came.
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
