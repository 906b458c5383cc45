//! Decoded stretches laid one after another, in one shape: what has another rate or number of
//! channels is brought to it, and what is missing becomes silence of its length.

use super::codec::Piece;
use super::fault::Fault;
use super::found::Holes;
use super::stream::{MAX_HOURS, PcmFormat};
use crate::stretch::Stretch;
use std::collections::VecDeque;

/// Frames of silence that are given at once.
const SILENCE: u64 = 32 << 10;

enum Part {
    Sound(Vec<i16>),
    Silence(u64),
}

/// Reads a stream that lays its sound step by step: what is laid is given, until it is over.
pub(crate) fn read<S>(
    stream: &mut S,
    lay: fn(&mut S) -> &mut Lay,
    is_over: fn(&S) -> bool,
    step: fn(&mut S) -> Result<(), Fault>,
    out: &mut Vec<i16>,
) -> Result<bool, Fault> {
    loop {
        if lay(stream).give(out) {
            return Ok(true);
        }
        if is_over(stream) {
            return Ok(false);
        }
        step(stream)?;
    }
}

/// Sound in the making.
pub(crate) struct Lay {
    sample_rate_hz: u32,
    channels: u16,
    /// Shape of what comes now.
    now: (u32, u16),
    fit: Option<Stretch>,
    parts: VecDeque<Part>,
    laid: u64,
    pub holes: Holes,
    pub reshaped: bool,
}

impl Lay {
    pub(crate) fn new(format: &PcmFormat) -> Self {
        let shape = (format.sample_rate_hz, format.channels);
        Self {
            sample_rate_hz: shape.0,
            channels: shape.1,
            now: shape,
            fit: None,
            parts: VecDeque::new(),
            laid: 0,
            holes: Holes::default(),
            reshaped: false,
        }
    }

    /// Frames laid so far.
    pub(crate) fn at(&self) -> u64 {
        let owed = self.fit.as_ref().map_or(0.0, Stretch::owed);
        self.laid + owed.round().max(0.0) as u64
    }

    /// Frames of this shape in `frames` of another rate.
    pub(crate) fn scaled(&self, frames: u64, rate_hz: u32) -> u64 {
        let scaled = u128::from(frames) * u128::from(self.sample_rate_hz);
        u64::try_from(scaled / u128::from(rate_hz.max(1))).unwrap_or(u64::MAX)
    }

    /// Lays sound.
    pub(crate) fn sound(&mut self, piece: Piece) {
        let shape = (piece.sample_rate_hz, piece.channels);
        if shape != self.now {
            self.flush();
            self.now = shape;
            self.fit = (shape.0 != self.sample_rate_hz)
                .then(|| Stretch::new(usize::from(self.channels), shape.0, self.sample_rate_hz))
                .flatten();
        }
        let mut samples = piece.samples;
        if shape != (self.sample_rate_hz, self.channels) {
            self.reshaped = true;
            samples = relaid(samples, shape.1, self.channels);
            if let Some(fit) = &mut self.fit {
                let mut fitted = Vec::new();
                fit.push(&samples, &mut fitted);
                samples = fitted;
            }
        }
        self.push(samples);
    }

    /// Lays silence where something cannot be read.
    pub(crate) fn hole(&mut self, frames: u64) {
        self.flush();
        if frames == 0 {
            return;
        }
        self.holes.add(self.laid, frames);
        self.laid += frames;
        self.parts.push_back(Part::Silence(frames));
    }

    /// Lays silence that belongs there.
    pub(crate) fn silence(&mut self, frames: u64) {
        self.flush();
        self.laid += frames;
        self.parts.push_back(Part::Silence(frames));
    }

    /// What comes next belongs at `at`: a jump larger than `slack` becomes a hole. A jump of many
    /// hours is a broken clock, and not believed.
    pub(crate) fn reach(&mut self, at: u64, slack: u64) {
        let now = self.at();
        let most = u64::from(self.sample_rate_hz) * MAX_HOURS * 3600;
        if at > now + slack && at - now < most {
            self.hole(at - now);
        }
    }

    /// Nothing more comes in this shape.
    pub(crate) fn flush(&mut self) {
        if let Some(fit) = &mut self.fit {
            let mut rest = Vec::new();
            fit.flush(&mut rest);
            self.push(rest);
        }
    }

    fn push(&mut self, samples: Vec<i16>) {
        if !samples.is_empty() {
            self.laid += samples.len() as u64 / u64::from(self.channels);
            self.parts.push_back(Part::Sound(samples));
        }
    }

    /// Gives a part of what was laid; false when there is nothing.
    pub(crate) fn give(&mut self, out: &mut Vec<i16>) -> bool {
        match self.parts.pop_front() {
            None => return false,
            Some(Part::Sound(samples)) => out.extend(samples),
            Some(Part::Silence(frames)) => {
                let now = frames.min(SILENCE);
                let samples = now as usize * usize::from(self.channels);
                out.resize(out.len() + samples, 0);
                if frames > now {
                    self.parts.push_front(Part::Silence(frames - now));
                }
            }
        }
        true
    }
}

/// Two channels become their mean, one becomes two.
fn relaid(samples: Vec<i16>, from: u16, to: u16) -> Vec<i16> {
    match (from, to) {
        (1, 2) => samples.iter().flat_map(|&s| [s, s]).collect(),
        (2, 1) => samples
            .as_chunks::<2>()
            .0
            .iter()
            .map(|&[a, b]| ((i32::from(a) + i32::from(b)) / 2) as i16)
            .collect(),
        _ => samples,
    }
}
