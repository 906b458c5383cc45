//! The call clock of a call without sound.

use qinting_domain::UnixMs;

/// A jump of the wall clock against the steady one that is taken for sleep, in milliseconds.
const SLEPT_MS: i64 = 2_000;

/// Counts from the moment listening began. The steady clock carries it, because nobody sets that
/// one; it may stand still while the machine sleeps, which the wall clock gives away.
#[derive(Clone, Copy, Debug)]
pub(super) struct HandClock {
    steady_0: u64,
    wall_0: UnixMs,
    slept_ms: u64,
}

impl HandClock {
    pub(super) fn begin(steady_ms: u64, wall_ms: UnixMs) -> Self {
        Self {
            steady_0: steady_ms,
            wall_0: wall_ms,
            slept_ms: 0,
        }
    }

    pub(super) fn position_ms(&self, steady_ms: u64) -> u64 {
        steady_ms.saturating_sub(self.steady_0) + self.slept_ms
    }

    /// Looks whether the machine slept since the last look; gives the stretch that was slept.
    pub(super) fn look(&mut self, steady_ms: u64, wall_ms: UnixMs) -> Option<(u64, u64)> {
        let at = self.position_ms(steady_ms);
        let by_wall = wall_ms - self.wall_0;
        let ahead = by_wall - i64::try_from(at).unwrap_or(i64::MAX);
        if ahead.abs() <= SLEPT_MS {
            return None;
        }
        if ahead < 0 {
            // Somebody set the clock back: from here on that is how it goes.
            self.wall_0 += ahead;
            return None;
        }
        self.slept_ms += ahead.unsigned_abs();
        Some((at, at + ahead.unsigned_abs()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_counts_from_its_beginning_whatever_the_wall_says() {
        let clock = HandClock::begin(7_000, 1_000_000);
        assert_eq!(clock.position_ms(7_000), 0);
        assert_eq!(clock.position_ms(67_500), 60_500);
    }

    #[test]
    fn sleep_is_added_once_and_named_with_its_length() {
        let mut clock = HandClock::begin(0, 1_000_000);
        assert_eq!(clock.look(10_000, 1_010_000), None);
        // Ten minutes pass on the wall, one second on the clock that stands still in sleep.
        assert_eq!(clock.look(11_000, 1_611_000), Some((11_000, 611_000)));
        assert_eq!(clock.position_ms(12_000), 612_000);
        assert_eq!(clock.look(12_000, 1_612_000), None);
    }

    #[test]
    fn a_clock_that_is_set_back_takes_nothing_away_and_hides_no_later_sleep() {
        let mut clock = HandClock::begin(0, 1_000_000);
        assert_eq!(clock.look(10_000, 910_000), None);
        assert_eq!(clock.position_ms(10_000), 10_000);
        assert_eq!(clock.look(20_000, 980_000), Some((20_000, 80_000)));
    }

    #[test]
    fn two_clocks_that_drift_apart_a_little_are_no_sleep() {
        let mut clock = HandClock::begin(0, 0);
        assert_eq!(clock.look(3_600_000, 3_601_900), None);
    }
}
