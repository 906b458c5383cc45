//! Sound in files, and at the rate the engine takes.

use crate::speak::RATE_HZ;
use std::path::Path;

/// Channels at [`RATE_HZ`], from a 16-bit WAV.
pub(crate) fn channels(wav: &Path) -> anyhow::Result<Vec<Vec<f32>>> {
    let mut reader = hound::WavReader::open(wav)?;
    let spec = reader.spec();
    let samples: Vec<i16> = reader.samples::<i16>().collect::<Result<_, _>>()?;
    let lanes = usize::from(spec.channels);
    let lane = |n: usize| -> Vec<f32> {
        samples
            .iter()
            .skip(n)
            .step_by(lanes)
            .map(|s| f32::from(*s) / 32_768.0)
            .collect()
    };
    let at_rate = |lane: Vec<f32>| match spec.sample_rate {
        RATE_HZ => lane,
        rate => resampled(&lane, f64::from(rate), f64::from(RATE_HZ)),
    };
    Ok((0..lanes).map(lane).map(at_rate).collect())
}

/// Writes lanes side by side, 16-bit; a shorter one ends in silence.
pub(crate) fn write(path: &Path, rate_hz: u32, lanes: &[Vec<i16>]) -> anyhow::Result<()> {
    let spec = hound::WavSpec {
        channels: u16::try_from(lanes.len())?,
        sample_rate: rate_hz,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let mut wav = hound::WavWriter::create(path, spec)?;
    for n in 0..lanes.iter().map(Vec::len).max().unwrap_or(0) {
        for lane in lanes {
            wav.write_sample(lane.get(n).copied().unwrap_or(0))?;
        }
    }
    wav.finalize()?;
    Ok(())
}

/// Brings samples to another rate with a windowed sinc that keeps what lies below both halves.
pub(crate) fn resampled(samples: &[f32], from_hz: f64, to_hz: f64) -> Vec<f32> {
    const SIDE: i64 = 24;
    let ratio = from_hz / to_hz;
    let pass = 0.95 / ratio.max(1.0);
    (0..(samples.len() as f64 / ratio) as i64)
        .map(|n| {
            let centre = n as f64 * ratio;
            let near = centre as i64;
            let sum: f64 = (near - SIDE..=near + SIDE)
                .filter_map(|k| {
                    let sample = samples.get(usize::try_from(k).ok()?)?;
                    let x = k as f64 - centre;
                    let angle = x * pass * std::f64::consts::PI;
                    let sinc = if angle.abs() < 1e-9 {
                        1.0
                    } else {
                        angle.sin() / angle
                    };
                    let window = (x / (SIDE + 1) as f64 * std::f64::consts::FRAC_PI_2).cos();
                    Some(f64::from(*sample) * sinc * window * window * pass)
                })
                .sum();
            sum as f32
        })
        .collect()
}
