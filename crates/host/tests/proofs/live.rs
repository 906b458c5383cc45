//! A call that is heard as it happens, with scripted sound over a real workspace.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::common::code;
use crate::common::live::*;
use qinting_desk::*;
use qinting_domain::*;
use rstest::rstest;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

#[rstest]
#[case::record(ListenMode::Record)]
#[case::text_only(ListenMode::TextOnly)]
#[case::clock_only(ListenMode::ClockOnly)]
fn a_mark_stands_on_the_clock_minus_the_lag_and_is_there_after_a_crash(#[case] mode: ListenMode) {
    let booth = Booth::new();
    let status = booth.begin(mode);
    match mode {
        ListenMode::ClockOnly => booth.clock.pass(60_000),
        _ => booth.sound.pass(60_000),
    }
    let mark = booth.mark(500);
    assert_eq!((mark.raw_mark_ms, mark.lag_ms), (59_500, 2_000));
    // The clip may reach beyond now: the call goes on.
    assert_eq!((mark.start_ms, mark.end_ms), (52_500, 67_500));
    let booth = booth.crash(|_| {});
    let kept = booth.at_desk().observations_of(status.case.id).unwrap();
    assert_eq!(kept[0].observation.id, mark.id);
}

#[test]
fn only_one_call_is_heard_at_a_time_and_nothing_takes_it_away() {
    let booth = Booth::new();
    let status = booth.begin(ListenMode::Record);
    let at_desk = booth.at_desk();
    assert_eq!(
        code(at_desk.live_begin(call(ListenMode::ClockOnly))),
        codes::LIVE_RUNNING
    );
    assert_eq!(
        code(at_desk.live_check(vec![lane("mic", ChannelRole::Agent)])),
        codes::LIVE_RUNNING
    );
    assert_eq!(
        code(at_desk.delete_case(status.case.id)),
        codes::LIVE_RUNNING
    );
    assert_eq!(
        code(booth.stage.desk.refuse_while_live()),
        codes::LIVE_RUNNING
    );
    let ask = crate::common::text_of(status.case.id);
    assert_eq!(code(at_desk.transcribe(ask)), codes::LIVE_RUNNING);
    at_desk.live_stop(()).unwrap();
    assert_eq!(code(at_desk.live_stop(())), codes::LIVE_NOT_RUNNING);
    assert_eq!(code(at_desk.delete_case(status.case.id)), "ok");
}

#[test]
fn a_pause_is_a_striped_gap_of_its_length() {
    let booth = Booth::new();
    let status = booth.begin(ListenMode::Record);
    booth.sound.pass(10_000);
    let paused = booth.at_desk().live_pause(()).unwrap();
    assert_eq!(paused.paused_since_ms, Some(10_000));
    booth.sound.pass(4_000);
    let on = booth.at_desk().live_resume(()).unwrap();
    assert_eq!(on.paused_since_ms, None);
    booth.sound.pass(1_000);
    booth.at_desk().live_stop(()).unwrap();
    let regions = booth.at_desk().get_case(status.case.id).unwrap().regions;
    let gap = Region {
        kind: RegionKind::Paused,
        start_ms: 10_000,
        end_ms: 14_000,
    };
    assert_eq!(regions, [gap]);
}

#[test]
fn a_pause_without_sound_is_on_record_too_and_one_that_lasts_ends_with_the_call() {
    let booth = Booth::new();
    let status = booth.begin(ListenMode::ClockOnly);
    booth.clock.pass(3_000);
    booth.at_desk().live_pause(()).unwrap();
    booth.clock.pass(2_000);
    let ended = booth.at_desk().live_stop(()).unwrap();
    assert_eq!((ended.duration_ms, ended.has_audio), (5_000, false));
    let gaps = booth.store().gaps_of(status.call.recording_id).unwrap();
    let told: Vec<_> = gaps
        .iter()
        .map(|g| (g.kind, g.start_ms, g.end_ms))
        .collect();
    assert_eq!(told, [(GapKind::Pause, 3_000, Some(5_000))]);
}

#[test]
fn a_promise_is_what_the_disk_has_and_never_more() {
    let booth = Booth::new();
    let id = booth.begin(ListenMode::Record).call.recording_id;
    let promised = || booth.store().parts_of(id).unwrap()[0].frames;
    booth.sound.pass(3_000);
    booth.sound.keep();
    until("the promise is on record", || promised() == 3_000);
    booth.sound.pass(5_000);
    // What comes after the sound is written after it: when this text is there, so is all before.
    booth.ears.say(spoken(0, 0, 900, "您好"));
    let is_there = || booth.store().segment_count(id).unwrap() == 1;
    until("the text is there", is_there);
    assert_eq!(promised(), 3_000);
    let status = booth.at_desk().live_status(()).unwrap().unwrap();
    assert_eq!((status.kept_ms, status.position_ms), (Some(3_000), 8_000));
}

#[test]
fn a_clock_opens_no_device_and_hears_nothing() {
    let booth = Booth::new();
    let status = booth.begin(ListenMode::ClockOnly);
    assert_eq!((status.text, status.lanes.len()), (LiveTextState::Off, 0));
    booth.clock.pass(7_000);
    assert_eq!(
        booth
            .at_desk()
            .live_status(())
            .unwrap()
            .unwrap()
            .position_ms,
        7_000
    );
    booth.at_desk().live_stop(()).unwrap();
    assert_eq!(booth.sound.state.lock().begun, 0);
    assert!(booth.ears.asked.lock().is_empty());
    assert_eq!(booth.sound_files(), 0);
}

#[test]
fn a_clock_that_slept_says_so_and_stays_true() {
    let booth = Booth::new();
    let status = booth.begin(ListenMode::ClockOnly);
    booth.clock.pass(10_000);
    booth.clock.wall.fetch_add(600_000, Ordering::SeqCst);
    let gaps = || booth.store().gaps_of(status.call.recording_id).unwrap();
    until("the sleep is on record", || !gaps().is_empty());
    let gap = gaps()[0];
    assert_eq!(
        (gap.kind, gap.start_ms, gap.end_ms),
        (GapKind::Sleep, 10_000, Some(610_000))
    );
    assert_eq!(
        booth
            .at_desk()
            .live_status(())
            .unwrap()
            .unwrap()
            .position_ms,
        610_000
    );
}

#[test]
fn undo_takes_a_live_mark_back_and_never_the_call() {
    let booth = Booth::new();
    let status = booth.begin(ListenMode::Record);
    booth.sound.pass(5_000);
    booth.mark(0);
    assert_eq!(booth.at_desk().undo(()).unwrap().action, "observation.mark");
    assert!(
        booth
            .at_desk()
            .observations_of(status.case.id)
            .unwrap()
            .is_empty()
    );
    assert_eq!(code(booth.at_desk().undo(())), codes::NOTHING_TO_UNDO);
    booth.at_desk().live_stop(()).unwrap();
    assert_eq!(code(booth.at_desk().undo(())), codes::NOTHING_TO_UNDO);
}

#[test]
fn sides_are_swapped_while_the_call_goes_on() {
    let booth = Booth::new();
    let status = booth.begin(ListenMode::Record);
    let swapped = booth.at_desk().live_swap(()).unwrap();
    let roles = [ChannelRole::Customer, ChannelRole::Agent];
    assert_eq!(
        swapped.lanes.iter().map(|l| l.role).collect::<Vec<_>>(),
        roles
    );
    booth.sound.pass(1_000);
    booth.at_desk().live_stop(()).unwrap();
    assert_eq!(booth.recording(status.call.recording_id).roles, roles);
}

#[test]
fn a_capture_that_closes_itself_ends_the_call_with_its_reason_and_all_marks() {
    let booth = Booth::new();
    let status = booth.begin(ListenMode::Record);
    booth.sound.pass(9_000);
    booth.mark(0);
    booth.sound.end(codes::LIVE_DISK_CLOSED);
    until("the call has ended", || {
        booth.at_desk().live_status(()).unwrap().is_none()
    });
    assert_eq!(booth.notices(), [codes::LIVE_DISK_CLOSED]);
    assert_eq!(booth.live_call(status.call.id).state, LiveState::Ended);
    assert!(booth.recording(status.call.recording_id).has_audio());
    assert_eq!(
        booth
            .at_desk()
            .observations_of(status.case.id)
            .unwrap()
            .len(),
        1
    );
}

#[test]
fn a_capture_whose_threads_die_is_no_silence() {
    let booth = Booth::new();
    let status = booth.begin(ListenMode::Record);
    booth.sound.pass(9_000);
    booth.sound.keep();
    booth.sound.die();
    until("the call has ended", || {
        booth.at_desk().live_status(()).unwrap().is_none()
    });
    assert_eq!(booth.notices(), [codes::AUDIO_DEVICE_LOST]);
    assert_eq!(booth.recording(status.call.recording_id).duration_ms, 9_000);
}

/// Waits in the middle of a transcription until it is told to go on.
#[derive(Default)]
struct Slow {
    begun: std::sync::atomic::AtomicU32,
    free: std::sync::atomic::AtomicBool,
}

impl Transcriber for Slow {
    fn transcribe(
        &self,
        _: &TranscribeRequest,
        on_event: &mut dyn FnMut(TranscribeEvent),
        cancel: &Cancel,
    ) -> AppResult<String> {
        self.begun.fetch_add(1, Ordering::SeqCst);
        while !self.free.load(Ordering::SeqCst) {
            on_event(TranscribeEvent::Progress { permille: 300 });
            if cancel.is_cancelled() {
                return Err(AppError::new(codes::CANCELLED));
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        Ok("script".into())
    }
}

#[test]
fn work_in_the_background_makes_room_for_a_call_and_goes_on_after_it() {
    let slow = Arc::new(Slow::default());
    let worker = slow.clone();
    let booth = Booth::at(tempfile::tempdir().unwrap(), move |given| {
        given.transcriber = worker;
    });
    let (case, _) = booth.stage.case("earlier");
    let desk = booth.stage.desk.clone();
    let runner = std::thread::spawn(move || desk.run_jobs(Slot::Heavy));
    let begun = || slow.begun.load(Ordering::SeqCst);
    until("the job runs", || begun() == 1);
    booth.begin(ListenMode::Record);
    let job = || {
        booth
            .store()
            .newest_job_of(JobKind::Transcribe, case)
            .unwrap()
            .unwrap()
    };
    until("the job is put back", || job().state == JobState::Queued);
    assert_eq!(job().progress_permille, 0);
    slow.free.store(true, Ordering::SeqCst);
    booth.sound.pass(1_000);
    assert_eq!(begun(), 1);
    booth.at_desk().live_stop(()).unwrap();
    until("the job is done", || job().state == JobState::Done);
    booth.stage.desk.stop_jobs();
    runner.join().unwrap();
}

#[test]
fn work_in_the_background_makes_room_for_a_call_in_another_process_too() {
    let (slow, door) = (Arc::new(Slow::default()), Arc::new(Door::default()));
    let (worker, at_desk) = (slow.clone(), door.clone());
    let booth = Booth::at(tempfile::tempdir().unwrap(), move |given| {
        given.transcriber = worker;
        given.capture_lock = Some(at_desk);
    });
    let (case, _) = booth.stage.case("earlier");
    let desk = booth.stage.desk.clone();
    let runner = std::thread::spawn(move || desk.run_jobs(Slot::Heavy));
    until("the job runs", || slow.begun.load(Ordering::SeqCst) == 1);
    door.0.store(true, Ordering::SeqCst);
    let state = || {
        booth
            .store()
            .newest_job_of(JobKind::Transcribe, case)
            .unwrap()
            .unwrap()
            .state
    };
    until("the job is put back", || state() == JobState::Queued);
    slow.free.store(true, Ordering::SeqCst);
    door.0.store(false, Ordering::SeqCst);
    until("the job is done", || state() == JobState::Done);
    booth.stage.desk.stop_jobs();
    runner.join().unwrap();
}

#[test]
fn leaving_the_workspace_ends_the_call_in_good_order() {
    let booth = Booth::new();
    let status = booth.begin(ListenMode::Record);
    booth.sound.pass(4_000);
    booth.stage.desk.leave_live(Duration::from_secs(20));
    assert_eq!(booth.live_call(status.call.id).state, LiveState::Ended);
    assert!(booth.recording(status.call.recording_id).has_audio());
}

#[test]
fn a_moment_may_be_edited_beyond_now_while_the_call_goes_on_and_ends_with_it() {
    let booth = Booth::new();
    booth.begin(ListenMode::Record);
    booth.sound.pass(20_000);
    let mark = booth.mark(0);
    let range = [("start_ms", 19_000.into()), ("end_ms", 90_000.into())];
    let patch = RecordPatch::of(&mark, range);
    let edited = booth.at_desk().edit_record(patch).unwrap();
    let edited = Observation::from_record(edited).unwrap();
    assert_eq!((edited.start_ms, edited.end_ms), (19_000, 30_000));
    let ended = booth.at_desk().live_stop(()).unwrap();
    let marks = booth.at_desk().observations_of(ended.case_id).unwrap();
    assert_eq!(marks[0].observation.end_ms, 20_000);
}

#[test]
fn what_is_said_of_the_whole_while_it_goes_on_is_said_of_all_of_it_in_the_end() {
    let booth = Booth::new();
    booth.begin(ListenMode::Record);
    booth.sound.pass(5_000);
    let mark = booth.mark(0);
    let patch = RecordPatch::of(&mark, [("anchor", "whole".into())]);
    booth.at_desk().edit_record(patch).unwrap();
    booth.sound.pass(15_000);
    let ended = booth.at_desk().live_stop(()).unwrap();
    let marks = booth.at_desk().observations_of(ended.case_id).unwrap();
    let o = &marks[0].observation;
    assert_eq!((o.anchor, o.start_ms, o.end_ms), (Anchor::Whole, 0, 20_000));
}
