//! What a telephone line makes of a lane: 8 kHz, µ-law, noise.

use super::energy;
use crate::speak::RATE_HZ;
use crate::wav;
use qinting_testkit::dice::Dice;
use qinting_testkit::sound::whole;

/// Samples per second on the line.
pub(super) const LINE_HZ: u32 = 8_000;
/// How far the noise lies below speech.
const NOISE_DB: f32 = -25.0;

/// The lane (16 kHz) as it comes out of the line ([`LINE_HZ`]).
pub(super) fn through(lane: &[f32], dice: &mut Dice) -> Vec<i16> {
    let noise = loudness(lane) * 10f32.powf(NOISE_DB / 20.0);
    // Even noise between −1 and 1 is as loud as 1/√3.
    let reach = noise * 3f32.sqrt();
    let slow = wav::resampled(lane, f64::from(RATE_HZ), f64::from(LINE_HZ));
    let noisy = slow.iter().map(|s| {
        let even = dice.below(20_001) as f32 / 10_000.0 - 1.0;
        s + reach * even
    });
    let noisy: Vec<f32> = noisy.collect();
    whole(&noisy).into_iter().map(coarse).collect()
}

/// Root mean square of what is spoken.
fn loudness(lane: &[f32]) -> f32 {
    let spoken = energy::speech(lane);
    let samples = spoken.into_iter().flat_map(|r| &lane[r]);
    let (sum, count) = samples.fold((0.0, 0u32), |(sum, n), s| (sum + s * s, n + 1));
    (sum / count.max(1) as f32).sqrt()
}

/// A sample after µ-law and back.
fn coarse(sample: i16) -> i16 {
    decoded(encoded(sample))
}

const BIAS: i32 = 0x84;
const MOST: i32 = 32_635;

/// ITU-T G.711: sign, three bits for the power of two, four bits of what is below it, all turned over.
fn encoded(sample: i16) -> u8 {
    let sign = if sample < 0 { 0x80 } else { 0 };
    let size = i32::from(sample).abs().min(MOST) + BIAS;
    // Between 2^7 and 2^14, by the bias and the bound.
    let power = size.ilog2() - 7;
    let below = (size >> (power + 3)) & 0x0f;
    !(sign | (power as u8) << 4 | below as u8)
}

fn decoded(byte: u8) -> i16 {
    let turned = !byte;
    let (power, below) = (u32::from(turned >> 4) & 7, i32::from(turned & 0x0f));
    let size = (((below << 3) + BIAS) << power) - BIAS;
    // At most 32,124.
    let size = size as i16;
    if turned & 0x80 == 0 { size } else { -size }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(0, 0xff, 0)]
    #[case(-1, 0x7f, 0)]
    #[case(8, 0xfe, 8)]
    #[case(1_000, 0xce, 988)]
    #[case(-1_000, 0x4e, -988)]
    #[case(i16::MAX, 0x80, 32_124)]
    #[case(i16::MIN, 0x00, -32_124)]
    fn a_sample_goes_through_the_line_as_the_recommendation_says(
        #[case] sample: i16,
        #[case] byte: u8,
        #[case] back: i16,
    ) {
        assert_eq!((encoded(sample), coarse(sample)), (byte, back));
    }

    #[test]
    fn every_byte_comes_back_as_itself() {
        // But for the zero that is negative.
        let same = |byte: &u8| encoded(decoded(*byte)) == *byte || *byte == 0x7f;
        assert!((0..=255).all(|byte| same(&byte)));
    }

    #[test]
    fn the_line_has_noise_below_speech_and_half_the_samples() {
        let tone = |n: usize| 0.3 * (n as f32 * 0.2).sin();
        let mut lane: Vec<f32> = (0..16_000).map(tone).collect();
        lane.resize(32_000, 0.0);
        let heard = through(&lane, &mut Dice::at(3));
        assert_eq!(heard.len(), 16_000);
        let loud = |part: &[i16]| {
            let sum: f32 = part.iter().map(|s| f32::from(*s).powi(2)).sum();
            10.0 * (sum / part.len() as f32).log10()
        };
        let below = loud(&heard[1_000..7_000]) - loud(&heard[9_000..]);
        assert!((23.0..27.0).contains(&below), "{below} dB");
    }
}
