//! Bringing a stream to another rate, in place: what goes in at a moment comes out at that moment.

use audioadapter_buffers::direct::InterleavedSlice;
use rubato::{
    Adjustable, Async, FixedAsync, Resampler, SincInterpolationParameters, WindowFunction,
};

/// Frames that are taken at once.
const CHUNK: usize = 128;
/// Taps of the filter.
const TAPS: usize = 128;
/// Furthest that two clocks may be apart.
const MOST: f64 = 1.02;

/// A rubato resampler between streams of interleaved 16-bit frames.
pub(crate) struct Stretch {
    sinc: Async<f32>,
    width: usize,
    nominal: f64,
    ratio: f64,
    waiting: Vec<f32>,
    made: Vec<f32>,
    /// Output frames that belong to the filter's own delay and are not sound.
    skip: usize,
    /// Output that what was taken will make, minus what came out.
    owed: f64,
}

impl Stretch {
    /// `None` when the rates are out of any reason.
    pub(crate) fn new(width: usize, from_hz: u32, to_hz: u32) -> Option<Self> {
        let nominal = f64::from(to_hz) / f64::from(from_hz);
        let shape = SincInterpolationParameters::new(TAPS, WindowFunction::BlackmanHarris2);
        let sinc =
            Async::<f32>::new_sinc(nominal, MOST, &shape, CHUNK, width, FixedAsync::Input).ok()?;
        let skip = delay(&sinc);
        let made = vec![0.0; sinc.output_frames_max() * width];
        Some(Self {
            sinc,
            width,
            nominal,
            ratio: nominal,
            waiting: Vec::new(),
            made,
            skip,
            owed: 0.0,
        })
    }

    /// Begins in the middle of a stream: `history` has been written as it was, and what comes next
    /// follows it without a seam.
    pub(crate) fn follow(&mut self, history: &[i16]) {
        let frames = history.len() / self.width;
        let mut nobody = Vec::new();
        self.push(history, &mut nobody);
        // What these frames make was written already; of what is still owed only the rest is new.
        let written = (frames as f64 * self.nominal).round() as usize;
        let came = nobody.len() / self.width;
        self.skip += written.saturating_sub(came);
        self.owed = 0.0;
    }

    /// Clocks differ by this much: 1 + millionths.
    pub(crate) fn set_relative(&mut self, ratio: f64) {
        let ratio = ratio.clamp(2.0 - MOST, MOST - 1e-6) * self.nominal;
        if self.sinc.set_resample_ratio(ratio, true).is_ok() {
            self.ratio = ratio;
        }
    }

    /// Frames that what was pushed will still make.
    pub(crate) fn owed(&self) -> f64 {
        self.owed
    }

    /// The stream pauses here: appends all that is still owed and begins anew.
    pub(crate) fn flush(&mut self, into: &mut Vec<i16>) {
        let due = self.owed.round().max(0.0) as usize;
        let whole = into.len() + due * self.width;
        let mut tail = Vec::new();
        self.push(&vec![0; (CHUNK + 2 * TAPS) * self.width], &mut tail);
        into.extend(tail);
        into.resize(whole, 0);
        let relative = self.ratio / self.nominal;
        self.sinc.reset();
        self.waiting.clear();
        self.skip = delay(&self.sinc);
        self.owed = 0.0;
        self.set_relative(relative);
    }

    /// Takes interleaved frames and appends what is ready.
    pub(crate) fn push(&mut self, frames: &[i16], into: &mut Vec<i16>) {
        self.waiting.extend(frames.iter().map(|s| f32::from(*s)));
        self.owed += (frames.len() / self.width) as f64 * self.ratio;
        let mut at = 0;
        while self.waiting.len() - at >= CHUNK * self.width {
            let chunk = &self.waiting[at..at + CHUNK * self.width];
            at += CHUNK * self.width;
            let room = self.made.len() / self.width;
            let Ok(input) = InterleavedSlice::new(chunk, self.width, CHUNK) else {
                continue;
            };
            let Ok(mut output) = InterleavedSlice::new_mut(&mut self.made, self.width, room) else {
                continue;
            };
            // Input and output have the sizes that the resampler asked for.
            let Ok((_, made)) = self.sinc.process_into_buffer(&input, &mut output, None) else {
                continue;
            };
            let skip = self.skip.min(made);
            self.skip -= skip;
            self.owed -= (made - skip) as f64;
            let sound = &self.made[skip * self.width..made * self.width];
            into.extend(sound.iter().map(|s| to_i16(*s)));
        }
        self.waiting.drain(..at);
    }
}

/// It steps before it samples, so its first frame is one further than its delay says.
fn delay(sinc: &Async<f32>) -> usize {
    sinc.output_delay().saturating_sub(1)
}

/// Rounds and clamps: a filter overshoots full scale.
pub(crate) fn to_i16(sample: f32) -> i16 {
    // A float's cast saturates.
    sample.round() as i16
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;
    use std::f64::consts::TAU;

    fn wave(hz: f64, rate: f64, frames: usize) -> Vec<i16> {
        (0..frames)
            .map(|n| (10_000.0 * (TAU * hz * n as f64 / rate).sin()).round() as i16)
            .collect()
    }

    /// Highest distance from the wave that should have come, away from the very beginning.
    fn miss(got: &[i16], hz: f64, rate: f64, from: usize) -> f64 {
        got.iter()
            .enumerate()
            .skip(from)
            .map(|(n, s)| (f64::from(*s) - 10_000.0 * (TAU * hz * n as f64 / rate).sin()).abs())
            .fold(0.0, f64::max)
    }

    #[rstest]
    #[case(44_100, 48_000)]
    #[case(8_000, 48_000)]
    #[case(96_000, 48_000)]
    #[case(16_000, 8_000)]
    fn another_rate_keeps_every_moment(#[case] from: u32, #[case] to: u32) {
        let mut stretch = Stretch::new(1, from, to).unwrap();
        let mut got = Vec::new();
        let wave_in = wave(300.0, f64::from(from), from as usize * 2);
        for block in wave_in.chunks(441) {
            stretch.push(block, &mut got);
        }
        let apart = miss(&got, 300.0, f64::from(to), 200);
        // A tenth of a millisecond would be 1 900 off.
        assert!(apart < 400.0, "{apart}");
        let whole = got.len() as f64 + stretch.owed();
        assert!((whole - f64::from(to) * 2.0).abs() < 2.0, "{whole}");
    }

    #[test]
    fn a_stream_is_followed_without_a_seam() {
        let before = 700;
        let wave_in = wave(300.0, 16_000.0, 16_000);
        let mut stretch = Stretch::new(1, 16_000, 16_000).unwrap();
        let mut got = wave_in[..before].to_vec();
        stretch.follow(&wave_in[before - 512..before]);
        stretch.push(&wave_in[before..], &mut got);
        let apart = miss(&got, 300.0, 16_000.0, 0);
        assert!(apart < 400.0, "{apart}");
    }

    #[test]
    fn a_stream_that_pauses_is_written_to_its_end() {
        let mut stretch = Stretch::new(1, 48_000, 16_000).unwrap();
        let wave_in = wave(300.0, 48_000.0, 4_800);
        for _ in 0..3 {
            let mut got = Vec::new();
            stretch.push(&wave_in, &mut got);
            stretch.flush(&mut got);
            assert_eq!(got.len(), 1_600);
            let apart = miss(&got[..1_590], 300.0, 16_000.0, 40);
            assert!(apart < 600.0, "{apart}");
        }
    }

    #[test]
    fn overshoot_is_clamped() {
        assert_eq!(to_i16(40_000.0), i16::MAX);
        assert_eq!(to_i16(-40_000.0), i16::MIN);
        assert_eq!(to_i16(-0.6), -1);
    }
}
