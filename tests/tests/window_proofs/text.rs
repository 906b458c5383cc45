//! A speech worker that dies while it writes a call down.

use crate::common::{hand_over, open_the_case, use_model};
use qinting_testkit::demo_model;
use qinting_testkit::process::{Signal, children, is_worker, signal};
use qinting_testkit::sound::Sound;
use qinting_testkit::wait::wait;
use qinting_tests::fixtures::spoken_call;
use qinting_tests::screen::id;
use qinting_tests::stage::{Plan, Stage};
use std::path::Path;
use std::time::Duration;
use tempfile::TempDir;

/// How often the spoken call is repeated, so that there is time to kill its worker.
const ROUNDS: usize = 2;

#[test]
fn a_speech_worker_that_dies_is_a_reason_and_a_retry() {
    let files = TempDir::new().expect("a temporary folder can be had");
    let Some([agent, caller]) = spoken_call(files.path()) else {
        return;
    };
    for side in [&agent, &caller] {
        repeat(side, ROUNDS);
    }
    let Some(stage) = Plan::new("worker-dies").open() else {
        return;
    };
    stage.wait_for(&id("app-shell"));
    use_model(&stage, &demo_model());
    hand_over(
        &stage,
        &[&agent.to_string_lossy(), &caller.to_string_lossy()],
    );
    open_the_case(&stage);

    let worker = wait(
        "a worker writes the call down",
        Duration::from_secs(30),
        || match workers(&stage).as_slice() {
            [_, _, speech] => Some(*speech),
            _ => None,
        },
    );
    signal(worker, Signal::KILL);
    let state = id("job-state");
    stage.until("the job has failed", |page| {
        page.attribute(&state, "data-state").as_deref() == Some("failed")
    });
    stage.wait_for_text(&state, "转写中断了");
    stage.screenshot("console-text-failed");

    // The window lives, and the same job can be had again.
    stage.press("m");
    stage.wait_for(&id("mark-row"));
    stage.click(&format!("{state} ~ button"));
    stage.until_within(Duration::from_secs(50), "the retry succeeds", |page| {
        page.attribute(&state, "data-state").as_deref() == Some("done")
    });
    assert!(stage.count(&id("turn-row")) > 0);
}

/// Workers of the window, in the order of their start: those that read what tells of calls and their sound, which stay,
/// and the one that turns speech into text.
fn workers(stage: &Stage) -> Vec<u32> {
    let mut workers: Vec<u32> = children(stage.pid())
        .into_iter()
        .filter(|pid| {
            is_worker(*pid)
                && std::fs::read_to_string(format!("/proc/{pid}/maps"))
                    .is_ok_and(|maps| maps.contains("qinting-window"))
        })
        .collect();
    workers.sort_unstable();
    workers
}

/// Says the whole file again and again.
fn repeat(file: &Path, rounds: usize) {
    Sound::read(file).repeated(rounds).write(file);
}
