//! The same sound as the speech engine wants it: mono, 16 kHz, without holes.

use crate::stretch::to_i16;
use audioadapter_buffers::direct::InterleavedSlice;
use rubato::{Fft, FixedSync, Resampler};

/// Samples per second the engine wants.
pub(super) const HEARD_HZ: u32 = 16_000;
/// Samples that are handed over at once: 100 ms.
const BLOCK: usize = HEARD_HZ as usize / 10;
/// Blocks that the filter works on are this part of a second.
const FILTERED: u32 = 50;

/// One lane on its way to 16 kHz. The FFT resampler filters above the lower Nyquist frequency:
/// without that, folded noise makes voice activity miss speech.
pub(super) struct HeardFeed {
    fft: Option<Fft<f32>>,
    waiting: Vec<f32>,
    made: Vec<f32>,
    skip: usize,
    ready: Vec<i16>,
    at_sample: u64,
}

impl HeardFeed {
    /// From a lane at this rate.
    pub(super) fn new(rate_hz: u32) -> Self {
        let fft = (rate_hz != HEARD_HZ)
            .then(|| {
                let (from, to) = (rate_hz as usize, HEARD_HZ as usize);
                let block = (rate_hz / FILTERED) as usize;
                Fft::<f32>::new(from, to, block, 1, FixedSync::Input).ok()
            })
            .flatten();
        Self {
            skip: fft.as_ref().map_or(0, Resampler::output_delay),
            made: vec![0.0; fft.as_ref().map_or(0, Resampler::output_frames_max)],
            fft,
            waiting: Vec::new(),
            ready: Vec::new(),
            at_sample: 0,
        }
    }

    /// Takes samples of the lane.
    pub(super) fn push(&mut self, samples: &[i16]) {
        let Some(fft) = &mut self.fft else {
            self.ready.extend_from_slice(samples);
            return;
        };
        self.waiting.extend(samples.iter().map(|s| f32::from(*s)));
        let mut at = 0;
        loop {
            let block = fft.input_frames_next();
            if self.waiting.len() - at < block {
                break;
            }
            let part = &self.waiting[at..at + block];
            at += block;
            let room = self.made.len();
            let Ok(input) = InterleavedSlice::new(part, 1, block) else {
                continue;
            };
            let Ok(mut output) = InterleavedSlice::new_mut(&mut self.made, 1, room) else {
                continue;
            };
            // Input and output have the sizes that the resampler asked for.
            let Ok((_, made)) = fft.process_into_buffer(&input, &mut output, None) else {
                continue;
            };
            let skip = self.skip.min(made);
            self.skip -= skip;
            self.ready
                .extend(self.made[skip..made].iter().map(|s| to_i16(*s)));
        }
        self.waiting.drain(..at);
    }

    /// The next block and the place of its first sample, once there is a whole one.
    pub(super) fn block(&mut self) -> Option<(u64, Vec<i16>)> {
        (self.ready.len() >= BLOCK).then(|| self.give(BLOCK))
    }

    /// All that is left, up to `end` samples from the beginning.
    pub(super) fn rest(&mut self, end: u64) -> Option<(u64, Vec<i16>)> {
        if let Some(fft) = &self.fft {
            // Push what is inside the filter out of it.
            let quiet = vec![0; fft.input_frames_next() * 4];
            self.push(&quiet);
        }
        let left = usize::try_from(end.saturating_sub(self.at_sample)).unwrap_or(0);
        let count = left.min(self.ready.len());
        (count > 0).then(|| self.give(count))
    }

    fn give(&mut self, count: usize) -> (u64, Vec<i16>) {
        let block: Vec<i16> = self.ready.drain(..count).collect();
        let at = self.at_sample;
        self.at_sample += count as u64;
        (at, block)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;
    use std::f64::consts::TAU;

    #[rstest]
    fn every_rate_arrives_at_its_moment(
        #[values(8_000, 11_025, 16_000, 22_050, 44_100, 48_000)] rate: u32,
    ) {
        let mut heard = HeardFeed::new(rate);
        let mut got = Vec::new();
        let mut next = 0;
        let wave: Vec<i16> = (0..rate * 2)
            .map(|n| (9_000.0 * (TAU * 250.0 * f64::from(n) / f64::from(rate)).sin()) as i16)
            .collect();
        for part in wave.chunks(333) {
            heard.push(part);
            while let Some((at, block)) = heard.block() {
                assert_eq!((at, block.len()), (next, BLOCK));
                next += BLOCK as u64;
                got.extend(block);
            }
        }
        got.extend(heard.rest(32_000).map(|(_, rest)| rest).unwrap_or_default());
        assert_eq!(got.len(), 32_000, "as long as what went in");
        for (n, s) in got.iter().enumerate().take(31_000).skip(1_000) {
            let due = 9_000.0 * (TAU * 250.0 * n as f64 / 16_000.0).sin();
            // A whole sample would be 880 off.
            let miss = (f64::from(*s) - due).abs();
            assert!(miss < 880.0, "sample {n}: {s}, not {due}");
        }
    }

    #[test]
    fn what_16_khz_cannot_hold_is_gone() {
        let mut heard = HeardFeed::new(48_000);
        let hiss: Vec<i16> = (0..96_000)
            .map(|n| (9_000.0 * (TAU * 12_000.0 * f64::from(n) / 48_000.0).sin()) as i16)
            .collect();
        heard.push(&hiss);
        let (_, got) = heard.rest(30_000).unwrap();
        let loudest = got[2_000..28_000].iter().map(|s| s.unsigned_abs()).max();
        assert!(loudest < Some(30), "{loudest:?}");
    }
}
