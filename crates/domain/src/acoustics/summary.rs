//! The few figures that lists show, sort and filter by.

use super::{SoundFigures, TwoSides};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a list says of a side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LaneSummary {
    /// Of all that both say, in thousandths; `None` where nobody speaks.
    pub talk_permille: Option<u16>,
    /// Length of the longest monologue in milliseconds.
    #[ts(type = "number | null")]
    pub monologue_ms: Option<u64>,
    /// How long one lets the other wait, the median, in milliseconds.
    #[ts(type = "number | null")]
    pub response_ms: Option<u64>,
}

/// What a list says of the sound of a recording.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SoundSummary {
    /// How much of what was recorded nobody speaks, in thousandths.
    pub silence_permille: u16,
    /// How long somebody certainly was on hold, in milliseconds.
    #[ts(type = "number")]
    pub hold_ms: u64,
    /// How often both speak at once; `None` where there is no lane for each side.
    pub overtalk: Option<u32>,
    /// By channel; `None` where there is no lane for each side.
    pub lanes: Option<[LaneSummary; 2]>,
}

impl SoundSummary {
    /// The short of it; `None` where nothing was recorded.
    pub fn of(figures: &SoundFigures) -> Option<Self> {
        let sides = figures.sides.as_ref();
        let recorded_ms = figures.speech_ms + figures.silence_ms;
        if recorded_ms == 0 {
            return None;
        }
        let silence = figures.silence_ms * 1000 / recorded_ms;
        Some(Self {
            // Silence is a part of what was recorded.
            silence_permille: silence.min(1000) as u16,
            hold_ms: figures.hold_ms,
            overtalk: sides.map(|sides| sides.overtalk.len() as u32),
            lanes: sides.map(lanes),
        })
    }
}

fn lanes(sides: &TwoSides) -> [LaneSummary; 2] {
    sides.lanes.each_ref().map(|lane| LaneSummary {
        talk_permille: lane.talk_permille,
        monologue_ms: lane.longest_monologue.map(super::Stretch::len_ms),
        response_ms: lane.response.map(|response| response.median_ms),
    })
}
