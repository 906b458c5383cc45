//! Whether two lanes carry the same signal.

use super::meter::{COLUMNS_PER_S, FAINT, FULL};
use std::collections::VecDeque;

/// Columns with sound that two lanes are compared over: three seconds.
const COMPARED: usize = 3 * COLUMNS_PER_S as usize;
/// Correlation from which both lanes carry one signal, and below which they no longer do.
const SAME: f64 = 0.98;
const OTHER: f64 = 0.90;

/// Tells whether two lanes carry the same signal.
#[derive(Debug)]
pub(super) struct Twins {
    per_column: u32,
    now: [f64; 3],
    frames: u32,
    columns: VecDeque<[f64; 3]>,
    same: bool,
}

impl Twins {
    pub(super) fn new(rate_hz: u32) -> Self {
        Self {
            per_column: rate_hz / COLUMNS_PER_S,
            now: [0.0; 3],
            frames: 0,
            columns: VecDeque::new(),
            same: false,
        }
    }

    /// Takes interleaved frames of two lanes.
    pub(super) fn add(&mut self, frames: &[i16]) {
        for pair in frames.chunks_exact(2) {
            let (a, b) = (f64::from(pair[0]), f64::from(pair[1]));
            self.now[0] += a * b;
            self.now[1] += a * a;
            self.now[2] += b * b;
            self.frames += 1;
            if self.frames >= self.per_column {
                self.turn();
            }
        }
    }

    fn turn(&mut self) {
        let done = std::mem::take(&mut self.now);
        let frames = f64::from(std::mem::take(&mut self.frames));
        if done[1].max(done[2]) / frames > (FAINT * FULL).powi(2) {
            self.columns.push_back(done);
        }
        if self.columns.len() > COMPARED {
            self.columns.pop_front();
        }
        if self.columns.len() == COMPARED {
            let likeness = self.likeness();
            self.same = likeness >= if self.same { OTHER } else { SAME };
        }
    }

    /// Correlation over what was compared, 0–1; a turned polarity is the same signal.
    fn likeness(&self) -> f64 {
        let sum = |i: usize| self.columns.iter().map(|c| c[i]).sum::<f64>();
        let both = (sum(1) * sum(2)).sqrt();
        if both > 0.0 { sum(0).abs() / both } else { 0.0 }
    }

    pub(super) fn are_same(&self) -> bool {
        self.same
    }
}

/// Whether interleaved frames of two lanes are one signal.
pub(super) fn one_signal(frames: &[i16]) -> bool {
    let mut twins = Twins::new(COLUMNS_PER_S);
    twins.per_column = u32::MAX;
    twins.add(frames);
    twins.columns.push_back(twins.now);
    twins.likeness() >= SAME
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    const RATE: u32 = 8_000;

    fn noise(seed: u64) -> impl FnMut() -> i16 {
        let mut state = seed;
        move || {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            (state >> 49) as i16
        }
    }

    #[rstest]
    #[case::the_same(|a: i16, _: i16| a, true)]
    #[case::turned_and_quieter(|a: i16, _: i16| -a / 2, true)]
    #[case::another(|_: i16, b: i16| b, false)]
    #[case::silence(|_: i16, _: i16| 0, false)]
    fn twins_are_told_apart(#[case] second: fn(i16, i16) -> i16, #[case] same: bool) {
        let (mut one, mut two) = (noise(1), noise(2));
        let frames: Vec<i16> = (0..RATE * 4)
            .flat_map(|_| {
                let a = one();
                [a, second(a, two())]
            })
            .collect();
        let mut twins = Twins::new(RATE);
        twins.add(&frames);
        assert_eq!(twins.are_same(), same);
        assert_eq!(one_signal(&frames), same);
    }
}
