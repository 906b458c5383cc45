//! What the sound tells without any model: who speaks when, how loud, and where somebody is on hold.
//!
//! The rule is cheap, so that a whole archive can be measured: level over an adaptive floor says where sound is;
//! its spectrum says whether it is a voice (it has a pitch somewhere, and does not stand still). It hears a cough or a
//! voice in the background as speech. Text is made by a real detector (`speech/vad`); figures over whole calls do not
//! need one.

mod crosstalk;
mod ear;
mod floor;
mod hold;
mod lane;
mod playable;
mod sides;
mod spectrum;
mod talk;

pub(crate) use playable::measure;

use crosstalk::Pair;
use ear::{Ear, Frame};
use lane::Lane;
use qinting_domain::{Acoustics, Stretch};
use sides::Sides;

/// Length of a frame in milliseconds: what speech and noise are told apart by.
const FRAME_MS: u64 = 20;
/// Steps per frame (5 ms): what the edges of speech are found by.
const STEPS: usize = 4;
/// Length of a step in milliseconds.
const STEP_MS: u64 = FRAME_MS / STEPS as u64;

/// Takes interleaved samples as they pass. Memory grows by sixteen bytes for each word that stands alone.
pub(crate) struct AcousticsBuilder {
    rate_hz: u32,
    frames: u64,
    ears: Vec<Ear>,
    lanes: Vec<Lane>,
    /// Where there are two: what comes through from the other.
    pair: Pair,
    /// Whether they are a lane for each side.
    sides: Sides,
    apart: Vec<i16>,
    fresh: Vec<Vec<Frame>>,
}

impl AcousticsBuilder {
    /// One lane or two, at this rate.
    pub(crate) fn new(channels: u16, rate_hz: u32) -> Self {
        let lanes = usize::from(channels);
        Self {
            rate_hz,
            frames: 0,
            ears: (0..lanes).map(|_| Ear::new(rate_hz)).collect(),
            lanes: (0..lanes).map(|_| Lane::default()).collect(),
            pair: Pair::default(),
            sides: Sides::default(),
            apart: Vec::new(),
            fresh: vec![Vec::new(); lanes],
        }
    }

    pub(crate) fn push(&mut self, samples: &[i16]) {
        let channels = self.ears.len();
        self.frames += (samples.len() / channels) as u64;
        for (n, ear) in self.ears.iter_mut().enumerate() {
            self.apart.clear();
            match channels {
                1 => self.apart.extend(samples),
                _ => self
                    .apart
                    .extend(samples.as_chunks::<2>().0.iter().map(|pair| pair[n])),
            }
            ear.push(&self.apart, &mut self.fresh[n]);
        }
        self.judge(false);
    }

    /// The sound is over. Of gaps nothing is told: there is no sound of the call in them.
    pub(crate) fn finish(mut self, gaps: &[Stretch]) -> Acoustics {
        for (ear, fresh) in self.ears.iter_mut().zip(&mut self.fresh) {
            ear.finish(fresh);
        }
        self.judge(true);
        let length_ms = self.frames * 1000 / u64::from(self.rate_hz);
        let mut lanes = self.lanes;
        if let Some(only) = self.sides.only() {
            lanes.swap(0, only);
            lanes.truncate(1);
        }
        lane::measured(lanes, length_ms, gaps)
    }

    /// Frames that are kept, for who wants to know that they do not grow.
    #[cfg(test)]
    fn held(&self) -> usize {
        self.pair.held() + self.lanes.iter().map(Lane::held).sum::<usize>()
    }

    fn judge(&mut self, is_over: bool) {
        if let [first, second] = self.fresh.as_mut_slice() {
            let lanes = &mut self.lanes;
            self.pair.push(first.drain(..).zip(second.drain(..)));
            let sides = &mut self.sides;
            self.pair.judged(is_over, &mut |pair| {
                sides.push(pair);
                for (lane, frame) in lanes.iter_mut().zip(pair) {
                    lane.push(frame);
                }
            });
            return;
        }
        for (fresh, lane) in self.fresh.iter_mut().zip(&mut self.lanes) {
            fresh.drain(..).for_each(|frame| lane.push(&frame));
        }
    }
}

#[cfg(test)]
mod tests;
