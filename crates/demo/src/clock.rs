//! The clock a story is told by.

use qinting_desk::Clock;
use qinting_domain::UnixMs;
use serde::Deserialize;
use std::sync::atomic::{AtomicI64, Ordering};

const MINUTE_MS: i64 = 60_000;
const DAY_MS: i64 = 86_400_000;
/// The story happens where the clocks show UTC+8.
const ZONE_MS: i64 = 8 * 60 * MINUTE_MS;

/// A moment of the story: whole days before the day it is told, and the time on the wall clock.
/// Written `33 10:05`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
pub(crate) struct Moment {
    /// Minutes from the midnight that began the day of telling; never positive.
    minutes: i64,
}

impl TryFrom<String> for Moment {
    type Error = String;

    fn try_from(written: String) -> Result<Self, String> {
        let read = || {
            let (days, time) = written.split_once(' ')?;
            let (hour, minute) = time.split_once(':')?;
            let [days, hour, minute]: [i64; 3] =
                [days.parse().ok()?, hour.parse().ok()?, minute.parse().ok()?];
            // A whole day back at least, so that no hour of the day lies ahead of the telling.
            let is_past = days >= 1 && (0..24).contains(&hour) && (0..60).contains(&minute);
            is_past.then_some((hour - 24 * days) * 60 + minute)
        };
        read()
            .map(|minutes| Self { minutes })
            .ok_or_else(|| format!("not a moment of the past: {written}"))
    }
}

/// Days since 1970 on the calendar of the story.
fn calendar_day(at: UnixMs) -> i64 {
    (at + ZONE_MS).div_euclid(DAY_MS)
}

/// Story time: set from deed to deed, never back. Clones of an `Arc` of it share the time.
#[derive(Debug)]
pub struct StoryClock {
    told_at: UnixMs,
    now: AtomicI64,
}

impl StoryClock {
    /// A clock for a story told at `now_ms`; it stands at the beginning of the story.
    pub fn new(now_ms: UnixMs) -> Self {
        let mut clock = Self {
            told_at: now_ms,
            now: AtomicI64::new(UnixMs::MIN),
        };
        let begins = clock.time_of(crate::story::story().begins);
        *clock.now.get_mut() = begins;
        clock
    }

    /// Moves on to `at_ms`; stays where it is when that is over.
    pub fn set(&self, at_ms: UnixMs) {
        self.now.fetch_max(at_ms, Ordering::SeqCst);
    }

    /// When the story is told: the end of it.
    pub fn told_at(&self) -> UnixMs {
        self.told_at
    }

    /// A moment of the story in milliseconds.
    pub(crate) fn time_of(&self, moment: Moment) -> UnixMs {
        calendar_day(self.told_at) * DAY_MS - ZONE_MS + moment.minutes * MINUTE_MS
    }

    /// A due day `days` after the day of telling, as the domain writes days: their UTC midnight.
    pub(crate) fn due_day(&self, days: i64) -> UnixMs {
        (calendar_day(self.told_at) + days) * DAY_MS
    }
}

impl Clock for StoryClock {
    fn now_ms(&self) -> UnixMs {
        self.now.load(Ordering::SeqCst)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    /// 2026-03-02 00:30 in UTC+8, still the first of March in UTC.
    const NIGHT: UnixMs = 1_772_382_600_000;

    #[rstest]
    #[case("1 23:59", NIGHT - 31 * MINUTE_MS)]
    #[case("2 00:30", NIGHT - 2 * DAY_MS)]
    fn a_moment_counts_from_the_day_of_telling(#[case] written: &str, #[case] expected: UnixMs) {
        let moment = Moment::try_from(written.to_owned()).expect("a moment");
        assert_eq!(StoryClock::new(NIGHT).time_of(moment), expected);
    }

    #[rstest]
    #[case("0 09:00")]
    #[case("-1 09:00")]
    #[case("3 24:00")]
    #[case("3 9.30")]
    #[case("yesterday")]
    fn what_is_not_past_is_no_moment(#[case] written: &str) {
        assert!(Moment::try_from(written.to_owned()).is_err());
    }

    #[test]
    fn a_due_day_is_the_utc_midnight_of_the_readers_day() {
        let clock = StoryClock::new(NIGHT);
        assert_eq!(clock.due_day(0), 1_772_409_600_000);
        assert_eq!(clock.due_day(-1), 1_772_323_200_000);
    }

    #[test]
    fn time_does_not_run_back() {
        let clock = StoryClock::new(NIGHT);
        let begin = clock.now_ms();
        clock.set(begin + 5);
        clock.set(begin);
        assert_eq!(clock.now_ms(), begin + 5);
        assert!(begin < NIGHT);
    }
}
