//! Whether two channels are a lane for each side.
//!
//! They are not where both carry the same, as a mix that was written twice, however it was coded since; and where one
//! carries nothing at all: whose words the other one has is not known then, and figures of a side would be made up.

use super::crosstalk::{COMPARED, alike, seen};
use super::ear::{Frame, decibel};

/// Stretches of sound (0.42 s each) that are compared before both are taken for the same, at least.
const LEAST: u32 = 5;
/// Of those so many may differ, in hundredths: what coding made of them. Hold music that goes out on both channels may
/// fill most of a call, never all of it.
const DIFFER: u32 = 2;
/// What is the same is as loud, to this, in dB …
const AS_LOUD_DB: f32 = 3.0;
/// … and as alike as this, band by band.
const SAME: f32 = 0.95;

/// Compares two channels, stretch by stretch.
#[derive(Default)]
pub(super) struct Sides {
    /// The stretch that goes on.
    frames: Vec<[Frame; 2]>,
    /// Stretches with sound, and those of them that are not the same on both.
    sounding: u32,
    apart: u32,
    has_signal: [bool; 2],
}

impl Sides {
    pub(super) fn push(&mut self, pair: [&Frame; 2]) {
        for (has_signal, frame) in self.has_signal.iter_mut().zip(pair) {
            *has_signal |= !frame.has_no_signal;
        }
        self.frames.push(pair.map(|frame| *frame));
        if self.frames.len() == COMPARED {
            self.compare();
            self.frames.clear();
        }
    }

    /// The channel with all there is, where there is no lane for each side.
    pub(super) fn only(&self) -> Option<usize> {
        let differ = self.apart * 100 > self.sounding * DIFFER;
        match self.has_signal {
            [true, true] => (self.sounding >= LEAST && !differ).then_some(0),
            [false, true] => Some(1),
            [_, false] => Some(0),
        }
    }

    fn compare(&mut self) {
        let lane = |n: usize| self.frames.iter().map(move |pair| &pair[n]);
        let sounds = |pair: &&[Frame; 2]| pair.iter().any(|frame| !frame.is_quiet());
        if self.frames.iter().filter(sounds).count() * 2 < COMPARED {
            return;
        }
        let loudness =
            |n: usize| decibel(lane(n).map(|f| f.power as f32).sum::<f32>() / COMPARED as f32);
        let (one, two) = (seen(lane(0)), seen(lane(1)));
        let is_as_loud = (loudness(0) - loudness(1)).abs() <= AS_LOUD_DB;
        // What never changes is like nothing, not even itself.
        let is_same = is_as_loud && (one == two || alike(&one, &two) >= SAME);
        self.sounding += 1;
        self.apart += u32::from(!is_same);
    }
}
