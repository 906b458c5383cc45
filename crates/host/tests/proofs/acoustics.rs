//! What the sound of calls tells: measured by itself, kept, measured anew, and shown to who may see the call.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::common::live::{Booth, Door};
use crate::common::{Count, Stage, code};
use qinting_desk::*;
use qinting_domain::*;
use qinting_testkit::files::holding;
use qinting_testkit::wait::until;
use rstest::rstest;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};

fn told(stage: &Stage, recording: RecordingId) -> SoundTold {
    stage.at_desk.sound_figures(recording).unwrap()
}

/// How long the first side speaks, in seconds.
fn spoken_s(told: &SoundTold) -> u64 {
    match told {
        SoundTold::Known { figures } => figures.sides.as_ref().unwrap().lanes[0].talk_ms / 1_000,
        other => panic!("it is not known: {other:?}"),
    }
}

fn measured(stage: &Stage, recording: RecordingId) -> u64 {
    stage.desk.drain_beside().unwrap();
    spoken_s(&told(stage, recording))
}

fn media(stage: &Stage) -> PathBuf {
    stage.dir.path().join("ws/media")
}

/// The file that holds what was measured.
fn kept(stage: &Stage, recording: RecordingId) -> PathBuf {
    let Some(SoundOnRecord::Measured(sha256)) = stage.store.sound_of(recording).unwrap() else {
        panic!("nothing was measured");
    };
    holding(&media(stage), &sha256).unwrap()
}

#[test]
fn a_call_that_came_in_is_measured_by_itself_and_its_row_has_the_short_of_it() {
    let stage = Stage::new();
    let (case, recording) = stage.case("hello");
    assert_eq!(told(&stage, recording), SoundTold::Waiting);
    assert_eq!(measured(&stage, recording), 5);
    let news = stage.events.lock().iter().any(|e| {
        matches!(e, AppEvent::Record(RecordEvent::Sound { recording_id }) if *recording_id == recording)
    });
    assert!(news, "who looks at it is told");
    let rows = stage
        .at_desk
        .list_cases(CaseQuery {
            limit: 9,
            ..CaseQuery::default()
        })
        .unwrap()
        .rows;
    let row = rows.into_iter().find(|row| row.case.id == case).unwrap();
    let sound = row.sound.unwrap();
    assert_eq!(sound.silence_permille, 916);
    assert_eq!(sound.lanes.unwrap()[0].monologue_ms, Some(5_000));
    assert!(
        stage
            .at_desk
            .list_jobs(())
            .unwrap()
            .iter()
            .all(|j| j.work.kind() != Some(JobKind::MeasureSound))
    );
}

#[test]
fn who_waits_for_it_has_it_measured_at_once() {
    let stage = Stage::new();
    let (_, recording) = stage.case("hello");
    assert_eq!(
        spoken_s(&stage.at_desk.sound_figures_now(recording).unwrap()),
        5
    );
}

#[test]
fn calls_of_before_are_caught_up_after_a_kill_and_at_the_next_start() {
    let stage = Stage::new();
    let calls: Vec<RecordingId> = ["a", "bb", "ccc"].map(|name| stage.case(name).1).into();
    stage.desk.drain_beside().unwrap();
    // As if an older version had brought them in, and this one had died over the second.
    calls
        .iter()
        .for_each(|id| stage.store.forget_measured(*id).unwrap());
    stage.desk.look_at_sound().unwrap();
    let died = stage.store.claim_job(&[JobKind::MeasureSound], 1).unwrap();
    assert!(died.job.is_some());
    drop(died);
    let Stage {
        dir,
        desk,
        at_desk,
        store,
        ..
    } = stage;
    drop((desk, at_desk, store));
    let again = Stage::with(dir, |given| {
        given.records.ids = Arc::new(Count(AtomicU64::new(1 << 30)));
    });
    again.desk.look_at_sound().unwrap();
    again.desk.drain_beside().unwrap();
    let spoken: Vec<u64> = calls
        .iter()
        .map(|id| spoken_s(&told(&again, *id)))
        .collect();
    assert_eq!(spoken, [1, 2, 3]);
}

#[test]
fn what_cannot_be_read_holds_up_no_other_and_is_said() {
    let stage = Stage::new();
    let before = stage.case("before").1;
    let [deaf, panics] = ["deaf", "panic"].map(|name| stage.case(name).1);
    let after = stage.case("after").1;
    assert_eq!(measured(&stage, before), 6);
    assert_eq!(spoken_s(&told(&stage, after)), 5);
    for recording in [deaf, panics] {
        assert_eq!(told(&stage, recording), SoundTold::Unreadable);
    }
    assert!(
        stage
            .store
            .unmeasured(stage.desk.now(), 9)
            .unwrap()
            .is_empty(),
        "for a while"
    );
}

#[test]
fn a_file_that_was_gone_and_is_mended_is_measured_then() {
    let stage = Stage::new();
    let path = stage.file("gone.wav", "hello");
    let batch = stage.import(std::slice::from_ref(&path));
    let case = batch.files[0].case_id.unwrap();
    let recording = stage.at_desk.get_case(case).unwrap().recording.unwrap();
    let sound = holding(&media(&stage), &recording.audio_sha256).unwrap();
    std::fs::remove_file(sound).unwrap();
    stage.desk.drain_beside().unwrap();
    assert_eq!(told(&stage, recording.id), SoundTold::Unreadable);
    assert_eq!(
        stage.import(&[path]).files[0].outcome,
        Some(ImportOutcome::Mended)
    );
    assert_eq!(measured(&stage, recording.id), 5);
}

#[test]
fn what_was_measured_and_is_damaged_is_measured_once_more() {
    let stage = Stage::new();
    let (_, recording) = stage.case("hello");
    assert_eq!(measured(&stage, recording), 5);
    for damage in [&b"{\"acoustics\":1"[..], b""] {
        std::fs::write(kept(&stage, recording), damage).unwrap();
        assert_eq!(told(&stage, recording), SoundTold::Waiting);
        assert_eq!(measured(&stage, recording), 5);
    }
    std::fs::remove_file(kept(&stage, recording)).unwrap();
    assert_eq!(told(&stage, recording), SoundTold::Waiting);
    assert_eq!(measured(&stage, recording), 5);
    // What lies there of before goes with the next sweep.
    stage.desk.sweep_media().unwrap();
    assert_eq!(spoken_s(&told(&stage, recording)), 5);
}

fn cut(file: &Path) {
    std::fs::write(file, b"{").unwrap();
}

fn changed(file: &Path) {
    let as_long = vec![b' '; std::fs::read(file).unwrap().len()];
    std::fs::write(file, as_long).unwrap();
}

#[rstest]
#[case::gone(|file: &Path| std::fs::remove_file(file).unwrap(), false)]
#[case::cut(cut, false)]
#[case::other_bytes(changed, true)]
fn a_check_up_has_it_measured_anew_and_calls_nothing_broken(
    #[case] damage: fn(&Path),
    #[case] reads_all: bool,
) {
    let stage = Stage::new();
    let (_, recording) = stage.case("hello");
    assert_eq!(measured(&stage, recording), 5);
    damage(&kept(&stage, recording));
    let checkup = match reads_all {
        true => stage.at_desk.doctor_full(()).unwrap(),
        false => stage.at_desk.doctor(()).unwrap(),
    };
    assert!(checkup.media.broken.is_empty());
    assert_eq!(stage.store.sound_of(recording).unwrap(), None);
    assert_eq!(measured(&stage, recording), 5);
}

#[test]
fn a_check_up_leaves_what_is_whole_alone() {
    let stage = Stage::new();
    let (_, recording) = stage.case("hello");
    assert_eq!(measured(&stage, recording), 5);
    let before = stage.store.sound_of(recording).unwrap();
    stage.at_desk.doctor(()).unwrap();
    stage.at_desk.doctor_full(()).unwrap();
    assert_eq!(stage.store.sound_of(recording).unwrap(), before);
}

#[rstest]
#[case::paused(GapKind::Pause, 2, 3_000)]
#[case::unreadable(GapKind::Unreadable, 2, 3_000)]
#[case::a_dead_line_is_what_was_there(GapKind::Zeros, 5, 0)]
fn of_what_is_missing_nothing_is_told(
    #[case] kind: GapKind,
    #[case] spoken: u64,
    #[case] missing_ms: u64,
) {
    let stage = Stage::new();
    let (_, recording_id) = stage.case("hello");
    let gap = CaptureGap {
        recording_id,
        ordinal: 0,
        kind,
        channel: None,
        start_ms: 2_000,
        end_ms: Some(5_000),
    };
    stage.store.put_gap(&gap).unwrap();
    assert_eq!(measured(&stage, recording_id), spoken);
    let SoundTold::Known { figures } = told(&stage, recording_id) else {
        panic!("it was measured");
    };
    assert_eq!(figures.missing_ms, missing_ms);
}

#[test]
fn a_call_in_the_bin_is_not_told_of() {
    let stage = Stage::new();
    let (case, recording) = stage.case("hello");
    stage.desk.drain_beside().unwrap();
    stage.at_desk.delete_case(case).unwrap();
    assert_eq!(
        code(stage.at_desk.sound_figures(recording)),
        codes::CASE_IN_BIN
    );
}

#[test]
fn while_a_call_is_heard_nothing_is_measured_and_of_that_call_there_is_no_sound_yet() {
    let booth = Booth::new();
    let live = booth.begin(ListenMode::Record);
    assert_eq!(told(&booth.stage, live.call.recording_id), SoundTold::None);
    booth.stage.desk.queue(MeasureSound {}).unwrap();
    assert!(!booth.stage.desk.is_at(JobKind::MeasureSound).unwrap());
}

/// Measures until somebody lets it end, or stops it.
#[derive(Default)]
struct Slow {
    begun: AtomicUsize,
    stopped: AtomicUsize,
    may_end: AtomicBool,
}

impl AudioFiles for Slow {
    fn peaks(&self, _: Box<dyn Bytes>, _: &Recording, _: &PeaksRequest) -> AppResult<Vec<u8>> {
        Ok(Vec::new())
    }
    fn regions(&self, _: Box<dyn Bytes>, _: &Recording) -> AppResult<Vec<Region>> {
        Ok(Vec::new())
    }
    fn acoustics(
        &self,
        mut audio: Box<dyn Bytes>,
        recording: &Recording,
        gaps: &[Stretch],
        cancel: &Cancel,
    ) -> AppResult<Acoustics> {
        self.begun.fetch_add(1, Ordering::SeqCst);
        until("it may end, or has to", || {
            assert!(audio.read(&mut [0]).unwrap() <= 1);
            self.may_end.load(Ordering::SeqCst) || cancel.is_cancelled()
        });
        match cancel.is_cancelled() {
            true => {
                self.stopped.fetch_add(1, Ordering::SeqCst);
                Err(AppError::new(codes::CANCELLED))
            }
            false => Ok(Acoustics {
                length_ms: recording.duration_ms,
                lanes: vec![LaneAcoustics::default()],
                holds: Vec::new(),
                gaps: gaps.to_vec(),
            }),
        }
    }
}

#[test]
fn measuring_makes_room_for_a_call_in_the_middle_of_a_recording_and_goes_on_behind_it() {
    let slow = Arc::new(Slow::default());
    let audio = slow.clone();
    let booth = Booth::at(tempfile::tempdir().unwrap(), move |given| {
        given.audio = audio;
    });
    let (_, recording) = booth.stage.case("earlier");
    let desk = booth.stage.desk.clone();
    let runner = std::thread::spawn(move || desk.run_jobs(Slot::Beside));
    let begun = || slow.begun.load(Ordering::SeqCst);
    until("it is measured", || begun() == 1);
    booth.begin(ListenMode::Record);
    slow.may_end.store(true, Ordering::SeqCst);
    booth.sound.pass(1_000);
    assert_eq!(told(&booth.stage, recording), SoundTold::Waiting);
    booth.at_desk().live_stop(()).unwrap();
    until("it is measured after all", || {
        matches!(told(&booth.stage, recording), SoundTold::Known { .. })
    });
    assert!(begun() >= 2);
    booth.stage.desk.stop_jobs();
    runner.join().unwrap();
}

#[test]
fn measuring_makes_room_for_a_call_in_another_process_too() {
    let (slow, door) = (Arc::new(Slow::default()), Arc::new(Door::default()));
    let (audio, lock) = (slow.clone(), door.clone());
    let booth = Booth::at(tempfile::tempdir().unwrap(), move |given| {
        given.audio = audio;
        given.capture_lock = Some(lock);
    });
    let (_, recording) = booth.stage.case("earlier");
    let desk = booth.stage.desk.clone();
    let runner = std::thread::spawn(move || desk.run_jobs(Slot::Beside));
    until("it is measured", || slow.begun.load(Ordering::SeqCst) == 1);
    door.0.store(true, Ordering::SeqCst);
    until("it makes room", || slow.stopped.load(Ordering::SeqCst) == 1);
    assert_eq!(told(&booth.stage, recording), SoundTold::Waiting);
    slow.may_end.store(true, Ordering::SeqCst);
    door.0.store(false, Ordering::SeqCst);
    until("it is measured after all", || {
        matches!(told(&booth.stage, recording), SoundTold::Known { .. })
    });
    booth.stage.desk.stop_jobs();
    runner.join().unwrap();
}
