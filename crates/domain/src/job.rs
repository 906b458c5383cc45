//! Background work as rows.

use crate::{CaseId, JobId, RecordingId, UnixMs};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Where a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum JobState {
    /// Waiting for its turn.
    Queued,
    /// Being worked on.
    Running,
    /// Finished.
    Done,
    /// Ended with a reason; can be retried.
    Failed,
    /// Stopped by a person.
    Cancelled,
}

/// What a job does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum JobWork {
    /// Turn a recording into text.
    Transcribe {
        /// The case, for lists.
        case_id: CaseId,
        /// The recording to decode.
        recording_id: RecordingId,
        /// Model id or absolute file; `None` takes the default at start.
        model: Option<String>,
        /// `auto`, `zh`, `en`.
        language: String,
    },
}

/// A job that was being worked on when the program died is taken up again, until this many starts came
/// to nothing: what kills the program must not do so at every start.
pub const MOST_STARTS: u32 = 3;

/// A job row. Not part of the change log: machines make them, people only start and stop them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Job {
    /// Identity; time-ordered, so also the queue order.
    pub id: JobId,
    /// What it does.
    pub work: JobWork,
    /// Where it stands.
    pub state: JobState,
    /// Done so far in thousandths.
    pub progress_permille: u16,
    /// How often it was started, without the times it was put back in good order.
    pub attempt: u32,
    /// Why it failed: an error code the UI words, with arguments.
    pub error: Option<crate::ErrorNote>,
    /// When it was queued.
    #[ts(type = "number")]
    pub created_at: UnixMs,
    /// When its row last changed.
    #[ts(type = "number")]
    pub updated_at: UnixMs,
}
