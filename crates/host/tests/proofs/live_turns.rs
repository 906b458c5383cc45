//! Two people act on one call at the same moment.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::common::live::*;
use qinting_desk::*;
use qinting_domain::*;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::channel;
use std::thread::{Builder, current, sleep};
use std::time::{Duration, Instant};

/// A clock that holds whoever pauses until whoever stops is about to take the sound away.
#[derive(Default)]
struct Gate {
    asked_by_stop: AtomicU32,
    asked_by_pause: AtomicU32,
}

impl Clock for Gate {
    fn now_ms(&self) -> UnixMs {
        1_763_000_000_000
    }

    fn steady_ms(&self) -> u64 {
        match current().name() {
            Some("stop") => {
                self.asked_by_stop.fetch_add(1, Ordering::SeqCst);
            }
            Some("pause") if self.asked_by_pause.fetch_add(1, Ordering::SeqCst) == 0 => {
                let begun = Instant::now();
                // The first time it says that it is ending, the second it stops the sound.
                while self.asked_by_stop.load(Ordering::SeqCst) < 2
                    && begun.elapsed() < Duration::from_secs(5)
                {
                    sleep(Duration::from_millis(1));
                }
                // Time to get from the clock to the lock.
                sleep(Duration::from_millis(200));
            }
            _ => {}
        }
        60_000
    }
}

#[test]
fn whoever_pauses_and_whoever_stops_do_not_wait_for_each_other() {
    let gate = Arc::new(Gate::default());
    let clock = gate.clone();
    let booth = Booth::at(tempfile::tempdir().unwrap(), |given| {
        given.records.clock = clock
    });
    booth.begin(ListenMode::ClockOnly);
    let (done, ends) = channel();
    let act = |name: &str, act: fn(&AtDesk)| {
        let (at_desk, done) = (booth.at_desk().clone(), done.clone());
        let act = move || {
            act(&at_desk);
            done.send(()).unwrap();
        };
        Builder::new().name(name.to_owned()).spawn(act).unwrap();
    };
    act("pause", |at_desk| drop(at_desk.live_pause(())));
    until("somebody pauses", || {
        gate.asked_by_pause.load(Ordering::SeqCst) > 0
    });
    act("stop", |at_desk| {
        at_desk.live_stop(()).unwrap();
    });
    for _ in 0..2 {
        let end = ends.recv_timeout(Duration::from_secs(20));
        end.expect("both get through");
    }
    assert!(booth.at_desk().live_status(()).unwrap().is_none());
}
