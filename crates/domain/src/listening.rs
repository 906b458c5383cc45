//! Who heard what: the fact a programme of listening rests on, and later the proof that somebody listened
//! again.

use crate::{DeviceId, ListeningId, Meta, PersonId, RecordingId, Unfit, UnixMs};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A stretch of a recording that somebody listened to in one go. It is written once and never changed.
#[derive(qinting_record_derive::Record, Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[record(fixed, fits)]
pub struct Listening {
    /// Identity.
    pub id: ListeningId,
    /// What was heard.
    #[field(refers(Recording), under)]
    pub recording_id: RecordingId,
    /// Who sat there.
    #[field(refers(Person), owner)]
    pub person_id: PersonId,
    /// The earliest moment that sounded, in milliseconds from recording start.
    #[ts(type = "number")]
    pub from_ms: u64,
    /// Where the latest one ended.
    #[ts(type = "number")]
    pub to_ms: u64,
    /// How much of the recording went out to the speaker, in milliseconds: silence that was skipped does not
    /// count, what was repeated counts again. `None`: by a version that did not measure.
    #[ts(type = "number | null")]
    pub played_ms: Option<u64>,
    /// When it began.
    #[ts(type = "number")]
    pub began_at: UnixMs,
    /// When it ended.
    #[ts(type = "number")]
    pub ended_at: UnixMs,
    /// Where: the installation it was played on, if that is known.
    pub device_id: Option<DeviceId>,
    /// Common columns.
    #[serde(flatten)]
    pub meta: Meta,
}

impl Listening {
    fn fits(&self) -> Result<(), Unfit> {
        match (self.from_ms <= self.to_ms, self.began_at <= self.ended_at) {
            (false, _) => Err(Unfit::of("to_ms")),
            (_, false) => Err(Unfit::of("ended_at")),
            _ => Ok(()),
        }
    }
}
