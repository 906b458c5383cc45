//! The two clocks of a machine: the steady one that time is counted by, and the one on the wall,
//! which alone goes on while the machine sleeps.

use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// One reading of both clocks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moment {
    /// Microseconds since some moment of this process; never goes back, stands still in sleep.
    pub steady_us: u64,
    /// Milliseconds since 1970; may jump.
    pub wall_ms: i64,
}

/// Tells the time. Tests bring their own.
pub trait Ticks: Send + Sync {
    /// Now.
    fn now(&self) -> Moment;
}

/// The clocks of this machine.
pub(super) struct MachineTicks(Instant);

impl MachineTicks {
    pub(super) fn new() -> Self {
        Self(Instant::now())
    }
}

impl Ticks for MachineTicks {
    fn now(&self) -> Moment {
        Moment {
            steady_us: self.0.elapsed().as_micros() as u64,
            wall_ms: SystemTime::now()
                .duration_since(UNIX_EPOCH)
                .map_or(0, |since| since.as_millis() as i64),
        }
    }
}
