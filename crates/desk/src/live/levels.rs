//! Levels as a person reads them.

use crate::live::ports::LaneSound;
use crate::live::shapes::LaneLevel;

/// What silence is called.
const FLOOR_DB: f32 = -120.0;

/// dBFS of an amplitude between 0 and 1.
pub(super) fn dbfs(amplitude: f32) -> f32 {
    if amplitude > 0.0 {
        (20.0 * amplitude.log10()).max(FLOOR_DB)
    } else {
        FLOOR_DB
    }
}

/// One lane's levels.
pub(super) fn lane_level(sound: &LaneSound) -> LaneLevel {
    LaneLevel {
        peak_db: dbfs(sound.peak),
        rms_db: dbfs(sound.rms),
        clipped: sound.clipped,
        columns: sound
            .columns
            .iter()
            .flat_map(|(lo, hi)| [*lo, *hi])
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::full_scale(1.0, 0.0)]
    #[case::half(0.5, -6.0206)]
    #[case::silence(0.0, -120.0)]
    #[case::below_the_floor(1e-9, -120.0)]
    #[case::not_a_number(f32::NAN, -120.0)]
    fn an_amplitude_in_decibels(#[case] amplitude: f32, #[case] expected: f32) {
        assert!((dbfs(amplitude) - expected).abs() < 0.001);
    }
}
