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
    /// What both clocks say.
    fn now(&self) -> Moment;
}

/// The clocks of this machine.
pub(super) struct MachineTicks {
    begun: Instant,
    begun_wall_ms: i64,
    #[cfg(target_os = "linux")]
    begun_awake_or_not_ms: i64,
}

impl MachineTicks {
    pub(super) fn new() -> Self {
        Self {
            begun: Instant::now(),
            begun_wall_ms: wall_ms(),
            #[cfg(target_os = "linux")]
            begun_awake_or_not_ms: boot_ms(),
        }
    }

    /// The kernel counts sleep and nobody can set that count: a clock that is put right is no sleep.
    #[cfg(target_os = "linux")]
    fn wall(&self) -> i64 {
        self.begun_wall_ms + boot_ms() - self.begun_awake_or_not_ms
    }

    #[cfg(not(target_os = "linux"))]
    fn wall(&self) -> i64 {
        wall_ms().max(self.begun_wall_ms)
    }
}

impl Ticks for MachineTicks {
    fn now(&self) -> Moment {
        Moment {
            steady_us: self.begun.elapsed().as_micros() as u64,
            wall_ms: self.wall(),
        }
    }
}

fn wall_ms() -> i64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_millis() as i64)
}

/// Milliseconds since the machine was started, with those it slept.
#[cfg(target_os = "linux")]
fn boot_ms() -> i64 {
    let now = rustix::time::clock_gettime(rustix::time::ClockId::Boottime);
    now.tv_sec * 1000 + now.tv_nsec / 1_000_000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_clocks_go_on_together_while_the_machine_is_awake() {
        let ticks = MachineTicks::new();
        let first = ticks.now();
        let begun = Instant::now();
        while begun.elapsed().as_millis() < 20 {
            std::thread::yield_now();
        }
        let second = ticks.now();
        let steady = (second.steady_us - first.steady_us) as i64 / 1000;
        assert!(steady >= 20);
        assert!((second.wall_ms - first.wall_ms - steady).abs() <= 2);
        assert!((second.wall_ms - wall_ms()).abs() < 1_000);
    }
}
