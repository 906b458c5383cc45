//! The worker processes: whose they are, what becomes of work when one dies, and one that lies.
#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot be set up stops right there"
)]

#[path = "common/liar.rs"]
mod liar;

use liar::Liar;
use qinting_desk::*;
use qinting_testkit::process::own_children;
use qinting_testkit::sound::hum;
use qinting_testkit::{harness, tests};
use std::path::Path;
use std::process::ExitCode;
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

const TESTS: &[harness::Test] = tests![
    a_worker_outlives_the_thread_that_first_needed_it,
    a_worker_that_was_killed_gets_nothing_more_to_do,
    only_a_worker_that_worked_before_is_replaced_when_it_dies_without_a_word,
    a_worker_that_dies_half_way_is_a_failure_of_its_file,
    what_a_worker_says_is_bounded_and_checked,
    a_slow_disk_is_no_hang_and_silence_is_one,
    a_worker_is_bound_and_inherits_only_what_it_works_with,
    a_worker_for_speech_is_bound_by_its_model,
    what_is_lent_is_read_wherever_it_lies,
    no_worker_is_told_where_a_recording_lies,
];

fn main() -> ExitCode {
    if let Some(code) = liar::run_if_liar().or_else(|| qinting_worker::run_if_worker(|| {})) {
        return code;
    }
    harness::run(TESTS)
}

const LONG: Duration = Duration::from_secs(60);

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
    let small = hum(&dir.path().join("small.wav"), 1.0, 300.0, 2);
    let big = hum(&dir.path().join("big.wav"), 600.0, 400.0, 2);
    let decoder = qinting_worker::decoder();
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

fn a_worker_that_was_killed_gets_nothing_more_to_do() {
    let liar = Liar::new();
    let decoder = qinting_worker::decoder();
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

fn only_a_worker_that_worked_before_is_replaced_when_it_dies_without_a_word() {
    let liar = Liar::new();
    let decoder = qinting_worker::decoder();
    let hash = |what: &str| decoder.hash(&liar.asked(what), &Cancel::default());
    assert_eq!(hash("dies").unwrap_err().code(), codes::MEDIA_WORKER_DIED);
    assert_eq!(liar.times("dies"), 1, "a new one died of the work itself");
    assert_eq!(hash("fine").unwrap(), liar::HASH);
    assert_eq!(hash("dies-once").unwrap(), liar::HASH);
    assert_eq!(liar.times("dies-once"), 2);
    assert_eq!(hash("dies").unwrap_err().code(), codes::MEDIA_WORKER_DIED);
    assert_eq!(liar.times("dies"), 3);
}

fn a_worker_that_dies_half_way_is_a_failure_of_its_file() {
    let liar = Liar::new();
    let decoder = qinting_worker::decoder();
    let begun = Instant::now();
    let work = request(&liar.asked("dies-late"), liar.folder());
    let refused = decoder.ingest(&work, &mut |_| {}, &Cancel::default());
    assert_eq!(refused.unwrap_err().code(), codes::MEDIA_WORKER_DIED);
    assert_eq!(liar.times("dies-late"), 1);
    assert!(begun.elapsed() < LONG / 2);
}

/// What is the matter, and in how many words.
fn reason(e: &AppError) -> (&str, &str) {
    let reason = e.note.args.get("reason").map_or("", String::as_str);
    (e.code(), reason)
}

fn what_a_worker_says_is_bounded_and_checked() {
    let liar = Liar::new();
    let decoder = qinting_worker::decoder();
    for lie in [
        "endless-line",
        "endless-lines",
        "no-hash",
        "another-answer",
        "unknown-reason",
        "news-of-hashing",
    ] {
        let said = decoder.hash(&liar.asked(lie), &Cancel::default());
        let refused = said.unwrap_err();
        let nonsense = (codes::MEDIA_WORKER_DIED, "nonsense");
        assert_eq!(reason(&refused), nonsense, "{lie}");
    }
    let work = request(&liar.asked("frames-without-end"), liar.folder());
    let refused = decoder.ingest(&work, &mut |_| {}, &Cancel::default());
    assert_eq!(refused.unwrap_err().code(), codes::MEDIA_WORKER_DIED);
    // More news than anybody takes at once neither fill the memory nor stop the work.
    let mut told = 0;
    let work = request(&liar.asked("much-progress"), liar.folder());
    let refused = decoder.ingest(&work, &mut |_| told += 1, &Cancel::default());
    assert_eq!(refused.unwrap_err().code(), codes::MEDIA_BROKEN);
    assert_eq!(told, 999, "each step of the bar once, of 100,000 news");
    let next = decoder.hash(&liar.asked("fine"), &Cancel::default());
    assert_eq!(next.unwrap(), liar::HASH);
}

fn a_slow_disk_is_no_hang_and_silence_is_one() {
    let liar = Liar::new();
    let decoder = qinting_worker::decoder_with(None, u64::MAX, Duration::from_millis(500));
    let slow = decoder.hash(&liar.asked("slow"), &Cancel::default());
    assert_eq!(slow.unwrap(), liar::HASH);
    let silent = decoder.hash(&liar.asked("silent"), &Cancel::default());
    let stalled = (codes::MEDIA_WORKER_DIED, "stalled");
    assert_eq!(reason(&silent.unwrap_err()), stalled);
    drop(liar);

    // The worker itself tells that bytes move: this takes longer than anybody may be silent.
    let dir = tempfile::tempdir().unwrap();
    let big = dir.path().join("big");
    std::fs::File::create(&big)
        .unwrap()
        .set_len(600 << 20)
        .unwrap();
    let decoder = qinting_worker::decoder_with(None, u64::MAX, Duration::from_millis(900));
    decoder.hash(&big, &Cancel::default()).unwrap();
}

#[cfg(not(target_os = "linux"))]
fn a_worker_is_bound_and_inherits_only_what_it_works_with() {}

#[cfg(target_os = "linux")]
fn a_worker_is_bound_and_inherits_only_what_it_works_with() {
    let dir = tempfile::tempdir().unwrap();
    let small = hum(&dir.path().join("small.wav"), 1.0, 300.0, 2);
    let decoder = qinting_worker::decoder();
    decoder.hash(&small, &Cancel::default()).unwrap();
    let worker = own_children()[0];
    let limits = std::fs::read_to_string(format!("/proc/{worker}/limits")).unwrap();
    let limit = |name: &str| -> u64 {
        let line = limits.lines().find(|line| line.starts_with(name)).unwrap();
        let soft = line[name.len()..].split_whitespace().next().unwrap();
        soft.parse().expect("a limit")
    };
    assert_eq!(limit("Max core file size"), 0);
    assert_eq!(limit("Max open files"), 64);
    assert!((4 << 30..5 << 30).contains(&limit("Max file size")));
    assert!((1 << 30..8 << 30).contains(&limit("Max address space")));

    let environment = std::fs::read(format!("/proc/{worker}/environ")).unwrap();
    let environment = String::from_utf8(environment).unwrap();
    let names: Vec<&str> = environment
        .split('\0')
        .filter_map(|line| line.split_once('='))
        .map(|(name, _)| name)
        .collect();
    assert!(names.contains(&"PATH") && names.contains(&"QINTING_WORKER"));
    // Cargo tells a test a good deal of itself.
    assert!(std::env::vars().any(|(name, _)| name.starts_with("CARGO")));
    assert!(
        !names.iter().any(|name| name.starts_with("CARGO")),
        "{names:?}"
    );
}

#[cfg(not(target_os = "linux"))]
fn a_worker_for_speech_is_bound_by_its_model() {}

#[cfg(target_os = "linux")]
fn a_worker_for_speech_is_bound_by_its_model() {
    let dir = tempfile::tempdir().unwrap();
    let audio = hum(&dir.path().join("small.wav"), 1.0, 300.0, 2);
    let transcriber = qinting_worker::transcriber();
    let limit_for = |megabytes: u64| -> u64 {
        // No model at all: it is looked at by a worker that is bound before.
        let model = dir.path().join(format!("{megabytes}.bin"));
        let file = std::fs::File::create(&model).unwrap();
        file.set_len(megabytes << 20).unwrap();
        let request = TranscribeRequest {
            audio: LentFile::at(&audio),
            model,
            language: "zh".into(),
            simplified: true,
            numbers: qinting_domain::NumberStyle::AsHeard,
            threads: 1,
        };
        let refused = transcriber.transcribe(&request, &mut |_| {}, &Cancel::default());
        assert_eq!(refused.unwrap_err().code(), codes::SPEECH_MODEL_UNREADABLE);
        let limits = format!("/proc/{}/limits", own_children()[0]);
        let limits = std::fs::read_to_string(limits).unwrap();
        let line = limits.lines().find(|l| l.starts_with("Max address space"));
        let soft = line.unwrap()["Max address space".len()..]
            .split_whitespace()
            .next();
        soft.unwrap().parse().unwrap()
    };
    let (small, big) = (limit_for(50), limit_for(1_000));
    // The second one is another worker: what the first one bound itself to would not do. Each adds
    // to what it had mapped when it was bound, and a thread's heap is mapped in pieces of 64 MiB,
    // two of them for a moment.
    let difference = big.abs_diff(small + ((2 * 950) << 20));
    assert!(difference < 512 << 20, "{small} {big}");
}

/// Twice by the same worker: each piece of work has its own.
fn what_is_lent_is_read_wherever_it_lies() {
    let dir = tempfile::tempdir().unwrap();
    let decoder = qinting_worker::decoder();
    for (round, hz) in [(1, 300.0), (2, 500.0)] {
        let lent = |side: &str, seconds: f64| {
            let file = dir.path().join(format!("{round}-{side}.wav"));
            hum(&file, seconds, hz, 1)
        };
        let (agent, customer) = (lent("agent", 1.0), lent("customer", 2.0));
        let work_dir = dir.path().join(format!("work-{round}"));
        std::fs::create_dir_all(&work_dir).unwrap();
        let request = IngestRequest {
            kept: vec![LentFile::at(&agent), LentFile::at(&customer)],
            work_dir,
            ..IngestRequest::default()
        };
        let taken = decoder.ingest(&request, &mut |_| {}, &Cancel::default());
        let taken = taken.unwrap();
        assert_eq!((taken.channels, taken.duration_ms()), (2, 2_000));
        let hash = |file: &Path| decoder.hash(file, &Cancel::default()).unwrap();
        let sources: Vec<_> = taken.sources.iter().map(|s| s.sha256.clone()).collect();
        assert_eq!(sources, [hash(&agent), hash(&customer)]);
        assert_eq!(taken.sources[0].name, format!("{round}-agent.wav"));

        let gone = IngestRequest {
            kept: vec![LentFile::at(dir.path().join("gone.wav"))],
            ..request
        };
        let refused = decoder.ingest(&gone, &mut |_| {}, &Cancel::default());
        assert_eq!(refused.unwrap_err().code(), codes::MEDIA_MISSING);
    }
}

#[cfg(not(target_os = "linux"))]
fn no_worker_is_told_where_a_recording_lies() {}

#[cfg(target_os = "linux")]
fn no_worker_is_told_where_a_recording_lies() {
    let liar = Liar::new();
    let place = liar.folder().join("客户甲的录音");
    std::fs::create_dir(&place).unwrap();
    let fine = place.join("fine");
    std::fs::write(&fine, "sound").unwrap();
    let request = IngestRequest {
        kept: vec![LentFile::at(&fine)],
        work_dir: liar.folder().to_owned(),
        ..IngestRequest::default()
    };
    let decoder = qinting_worker::decoder();
    // It answers what was not asked; what it was told is what counts here.
    let _ = decoder.ingest(&request, &mut |_| {}, &Cancel::default());
    let words = liar.words();
    assert!(words.contains("\"fine\""), "{words}");
    assert!(!words.contains("客户甲"), "{words}");
}
