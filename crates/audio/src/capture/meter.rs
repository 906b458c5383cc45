//! What a lane's sound is like.

use crate::twins::one_signal;
use qinting_desk::{LaneCheck, LaneSound, LaneState};
use std::collections::VecDeque;

/// Columns of the strip, per second.
const COLUMNS_PER_S: u32 = 20;
/// Columns that a lane's state rests on: the last five seconds.
const REMEMBERED: usize = 5 * COLUMNS_PER_S as usize;
/// Columns that clipping is told for: two seconds.
const CLIPPED_FOR: u32 = 2 * COLUMNS_PER_S;
/// Full-scale samples in a row that are no coincidence.
const CLIPPED_ROW: u32 = 3;
/// −50 dBFS: too quiet to be understood.
const FAINT: f64 = 0.003_162;
/// Seconds of exact zeros after which a line is dead.
const DEAD_S: u64 = 10;
const FULL: f64 = 32_768.0;

/// One lane. Columns are 50 ms of the call clock.
#[derive(Debug)]
pub(super) struct Meter {
    rate_hz: u32,
    column: Column,
    columns: VecDeque<(f64, u32)>,
    shown: Vec<(i8, i8)>,
    since: Column,
    since_clipped: bool,
    row: u32,
    row_sign: i16,
    clipped_ago: u32,
    zeros: u64,
    frames: u64,
    dead_until: Option<u64>,
}

/// Sums over a stretch.
#[derive(Clone, Copy, Debug, Default)]
struct Column {
    min: i16,
    max: i16,
    square: f64,
    frames: u32,
}

impl Column {
    fn add(&mut self, sample: i16) {
        if self.frames == 0 {
            (self.min, self.max) = (sample, sample);
        }
        self.min = self.min.min(sample);
        self.max = self.max.max(sample);
        self.square += f64::from(sample).powi(2);
        self.frames += 1;
    }
    fn peak(&self) -> f64 {
        f64::from(self.min.unsigned_abs().max(self.max.unsigned_abs())) / FULL
    }
    fn rms(&self) -> f64 {
        (self.square / f64::from(self.frames.max(1))).sqrt() / FULL
    }
}

impl Meter {
    pub(super) fn new(rate_hz: u32) -> Self {
        Self {
            rate_hz,
            column: Column::default(),
            columns: VecDeque::new(),
            shown: Vec::new(),
            since: Column::default(),
            since_clipped: false,
            row: 0,
            row_sign: 0,
            clipped_ago: CLIPPED_FOR,
            zeros: 0,
            frames: 0,
            dead_until: None,
        }
    }

    /// Takes samples as they are written. `live`: they come from the device, not from us.
    pub(super) fn add(&mut self, samples: &[i16], live: bool) {
        if !live {
            self.live_again();
        }
        for sample in samples {
            self.column.add(*sample);
            self.since.add(*sample);
            self.watch(*sample);
            if *sample != 0 {
                self.live_again();
            } else if live {
                self.zeros += 1;
            }
            self.frames += 1;
            if self.column.frames >= self.rate_hz / COLUMNS_PER_S {
                self.turn();
            }
        }
    }

    fn live_again(&mut self) {
        if self.dead_frames().is_some() {
            self.dead_until = Some(self.frames);
        }
        self.zeros = 0;
    }

    /// Frame at which the last dead stretch ended.
    pub(super) fn dead_until(&self) -> Option<u64> {
        self.dead_until
    }

    fn watch(&mut self, sample: i16) {
        let sign = if sample == i16::MAX {
            1
        } else if sample <= -i16::MAX {
            -1
        } else {
            0
        };
        self.row = if sign != 0 && sign == self.row_sign {
            self.row + 1
        } else {
            u32::from(sign != 0)
        };
        self.row_sign = sign;
        self.since_clipped |= sign != 0;
        if self.row >= CLIPPED_ROW {
            self.clipped_ago = 0;
        }
    }

    fn turn(&mut self) {
        let done = std::mem::take(&mut self.column);
        let small = |s: i16| (f64::from(s) / FULL * 127.0).round() as i8;
        self.shown.push((small(done.min), small(done.max)));
        self.columns.push_back((done.square, done.frames));
        if self.columns.len() > REMEMBERED {
            self.columns.pop_front();
        }
        self.clipped_ago = self.clipped_ago.saturating_add(1).min(CLIPPED_FOR);
    }

    /// Level and shape since the last time.
    pub(super) fn report(&mut self) -> LaneSound {
        let since = std::mem::take(&mut self.since);
        LaneSound {
            peak: since.peak() as f32,
            rms: since.rms() as f32,
            clipped: std::mem::take(&mut self.since_clipped),
            columns: std::mem::take(&mut self.shown),
        }
    }

    /// How long the newest samples have been exact zeros, in frames, once that is too long.
    pub(super) fn dead_frames(&self) -> Option<u64> {
        (self.zeros >= DEAD_S * u64::from(self.rate_hz)).then_some(self.zeros)
    }

    /// What the sound itself says.
    pub(super) fn state(&self) -> LaneState {
        if self.clipped_ago < CLIPPED_FOR {
            return LaneState::Clipping;
        }
        let (square, frames) = self
            .columns
            .iter()
            .fold((0.0, 0u64), |(s, n), (square, frames)| {
                (s + square, n + u64::from(*frames))
            });
        let rms = (square / frames.max(1) as f64).sqrt() / FULL;
        let enough = self.columns.len() == REMEMBERED;
        if enough && rms > 0.0 && rms < FAINT {
            LaneState::Faint
        } else {
            LaneState::Running
        }
    }
}

/// Looks at a finished test recording: interleaved frames of `lanes` lanes.
pub(super) fn check(frames: &[i16], lanes: usize, rate_hz: u32) -> (Vec<LaneCheck>, bool) {
    let checks = (0..lanes)
        .map(|lane| {
            let mut all = Column::default();
            // One column over everything; its rate never turns it.
            let mut meter = Meter::new(u32::MAX);
            for sample in frames.iter().skip(lane).step_by(lanes) {
                all.add(*sample);
                meter.watch(*sample);
            }
            LaneCheck {
                peak_db: decibels(all.peak()),
                rms_db: decibels(all.rms()),
                silent: all.peak() < FAINT,
                clipped: meter.clipped_ago == 0,
            }
        })
        .collect();
    (checks, lanes == 2 && one_signal(frames, rate_hz))
}

/// dBFS, −120 for silence.
fn decibels(level: f64) -> f32 {
    (20.0 * level.max(1e-6).log10()) as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    const RATE: u32 = 8_000;

    fn meter(level: f64, seconds: usize) -> Meter {
        let mut meter = Meter::new(RATE);
        let sound: Vec<i16> = (0..RATE as usize * seconds)
            .map(|n| ((n as f64 * 0.3).sin() * level * FULL) as i16)
            .collect();
        meter.add(&sound, true);
        meter
    }

    #[rstest]
    #[case::speech(0.1, LaneState::Running)]
    #[case::far_away(0.002, LaneState::Faint)]
    #[case::cut_off(1.5, LaneState::Clipping)]
    #[case::nothing(0.0, LaneState::Running)]
    fn a_lane_says_how_it_is(#[case] level: f64, #[case] state: LaneState) {
        assert_eq!(meter(level, 6).state(), state);
    }

    #[test]
    fn clipping_is_over_two_seconds_after_the_last() {
        let mut meter = meter(1.5, 1);
        meter.add(&[100, -100].repeat(RATE as usize * 19 / 20), true);
        assert_eq!(meter.state(), LaneState::Clipping);
        meter.add(&[100, -100].repeat(RATE as usize / 10), true);
        assert_eq!(meter.state(), LaneState::Running);
    }

    #[test]
    fn two_full_samples_in_a_row_are_not_clipping() {
        let mut meter = Meter::new(RATE);
        meter.add(&[i16::MAX, i16::MAX, 0, i16::MIN, i16::MAX, i16::MIN], true);
        assert_eq!(meter.state(), LaneState::Running);
        assert!(meter.report().clipped, "the level light does show it");
    }

    #[test]
    fn ten_seconds_of_exact_zeros_are_a_dead_line() {
        let mut meter = meter(0.1, 1);
        meter.add(&[1], true);
        meter.add(&vec![0; RATE as usize * 10 - 1], true);
        assert_eq!(meter.dead_frames(), None);
        meter.add(&[0], true);
        assert_eq!(meter.dead_frames(), Some(u64::from(RATE) * 10));
        meter.add(&[-1], true);
        assert_eq!(meter.dead_frames(), None);
        meter.add(&vec![0; RATE as usize * 20], false);
        assert_eq!(meter.dead_frames(), None, "our own silence is no dead line");
    }

    #[test]
    fn a_report_holds_the_columns_since_the_last() {
        let mut meter = Meter::new(RATE);
        meter.add(&[16_384; 400], true);
        meter.add(&[-32_768; 400], true);
        meter.add(&[0; 100], true);
        let sound = meter.report();
        assert_eq!(sound.columns, [(64, 64), (-127, -127)]);
        assert_eq!(sound.peak, 1.0);
        assert!(sound.clipped);
        assert_eq!(meter.report().columns, []);
    }

    #[test]
    fn a_test_recording_is_judged_by_lane() {
        let frames: Vec<i16> = (0..RATE)
            .flat_map(|n| {
                [
                    if n % 2 == 0 {
                        i16::MAX / 2
                    } else {
                        -i16::MAX / 2
                    },
                    0,
                ]
            })
            .collect();
        let (checks, same) = check(&frames, 2, RATE);
        assert!((checks[0].peak_db + 6.02).abs() < 0.1 && (checks[0].rms_db + 6.02).abs() < 0.1);
        assert!(!checks[0].silent && !checks[0].clipped && !same);
        assert!(checks[1].silent);
        assert_eq!(checks[1].rms_db, -120.0);
    }
}
