//! What a test hears: how loud it is, and which tone.

/// What came out of the sink.
#[derive(Clone, Copy, Debug)]
pub struct Heard {
    /// Root mean square, 0–1 of full scale.
    pub rms: f32,
    /// The strongest tone, to the nearest 10 Hz; 0 when it was silent.
    pub dominant_hz: u32,
}

impl Heard {
    /// Whether anything a person would hear came out.
    pub fn is_sound(&self) -> bool {
        self.rms > 0.003
    }
}

/// Loudness and the strongest tone between 50 Hz and 4 kHz.
pub fn analyse(samples: &[f32], rate_hz: u32) -> Heard {
    let count = samples.len().max(1) as f32;
    let rms = (samples.iter().map(|s| s * s).sum::<f32>() / count).sqrt();
    if rms < 1e-4 {
        return Heard {
            rms,
            dominant_hz: 0,
        };
    }
    let dominant_hz = (50..=4000)
        .step_by(10)
        .max_by(|a, b| power(samples, *a, rate_hz).total_cmp(&power(samples, *b, rate_hz)))
        .unwrap_or(0);
    Heard { rms, dominant_hz }
}

/// Power of one frequency (Goertzel).
fn power(samples: &[f32], hz: u32, rate_hz: u32) -> f64 {
    let turn = 2.0 * std::f64::consts::PI * f64::from(hz) / f64::from(rate_hz);
    let step = 2.0 * turn.cos();
    let (mut before, mut last) = (0.0, 0.0);
    for sample in samples {
        (before, last) = (last, f64::from(*sample) + step * last - before);
    }
    last * last + before * before - step * last * before
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tone_is_recognised_and_silence_is_silent() {
        let tone: Vec<f32> = (0..16_000)
            .map(|n| (n as f32 * 440.0 * std::f32::consts::TAU / 16_000.0).sin() * 0.5)
            .collect();
        let heard = analyse(&tone, 16_000);
        assert_eq!(heard.dominant_hz, 440);
        assert!((heard.rms - 0.3535).abs() < 0.001, "{heard:?}");
        assert!(!analyse(&[0.0; 1000], 16_000).is_sound());
    }
}
