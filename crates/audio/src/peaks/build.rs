//! Peaks as they are made: minimum and maximum at several zooms, and loudness at the finest.

use super::file::{BUCKET_FRAMES, LEVEL_FACTOR, Shape};
use std::io::{self, Write};

/// Takes interleaved samples as they pass. Memory grows by three bytes per 256 samples.
pub(crate) struct PeaksBuilder {
    shape: Shape,
    lanes: Vec<PeakLane>,
    in_bucket: u32,
}

struct PeakLane {
    low: i16,
    high: i16,
    energy: u64,
    /// Min/max pairs of the finest level.
    pairs: Vec<[i8; 2]>,
    loudness: Vec<u8>,
}

impl PeaksBuilder {
    pub(crate) fn new(channels: u16, sample_rate_hz: u32) -> Self {
        let lane = || PeakLane {
            low: 0,
            high: 0,
            energy: 0,
            pairs: Vec::new(),
            loudness: Vec::new(),
        };
        Self {
            shape: Shape {
                channels,
                sample_rate_hz,
                frames: 0,
            },
            lanes: (0..channels).map(|_| lane()).collect(),
            in_bucket: 0,
        }
    }

    pub(crate) fn push(&mut self, mut samples: &[i16]) {
        let channels = usize::from(self.shape.channels);
        while samples.len() >= channels {
            let room = (BUCKET_FRAMES - self.in_bucket) as usize;
            let frames = room.min(samples.len() / channels);
            let (now, rest) = samples.split_at(frames * channels);
            for (i, lane) in self.lanes.iter_mut().enumerate() {
                lane.take(now, i, channels, self.in_bucket == 0);
            }
            self.shape.frames += frames as u64;
            self.in_bucket += frames as u32;
            if self.in_bucket == BUCKET_FRAMES {
                self.close_bucket();
            }
            samples = rest;
        }
    }

    fn close_bucket(&mut self) {
        for lane in &mut self.lanes {
            lane.pairs.push([to_i8(lane.low), to_i8(lane.high)]);
            lane.loudness.push(loudness(lane.energy, self.in_bucket));
            lane.energy = 0;
        }
        self.in_bucket = 0;
    }

    /// Writes the file: header, then level by level the pairs of each channel, the loudness of
    /// each channel after the finest level.
    pub(crate) fn write_to(mut self, out: &mut impl Write) -> io::Result<()> {
        if self.in_bucket > 0 {
            self.close_bucket();
        }
        out.write_all(&self.shape.header())?;
        let mut levels: Vec<Vec<[i8; 2]>> = self
            .lanes
            .iter_mut()
            .map(|lane| std::mem::take(&mut lane.pairs))
            .collect();
        for level in 0..self.shape.levels() {
            for pairs in &mut levels {
                if level > 0 {
                    *pairs = coarser(pairs);
                }
                let bytes: Vec<u8> = pairs
                    .iter()
                    .flat_map(|&[low, high]| [low as u8, high as u8])
                    .collect();
                out.write_all(&bytes)?;
            }
            if level == 0 {
                for lane in &self.lanes {
                    out.write_all(&lane.loudness)?;
                }
            }
        }
        Ok(())
    }
}

impl PeakLane {
    fn take(&mut self, interleaved: &[i16], offset: usize, stride: usize, fresh: bool) {
        let (mut low, mut high, mut energy) = match fresh {
            true => (i16::MAX, i16::MIN, 0u64),
            false => (self.low, self.high, self.energy),
        };
        for &sample in interleaved.iter().skip(offset).step_by(stride) {
            low = low.min(sample);
            high = high.max(sample);
            energy += u64::from(sample.unsigned_abs()) * u64::from(sample.unsigned_abs());
        }
        (self.low, self.high, self.energy) = (low, high, energy);
    }
}

fn coarser(pairs: &[[i8; 2]]) -> Vec<[i8; 2]> {
    pairs
        .chunks(LEVEL_FACTOR as usize)
        .map(|few| {
            few.iter().fold([i8::MAX, i8::MIN], |[low, high], pair| {
                [low.min(pair[0]), high.max(pair[1])]
            })
        })
        .collect()
}

/// 16 bits to ±127, rounded.
fn to_i8(sample: i16) -> i8 {
    (f32::from(sample) * 127.0 / 32768.0).round() as i8
}

/// Loudness of a bucket in half decibels above −110 dBFS; 0 is digital silence.
fn loudness(energy: u64, frames: u32) -> u8 {
    if energy == 0 {
        return 0;
    }
    let power = energy as f64 / f64::from(frames) / (32768.0 * 32768.0);
    ((10.0 * power.log10() + 110.0) * 2.0)
        .round()
        .clamp(1.0, 255.0) as u8
}
