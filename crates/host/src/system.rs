//! The real clock and real ids.

use jiff::{Timestamp, tz::TimeZone};
use parking_lot::Mutex;
use qinting_desk::{Clock, Ids};
use qinting_domain::UnixMs;
use std::sync::{Arc, LazyLock};
use std::time::{Instant, SystemTime, UNIX_EPOCH};
use uuid::{ContextV7, Uuid};

/// Wall clock of this machine.
pub(crate) struct SystemClock;

impl Clock for SystemClock {
    fn now_ms(&self) -> UnixMs {
        let since = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
    }

    fn steady_ms(&self) -> u64 {
        static BEGIN: LazyLock<Instant> = LazyLock::new(Instant::now);
        u64::try_from(BEGIN.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    fn ahead_of_utc_ms(&self, at: UnixMs) -> i64 {
        ahead_of_utc_ms(at)
    }
}

/// What a clock on the wall of this machine shows ahead of UTC at a time, in milliseconds.
pub fn ahead_of_utc_ms(at: UnixMs) -> i64 {
    Timestamp::from_millisecond(at).map_or(0, |at| {
        i64::from(TimeZone::system().to_offset(at).seconds()) * 1_000
    })
}

/// Random ids in the order of time. The time is the app's own: the system's would not do before 1970,
/// where a machine with an empty battery finds itself.
pub(crate) struct TimeIds {
    clock: Arc<dyn Clock>,
    /// Keeps ids of one millisecond, and those of a clock that was set back, in the order they were
    /// made.
    order: Mutex<ContextV7>,
}

impl TimeIds {
    pub(crate) fn by(clock: Arc<dyn Clock>) -> Self {
        Self {
            clock,
            order: Mutex::new(ContextV7::new()),
        }
    }
}

impl Ids for TimeIds {
    fn next(&self) -> Uuid {
        let ms = u64::try_from(self.clock.now_ms()).unwrap_or(0);
        // Below a second by the division: it fits.
        let nanos = (ms % 1_000) as u32 * 1_000_000;
        let order = self.order.lock();
        Uuid::new_v7(uuid::Timestamp::from_unix(&*order, ms / 1_000, nanos))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;
    use std::sync::atomic::{AtomicI64, Ordering};

    struct Hand(AtomicI64);

    impl Clock for Hand {
        fn now_ms(&self) -> UnixMs {
            self.0.load(Ordering::SeqCst)
        }
    }

    #[rstest]
    #[case::before_1970(-14_400_000)]
    #[case::at_1970(0)]
    #[case::long_before(i64::MIN)]
    #[case::today(1_795_000_000_000)]
    #[case::in_2100(4_102_444_800_000)]
    fn ids_are_made_at_any_time_and_keep_their_order(#[case] now: UnixMs) {
        let clock = Arc::new(Hand(AtomicI64::new(now)));
        let ids = TimeIds::by(clock.clone());
        let mut made: Vec<Uuid> = (0..100).map(|_| ids.next()).collect();
        // Set back by an hour: what is made now still comes after what was made before.
        clock
            .0
            .store(now.saturating_sub(3_600_000), Ordering::SeqCst);
        made.extend((0..100).map(|_| ids.next()));
        assert!(made.is_sorted());
        made.dedup();
        assert_eq!(made.len(), 200);
        assert_eq!(made[0].get_version_num(), 7);
    }
}
