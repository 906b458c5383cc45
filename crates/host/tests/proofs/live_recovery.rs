//! What a crash, a full disk or a fault leaves of a call, and that the next start finds all of it.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::common::code;
use crate::common::live::*;
use crate::common::moody::moody_booth;
use qinting_desk::*;
use qinting_domain::*;
use rstest::rstest;
use std::sync::Arc;
use std::sync::atomic::Ordering;

#[test]
fn a_call_longer_than_any_file_may_be_is_taken_in_whole_because_it_is_our_own() {
    let (booth, call, _) = cut_off();
    let booth = booth.crash(|_| {});
    booth.intake.most_ms.store(10_500, Ordering::SeqCst);
    booth.recover();
    assert_eq!(found(&booth), [(LiveState::Recovered, 11_000, 11_000, 1)]);
    assert!(booth.recording(call.recording_id).has_audio());
}

fn found(booth: &Booth) -> Vec<(LiveState, u64, u64, u32)> {
    let found = booth.at_desk().live_recovered(()).unwrap().into_iter();
    found
        .map(|f| {
            let state = f.call.state;
            (state, f.length_ms, f.promised_ms, f.observation_count)
        })
        .collect()
}

#[test]
fn a_call_that_was_cut_off_is_whole_again_at_the_next_start_and_offered_until_somebody_saw_it() {
    let (booth, call, _) = cut_off();
    let booth = booth.crash(|_| {});
    booth.recover();
    assert_eq!(found(&booth), [(LiveState::Recovered, 11_000, 11_000, 1)]);
    let recording = booth.recording(call.recording_id);
    assert_eq!(
        (recording.has_audio(), recording.duration_ms),
        (true, 11_000)
    );
    let marks = booth.at_desk().observations_of(call.case_id).unwrap();
    let mark = &marks[0].observation;
    assert_eq!((mark.raw_mark_ms, mark.end_ms), (10_000, 11_000));
    let view = booth.at_desk().get_case(call.case_id).unwrap();
    let ended = Some(call.started_at + 11_000);
    assert_eq!(view.contacts[0].ended_at, ended);
    assert_eq!(booth.at_desk().list_jobs(()).unwrap().len(), 1);
    assert!(
        booth
            .store()
            .parts_of(call.recording_id)
            .unwrap()
            .is_empty()
    );
    assert!(booth.notices().is_empty());

    booth.at_desk().live_acknowledge(call.id).unwrap();
    assert_eq!(found(&booth), []);
    assert_eq!(code(booth.at_desk().undo(())), codes::NOTHING_TO_UNDO);
}

#[test]
fn the_call_of_somebody_who_may_see_none_by_now_is_taken_in_all_the_same() {
    let (booth, call, _) = cut_off();
    let boss = NewPerson {
        name: "管".into(),
        roles: [Role::Administrator].into(),
        org_unit: String::new(),
    };
    let boss = booth.at_desk().add_person(boss).unwrap().id;
    let me = booth.at_desk().list_people(()).unwrap();
    let me = me.iter().find(|p| p.id == booth.at_desk().actor()).unwrap();
    let guest = RecordPatch::of(me, [("roles", serde_json::json!(["guest"]))]);
    let boss = AtDesk::new(booth.stage.desk.clone(), boss);
    boss.edit_record(guest).unwrap();
    let case = booth.at_desk().get_case(call.case_id);
    assert_eq!(code(case), codes::NOT_FOUND);
    let booth = booth.crash(|_| {});
    booth.recover();
    assert_eq!(found(&booth), [], "who sits here is told of none");
    assert!(booth.recording(call.recording_id).has_audio());
    let marks = booth.store().observations_of(call.case_id).unwrap();
    assert_eq!(marks.len(), 1);
}

#[test]
fn what_is_there_is_on_record_before_its_sound_is_taken_in() {
    let (booth, call, _) = cut_off();
    let booth = booth.crash(|_| {});
    let desk = &booth.stage.desk;
    desk.look_for_cut_off_calls().unwrap();
    assert_eq!(found(&booth), [(LiveState::Recovered, 11_000, 11_000, 1)]);
    assert!(!booth.recording(call.recording_id).has_audio());
    assert!(desk.is_at(JobKind::TakeIn).unwrap());
    desk.drain_beside().unwrap();
    assert!(booth.recording(call.recording_id).has_audio());
    desk.look_for_cut_off_calls().unwrap();
    assert!(!desk.is_at(JobKind::TakeIn).unwrap());
}

#[test]
fn a_file_shorter_than_its_promise_is_called_damaged() {
    let (booth, call, file) = cut_off();
    let sound = std::fs::read(&file).unwrap();
    std::fs::write(&file, &sound[..4_000]).unwrap();
    let booth = booth.crash(|_| {});
    booth.recover();
    assert_eq!(found(&booth), [(LiveState::Damaged, 4_000, 10_000, 1)]);
    assert_eq!(booth.notices(), [codes::LIVE_DAMAGED]);
    assert_eq!(booth.recording(call.recording_id).duration_ms, 4_000);
    let marks = booth.at_desk().observations_of(call.case_id).unwrap();
    assert_eq!(marks[0].observation.end_ms, 4_000);
    booth.at_desk().live_acknowledge(call.id).unwrap();
    assert!(
        booth
            .store()
            .parts_of(call.recording_id)
            .unwrap()
            .is_empty()
    );
}

#[test]
fn a_file_that_is_gone_leaves_text_and_marks() {
    let (booth, call, file) = cut_off();
    booth.ears.say(spoken(0, 1_000, 2_000, "我要退货"));
    let texts = |booth: &Booth| booth.store().segment_count(call.recording_id).unwrap();
    until("the text is there", || texts(&booth) == 1);
    std::fs::remove_file(&file).unwrap();
    let booth = booth.crash(|_| {});
    booth.recover();
    assert_eq!(found(&booth), [(LiveState::Damaged, 0, 10_000, 1)]);
    assert!(booth.at_desk().live_recovered(()).unwrap()[0].has_text);
    let recording = booth.recording(call.recording_id);
    assert!(!recording.has_audio());
    // The last thing that is known of its clock.
    assert_eq!(recording.duration_ms, 18_000);
}

#[rstest]
#[case::text_only(ListenMode::TextOnly)]
#[case::clock_only(ListenMode::ClockOnly)]
fn a_call_without_sound_is_found_too(#[case] mode: ListenMode) {
    let booth = Booth::new();
    let call = booth.begin(mode).call;
    booth.clock.pass(10_000);
    booth.sound.pass(10_000);
    booth.at_desk().live_pause(()).unwrap();
    let gaps = || booth.store().gaps_of(call.recording_id).unwrap();
    until("the pause is on record", || gaps().len() == 1);
    booth.mark(0);
    let booth = booth.crash(|_| {});
    booth.recover();
    assert_eq!(found(&booth), [(LiveState::Recovered, 0, 0, 1)]);
    assert_eq!(booth.recording(call.recording_id).duration_ms, 18_000);
    let ends: Vec<_> = booth.store().gaps_of(call.recording_id).unwrap();
    assert_eq!(ends[0].end_ms, Some(18_000));
    assert_eq!(booth.sound_files(), 0);
}

#[rstest]
fn a_disk_that_fills_up_at_any_step_of_the_end_loses_nothing(
    #[values(0, 1, 2, 3, 4, 5, 6, 7)] writes: i64,
    #[values(false, true)] crashes: bool,
) {
    let (booth, mood) = moody_booth();
    let call = booth.begin(ListenMode::Record).call;
    booth.sound.pass(10_000);
    booth.mark(0);
    mood.writes_left.store(writes, Ordering::SeqCst);
    let stopped = booth.at_desk().live_stop(());
    mood.writes_left.store(i64::MAX, Ordering::SeqCst);
    let booth = if crashes {
        let booth = booth.crash(|_| {});
        booth.recover();
        booth
    } else {
        if let Err(e) = stopped {
            assert_eq!(e.code(), codes::DISK_FULL);
            let status = booth.at_desk().live_status(()).unwrap().unwrap();
            assert_eq!(status.notice.unwrap().code, codes::DISK_FULL);
            assert!(!status.ending);
            booth.at_desk().live_stop(()).unwrap();
        }
        booth
    };
    assert_ne!(booth.live_call(call.id).state, LiveState::Listening);
    let recording = booth.recording(call.recording_id);
    assert_eq!(
        (recording.has_audio(), recording.duration_ms),
        (true, 10_000)
    );
    let marks = booth.at_desk().observations_of(call.case_id).unwrap();
    assert_eq!((marks.len(), marks[0].observation.end_ms), (1, 10_000));
}

#[test]
fn sound_that_cannot_be_taken_in_now_is_taken_in_when_somebody_asks_again() {
    let booth = Booth::new();
    let call = booth.begin(ListenMode::Record).call;
    booth.sound.pass(10_000);
    *booth.intake.refuses.lock() = Some(codes::DISK_FULL);
    assert_eq!(code(booth.at_desk().live_stop(())), codes::DISK_FULL);
    assert_eq!(booth.live_call(call.id).state, LiveState::Listening);
    // Its clock stands still, and marks stay inside.
    let status = booth.at_desk().live_status(()).unwrap().unwrap();
    assert_eq!(status.position_ms, 10_000);
    assert_eq!(booth.mark(0).end_ms, 10_000);
    *booth.intake.refuses.lock() = None;
    assert!(booth.at_desk().live_stop(()).unwrap().has_audio);
    assert_eq!(booth.live_call(call.id).state, LiveState::Ended);
}

#[test]
fn a_call_that_ends_by_itself_and_cannot_be_put_away_says_both() {
    let booth = Booth::new();
    let call = booth.begin(ListenMode::Record).call;
    booth.sound.pass(10_000);
    *booth.intake.refuses.lock() = Some(codes::DISK_FULL);
    booth.sound.end(codes::LIVE_DISK_CLOSED);
    until("both are said", || booth.notices().len() == 2);
    assert_eq!(booth.notices(), [codes::LIVE_DISK_CLOSED, codes::DISK_FULL]);
    *booth.intake.refuses.lock() = None;
    assert!(booth.at_desk().live_stop(()).unwrap().has_audio);
    assert_eq!(booth.live_call(call.id).state, LiveState::Ended);
}

#[test]
fn a_file_nobody_can_read_is_damaged_and_kept() {
    let booth = Booth::new();
    let call = booth.begin(ListenMode::Record).call;
    booth.sound.pass(10_000);
    *booth.intake.refuses.lock() = Some(codes::MEDIA_NOT_AUDIO);
    assert!(!booth.at_desk().live_stop(()).unwrap().has_audio);
    assert_eq!(booth.live_call(call.id).state, LiveState::Damaged);
    assert_eq!(booth.sound_files(), 1);
    // A later version may read it.
    let booth = booth.crash(|_| {});
    booth.recover();
    assert!(booth.recording(call.recording_id).has_audio());
}

#[test]
fn a_capture_that_fails_to_stop_still_leaves_what_is_on_disk() {
    let booth = Booth::new();
    let call = booth.begin(ListenMode::Record).call;
    booth.sound.pass(10_000);
    booth.sound.stop_fails.store(true, Ordering::SeqCst);
    assert_eq!(booth.at_desk().live_stop(()).unwrap().duration_ms, 10_000);
    assert!(booth.recording(call.recording_id).has_audio());
}

#[test]
fn a_database_that_refuses_for_a_while_stops_neither_sound_nor_text() {
    let (booth, mood) = moody_booth();
    let call = booth.begin(ListenMode::Record).call;
    *mood.refuses.lock() = vec!["put_part", "put_gap", "draft_text"];
    for utterance in 0..3 {
        booth.sound.pass(1_000);
        booth.sound.keep();
        let start = utterance * 1_000;
        booth
            .ears
            .say(spoken(utterance, start, start + 500, "您好"));
    }
    booth.at_desk().live_pause(()).unwrap();
    booth.at_desk().live_resume(()).unwrap();
    let status = || booth.at_desk().live_status(()).unwrap().unwrap();
    let notice = || status().notice.map(|n| n.code);
    until("it is said", || {
        notice().as_deref() == Some(codes::DISK_FULL)
    });
    assert_eq!(booth.sound.state.lock().open, 1);
    let finals = || booth.told(|e| matches!(e, AppEvent::Desk(DeskEvent::LiveFinal { .. })));
    assert_eq!(finals(), 0);

    mood.refuses.lock().clear();
    until("it is well again", || notice().is_none());
    let id = call.recording_id;
    assert_eq!(booth.store().parts_of(id).unwrap()[0].frames, 3_000);
    assert_eq!(booth.store().segment_count(id).unwrap(), 3);
    assert_eq!(booth.store().gaps_of(id).unwrap().len(), 1);
    assert_eq!(finals(), 3);
}

/// A place somebody else has.
struct Taken;
impl CaptureLock for Taken {
    fn take(&self) -> AppResult<Option<Box<dyn Send + Sync>>> {
        Ok(None)
    }
}

#[test]
fn a_call_in_another_process_is_left_alone() {
    let (booth, call, _) = cut_off();
    let booth = booth.crash(|given| given.capture_lock = Some(Arc::new(Taken)));
    booth.stage.desk.look_for_cut_off_calls().unwrap();
    assert!(booth.store().kinds_going_on().unwrap().is_empty());
    assert_eq!(booth.live_call(call.id).state, LiveState::Listening);
    assert_eq!(
        code(booth.at_desk().delete_case(call.case_id)),
        codes::LIVE_RUNNING
    );
    let begin = crate::common::live::call(ListenMode::ClockOnly);
    assert_eq!(
        code(booth.at_desk().live_begin(begin)),
        codes::LIVE_ELSEWHERE
    );
}

#[test]
fn a_mark_that_is_edited_while_the_call_ends_keeps_its_words() {
    let booth = Booth::new();
    let call = booth.begin(ListenMode::Record).call;
    booth.sound.pass(10_000);
    let marks: Vec<Observation> = (0..20).map(|_| booth.mark(0)).collect();
    let at_desk = booth.at_desk().clone();
    let editor = std::thread::spawn(move || {
        for mark in marks {
            let mut rev = mark.meta.rev;
            let patch = |rev| {
                let mut read = mark.clone();
                read.meta.rev = rev;
                RecordPatch::of(&read, [("text", "退货".into())])
            };
            while let Err(e) = at_desk.edit_record(patch(rev)) {
                assert_eq!(e.code(), codes::CONFLICT);
                rev += 1;
            }
        }
    });
    // The end is tried again where it met an edit; somebody who presses stop twice may be needed
    // only where the edits never cease.
    until("the call has ended", || {
        booth.at_desk().live_stop(()).is_ok()
    });
    editor.join().unwrap();
    let kept = booth.at_desk().observations_of(call.case_id).unwrap();
    assert_eq!(kept.len(), 20);
    for view in kept {
        let o = view.observation;
        assert_eq!((o.text.as_str(), o.end_ms), ("退货", 10_000));
    }
}
