//! What the sound of a recording tells without any model: who speaks when, how loud, where nothing is said, where
//! somebody was put on hold. Times and counts, never a mark for a person.
//!
//! [`Acoustics`] is what is measured, once, and kept beside the recording; [`SoundFigures`] follow from it by the
//! rules in `figures`.

mod figures;
pub mod stretches;
mod summary;
mod written;

pub use figures::{
    BACKCHANNEL_MS, LaneFigures, OVERTALK_MS, Overtalk, Response, SoundFigures, TURN_PAUSE_MS,
    TwoSides,
};
pub use summary::{LaneSummary, SoundSummary};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Number of the rules by which sound is measured, and figures follow from it. It goes up when the same sound would
/// be measured otherwise or tell lists another figure: what is kept with another number is measured anew.
pub const ACOUSTICS: u32 = 1;

/// A stretch of a recording.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Stretch {
    /// Start in milliseconds from recording start.
    #[ts(type = "number")]
    pub start_ms: u64,
    /// End in milliseconds from recording start.
    #[ts(type = "number")]
    pub end_ms: u64,
}

impl Stretch {
    /// From here to there.
    pub const fn new(start_ms: u64, end_ms: u64) -> Self {
        Self { start_ms, end_ms }
    }

    /// How long it is, in milliseconds.
    pub const fn len_ms(self) -> u64 {
        self.end_ms.saturating_sub(self.start_ms)
    }
}

/// What a hold is known by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum HoldSign {
    /// Music is played on a lane.
    Music,
    /// No lane carries any signal: each sample is the same.
    NoSignal,
    /// One lane carries no signal and nobody speaks on the other, or the recorder leaves out every pause: it may be
    /// a hold, or somebody who says nothing.
    Possible,
}

/// A stretch in which somebody was put on hold, as far as the sound tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OnHold {
    /// When.
    #[serde(flatten)]
    pub stretch: Stretch,
    /// What it is known by.
    pub sign: HoldSign,
}

/// How loud a lane is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct Loudness {
    /// Mean power (RMS) of what is said, in dB of full scale, 0 at most; no weighting by ear, so it is not LUFS. `None`
    /// where nobody speaks.
    pub speech_dbfs: Option<f32>,
    /// How often it was cut off at the top: runs of three samples and more at full scale.
    pub clipped: u32,
}

/// What was measured of one lane.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LaneAcoustics {
    /// Where somebody speaks, in time order, none touching another. Breaths inside of a sentence belong to it.
    pub speech: Vec<Stretch>,
    /// How loud.
    pub loudness: Loudness,
}

/// What was measured of a recording.
#[derive(Clone, Debug, PartialEq)]
pub struct Acoustics {
    /// Length of the recording in milliseconds.
    pub length_ms: u64,
    /// By channel: two where there is a lane for each side, else one in which everybody speaks: of one channel, of two
    /// that carry the same, or where one of two carries nothing at all.
    pub lanes: Vec<LaneAcoustics>,
    /// Where somebody was put on hold, in time order.
    pub holds: Vec<OnHold>,
    /// Where there is no sound of the call, in time order: it was paused, lost, or could not be read. Silence fills it,
    /// which is nobody's: nothing is known of it.
    pub gaps: Vec<Stretch>,
}
