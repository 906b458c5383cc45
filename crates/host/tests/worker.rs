//! The worker processes: whose they are, what becomes of work when one dies, and one that lies.
#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot be set up stops right there"
)]

mod common;
#[macro_use]
#[path = "common/harness.rs"]
mod harness;
#[path = "common/liar.rs"]
mod liar;

use common::Stage;
use liar::Liar;
use qinting_app::*;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

const TESTS: &[harness::Test] = tests![
    a_worker_outlives_the_thread_that_first_needed_it,
    two_drops_at_once_are_both_in,
    a_worker_that_was_killed_gets_nothing_more_to_do,
    a_worker_that_dies_before_a_word_is_replaced_once,
    a_worker_that_dies_half_way_is_a_failure_of_its_file,
];

fn main() -> ExitCode {
    if let Some(code) = liar::run_if_liar().or_else(qinting_host::run_if_worker) {
        return code;
    }
    harness::run(TESTS)
}

const LONG: Duration = Duration::from_secs(60);

/// A file with a tone of this many seconds, 8 kHz, two channels.
fn tone(path: &Path, seconds: u32, pitch: f32) -> PathBuf {
    let spec = hound::WavSpec {
        channels: 2,
        sample_rate: 8_000,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let mut wav = hound::WavWriter::create(path, spec).unwrap();
    for frame in 0..seconds * 8_000 {
        let at = frame as f32 / 8_000.0 * pitch * std::f32::consts::TAU;
        wav.write_sample((at.sin() * 9_000.0) as i16).unwrap();
        wav.write_sample((at.cos() * 3_000.0) as i16).unwrap();
    }
    wav.finalize().unwrap();
    path.to_owned()
}

fn request(file: &Path, work_dir: &Path) -> IngestRequest {
    std::fs::create_dir_all(work_dir).unwrap();
    IngestRequest {
        paths: vec![file.to_owned()],
        work_dir: work_dir.to_owned(),
        ..IngestRequest::default()
    }
}

fn a_worker_outlives_the_thread_that_first_needed_it() {
    let dir = tempfile::tempdir().unwrap();
    let small = tone(&dir.path().join("small.wav"), 1, 300.0);
    let big = tone(&dir.path().join("big.wav"), 600, 400.0);
    let decoder = qinting_host::decoder();
    let (may_end, ends) = channel::<()>();
    let (is_started, started) = channel();
    let first = {
        let decoder = decoder.clone();
        std::thread::spawn(move || {
            decoder.hash(&small, &Cancel::default()).unwrap();
            is_started.send(()).unwrap();
            ends.recv_timeout(LONG).unwrap();
        })
    };
    started.recv_timeout(LONG).unwrap();
    let mut first = Some(first);
    let mut progress = |_| {
        // In the middle of the second piece of work the first thread ends, and with it, on Linux,
        // whatever was started by it.
        if let Some(first) = first.take() {
            may_end.send(()).unwrap();
            first.join().unwrap();
        }
    };
    let work = request(&big, &dir.path().join("work"));
    let ingested = decoder.ingest(&work, &mut progress, &Cancel::default());
    assert_eq!(ingested.unwrap().frames, 600 * 8_000);
    assert!(first.is_none(), "progress was told");
}

fn two_drops_at_once_are_both_in() {
    let stage = Stage::with(tempfile::tempdir().unwrap(), |ports| {
        ports.decoder = qinting_host::decoder();
    });
    let item = |name: &str, seconds, pitch| {
        let file = tone(&stage.dir.path().join(name), seconds, pitch);
        ImportItem {
            paths: vec![file.to_string_lossy().into_owned()],
            title: name.to_owned(),
            bytes: 1,
            take_what_is_there: false,
            as_own_call: false,
        }
    };
    let short = vec![item("a.wav", 1, 210.0)];
    let long: Vec<ImportItem> = (0..4u16)
        .map(|n| item(&format!("b{n}.wav"), 60, 300.0 + f32::from(n)))
        .collect();
    let first = stage.seat.import_start(short).unwrap();
    let second = stage.seat.import_start(long).unwrap();
    for batch in [first, second] {
        for file in stage.seat.import_wait(batch).unwrap().files {
            assert_eq!(file.outcome, Some(ImportOutcome::Imported), "{file:?}");
        }
    }
}

fn a_worker_that_was_killed_gets_nothing_more_to_do() {
    let liar = Liar::new();
    let decoder = qinting_host::decoder();
    let cancel = Cancel::default();
    let stopped = std::thread::scope(|scope| {
        let hashing = scope.spawn(|| decoder.hash(&liar.asked("deaf"), &cancel));
        liar.wait_for("deaf");
        cancel.cancel();
        hashing.join().unwrap()
    });
    assert_eq!(stopped.unwrap_err().code(), codes::CANCELLED);
    let next = decoder.hash(&liar.asked("fine"), &Cancel::default());
    assert_eq!(next.unwrap(), liar::HASH);
}

fn a_worker_that_dies_before_a_word_is_replaced_once() {
    let liar = Liar::new();
    let decoder = qinting_host::decoder();
    let hash = |what: &str| decoder.hash(&liar.asked(what), &Cancel::default());
    assert_eq!(hash("dies-once").unwrap(), liar::HASH);
    assert_eq!(liar.times("dies-once"), 2);
    assert_eq!(hash("dies").unwrap_err().code(), codes::MEDIA_WORKER_DIED);
    assert_eq!(liar.times("dies"), 2);
    assert_eq!(hash("fine").unwrap(), liar::HASH);
}

fn a_worker_that_dies_half_way_is_a_failure_of_its_file() {
    let liar = Liar::new();
    let decoder = qinting_host::decoder();
    let begun = Instant::now();
    let work = request(&liar.asked("dies-late"), liar.folder());
    let refused = decoder.ingest(&work, &mut |_| {}, &Cancel::default());
    assert_eq!(refused.unwrap_err().code(), codes::MEDIA_WORKER_DIED);
    assert_eq!(liar.times("dies-late"), 1);
    assert!(begun.elapsed() < LONG / 2);
}
