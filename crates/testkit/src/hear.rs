//! What a test hears: how loud it is, and which tone.

use std::f64::consts::TAU;

/// Power of a stretch of sound at one frequency (a sine of level 1 has 0.25), by Goertzel's way.
pub fn power_at<S: Copy + Into<f64>>(samples: &[S], rate_hz: u32, hz: f64) -> f64 {
    let w = TAU * hz / f64::from(rate_hz);
    let turn = 2.0 * w.cos();
    let (mut a, mut b) = (0.0, 0.0);
    for s in samples {
        (a, b) = ((*s).into() + turn * a - b, a);
    }
    (a * a + b * b - turn * a * b) / (samples.len() as f64 * samples.len() as f64)
}

/// Which of these frequencies is the strongest.
fn strongest<S: Copy + Into<f64>>(
    samples: &[S],
    rate_hz: u32,
    among: impl Iterator<Item = f64>,
) -> f64 {
    let powers = among.map(|hz| (power_at(samples, rate_hz, hz), hz));
    let most = powers.max_by(|a, b| a.0.total_cmp(&b.0));
    most.map_or(0.0, |(_, hz)| hz)
}

/// The frequency a stretch of sound is loudest at, between 100 and 2000 Hz, to a quarter.
pub fn loudest_hz<S: Copy + Into<f64>>(samples: &[S], rate_hz: u32) -> f64 {
    let rough = &samples[..samples.len().min(rate_hz as usize / 8)];
    let all = &samples[..samples.len().min(rate_hz as usize)];
    let steps = |from: f64, to: f64, by: f64| {
        let n = ((to - from) / by) as usize;
        (0..=n).map(move |i| from + by * i as f64)
    };
    let coarse = strongest(rough, rate_hz, steps(100.0, 2000.0, 3.0));
    strongest(all, rate_hz, steps(coarse - 4.0, coarse + 4.0, 0.25))
}

/// Root mean square.
pub fn rms<S: Copy + Into<f64>>(samples: &[S]) -> f64 {
    let squares = samples.iter().map(|s| (*s).into() * (*s).into());
    (squares.sum::<f64>() / samples.len().max(1) as f64).sqrt()
}

/// The part of a capture that is louder than `floor`.
pub fn sounding(heard: &[f64], floor: f64) -> &[f64] {
    let loud = |s: &f64| s.abs() > floor;
    match (heard.iter().position(loud), heard.iter().rposition(loud)) {
        (Some(a), Some(b)) => &heard[a..=b],
        _ => &[],
    }
}

/// What was heard, in two figures.
#[derive(Clone, Copy, Debug)]
pub struct Heard {
    /// Root mean square, 0–1 of full scale.
    pub rms: f64,
    /// The strongest tone between 50 Hz and 4 kHz, to the nearest 10 Hz; 0 when it was silent.
    pub dominant_hz: u32,
}

impl Heard {
    /// Loudness and the strongest tone of samples between −1 and 1.
    pub fn of(samples: &[f32], rate_hz: u32) -> Self {
        let rms = rms(samples);
        let tones = (50..=4000).step_by(10).map(f64::from);
        let dominant_hz = match rms < 1e-4 {
            true => 0,
            false => strongest(samples, rate_hz, tones) as u32,
        };
        Self { rms, dominant_hz }
    }

    /// Whether anything a person would hear came out.
    pub fn is_sound(&self) -> bool {
        self.rms > 0.003
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sound::tone;

    #[test]
    fn a_tone_is_recognised_and_silence_is_silent() {
        let tone = tone(440.0, 16_000, 1.0, 0.5);
        assert!((loudest_hz(&tone, 16_000) - 440.0).abs() < 0.3);
        let samples: Vec<f32> = tone.iter().map(|s| *s as f32).collect();
        let heard = Heard::of(&samples, 16_000);
        assert_eq!(heard.dominant_hz, 440);
        assert!((heard.rms - 0.3535).abs() < 0.001, "{heard:?}");
        assert!(!Heard::of(&[0.0; 1000], 16_000).is_sound());
    }
}
