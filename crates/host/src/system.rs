//! The real clock and real ids.

use jiff::{Timestamp, tz::TimeZone};
use qinting_app::{Clock, Ids};
use qinting_domain::UnixMs;
use std::sync::LazyLock;
use std::time::{Instant, SystemTime, UNIX_EPOCH};
use uuid::Uuid;

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
        Timestamp::from_millisecond(at).map_or(0, |at| {
            i64::from(TimeZone::system().to_offset(at).seconds()) * 1_000
        })
    }
}

/// Time-ordered random ids.
pub(crate) struct TimeIds;

impl Ids for TimeIds {
    fn next(&self) -> Uuid {
        Uuid::now_v7()
    }
}
