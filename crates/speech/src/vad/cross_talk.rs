//! What of a lane is the other side, heard through: an earpiece beside a microphone, a line that leaks,
//! a garage that rumbles while nobody near it speaks. The detector takes it for speech, and Whisper
//! makes sentences of it that nobody said.
//!
//! A frame is not this lane's when the other lane is far louder at that moment *and* it is far below
//! what this lane's own voice was until now: who speaks into the other's words speaks about as loudly
//! as before.

use std::collections::VecDeque;
use std::ops::Range;

/// So far below the other lane a sound may be the other's, in dB …
const BELOW_OTHER: f32 = 15.0;
/// … when it is so far below this lane's own voice, in dB …
const BELOW_OWN: f32 = 15.0;
/// … or, before that voice is known, so far below the other lane, in dB.
const BELOW_OTHER_ALONE: f32 = 24.0;
/// Frames on either side of which the other lane's loudest counts (192 ms): what comes through may come
/// late, and between two vowels everybody is quiet for a moment.
const AROUND: u64 = 12;
/// Frames the other lane's sound may be behind this one's (0.5 s): then its last ones count.
const BEHIND: u64 = 31;
/// Frames of the other lane that are kept (8 s): so far may it be ahead.
const KEPT: usize = 500;
/// Frames of one's own voice that its level is taken over (20 s).
const VOICE: usize = 1_250;

/// A lane beside another.
#[derive(Default)]
pub(super) struct Beside {
    /// Number of the first frame in `other_db`.
    first: u64,
    /// How loud the other lane was, frame by frame.
    other_db: VecDeque<f32>,
    /// Levels of what was this lane's own voice, lately, and their sum as power.
    voice_db: VecDeque<f32>,
    power: f64,
}

impl Beside {
    /// The other lane was so loud from this frame on, in dB. What lies between is not known.
    pub(super) fn other_sounds(&mut self, frame: u64, levels_db: &[f32]) {
        if frame != self.known_to() {
            self.other_db.clear();
            self.first = frame;
        }
        self.other_db.extend(levels_db);
        let over = self.other_db.len().saturating_sub(KEPT);
        self.other_db.drain(..over);
        self.first += over as u64;
    }

    /// This was one's own voice.
    pub(super) fn spoke(&mut self, levels_db: impl Iterator<Item = f32>) {
        for db in levels_db {
            self.power += power(db);
            self.voice_db.push_back(db);
            if self.voice_db.len() > VOICE
                && let Some(gone) = self.voice_db.pop_front()
            {
                self.power -= power(gone);
            }
        }
    }

    /// Whether what sounds in this frame is the other lane's.
    pub(super) fn is_others(&self, frame: u64, own_db: f32) -> bool {
        let Some(other_db) = self.other_around(frame) else {
            return false;
        };
        match self.voice() {
            Some(voice) => own_db + BELOW_OTHER <= other_db && own_db + BELOW_OWN <= voice,
            None => own_db + BELOW_OTHER_ALONE <= other_db,
        }
    }

    fn known_to(&self) -> u64 {
        self.first + self.other_db.len() as u64
    }

    /// The other lane's loudest frame near this one.
    fn other_around(&self, frame: u64) -> Option<f32> {
        let newest = self.known_to().saturating_sub(AROUND);
        if frame > newest + BEHIND {
            return None;
        }
        let middle = frame.min(newest);
        self.loudest(middle.saturating_sub(AROUND)..middle + AROUND + 1)
    }

    fn loudest(&self, frames: Range<u64>) -> Option<f32> {
        let inside = |frame: u64| frame.saturating_sub(self.first) as usize;
        let to = inside(frames.end).min(self.other_db.len());
        let from = inside(frames.start).min(to);
        self.other_db.range(from..to).copied().reduce(f32::max)
    }

    /// Mean power of one's own voice, in dB.
    fn voice(&self) -> Option<f32> {
        let mean = self.power / self.voice_db.len() as f64;
        (mean > 0.0).then(|| 10.0 * mean.log10() as f32)
    }
}

fn power(db: f32) -> f64 {
    10f64.powf(f64::from(db) / 10.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    /// One's own voice was at −27 dB, if one has spoken yet; the other lane sounds now.
    fn beside(has_spoken: bool, other_db: f32) -> Beside {
        let mut beside = Beside::default();
        if has_spoken {
            beside.spoke(std::iter::repeat_n(-27.0, 100));
        }
        beside.other_sounds(0, &[other_db; 100]);
        beside
    }

    #[rstest]
    #[case::what_comes_through(true, -58.0, -25.0, true)]
    #[case::a_quiet_word_of_ones_own(true, -41.0, -16.0, false)]
    #[case::a_quiet_word_alone(true, -58.0, -70.0, false)]
    #[case::both_at_once(true, -28.0, -25.0, false)]
    #[case::before_one_has_spoken(false, -43.0, -20.0, false)]
    #[case::before_one_has_spoken_and_hardly_there(false, -55.0, -20.0, true)]
    fn what_is_far_below_the_other_and_ones_own_voice_is_the_others(
        #[case] has_spoken: bool,
        #[case] own_db: f32,
        #[case] other_db: f32,
        #[case] is_others: bool,
    ) {
        assert_eq!(
            beside(has_spoken, other_db).is_others(50, own_db),
            is_others
        );
    }

    #[rstest]
    #[case::a_little_behind(110, true)]
    #[case::gone(200, false)]
    fn the_other_lane_may_come_a_little_late(#[case] frame: u64, #[case] is_others: bool) {
        assert_eq!(beside(true, -20.0).is_others(frame, -60.0), is_others);
    }

    #[test]
    fn a_lane_without_another_is_all_ones_own() {
        assert!(!Beside::default().is_others(50, -70.0));
    }

    #[test]
    fn a_voice_that_becomes_quieter_is_known_as_such_after_a_while() {
        let mut beside = beside(true, -20.0);
        assert!(beside.is_others(50, -52.0));
        beside.spoke(std::iter::repeat_n(-45.0, 2 * VOICE));
        assert!(!beside.is_others(50, -52.0));
    }
}
