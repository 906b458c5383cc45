//! What lies below the voice is taken out of the copy that voice activity and engine hear.
//!
//! A sound card with a DC offset, mains hum and rumble move every sample the same way. Nobody hears
//! that, but half a per cent of full scale halved the right sentences. The evidence keeps it.

use crate::wav::RATE_HZ;
use std::f64::consts::{FRAC_1_SQRT_2, TAU};

/// Where the filter takes half the power, in Hz: below the lowest voice (about 75 Hz), and low enough
/// that what a telephone passes (300 Hz and up) stays as it is.
const CUT_HZ: f64 = 40.0;

/// A second-order Butterworth high-pass at [`RATE_HZ`], one lane's state.
pub(crate) struct HighPass {
    ahead: [f64; 3],
    back: [f64; 2],
    state: [f64; 2],
    begun: bool,
}

impl HighPass {
    pub(crate) fn new() -> Self {
        // The bilinear transform of the analogue filter, after the Audio EQ Cookbook.
        let angle = TAU * CUT_HZ / f64::from(RATE_HZ);
        let (sin, cos) = angle.sin_cos();
        let alpha = sin * FRAC_1_SQRT_2;
        let whole = 1.0 + alpha;
        let outer = (1.0 + cos) / 2.0 / whole;
        Self {
            ahead: [outer, -2.0 * outer, outer],
            back: [-2.0 * cos / whole, (1.0 - alpha) / whole],
            state: [0.0; 2],
            begun: false,
        }
    }

    /// Filters in place; samples stay within ±1, which is all voice activity takes.
    pub(crate) fn apply(&mut self, samples: &mut [f32]) {
        let ([b0, b1, b2], [a1, a2]) = (self.ahead, self.back);
        if let (false, Some(first)) = (self.begun, samples.first()) {
            // As if the first sample had stood there for ever: an offset begins without a thump.
            let first = f64::from(*first);
            self.state = [-b0 * first, b2 * first];
            self.begun = true;
        }
        let [mut one, mut two] = self.state;
        for sample in samples {
            let x = f64::from(*sample);
            let y = b0 * x + one;
            one = b1 * x - a1 * y + two;
            two = b2 * x - a2 * y;
            *sample = y.clamp(-1.0, 1.0) as f32;
        }
        self.state = [one, two];
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn tone(hz: f64, level: f64, offset: f64) -> Vec<f32> {
        (0..RATE_HZ)
            .map(|i| (offset + level * (TAU * hz * f64::from(i) / f64::from(RATE_HZ)).sin()) as f32)
            .collect()
    }

    fn loudness(samples: &[f32]) -> f64 {
        let square: f64 = samples.iter().map(|s| f64::from(*s).powi(2)).sum();
        (square / samples.len() as f64).sqrt()
    }

    #[rstest]
    #[case::a_voice(300.0, 0.99, 1.01)]
    #[case::the_lowest_voice(75.0, 0.9, 1.0)]
    #[case::the_edge(40.0, 0.69, 0.72)]
    #[case::rumble(8.0, 0.0, 0.06)]
    fn what_is_said_passes_and_rumble_does_not(
        #[case] hz: f64,
        #[case] at_least: f64,
        #[case] at_most: f64,
    ) {
        let mut sound = tone(hz, 0.5, 0.0);
        let before = loudness(&sound);
        HighPass::new().apply(&mut sound);
        let share = loudness(&sound[sound.len() / 2..]) / before;
        assert!((at_least..=at_most).contains(&share), "{hz} Hz: {share}");
    }

    #[rstest]
    #[case(0.001)]
    #[case(0.05)]
    #[case(-0.5)]
    fn an_offset_is_gone_from_the_first_sample(#[case] offset: f64) {
        let mut sound = vec![offset as f32; 1_600];
        HighPass::new().apply(&mut sound);
        assert!(sound.iter().all(|s| s.abs() < 1e-5), "{:?}", &sound[..8]);
    }

    #[test]
    fn it_does_not_matter_in_how_many_pieces_sound_comes() {
        let sound = tone(200.0, 0.3, 0.2);
        let mut whole = sound.clone();
        HighPass::new().apply(&mut whole);
        let (mut filter, mut pieces) = (HighPass::new(), sound);
        for piece in pieces.chunks_mut(333) {
            filter.apply(piece);
        }
        assert_eq!(whole, pieces);
    }
}
