//! Before a call that is heard as it happens: what is chosen, checked, refused and remembered.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::common::live::*;
use crate::common::{Stage, code, refused};
use qinting_desk::*;
use qinting_domain::*;
use rstest::rstest;

#[rstest]
#[case::record(ListenMode::Record, 2)]
#[case::text_only(ListenMode::TextOnly, 2)]
#[case::clock_only(ListenMode::ClockOnly, 0)]
fn the_rows_are_there_before_the_first_sample(#[case] mode: ListenMode, #[case] lanes: usize) {
    let booth = Booth::new();
    let status = booth.begin(mode);
    if mode.keeps_words() {
        assert_eq!(booth.sound.state.lock().rows_at_begin, 1);
    }
    let call = booth.live_call(status.call.id);
    assert_eq!(
        (call.state, call.lanes.len()),
        (LiveState::Listening, lanes)
    );
    let recording = booth.recording(call.recording_id);
    assert!(!recording.has_audio());
    assert_eq!(recording.roles.len(), lanes);
    let row = booth.at_desk().get_case(call.case_id).unwrap();
    assert_eq!(row.live, Some(call.clone()));
    let parts = booth.store().parts_of(call.recording_id).unwrap();
    assert_eq!(parts.len(), usize::from(mode == ListenMode::Record));
    assert!(parts.iter().all(|p| p.frames == 0));
}

#[rstest]
#[case::nobody_said_on_what_ground(None, Some(NoticeGiven::Voice))]
#[case::nobody_was_told(Some(ConsentBasis::Drill), None)]
fn words_are_kept_only_with_ground_and_notice(
    #[case] consent: Option<ConsentBasis>,
    #[case] notice: Option<NoticeGiven>,
) {
    let booth = Booth::new();
    for mode in [ListenMode::Record, ListenMode::TextOnly] {
        let begin = LiveBegin {
            consent,
            notice,
            ..call(mode)
        };
        assert_eq!(
            code(booth.at_desk().live_begin(begin)),
            codes::LIVE_CONSENT_NEEDED
        );
    }
    assert_eq!(booth.store().live_calls().unwrap(), []);
    let begin = LiveBegin {
        consent,
        notice,
        ..call(ListenMode::ClockOnly)
    };
    assert_eq!(code(booth.at_desk().live_begin(begin)), "ok");
}

#[test]
fn a_source_that_is_not_there_leaves_nothing_behind() {
    let booth = Booth::new();
    booth.sound.state.lock().refuses = Some(codes::LIVE_SOURCE_MISSING);
    let e = booth
        .at_desk()
        .live_begin(call(ListenMode::Record))
        .unwrap_err();
    assert_eq!(e.code(), codes::LIVE_SOURCE_MISSING);
    assert_eq!(e.note.args["name"], "话务盒");
    assert_eq!(booth.at_desk().workspace_info(()).unwrap().case_count, 0);
    assert_eq!(booth.store().live_calls().unwrap(), []);
    assert_eq!(booth.sound_files(), 0);
    assert_eq!(booth.at_desk().live_status(()).unwrap(), None);
    booth.sound.state.lock().refuses = None;
    booth.begin(ListenMode::Record);
}

#[test]
fn the_last_choice_is_remembered() {
    let booth = Booth::new();
    let mut begin = call(ListenMode::TextOnly);
    begin.lanes = vec![lane("out", ChannelRole::Customer)];
    booth.at_desk().live_begin(begin.clone()).unwrap();
    booth.at_desk().live_stop(()).unwrap();
    let choices = booth.at_desk().live_choices(()).unwrap();
    assert_eq!(
        (choices.lanes, choices.mode),
        (begin.lanes, ListenMode::TextOnly)
    );
    assert_eq!(choices.no_system, None);
    // Nobody set anything: there is nothing to undo.
    assert_eq!(code(booth.at_desk().undo(())), codes::NOTHING_TO_UNDO);
}

#[test]
fn a_call_of_a_session_is_on_its_list_and_its_marks_belong_to_it() {
    let booth = Booth::new();
    let session = booth
        .at_desk()
        .add_session(crate::common::session("退货的边界", &[]))
        .unwrap()
        .session;
    let begin = LiveBegin {
        session_id: Some(session.id),
        ..call(ListenMode::ClockOnly)
    };
    let status = booth.at_desk().live_begin(begin).unwrap();
    booth.clock.pass(3_000);
    assert_eq!(booth.mark(0).session_id, Some(session.id));
    let view = booth.at_desk().get_session(session.id).unwrap();
    assert_eq!(view.row.session.cases, [status.case.id]);
    // A session that is taken away keeps nobody from marking.
    booth.at_desk().delete_session(session.id).unwrap();
    assert_eq!(booth.mark(0).session_id, None);
}

#[rstest]
#[case::a_phone_number("13912345678", false)]
#[case::an_extension("8012", true)]
fn a_phone_number_is_kept_as_its_hash_only(#[case] anchor: &str, #[case] is_plain: bool) {
    let booth = Booth::new();
    let begin = LiveBegin {
        anchor: anchor.into(),
        ..call(ListenMode::ClockOnly)
    };
    let kept = booth.at_desk().live_begin(begin).unwrap().call.anchor;
    assert_eq!(kept, anchor_of(anchor));
    assert_eq!(kept == anchor, is_plain);
}

#[test]
fn a_call_nobody_named_is_called_after_its_beginning() {
    let booth = Booth::new();
    let begin = LiveBegin {
        title: " \n".into(),
        ..call(ListenMode::ClockOnly)
    };
    let title = booth.at_desk().live_begin(begin).unwrap().case.title;
    // This clock's place is Greenwich.
    assert_eq!(title, "现场 11-13 02:13");
}

#[rstest]
#[case::nothing_to_hear(vec![])]
#[case::three(vec![lane("a", ChannelRole::Agent), lane("b", ChannelRole::Agent), lane("c", ChannelRole::Agent)])]
#[case::the_same_twice(vec![lane("a", ChannelRole::Agent), lane("a", ChannelRole::Customer)])]
fn lanes_that_make_no_sense_are_refused(#[case] lanes: Vec<LiveLane>) {
    let booth = Booth::new();
    let begin = LiveBegin {
        lanes: lanes.clone(),
        ..call(ListenMode::Record)
    };
    let no = (codes::INVALID.to_owned(), "lanes".to_owned());
    assert_eq!(refused(booth.at_desk().live_begin(begin)), no);
    assert_eq!(refused(booth.at_desk().live_check(lanes)), no);
}

#[test]
fn a_check_moves_levels_keeps_a_test_and_ends_when_the_call_begins() {
    let booth = Booth::new();
    let lanes = call(ListenMode::Record).lanes;
    assert_eq!(code(booth.at_desk().live_test(())), codes::LIVE_NOT_RUNNING);
    booth.at_desk().live_check(lanes.clone()).unwrap();
    booth.at_desk().live_check(lanes).unwrap();
    assert_eq!(booth.sound.state.lock().begun, 1);
    booth.sound.pass(100);
    let levels = booth.told(|e| matches!(e, AppEvent::Desk(DeskEvent::LiveLevels { levels }) if levels.position_ms == 0 && levels.lanes.len() == 2));
    assert_eq!(levels, 1);
    assert_eq!(booth.at_desk().live_test(()).unwrap().duration_ms, 5_000);
    assert_eq!(booth.sound_files(), 1);
    booth.at_desk().live_test(()).unwrap();
    assert_eq!(booth.sound_files(), 1);
    booth.begin(ListenMode::ClockOnly);
    assert_eq!(booth.sound.state.lock().open, 0);
    assert_eq!(booth.sound_files(), 0);
}

#[test]
fn a_stage_that_captures_nothing_still_has_a_clock() {
    let stage = Stage::new();
    assert!(stage.at_desk.live_choices(()).unwrap().sources.is_empty());
    let begin = call(ListenMode::Record);
    assert_eq!(
        code(stage.at_desk.live_begin(begin)),
        codes::LIVE_SOURCE_MISSING
    );
    stage
        .at_desk
        .live_begin(call(ListenMode::ClockOnly))
        .unwrap();
    assert!(!stage.at_desk.live_stop(()).unwrap().has_audio);
}
