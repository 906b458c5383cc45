//! Sound that has its place on the call clock and waits to be written.

use std::collections::VecDeque;

/// Frames in order, from a place in the recording on. Holes are zeros.
#[derive(Debug)]
pub(super) struct Track {
    width: usize,
    front: u64,
    samples: VecDeque<i16>,
    /// Frames of what comes next that lie before the place they were given.
    skip: u64,
}

impl Track {
    /// For `width` lanes.
    pub(super) fn new(width: usize) -> Self {
        Self {
            width,
            front: 0,
            samples: VecDeque::new(),
            skip: 0,
        }
    }

    /// Frame behind the last one.
    pub(super) fn end(&self) -> u64 {
        self.front + (self.samples.len() / self.width) as u64
    }

    /// Says that what comes next belongs at `frame`. What is there stays: a beginning that lies
    /// before the end, or before zero, is dropped.
    pub(super) fn go_to(&mut self, frame: i64) {
        let end = self.end();
        let ahead = frame - end as i64;
        self.skip = u64::try_from(-ahead).unwrap_or(0);
        if ahead > 0 {
            if self.samples.is_empty() {
                self.front = frame as u64;
            } else {
                let zeros = ahead as usize * self.width;
                self.samples.extend(std::iter::repeat_n(0, zeros));
            }
        }
    }

    /// Adds interleaved frames.
    pub(super) fn push(&mut self, frames: &[i16]) {
        let skip = self.skip.min((frames.len() / self.width) as u64);
        self.skip -= skip;
        self.samples.extend(&frames[skip as usize * self.width..]);
    }

    /// Takes the frames of `from..to`; what is not there is silent. Everything before `to` is gone
    /// afterwards.
    pub(super) fn take(&mut self, from: u64, to: u64) -> Vec<i16> {
        let mut out = vec![0; (to - from) as usize * self.width];
        self.drop_before(from);
        let lead = self.front.clamp(from, to) - from;
        let there = self.end().clamp(from + lead, to) - (from + lead);
        let at = lead as usize * self.width;
        let count = there as usize * self.width;
        for (to, sample) in out[at..at + count]
            .iter_mut()
            .zip(self.samples.drain(..count))
        {
            *to = sample;
        }
        self.front += there;
        if self.samples.is_empty() {
            self.front = self.front.max(to);
        }
        out
    }

    fn drop_before(&mut self, frame: u64) {
        let late = frame
            .saturating_sub(self.front)
            .min(self.end() - self.front);
        self.samples.drain(..late as usize * self.width);
        self.front += late;
        if self.samples.is_empty() {
            self.front = self.front.max(frame);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[test]
    fn frames_come_out_where_they_were_put() {
        let mut track = Track::new(2);
        track.push(&[1, -1, 2, -2]);
        track.go_to(4);
        track.push(&[5, -5]);
        assert_eq!(track.end(), 5);
        assert_eq!(track.take(0, 3), [1, -1, 2, -2, 0, 0]);
        assert_eq!(track.take(3, 7), [0, 0, 5, -5, 0, 0, 0, 0]);
        assert_eq!(track.end(), 7, "silence that was taken is over");
    }

    #[rstest]
    #[case::before_zero(-2, &[3, 4, 5])]
    #[case::at_zero(0, &[1, 2, 3, 4, 5])]
    #[case::later(2, &[0, 0, 1, 2, 3, 4, 5])]
    fn a_beginning_without_a_place_is_dropped(#[case] at: i64, #[case] whole: &[i16]) {
        let mut track = Track::new(1);
        track.go_to(at);
        track.push(&[1]);
        track.push(&[2, 3, 4, 5]);
        assert_eq!(track.end(), whole.len() as u64);
        assert_eq!(track.take(0, whole.len() as u64), whole);
    }

    #[test]
    fn what_overlaps_with_what_is_there_gives_way() {
        let mut track = Track::new(1);
        track.push(&[1, 2, 3]);
        track.go_to(1);
        track.push(&[8, 9, 4, 5]);
        assert_eq!(track.take(0, 5), [1, 2, 3, 4, 5]);
    }
}
