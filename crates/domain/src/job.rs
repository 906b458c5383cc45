//! Background work as rows. A kind of job is named here once, in [`jobs!`]: its arguments, and the
//! rules it is queued, taken and given up by. What it does stands in `app`, beside its capability.

mod list;

pub use list::*;

use crate::{CaseId, JobId, LiveCallId, RecordingId, UnixMs};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

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

/// When jobs have their turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// One at a time over all processes: a second heavy job on the same cores makes decoding ten times slower.
    Heavy,
    /// One at a time in each process, beside heavy ones.
    Beside,
    /// Before anything else begins in a process that has the workspace to itself, and only then.
    Alone,
}

/// The rules of a kind.
#[derive(Clone, Copy, Debug)]
pub struct JobRules {
    /// When it has its turn.
    pub slot: Slot,
    /// It takes so much of the machine that none goes on while a call is heard, and goes on behind it.
    pub rests: bool,
    /// In its slot the higher one comes first, and of equal ones the older.
    pub priority: u8,
    /// A person asks for it: it is listed, and its row stays. What nobody asked for is listed when
    /// it failed; its row goes when it is done, or when it is queued anew.
    pub asked: bool,
    /// So many starts may come to nothing because the program died; each time but the last it is
    /// taken up again from the beginning. One: a crash fails it at once.
    pub most_starts: u32,
    /// What it has failed of when they did. The code gets `times`.
    pub given_up: &'static str,
}

/// What nobody asked for and was given up is left alone this long, in milliseconds, unless somebody
/// asks: what kills the program must not do so at every start.
pub const LEFT_ALONE_MS: UnixMs = 7 * 24 * 3_600_000;

/// What a job is told.
pub trait JobArgs: Serialize + DeserializeOwned {
    /// What it is about. Of a kind one job about the same waits or runs at a time; nil is the
    /// workspace itself.
    fn about(&self) -> Uuid {
        Uuid::nil()
    }

    /// The case whose lists show it, if it is of one.
    fn case(&self) -> Option<CaseId> {
        None
    }
}

/// Slot a recording into text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Transcribe {
    /// The case, for lists.
    pub case_id: CaseId,
    /// The recording to decode.
    pub recording_id: RecordingId,
    /// Id of a model, or the place of a file that a person named; `None` fails. A row may say anything: what it
    /// says is read where [`crate::ModelId`] parses, or where somebody of this installation named the file.
    pub model: Option<String>,
    /// `auto`, `zh`, `en`.
    pub language: String,
}

impl JobArgs for Transcribe {
    fn about(&self) -> Uuid {
        self.recording_id.0
    }
    fn case(&self) -> Option<CaseId> {
        Some(self.case_id)
    }
}

/// Take in the sound of a call that was cut off.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct TakeIn {
    /// The call.
    pub call_id: LiveCallId,
}

impl JobArgs for TakeIn {
    fn about(&self) -> Uuid {
        self.call_id.0
    }
}

/// Write the search index anew by the present rules.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[ts(type = "object")]
pub struct RenewIndex {}

impl JobArgs for RenewIndex {}

/// Take the last traces of what went for good.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[ts(type = "object")]
pub struct Scrub {}

impl JobArgs for Scrub {}

/// Keep texts that lie in rows alone as bytes of their recordings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[ts(type = "object")]
pub struct SealTexts {}

impl JobArgs for SealTexts {}

/// Measure what the sound of recordings tells, where that is not known by the present rules.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[ts(type = "object")]
pub struct MeasureSound {}

impl JobArgs for MeasureSound {}

/// Remove media files that no row names.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[ts(type = "object")]
pub struct SweepMedia {}

impl JobArgs for SweepMedia {}

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

impl Job {
    /// A job that waits for its first turn.
    pub fn new(id: JobId, work: impl Into<JobWork>, at: UnixMs) -> Self {
        Self {
            id,
            work: work.into(),
            state: JobState::Queued,
            progress_permille: 0,
            attempt: 0,
            error: None,
            created_at: at,
            updated_at: at,
        }
    }

    /// Whether people are told of it: they asked for it, or it failed.
    pub fn is_told(&self) -> bool {
        let asked = self.work.kind().is_none_or(|kind| kind.rules().asked);
        asked || self.state == JobState::Failed
    }

    /// It waits or runs.
    pub fn goes_on(&self) -> bool {
        matches!(self.state, JobState::Queued | JobState::Running)
    }
}

#[cfg(test)]
mod tests;
