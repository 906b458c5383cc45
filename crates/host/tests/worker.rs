//! The worker processes of a whole program: as the host has them begin, and under its imports.
#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot be set up stops right there"
)]

#[path = "proofs/common/mod.rs"]
#[allow(dead_code, unused_imports, reason = "the proofs use the rest of it")]
mod common;

use common::Stage;
use qinting_desk::*;
use qinting_testkit::process::own_children;
use qinting_testkit::sound::hum;
use qinting_testkit::{harness, tests};
use std::process::ExitCode;

const TESTS: &[harness::Test] = tests![
    two_drops_at_once_are_both_in,
    what_a_worker_writes_is_never_for_everybody,
];

fn main() -> ExitCode {
    if let Some(code) = qinting_host::run_if_worker() {
        return code;
    }
    harness::run(TESTS)
}

fn two_drops_at_once_are_both_in() {
    let stage = Stage::with(tempfile::tempdir().unwrap(), |given| {
        given.decoder = qinting_worker::decoder();
    });
    let item = |name: &str, seconds, pitch| {
        let file = hum(&stage.dir.path().join(name), seconds, pitch, 2);
        CallFiles {
            paths: vec![file],
            title: name.to_owned(),
            ..CallFiles::default()
        }
    };
    let short = vec![item("a.wav", 1.0, 210.0)];
    let long: Vec<CallFiles> = (0..4u16)
        .map(|n| item(&format!("b{n}.wav"), 60.0, 300.0 + f64::from(n)))
        .collect();
    let first = stage.at_desk.bring_in(short).unwrap();
    let second = stage.at_desk.bring_in(long).unwrap();
    for batch in [first, second] {
        for file in stage.at_desk.import_wait(batch).unwrap().files {
            assert_eq!(file.outcome, Some(ImportOutcome::Imported), "{file:?}");
        }
    }
}

#[cfg(not(target_os = "linux"))]
fn what_a_worker_writes_is_never_for_everybody() {}

#[cfg(target_os = "linux")]
fn what_a_worker_writes_is_never_for_everybody() {
    // Whatever the person gives new files: here, everything to everybody.
    rustix::process::umask(rustix::fs::Mode::empty());
    let dir = tempfile::tempdir().unwrap();
    let small = hum(&dir.path().join("small.wav"), 1.0, 300.0, 2);
    let decoder = qinting_worker::decoder();
    decoder.hash(&small, &Cancel::default()).unwrap();
    let status = format!("/proc/{}/status", own_children()[0]);
    let status = std::fs::read_to_string(status).unwrap();
    let umask = status.lines().find_map(|line| line.strip_prefix("Umask:"));
    assert_eq!(umask.unwrap().trim(), "0007");
}
