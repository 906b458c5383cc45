//! A capture as the product runs it: its own threads, the real clock, real files; only the device
//! is ours.
#![allow(clippy::unwrap_used)] // a test says so by failing

#[path = "../../src/capture/recorder/tests/folder.rs"]
mod folder;

use folder::OnFolder;
use parking_lot::Mutex;
use qinting_audio::{
    InputShape, Inputs, MakeIntake, Moment, Refusal, RunningInput, Ticks, Trouble, start_capture_on,
};
use qinting_desk::{Capture, CaptureNews, CapturePlan, CaptureSource, KeepPlan, SourceKind, codes};
use qinting_domain::{ChannelRole, LiveLane, SourceSide};
use qinting_testkit::wait::until;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

const RATE: u32 = 8_000;

struct Clock(Instant);

impl Ticks for Clock {
    fn now(&self) -> Moment {
        let us = self.0.elapsed().as_micros() as u64;
        Moment {
            steady_us: us,
            wall_ms: us as i64 / 1000,
        }
    }
}

/// A stereo line whose samples count up on the left and down on the right.
struct Line;

struct Running {
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl RunningInput for Running {}

impl Drop for Running {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Release);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn left(n: u64) -> i16 {
    (n % 30_000) as i16 + 1
}

impl Inputs for Line {
    fn sources(&self) -> Result<Vec<CaptureSource>, String> {
        let source = |id: &str, kind, is_default| CaptureSource {
            id: id.into(),
            name: id.to_uppercase(),
            kind,
            channels: 2,
            sample_rate_hz: RATE,
            is_default,
        };
        Ok(vec![
            source("speaker", SourceKind::System, true),
            source("other", SourceKind::Input, false),
            source("line", SourceKind::Input, true),
        ])
    }

    fn open(
        &self,
        source: &str,
        make: MakeIntake<'_>,
        _: Trouble,
    ) -> Result<Box<dyn RunningInput>, Refusal> {
        if source != "line" {
            return Err(Refusal::Refused("busy".into()));
        }
        let mut intake = make(InputShape {
            rate_hz: RATE,
            channels: 2,
        });
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = stop.clone();
        let thread = std::thread::spawn(move || {
            let (begun, mut done) = (Instant::now(), 0u64);
            while !stopped.load(Ordering::Acquire) {
                std::thread::sleep(Duration::from_millis(10));
                let due = (begun.elapsed().as_secs_f64() * f64::from(RATE)) as u64;
                let sound: Vec<i16> = (done..due).flat_map(|n| [left(n), -left(n)]).collect();
                intake.push(&sound);
                done = due;
            }
        });
        Ok(Box::new(Running {
            stop,
            thread: Some(thread),
        }))
    }
}

fn capture() -> Arc<dyn Capture> {
    start_capture_on(Arc::new(Line), Arc::new(Clock(Instant::now())))
}

fn lane(source: &str, side: SourceSide) -> LiveLane {
    LiveLane {
        source: source.into(),
        name: source.to_uppercase(),
        side,
        role: ChannelRole::Unknown,
    }
}

fn plan(keep: Option<&Path>) -> CapturePlan {
    CapturePlan {
        lanes: vec![
            lane("line", SourceSide::Left),
            lane("line", SourceSide::Right),
        ],
        keep: keep.map(|folder| KeepPlan {
            folder: Arc::new(OnFolder(folder.to_path_buf())),
            part_bytes: 1 << 30,
            reserve_ms: 60_000,
        }),
        hear: keep.is_none(),
    }
}

fn read(file: &Path) -> (hound::WavSpec, Vec<i16>) {
    let mut wav = hound::WavReader::open(file).unwrap();
    (
        wav.spec(),
        wav.samples::<i16>().map(Result::unwrap).collect(),
    )
}

/// Every frame is the one after the frame before, on both sides.
fn assert_unbroken(frames: &[i16]) {
    for (n, pair) in frames.chunks_exact(2).enumerate() {
        assert_eq!(pair[0], -pair[1], "frame {n}");
    }
    for (n, two) in frames
        .chunks_exact(2)
        .collect::<Vec<_>>()
        .windows(2)
        .enumerate()
    {
        let next = if two[0][0] == 30_000 {
            1
        } else {
            two[0][0] + 1
        };
        assert_eq!(two[1][0], next, "after frame {n}");
    }
}

#[test]
fn what_a_device_delivers_is_on_disk_to_the_last_sample() {
    let dir = tempfile::tempdir().unwrap();
    let news = Arc::new(Mutex::new(Vec::new()));
    let told = news.clone();
    let tell = Box::new(move |word| told.lock().push(word));
    let run = capture().begin(plan(Some(dir.path())), tell).unwrap();
    let begun = run.position_ms();
    assert!(begun < 1_000, "the call clock begins at 0, not {begun}");
    until("two seconds long", || run.position_ms() >= 2_500);
    let end = run.stop().unwrap();
    let (spec, frames) = read(&dir.path().join("part-001.wav"));
    assert_eq!(
        (spec.channels, spec.sample_rate, spec.bits_per_sample),
        (2, RATE, 16)
    );
    assert_eq!(frames.len() as u64 / 2 / 8, end.duration_ms);
    assert!(end.duration_ms >= 2_300 && end.lost_samples == 0, "{end:?}");
    assert_unbroken(&frames);
    let news = news.lock();
    let first = news
        .iter()
        .position(|n| matches!(n, CaptureNews::Kept { frames: 0, .. }));
    let started = news.iter().position(|n| matches!(n, CaptureNews::Started));
    assert!(
        first.unwrap() < started.unwrap(),
        "the file is there before the first sample"
    );
    let promised = news.iter().rev().find_map(|n| match n {
        CaptureNews::Kept { frames, .. } => Some(*frames),
        _ => None,
    });
    assert_eq!(
        promised,
        Some(frames.len() as u64 / 2),
        "all of it is promised"
    );
}

#[test]
fn a_test_recording_can_be_played_and_is_judged() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("test.wav");
    let run = capture().begin(plan(None), Box::new(|_| {})).unwrap();
    let test = run.test(800, &file).unwrap();
    assert_eq!((test.duration_ms, test.lanes.len()), (800, 2));
    assert!(test.same_on_both, "one is the other upside down");
    assert!(
        test.lanes
            .iter()
            .all(|lane| !lane.silent && lane.peak_db > -40.0)
    );
    let (spec, frames) = read(&file);
    assert_eq!((spec.channels, frames.len()), (2, 8 * 800 * 2));
    assert_unbroken(&frames);
}

#[test]
fn a_capture_that_is_dropped_ends_what_it_wrote() {
    let dir = tempfile::tempdir().unwrap();
    let run = capture()
        .begin(plan(Some(dir.path())), Box::new(|_| {}))
        .unwrap();
    until("a second long", || run.position_ms() >= 1_500);
    drop(run);
    let (_, frames) = read(&dir.path().join("part-001.wav"));
    assert!(frames.len() > 8_000);
    assert_unbroken(&frames);
}

#[test]
fn sources_that_are_missing_or_refuse_are_named() {
    for (source, code) in [
        ("gone", codes::LIVE_SOURCE_MISSING),
        ("other", codes::LIVE_SOURCE_REFUSED),
    ] {
        let mut plan = plan(None);
        plan.lanes = vec![lane(source, SourceSide::Whole)];
        let Err(error) = capture().begin(plan, Box::new(|_| {})) else {
            panic!("{source} was opened");
        };
        assert_eq!(error.code(), code);
        assert_eq!(error.note.args["name"], source.to_uppercase());
    }
}

#[test]
fn inputs_come_first_and_defaults_before_others() {
    let sources = capture().sources().unwrap();
    let order: Vec<&str> = sources.iter().map(|s| s.id.as_str()).collect();
    assert_eq!(order, ["line", "other", "speaker"]);
}
