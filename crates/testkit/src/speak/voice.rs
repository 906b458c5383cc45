//! Says a script: voices, a telephone line, and the truth about what was said when.

use super::script::Line;
use crate::dice::Dice;
use crate::sound::Sound;
use std::process::Command;

/// Says `text` in an espeak-ng voice; samples at 22,050 Hz, trimmed to the speech, peak 0.61.
pub fn say(text: &str, voice: &str, speed: u32, pitch: u32) -> Vec<f32> {
    let out = Command::new("espeak-ng")
        .args([
            "-v",
            voice,
            "-s",
            &speed.to_string(),
            "-p",
            &pitch.to_string(),
            "--stdout",
            text,
        ])
        .output()
        .expect("espeak-ng runs");
    let samples: Vec<f32> = out.stdout[44..]
        .chunks_exact(2)
        .map(|b| f32::from(i16::from_le_bytes([b[0], b[1]])))
        .collect();
    let peak = samples.iter().fold(1.0f32, |p, s| p.max(s.abs()));
    let loud = |s: &&f32| s.abs() > 0.02 * peak;
    let first = samples.iter().position(|s| loud(&s)).unwrap_or(0);
    let last = samples.iter().rposition(|s| loud(&s)).unwrap_or(0);
    samples[first..=last]
        .iter()
        .map(|s| s / peak * 0.61)
        .collect()
}

/// Band-limits to telephone width and brings 22,050 Hz to `rate_hz`: a windowed-sinc filter of
/// its own, so that the product's resampler is not tested against itself.
pub fn to_rate(samples: &[f32], rate_hz: u32) -> Vec<f32> {
    let ratio = 22_050.0 / f64::from(rate_hz);
    let cutoff = (0.47 / ratio).min(0.47);
    let n = (samples.len() as f64 / ratio) as usize;
    (0..n)
        .map(|i| {
            let centre = i as f64 * ratio;
            let mut sum = 0.0;
            for k in (centre as i64 - 48)..=(centre as i64 + 48) {
                let Some(s) = usize::try_from(k).ok().and_then(|k| samples.get(k)) else {
                    continue;
                };
                let x = k as f64 - centre;
                let sinc = if x.abs() < 1e-9 {
                    2.0 * cutoff
                } else {
                    (std::f64::consts::TAU * cutoff * x).sin() / (std::f64::consts::PI * x)
                };
                let window = 0.5 + 0.5 * (std::f64::consts::PI * x / 49.0).cos();
                sum += f64::from(*s) * sinc * window;
            }
            sum as f32
        })
        .collect()
}

/// What was said when.
#[derive(Clone, Debug)]
pub struct Said {
    /// 0 agent, 1 customer.
    pub channel: usize,
    /// What is said, as the model writes it.
    pub text: String,
    /// When it begins.
    pub start_ms: u64,
    /// When it is over.
    pub end_ms: u64,
}

/// A two-channel call with line noise, and the truth about it.
pub struct Call {
    /// By channel.
    pub channels: Vec<Vec<f32>>,
    /// Samples per second and channel.
    pub rate_hz: u32,
    /// Line by line.
    pub said: Vec<Said>,
}

impl Call {
    /// As it comes from a device.
    pub fn sound(&self) -> Sound {
        Sound::of(self.rate_hz, &self.channels)
    }
}

/// Renders the lines one after the other with gaps of 0.3 to 0.9 s (the last `long_gap_s` seconds
/// longer after every sixth line).
pub fn call(lines: &[Line], voices: [&str; 2], rate_hz: u32, seed: u64, long_gap_s: f32) -> Call {
    let mut dice = Dice::new(seed);
    let mut tracks = [Vec::<(usize, Vec<f32>)>::new(), Vec::new()];
    let mut said = Vec::new();
    let mut at = (0.4 * rate_hz as f32) as usize;
    for (i, l) in lines.iter().enumerate() {
        let language = if l.text.is_ascii() {
            "en-us"
        } else {
            "cmn-latn-pinyin"
        };
        let voice = format!("{language}{}", voices[l.channel]);
        let speed = dice.between(150.0, 185.0) as u32;
        let pitch = dice.between(40.0, 60.0) as u32;
        let clip = to_rate(&say(&l.spoken, &voice, speed, pitch), rate_hz);
        let ms = |n: usize| n as u64 * 1000 / u64::from(rate_hz);
        said.push(Said {
            channel: l.channel,
            text: l.text.clone(),
            start_ms: ms(at),
            end_ms: ms(at + clip.len()),
        });
        let length = clip.len();
        tracks[l.channel].push((at, clip));
        let gap = dice.between(0.3, 0.9) + if i % 6 == 5 { long_gap_s } else { 0.0 };
        at += length + (gap * rate_hz as f32) as usize;
    }
    let total = at + rate_hz as usize / 2;
    let channels = tracks
        .into_iter()
        .map(|clips| {
            let mut track: Vec<f32> = (0..total).map(|_| dice.bell() * 3.2e-4).collect();
            for (at, clip) in clips {
                for (t, s) in track[at..].iter_mut().zip(clip) {
                    *t += 0.5 * s;
                }
            }
            track
        })
        .collect();
    Call {
        channels,
        rate_hz,
        said,
    }
}
