//! What is told of the way a recording's sound came in.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a person should know about how the sound of a recording came in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum SoundNotice {
    /// The sizes in the file were never finished, or slightly wrong; the sound was taken to its
    /// end.
    HeaderUnfinished,
    /// Taken although the file promised more.
    CutOff {
        /// How much is missing; `None` where nobody can say.
        #[ts(type = "number | null")]
        missing_ms: Option<u64>,
    },
    /// Stretches that could not be read; silence of their length stands there.
    Holes {
        /// How many.
        count: u32,
        /// Their length together.
        #[ts(type = "number")]
        total_ms: u64,
    },
    /// Parts of another rate or other channels were brought to one shape.
    Reshaped,
    /// Both channels carried the same (gain, shift and re-coding allowed) and were taken as one.
    SameOnBoth,
    /// Decoded by the system's ffmpeg.
    Converted {
        /// The codec in words.
        codec: String,
    },
}

/// A stretch of a recording that could not be read. Silence of its length stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SoundGap {
    /// Start in milliseconds from recording start.
    #[ts(type = "number")]
    pub start_ms: u64,
    /// End in milliseconds from recording start.
    #[ts(type = "number")]
    pub end_ms: u64,
}
