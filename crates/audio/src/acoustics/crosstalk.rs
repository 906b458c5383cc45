//! What of a lane is the other side, heard through: an earpiece beside a microphone, a line that leaks.
//!
//! A lane does not speak where it is 15 dB and more below the other one *and* rises and falls with it, band by band:
//! who says a quiet word beside the other's speech says it in a rhythm of their own.

use super::ear::{Frame, decibel};
use super::spectrum::BANDS;
use std::collections::VecDeque;
use std::ops::Range;

/// So far below the other lane a sound may be the other's, in dB.
const BELOW_DB: f32 = 15.0;
/// Frames that are compared (0.42 s) …
pub(super) const COMPARED: usize = 21;
/// … behind, around, or before the one that is judged: a leak begins and ends with one's own voice beside it.
const BEHIND: [usize; 3] = [COMPARED / 2, COMPARED - 1, 0];
/// What comes through may come so many frames late (0.3 s), or early, where the recorder shifted the lanes.
const LATE: usize = 15;
const EARLY: usize = 2;
/// How like the other's it is then …
const ALIKE: f32 = 0.8;
/// … and right behind a frame that was.
const STILL_ALIKE: f32 = 0.6;
/// Bands further below the loudest of a stretch than this are as good as silent, in dB: noise would speak for them.
const SEEN_DB: f32 = 25.0;

/// Frames before the one that is judged that are kept, and behind it that are waited for.
const KEPT: usize = COMPARED - 1 + LATE;
const AWAITED: usize = COMPARED - 1 + EARLY;

/// Two lanes beside each other.
#[derive(Default)]
pub(super) struct Pair {
    frames: VecDeque<[Frame; 2]>,
    /// The first that is not judged.
    next: usize,
    /// Whether the frame before was the other's, by lane, and how late it came.
    before: [Option<isize>; 2],
}

impl Pair {
    pub(super) fn push(&mut self, pairs: impl Iterator<Item = (Frame, Frame)>) {
        self.frames.extend(pairs.map(|(a, b)| [a, b]));
    }

    #[cfg(test)]
    pub(super) fn held(&self) -> usize {
        self.frames.len()
    }

    /// Hands out what can be judged; at the end all that is left.
    pub(super) fn judged(&mut self, is_over: bool, give: &mut dyn FnMut([&Frame; 2])) {
        while self.next < self.frames.len() && (is_over || self.next + AWAITED < self.frames.len())
        {
            for lane in [0, 1] {
                self.before[lane] = self.heard_through(lane);
            }
            let is_others = self.before.map(|late| late.is_some());
            let pair = &mut self.frames[self.next];
            for (frame, is_others) in pair.iter_mut().zip(is_others) {
                frame.is_others = is_others;
            }
            give([&pair[0], &pair[1]]);
            self.next += 1;
            if self.next > KEPT {
                self.frames.pop_front();
                self.next -= 1;
            }
        }
    }

    /// By how many frames it comes late, where the next frame of a lane is the other's.
    fn heard_through(&self, lane: usize) -> Option<isize> {
        let own = &self.frames[self.next][lane];
        if own.is_quiet() {
            return None;
        }
        let near = self.next.saturating_sub(LATE)..(self.next + EARLY + 1).min(self.frames.len());
        let others = self.frames.range(near).map(|pair| pair[1 - lane].level_db);
        let loudest = others.fold(f32::MIN, f32::max);
        if own.level_db + BELOW_DB > loudest {
            return None;
        }
        let before = self.before[lane];
        let is_like = |late: isize, alike: f32| {
            let mut windows = BEHIND.iter();
            windows.any(|behind| {
                let found = self.compared(lane, *behind, late);
                found.is_some_and(|found| found >= alike)
            })
        };
        if let Some(late) = before.filter(|late| is_like(*late, STILL_ALIKE)) {
            return Some(late);
        }
        (-(EARLY as isize)..=LATE as isize).find(|late| is_like(*late, ALIKE))
    }

    /// How alike the lanes are over a stretch; `None` where the own one is not far below, or there is too little.
    fn compared(&self, lane: usize, behind: usize, late: isize) -> Option<f32> {
        let from = self.next.checked_sub(behind)?;
        let others_from = from.checked_add_signed(-late)?;
        let (own, others) = (from..from + COMPARED, others_from..others_from + COMPARED);
        if own.end.max(others.end) > self.frames.len() {
            return None;
        }
        let far_below =
            self.mean_db(lane, own.clone()) + BELOW_DB <= self.mean_db(1 - lane, others.clone());
        far_below.then(|| self.likeness(lane, own, others))
    }

    fn mean_db(&self, lane: usize, frames: Range<usize>) -> f32 {
        let powers = self
            .frames
            .range(frames)
            .map(|pair| pair[lane].power as f32);
        decibel(powers.sum::<f32>() / COMPARED as f32)
    }

    fn likeness(&self, lane: usize, own: Range<usize>, others: Range<usize>) -> f32 {
        let bands = |lane: usize, frames: Range<usize>| {
            seen(self.frames.range(frames).map(|pair| &pair[lane]))
        };
        alike(&bands(lane, own), &bands(1 - lane, others))
    }
}

/// Levels over a stretch, band by band.
pub(super) type Levels = [[f32; BANDS]; COMPARED];

/// The levels of a stretch's frames, without what is as good as silent in it.
pub(super) fn seen<'a>(frames: impl Iterator<Item = &'a Frame>) -> Levels {
    let mut found = [[0f32; BANDS]; COMPARED];
    let mut most = f32::MIN;
    for (to, frame) in found.iter_mut().zip(frames) {
        *to = frame.colour.bands_db;
        most = to.iter().copied().fold(most, f32::max);
    }
    found.map(|bands| bands.map(|db| db.max(most - SEEN_DB)))
}

/// Correlation over time, each band around its own mean: what colour the way from lane to lane has does not matter.
pub(super) fn alike(a: &Levels, b: &Levels) -> f32 {
    let mean = |of: &Levels| {
        let mut mean = [0f32; BANDS];
        for bands in of {
            for (sum, db) in mean.iter_mut().zip(bands) {
                *sum += db / COMPARED as f32;
            }
        }
        mean
    };
    let (mean_a, mean_b) = (mean(a), mean(b));
    let (mut both, mut one, mut two) = ([0f32; BANDS], [0f32; BANDS], [0f32; BANDS]);
    for (a, b) in a.iter().zip(b) {
        for i in 0..BANDS {
            let (x, y) = (a[i] - mean_a[i], b[i] - mean_b[i]);
            both[i] += x * y;
            one[i] += x * x;
            two[i] += y * y;
        }
    }
    let sum = |of: [f32; BANDS]| of.iter().sum::<f32>();
    let most = (sum(one) * sum(two)).sqrt();
    if most > 0.0 { sum(both) / most } else { 0.0 }
}
