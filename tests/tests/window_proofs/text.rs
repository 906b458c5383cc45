//! A speech worker that dies while it writes a call down.

use crate::common::{hand_over, open_the_case, use_model};
use qinting_tests::fixtures::{demo_model, spoken_call};
use qinting_tests::process::{children_of, kill, wait};
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
            [_, speech] => Some(*speech),
            _ => None,
        },
    );
    kill(worker);
    let state = id("job-state");
    stage.until("the job has failed", |page| {
        page.attribute(&state, "data-state").as_deref() == Some("failed")
    });
    stage.wait_for_text(&state, "转写中断了");
    stage.screenshot("console-text-failed");

    // The window lives, and the same job can be had again.
    stage.press("m");
    stage.wait_for(&id("mark-row"));
    stage.click(".ch-reason + button, .ch-reason ~ button");
    stage.until_within(Duration::from_secs(50), "the retry succeeds", |page| {
        page.attribute(&state, "data-state").as_deref() == Some("done")
    });
    assert!(stage.count(&id("turn-row")) > 0);
}

/// Workers of the window, in the order of their start: the one that reads files, which stays, and the
/// one that turns speech into text.
fn workers(stage: &Stage) -> Vec<u32> {
    let mut workers: Vec<u32> = children_of(stage.pid())
        .into_iter()
        .filter(|pid| {
            let line = std::fs::read_to_string(format!("/proc/{pid}/cmdline")).unwrap_or_default();
            line.split('\0').nth(1) == Some("worker")
                && std::fs::read_to_string(format!("/proc/{pid}/maps"))
                    .is_ok_and(|maps| maps.contains("qinting-window"))
        })
        .collect();
    workers.sort_unstable();
    workers
}

/// Says the whole file again and again.
fn repeat(file: &Path, rounds: usize) {
    let mut wav = hound::WavReader::open(file).expect("a WAV that was just made");
    let spec = wav.spec();
    let samples: Vec<i16> = wav.samples().map(|s| s.expect("a whole WAV")).collect();
    let mut wav = hound::WavWriter::create(file, spec).expect("the WAV can be made");
    for sample in samples.iter().cycle().take(samples.len() * rounds) {
        wav.write_sample(*sample).expect("the WAV takes samples");
    }
    wav.finalize().expect("the WAV can be finished");
}
