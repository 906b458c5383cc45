//! Waiting for what happens soon, instead of sleeping.

use std::time::{Duration, Instant};

/// Whoever waits longer on a machine that does other things too waits in vain.
const LIMIT: Duration = Duration::from_secs(20);
/// How often somebody looks.
const LOOK: Duration = Duration::from_millis(2);

/// Waits until something is so.
///
/// # Panics
/// When it is not within 20 seconds.
#[track_caller]
pub fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    wait(what, LIMIT, || is_so().then_some(()));
}

/// Looks again and again until `done` says something.
///
/// # Panics
/// When it does not within `limit`.
#[track_caller]
pub fn wait<T>(what: &str, limit: Duration, mut done: impl FnMut() -> Option<T>) -> T {
    let begun = Instant::now();
    loop {
        if let Some(value) = done() {
            return value;
        }
        assert!(
            begun.elapsed() < limit,
            "waited {} s in vain: {what}",
            limit.as_secs()
        );
        std::thread::sleep(LOOK);
    }
}
