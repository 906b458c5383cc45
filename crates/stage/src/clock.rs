//! Time that stands until it is told.

use qinting_desk::Clock;
use qinting_domain::UnixMs;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

/// Where time begins when nobody says: 2026-11-18 09:00 UTC.
const BEGIN: UnixMs = 1_794_992_400_000;

/// The clock of a stage.
#[derive(Debug)]
pub(crate) struct StageClock {
    wall: AtomicI64,
    steady: AtomicU64,
}

impl StageClock {
    /// One that shows a time, or the one at which stages begin.
    pub fn at(now: Option<UnixMs>) -> Self {
        Self {
            wall: AtomicI64::new(now.unwrap_or(BEGIN)),
            steady: AtomicU64::new(0),
        }
    }

    /// Somebody sets the clock on the wall; how long things last it does not touch.
    pub fn set(&self, at: UnixMs) {
        self.wall.store(at, Ordering::SeqCst);
    }

    /// Time passes.
    pub fn pass(&self, ms: u64) {
        self.steady.fetch_add(ms, Ordering::SeqCst);
        let ms = i64::try_from(ms).unwrap_or(i64::MAX);
        self.wall.fetch_add(ms, Ordering::SeqCst);
    }
}

impl Clock for StageClock {
    fn now_ms(&self) -> UnixMs {
        self.wall.load(Ordering::SeqCst)
    }

    fn ahead_of_utc_ms(&self, at: UnixMs) -> i64 {
        qinting_host::ahead_of_utc_ms(at)
    }

    fn steady_ms(&self) -> u64 {
        self.steady.load(Ordering::SeqCst)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_stands_until_it_is_told() {
        let clock = StageClock::at(None);
        assert_eq!(clock.now_ms(), clock.now_ms());
        clock.pass(1_500);
        assert_eq!((clock.now_ms() - BEGIN, clock.steady_ms()), (1_500, 1_500));
    }

    #[test]
    fn a_clock_that_is_set_leaves_what_lasts_alone() {
        let clock = StageClock::at(None);
        clock.set(5);
        assert_eq!((clock.now_ms(), clock.steady_ms()), (5, 0));
    }
}
