//! When a device's samples come, and what that says about its clock.
//!
//! A sample's place on the call clock minus the moment it came is the same for every sample as
//! long as two clocks agree; a callback that comes late only makes it smaller. Its highest value
//! over a short while is therefore what the device would show if nothing were ever late.

use std::collections::VecDeque;

/// Arrivals are summed up over this long.
const BUCKET_US: u64 = 250_000;
/// Buckets that count: a stall shorter than this is not seen.
const BUCKETS: usize = 5;

/// The arrivals of one stream, in microseconds.
#[derive(Debug, Default)]
pub(super) struct CaptureLine {
    buckets: VecDeque<(u64, f64)>,
}

impl CaptureLine {
    /// The sample at `place_us` came at `stamp_us`.
    pub(super) fn add(&mut self, place_us: f64, stamp_us: u64) {
        let (bucket, ahead) = (stamp_us / BUCKET_US, place_us - stamp_us as f64);
        match self.buckets.back_mut() {
            Some((last, best)) if *last == bucket => *best = best.max(ahead),
            _ => self.buckets.push_back((bucket, ahead)),
        }
        while self
            .buckets
            .front()
            .is_some_and(|(first, _)| bucket - first >= BUCKETS as u64)
        {
            self.buckets.pop_front();
        }
    }

    /// Place minus moment, of the samples that came soonest.
    pub(super) fn offset_us(&self) -> Option<f64> {
        self.best(BUCKETS)
    }

    /// The same over the newest `buckets` only.
    pub(super) fn best(&self, buckets: usize) -> Option<f64> {
        self.buckets
            .iter()
            .rev()
            .take(buckets)
            .map(|(_, best)| *best)
            .max_by(f64::total_cmp)
    }

    /// All places moved.
    pub(super) fn shift(&mut self, by_us: f64) {
        for (_, best) in &mut self.buckets {
            *best += by_us;
        }
    }

    /// Those that came late did so because something was missing before them: `by_us` of it.
    pub(super) fn lift(&mut self, by_us: f64, usual_us: f64) {
        for (_, best) in &mut self.buckets {
            *best = (*best + by_us).min(usual_us.max(*best));
        }
    }

    /// Begins anew.
    pub(super) fn clear(&mut self) {
        self.buckets.clear();
    }
}

/// Two lanes this far apart, and steadily more so, run on different clocks.
const PROVEN_US: f64 = 8_000.0;
/// This far apart they are brought together however they got there.
const TOO_FAR_US: f64 = 14_000.0;
/// A change within one second that no clock can make: the way from the device got longer or
/// shorter, the samples are where they were.
const JUMP_US: f64 = 4_000.0;
/// Ways only get so much longer: what jumps further, jump by jump, is a clock after all.
const MOST_JUMPS_US: f64 = 60_000.0;
/// Seconds over which a clock is judged.
const WINDOW: usize = 120;
/// Seconds before it is judged at all.
const LEAST: usize = 12;
/// Most that a straight line may miss the measured points by, root mean square.
const STRAIGHT_US: f64 = 1_500.0;
/// How fast a lane is brought back to its place, per second.
const PULL: f64 = 0.025;

/// How one device's clock runs against the ruling one. Told about the distance once a second.
#[derive(Debug, Default)]
pub(super) struct Drift {
    /// How far it would have run away by each second if nobody had corrected it.
    points: VecDeque<f64>,
    last_us: Option<f64>,
    jumps_us: f64,
    origin_us: f64,
    /// What it is stretched by, as a ratio minus one; `None` until that is needed.
    applied: Option<f64>,
    worst: f64,
}

impl Drift {
    /// One that corrects from the start, for streams that are resampled anyway.
    pub(super) fn correcting() -> Self {
        Self {
            applied: Some(0.0),
            ..Self::default()
        }
    }

    /// The lane is `behind_us` behind its place. Gives the ratio to stretch it by, once there is
    /// one.
    pub(super) fn second(&mut self, behind_us: f64) -> Option<f64> {
        let last = self.last_us.replace(behind_us);
        let grown = last.map_or(0.0, |last| behind_us - last);
        if last.is_none() {
            self.origin_us = behind_us;
        }
        let jumped = grown.abs() > JUMP_US;
        if grown.abs() > MOST_JUMPS_US {
            self.origin_us += grown;
        } else if jumped {
            self.jumps_us = (self.jumps_us + grown).clamp(-MOST_JUMPS_US, MOST_JUMPS_US);
        }
        let own = if jumped { 0.0 } else { grown } + self.applied.unwrap_or(0.0) * 1e6;
        self.points
            .push_back(self.points.back().copied().unwrap_or(0.0) + own);
        if self.points.len() > WINDOW {
            self.points.pop_front();
        }
        let error = behind_us - self.jumps_us - self.origin_us;
        let rate = match self.applied {
            None => self.proven(error)?,
            Some(_) => self.measured().unwrap_or(0.0),
        };
        let applied = (rate + PULL * error / 1e6).clamp(-0.01, 0.01);
        self.applied = Some(applied);
        self.worst = pick(self.worst, rate);
        Some(1.0 + applied)
    }

    /// The stream was put in its place anew.
    pub(super) fn placed(&mut self) {
        self.points.clear();
        self.last_us = None;
        self.jumps_us = 0.0;
    }

    /// Highest difference that was measured, in millionths.
    pub(super) fn worst_ppm(&self) -> i32 {
        let run = self.points.back().unwrap_or(&0.0) - self.points.front().unwrap_or(&0.0);
        // Too little to act on may be enough to tell.
        let seen = match self.slope() {
            Some((slope, miss)) if self.points.len() >= WINDOW / 2 && run.abs() > 4.0 * miss => {
                slope
            }
            _ => 0.0,
        };
        (pick(self.worst, seen) * 1e6).round() as i32
    }

    fn measured(&self) -> Option<f64> {
        let (slope, miss) = self.slope()?;
        (self.points.len() >= LEAST && miss < STRAIGHT_US).then_some(slope)
    }

    fn proven(&self, error: f64) -> Option<f64> {
        let rate = self.measured();
        if error.abs() > TOO_FAR_US {
            return Some(rate.unwrap_or(0.0));
        }
        rate.filter(|_| error.abs() > PROVEN_US)
    }

    /// The straight line through the points: its slope as a ratio, and how far it misses them.
    fn slope(&self) -> Option<(f64, f64)> {
        let n = self.points.len() as f64;
        if self.points.len() < 2 {
            return None;
        }
        let middle = (n - 1.0) / 2.0;
        let mean = self.points.iter().sum::<f64>() / n;
        let (mut across, mut square) = (0.0, 0.0);
        for (i, y) in self.points.iter().enumerate() {
            let x = i as f64 - middle;
            across += x * (y - mean);
            square += x * x;
        }
        let slope = across / square;
        let miss = self
            .points
            .iter()
            .enumerate()
            .map(|(i, y)| (y - mean - slope * (i as f64 - middle)).powi(2))
            .sum::<f64>()
            / n;
        Some((slope / 1e6, miss.sqrt()))
    }
}

fn pick(a: f64, b: f64) -> f64 {
    if a.abs() >= b.abs() { a } else { b }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[test]
    fn late_callbacks_do_not_move_a_line() {
        let mut line = CaptureLine::default();
        for n in 0..40u64 {
            let late = if n % 4 == 0 { 0 } else { 17_000 * (n % 3 + 1) };
            line.add(n as f64 * 20_000.0, n * 20_000 + 5_000 + late);
        }
        assert_eq!(line.offset_us(), Some(-5_000.0));
    }

    #[test]
    fn a_line_follows_what_stays_late() {
        let mut line = CaptureLine::default();
        for n in 0..400u64 {
            let late = if n < 200 { 0 } else { 60_000 };
            line.add(n as f64 * 20_000.0, n * 20_000 + late);
        }
        assert_eq!(line.offset_us(), Some(-60_000.0));
    }

    #[rstest]
    #[case::fast(200e-6)]
    #[case::slow(-200e-6)]
    #[case::hardly(-30e-6)]
    fn a_clock_that_runs_away_is_caught_within_its_bounds(#[case] rate: f64) {
        let (mut drift, mut behind, mut stretch) = (Drift::default(), 0.0, 1.0);
        let mut worst = 0.0f64;
        for _ in 0..3_600 {
            behind += (1.0 + rate - stretch) * 1e6;
            stretch = drift.second(behind).unwrap_or(1.0);
            worst = worst.max(behind.abs());
        }
        assert!(worst < 12_000.0, "apart by {worst} µs");
        assert!(behind.abs() < 300.0, "still {behind} µs apart");
        let ppm = drift.worst_ppm();
        let said = rate * 1e6;
        assert!((f64::from(ppm) - said).abs() < 2.0, "{ppm}");
    }

    #[test]
    fn a_longer_way_is_no_drift() {
        let mut drift = Drift::default();
        for second in 0..600 {
            let behind = if (100..400).contains(&second) {
                45_000.0
            } else {
                0.0
            };
            let noise = f64::from(second % 7) * 200.0;
            assert_eq!(drift.second(behind + noise), None, "second {second}");
        }
        assert_eq!(drift.worst_ppm(), 0);
    }
}
