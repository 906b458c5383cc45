//! What happens to the bytes of calls in the bin, and of texts that are made anew.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::common::Stage;
use crate::common::bin::bin;
use crate::common::live::{Booth, until};
use qinting_desk::*;
use qinting_domain::*;

#[test]
fn bringing_in_what_is_in_the_bin_offers_it_back_or_makes_another_one() {
    let stage = Stage::new();
    let first = stage.import(&[stage.file("a.wav", "riff:sound")]);
    let case = first.files[0].case_id.unwrap();
    stage.at_desk.delete_case(case).unwrap();
    for (name, wrapping) in [("a.wav", "riff:sound"), ("b.mp3", "mpeg:sound")] {
        let again = stage.import(&[stage.file(name, wrapping)]);
        assert_eq!(again.files[0].outcome, Some(ImportOutcome::InBin), "{name}");
        assert_eq!(again.files[0].case_id, Some(case), "{name}");
    }
    let path = stage.file("a.wav", "riff:sound");
    let call = CallFiles {
        as_own_call: true,
        ..call_of(&stage, &path)
    };
    let id = stage.at_desk.bring_in(vec![call]).unwrap();
    let new = stage.at_desk.import_wait(id).unwrap().files.remove(0);
    assert_eq!(new.outcome, Some(ImportOutcome::Imported));
    assert_ne!(new.case_id, Some(case));
    // Now it is there, whatever lies in the bin.
    let there = stage.import(std::slice::from_ref(&path));
    assert_eq!(there.files[0].outcome, Some(ImportOutcome::Duplicate));
    assert_eq!(there.files[0].case_id, new.case_id);
    stage.at_desk.restore_case(case).unwrap();
}

fn call_of(stage: &Stage, path: &str) -> CallFiles {
    let found = stage.at_desk.calls_in(&[path.into()], &[]).unwrap();
    found.calls[0].clone()
}

#[test]
fn a_crashed_call_that_was_deleted_keeps_its_sound_in_the_bin_and_gives_back_the_room() {
    let booth = Booth::new();
    let call = booth.begin(ListenMode::Record).call;
    booth.sound.pass(10_000);
    booth.sound.keep();
    let promised = || booth.store().parts_of(call.recording_id).unwrap()[0].frames;
    until("the promise is on record", || promised() == 10_000);
    booth.mark(0);
    let booth = booth.crash(|_| {});
    booth.at_desk().delete_case(call.case_id).unwrap();

    let booth = booth.crash(|_| {});
    booth.recover();
    let recording = booth.recording(call.recording_id);
    assert_eq!(
        (recording.has_audio(), recording.duration_ms),
        (true, 10_000)
    );
    assert!(
        booth
            .store()
            .parts_of(call.recording_id)
            .unwrap()
            .is_empty()
    );
    let live = booth.stage.dir.path().join("ws/live");
    assert_eq!(std::fs::read_dir(live).unwrap().count(), 0);
    assert!(booth.at_desk().live_recovered(()).unwrap().is_empty());
    assert_eq!(booth.stage.desk.sweep_media().unwrap(), 0);

    booth.at_desk().restore_case(call.case_id).unwrap();
    assert_eq!(
        booth.at_desk().observations_of(call.case_id).unwrap().len(),
        1
    );
    assert_eq!(booth.at_desk().live_recovered(()).unwrap().len(), 1);
}

#[test]
fn days_count_while_the_program_is_there_and_a_long_jump_is_asked_about() {
    let booth = Booth::new();
    let (case, _) = booth.stage.case("call");
    booth.stage.desk.beat().unwrap();
    booth.at_desk().delete_case(case).unwrap();
    let days = || bin(&booth.stage).rows[0].seen_days;
    booth.clock.pass(36 * 3_600_000);
    booth.stage.desk.beat().unwrap();
    assert_eq!((days(), bin(&booth.stage).jump), (1, None));
    // The machine sleeps for a night, then for three days.
    for (hours, asks) in [(10, false), (72, true)] {
        let slept = hours * 3_600_000;
        booth
            .clock
            .wall
            .fetch_add(slept, std::sync::atomic::Ordering::SeqCst);
        booth.stage.desk.beat().unwrap();
        assert_eq!((days(), bin(&booth.stage).jump.is_some()), (1, asks));
    }
    booth.at_desk().settle_jump(true).unwrap();
    assert_eq!((days(), bin(&booth.stage).jump), (4, None));
}

#[test]
fn a_run_that_is_stopped_leaves_the_old_text() {
    let stage = Stage::new();
    stage.says(&[(0, 1_000, 0, "旧的话")]);
    let (case, recording) = stage.case("call");
    stage.desk.drain_jobs().unwrap();
    let again = crate::common::text_of(case);
    let text = || -> Vec<String> {
        let all = stage.store.segments(recording, 0, 9).unwrap();
        all.into_iter().map(|s| s.text).collect()
    };
    stage.says(&[(0, 1_000, 0, "新的话"), (2_000, 3_000, 0, "还有")]);
    *stage.script.dies.lock() = true;
    stage.at_desk.transcribe(again.clone()).unwrap();
    stage.desk.drain_jobs().unwrap();
    assert_eq!(
        stage.at_desk.list_jobs(()).unwrap()[0].state,
        JobState::Failed
    );
    assert_eq!(text(), ["旧的话"]);
    *stage.script.dies.lock() = false;
    stage.at_desk.transcribe(again).unwrap();
    stage.desk.drain_jobs().unwrap();
    assert_eq!(text(), ["新的话", "还有"]);
}
