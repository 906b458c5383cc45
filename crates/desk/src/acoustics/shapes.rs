//! What the sound of a recording tells, as far as it is known.

use qinting_domain::*;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What is known of the sound of a recording.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum SoundTold {
    /// It was measured.
    Known {
        /// What it tells.
        figures: SoundFigures,
    },
    /// It will be, in the background.
    Waiting,
    /// It could not be read.
    Unreadable,
    /// There is none: no sound was kept, or the call goes on.
    None,
}
