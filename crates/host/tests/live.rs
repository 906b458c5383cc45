//! A call that is heard as it happens, with scripted sound and ears over a real workspace.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use common::live::*;
use common::{Stage, code, refused};
use qinting_app::*;
use qinting_domain::*;
use rstest::rstest;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

fn text_of(booth: &Booth, recording_id: RecordingId) -> Vec<String> {
    let all = SegmentQuery {
        recording_id,
        offset: 0,
        limit: 500,
    };
    let segments = booth.seat().segments(all).unwrap();
    segments.into_iter().map(|s| s.text).collect()
}

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
    let row = booth.seat().get_case(call.case_id).unwrap();
    assert_eq!(row.live, Some(call.clone()));
    let parts = booth.store().parts_of(call.recording_id).unwrap();
    assert_eq!(parts.len(), usize::from(mode == ListenMode::Record));
    assert!(parts.iter().all(|p| p.frames == 0));
}

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
    let kept = booth.seat().observations_of(status.case.id).unwrap();
    assert_eq!(kept[0].observation.id, mark.id);
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
            code(booth.seat().live_begin(begin)),
            codes::LIVE_CONSENT_NEEDED
        );
    }
    assert_eq!(booth.store().live_calls().unwrap(), []);
    let begin = LiveBegin {
        consent,
        notice,
        ..call(ListenMode::ClockOnly)
    };
    assert_eq!(code(booth.seat().live_begin(begin)), "ok");
}

#[test]
fn only_one_call_is_heard_at_a_time_and_nothing_takes_it_away() {
    let booth = Booth::new();
    let status = booth.begin(ListenMode::Record);
    let seat = booth.seat();
    assert_eq!(
        code(seat.live_begin(call(ListenMode::ClockOnly))),
        codes::LIVE_RUNNING
    );
    assert_eq!(
        code(seat.live_check(vec![lane("mic", ChannelRole::Agent)])),
        codes::LIVE_RUNNING
    );
    assert_eq!(code(seat.delete_case(status.case.id)), codes::LIVE_RUNNING);
    assert_eq!(
        code(booth.stage.app.refuse_while_live()),
        codes::LIVE_RUNNING
    );
    let ask = TranscribeCase {
        case_id: status.case.id,
        language: None,
        model: None,
    };
    assert_eq!(code(seat.transcribe(ask)), codes::LIVE_RUNNING);
    seat.live_stop(()).unwrap();
    assert_eq!(code(seat.live_stop(())), codes::LIVE_NOT_RUNNING);
    assert_eq!(code(seat.delete_case(status.case.id)), "ok");
}

#[test]
fn a_source_that_is_not_there_leaves_nothing_behind() {
    let booth = Booth::new();
    booth.sound.state.lock().refuses = Some(codes::LIVE_SOURCE_MISSING);
    let e = booth
        .seat()
        .live_begin(call(ListenMode::Record))
        .unwrap_err();
    assert_eq!(e.code(), codes::LIVE_SOURCE_MISSING);
    assert_eq!(e.note.args["name"], "话务盒");
    assert_eq!(booth.seat().workspace_info(()).unwrap().case_count, 0);
    assert_eq!(booth.store().live_calls().unwrap(), []);
    assert_eq!(booth.sound_files(), 0);
    assert_eq!(booth.seat().live_status(()).unwrap(), None);
    booth.sound.state.lock().refuses = None;
    booth.begin(ListenMode::Record);
}

#[test]
fn a_pause_is_a_striped_gap_of_its_length() {
    let booth = Booth::new();
    let status = booth.begin(ListenMode::Record);
    booth.sound.pass(10_000);
    let paused = booth.seat().live_pause(()).unwrap();
    assert_eq!(paused.paused_since_ms, Some(10_000));
    booth.sound.pass(4_000);
    let on = booth.seat().live_resume(()).unwrap();
    assert_eq!(on.paused_since_ms, None);
    booth.sound.pass(1_000);
    booth.seat().live_stop(()).unwrap();
    let regions = booth.seat().get_case(status.case.id).unwrap().regions;
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
    booth.seat().live_pause(()).unwrap();
    booth.clock.pass(2_000);
    let ended = booth.seat().live_stop(()).unwrap();
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
    until("the text is there", || !text_of(&booth, id).is_empty());
    assert_eq!(promised(), 3_000);
    let status = booth.seat().live_status(()).unwrap().unwrap();
    assert_eq!((status.kept_ms, status.position_ms), (Some(3_000), 8_000));
}

#[test]
fn stopping_makes_a_case_with_sound_whose_full_pass_takes_the_place_of_the_drafts() {
    let booth = Booth::new();
    booth.stage.says(&[(0, 2_000, 0, "您好，亲听。")]);
    let status = booth.begin(ListenMode::Record);
    booth.sound.pass(30_000);
    booth.ears.say(spoken(0, 0, 2_000, "你好请听"));
    let id = status.call.recording_id;
    until("the draft is there", || text_of(&booth, id) == ["你好请听"]);
    booth.mark(0);
    booth
        .ears
        .last_words
        .lock()
        .push(spoken(1, 3_000, 4_000, "再见"));
    let ended = booth.seat().live_stop(()).unwrap();
    assert_eq!((ended.duration_ms, ended.has_audio), (30_000, true));
    assert_eq!(text_of(&booth, id), ["你好请听", "再见"]);

    let recording = booth.recording(id);
    assert_eq!((recording.frames, recording.channels), (30_000, 2));
    assert_eq!(recording.roles, [ChannelRole::Agent, ChannelRole::Customer]);
    assert!(booth.store().parts_of(id).unwrap().is_empty());
    let call = booth.live_call(status.call.id);
    assert_eq!(call.state, LiveState::Ended);
    assert!(call.ended_at.is_some());
    let marks = booth.seat().observations_of(status.case.id).unwrap();
    let mark = &marks[0].observation;
    assert_eq!((mark.start_ms, mark.end_ms), (23_000, 30_000));

    booth.stage.app.drain_jobs().unwrap();
    assert_eq!(text_of(&booth, id), ["您好，亲听。"]);
}

#[test]
fn a_marks_words_are_those_of_the_full_pass_in_the_end() {
    let booth = Booth::new();
    booth.stage.says(&[(27_000, 29_000, 0, "我要退货。")]);
    let status = booth.begin(ListenMode::Record);
    booth.sound.pass(30_000);
    booth.ears.say(spoken(0, 27_000, 29_000, "我要对货"));
    let id = status.call.recording_id;
    until("the draft is there", || !text_of(&booth, id).is_empty());
    assert_eq!(booth.mark(0).quote, "我要对货");
    booth.seat().live_stop(()).unwrap();
    booth.stage.app.drain_jobs().unwrap();
    let marks = booth.seat().observations_of(status.case.id).unwrap();
    assert_eq!(marks[0].observation.quote, "我要退货。");
}

#[test]
fn text_only_leaves_text_and_marks_and_no_sound_anywhere() {
    let booth = Booth::new();
    let status = booth.begin(ListenMode::TextOnly);
    assert!(booth.ears.asked.lock()[0].keep_all);
    booth.sound.pass(20_000);
    booth.sound.say(CaptureNews::Heard {
        lane: 0,
        at_sample: 0,
        samples: vec![1; 320],
    });
    until("the ears hear", || {
        booth.ears.heard_samples.load(Ordering::SeqCst) == 320
    });
    assert_eq!(booth.sound_files(), 0);
    booth.mark(0);
    booth
        .ears
        .last_words
        .lock()
        .push(spoken(0, 15_000, 16_000, "我要退货"));
    let ended = booth.seat().live_stop(()).unwrap();
    assert_eq!((ended.duration_ms, ended.has_audio), (20_000, false));
    assert_eq!(booth.sound_files(), 0);
    assert_eq!(text_of(&booth, status.call.recording_id), ["我要退货"]);
    let marks = booth.seat().observations_of(status.case.id).unwrap();
    assert_eq!(marks[0].observation.quote, "我要退货");
    assert!(booth.seat().list_jobs(()).unwrap().is_empty());
    let ask = OpenPlayer {
        case_id: status.case.id,
        at_ms: None,
    };
    // This stage has no player; the refusal of the text says why there is nothing to play.
    assert_eq!(code(booth.seat().player_open(ask)), codes::AUDIO_NO_DEVICE);
    let ask = TranscribeCase {
        case_id: status.case.id,
        language: None,
        model: None,
    };
    assert_eq!(code(booth.seat().transcribe(ask)), codes::MEDIA_MISSING);
}

#[test]
fn a_clock_opens_no_device_and_hears_nothing() {
    let booth = Booth::new();
    let status = booth.begin(ListenMode::ClockOnly);
    assert_eq!((status.text, status.lanes.len()), (LiveTextState::Off, 0));
    booth.clock.pass(7_000);
    assert_eq!(
        booth.seat().live_status(()).unwrap().unwrap().position_ms,
        7_000
    );
    booth.seat().live_stop(()).unwrap();
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
        booth.seat().live_status(()).unwrap().unwrap().position_ms,
        610_000
    );
}

#[test]
fn without_a_model_everything_but_the_text_works() {
    let booth = Booth::new();
    booth.stage.shelf.rows.lock().clear();
    let status = booth.begin(ListenMode::Record);
    assert_eq!(status.text, LiveTextState::Off);
    assert!(!booth.sound.state.lock().plan.as_ref().unwrap().hear);
    booth.sound.pass(2_000);
    booth.mark(0);
    assert!(booth.seat().live_stop(()).unwrap().has_audio);
    assert!(booth.seat().list_jobs(()).unwrap().is_empty());
}

#[rstest]
#[case::the_smallest_real_one(&[("big", 9, false), ("small", 2, false), ("demo", 1, true)], None, "small", "big")]
#[case::the_one_that_was_chosen(&[("big", 9, false), ("small", 2, false)], Some("big"), "big", "big")]
#[case::the_only_one(&[("only", 9, false)], None, "only", "only")]
#[case::a_choice_that_is_gone(&[("big", 9, false), ("small", 2, false)], Some("gone"), "small", "big")]
fn drafts_and_finals_have_their_models(
    #[case] models: &[(&str, u64, bool)],
    #[case] chosen: Option<&str>,
    #[case] draft: &str,
    #[case] last: &str,
) {
    let booth = Booth::at(tempfile::tempdir().unwrap(), |ports| {
        ports.models = shelf(std::path::Path::new("models"), models);
    });
    let mut settings = booth.seat().get_settings(()).unwrap();
    settings.live.draft_model = chosen.map(str::to_owned);
    settings.default_model = Some(models[0].0.to_owned());
    booth.seat().update_settings(settings).unwrap();
    booth.begin(ListenMode::Record);
    let asked = booth.ears.asked.lock()[0].clone();
    let named = |path: &std::path::Path| path.ends_with(draft) || path.ends_with(last);
    assert!(named(&asked.draft_model) && named(&asked.final_model));
    assert!(
        asked.draft_model.ends_with(draft),
        "{:?}",
        asked.draft_model
    );
    assert!(asked.final_model.ends_with(last), "{:?}", asked.final_model);
}

#[test]
fn the_last_choice_is_remembered() {
    let booth = Booth::new();
    let mut begin = call(ListenMode::TextOnly);
    begin.lanes = vec![lane("out", ChannelRole::Customer)];
    booth.seat().live_begin(begin.clone()).unwrap();
    booth.seat().live_stop(()).unwrap();
    let choices = booth.seat().live_choices(()).unwrap();
    assert_eq!(
        (choices.lanes, choices.mode),
        (begin.lanes, ListenMode::TextOnly)
    );
    assert_eq!(choices.no_system, None);
    // Nobody set anything: there is nothing to undo.
    assert_eq!(code(booth.seat().undo(())), codes::NOTHING_TO_UNDO);
}

#[test]
fn finals_appear_once_and_say_what_stands_in_the_transcript() {
    let booth = Booth::new();
    let id = booth.begin(ListenMode::Record).call.recording_id;
    for _ in 0..3 {
        booth.ears.say(spoken(0, 0, 900, "您好"));
    }
    booth.ears.say(spoken(1, 1_000, 1_500, ""));
    let finals = || booth.told(|e| matches!(e, AppEvent::LiveFinal { .. }));
    until("both are told", || finals() == 2);
    booth.seat().live_stop(()).unwrap();
    assert_eq!(finals(), 2);
    assert_eq!(text_of(&booth, id), ["您好"]);
    let said = booth.told(|e| match e {
        AppEvent::LiveFinal { segments, .. } => segments.iter().any(|s| s.text == "您好"),
        _ => false,
    });
    assert_eq!(said, 1);
}

#[test]
fn ten_thousand_drafts_do_not_flood_and_what_is_certain_never_shrinks() {
    let booth = Booth::new();
    booth.begin(ListenMode::Record);
    let begin = Instant::now();
    for i in 0..10_000u32 {
        let certain = "要".repeat(i as usize / 1_000 + 1);
        booth.ears.draft(0, &certain, &i.to_string());
        booth.ears.draft(0, "", "taken back");
    }
    let is_last =
        |e: &AppEvent| matches!(e, AppEvent::LiveDraft { draft } if draft.tentative == "9999");
    until("the last one is told", || booth.told(is_last) == 1);
    let most = begin.elapsed().as_millis() as usize / 100 + 2;
    let told = booth.told(|e| matches!(e, AppEvent::LiveDraft { .. }));
    assert!(told <= most, "{told} drafts in {most} tenths of a second");
    let mut longest = 0;
    for event in booth.stage.events.lock().iter() {
        if let AppEvent::LiveDraft { draft } = event {
            assert!(draft.committed.len() >= longest);
            longest = draft.committed.len();
        }
    }
    let open = booth.seat().live_status(()).unwrap().unwrap().drafts;
    assert_eq!((open.len(), open[0].committed.chars().count()), (1, 10));
}

#[test]
fn undo_takes_a_live_mark_back_and_never_the_call() {
    let booth = Booth::new();
    let status = booth.begin(ListenMode::Record);
    booth.sound.pass(5_000);
    booth.mark(0);
    assert_eq!(booth.seat().undo(()).unwrap().action, "observation.mark");
    assert!(
        booth
            .seat()
            .observations_of(status.case.id)
            .unwrap()
            .is_empty()
    );
    assert_eq!(code(booth.seat().undo(())), codes::NOTHING_TO_UNDO);
    booth.seat().live_stop(()).unwrap();
    assert_eq!(code(booth.seat().undo(())), codes::NOTHING_TO_UNDO);
}

#[test]
fn sides_are_swapped_while_the_call_goes_on() {
    let booth = Booth::new();
    let status = booth.begin(ListenMode::Record);
    let swapped = booth.seat().live_swap(()).unwrap();
    let roles = [ChannelRole::Customer, ChannelRole::Agent];
    assert_eq!(
        swapped.lanes.iter().map(|l| l.role).collect::<Vec<_>>(),
        roles
    );
    booth.sound.pass(1_000);
    booth.seat().live_stop(()).unwrap();
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
        booth.seat().live_status(()).unwrap().is_none()
    });
    assert_eq!(booth.notices(), [codes::LIVE_DISK_CLOSED]);
    assert_eq!(booth.live_call(status.call.id).state, LiveState::Ended);
    assert!(booth.recording(status.call.recording_id).has_audio());
    assert_eq!(
        booth.seat().observations_of(status.case.id).unwrap().len(),
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
        booth.seat().live_status(()).unwrap().is_none()
    });
    assert_eq!(booth.notices(), [codes::AUDIO_DEVICE_LOST]);
    assert_eq!(booth.recording(status.call.recording_id).duration_ms, 9_000);
}

#[test]
fn ears_that_fail_are_said_and_the_sound_goes_on() {
    let booth = Booth::new();
    let status = booth.begin(ListenMode::Record);
    booth.ears.draft(0, "", "半句");
    booth.ears.say(LiveHeard::Failed {
        note: ErrorNote::new(codes::SPEECH_WORKER_DIED),
    });
    let now = || booth.seat().live_status(()).unwrap().unwrap();
    until("it is said", || now().text == LiveTextState::Failed);
    assert_eq!(now().notice.unwrap().code, codes::SPEECH_WORKER_DIED);
    assert!(now().drafts.is_empty());
    booth.ears.say(LiveHeard::Ready);
    until("it goes on", || now().text == LiveTextState::On);
    assert_eq!(now().notice, None);
    // A new engine counts from the beginning; that is another utterance.
    booth.ears.say(spoken(0, 0, 900, "您好"));
    let id = status.call.recording_id;
    until("its text is there", || text_of(&booth, id) == ["您好"]);
}

#[test]
fn more_than_one_file_becomes_more_than_one_case_and_every_mark_moves_with_its_moment() {
    let booth = Booth::new();
    let status = booth.begin(ListenMode::Record);
    let id = status.call.recording_id;
    booth.sound.pass(10_000);
    let first = booth.mark(0);
    booth.sound.rotate();
    booth.sound.pass(20_000);
    let second = booth.mark(0);
    let note = NewSeatNote {
        recording_id: id,
        at_ms: None,
        author_id: None,
        kind: SeatNoteKind::Ask,
        text: "为什么".into(),
    };
    booth.seat().add_seat_note(note).unwrap();
    booth.ears.say(spoken(0, 1_000, 2_000, "第一段"));
    booth.ears.say(spoken(1, 12_000, 13_000, "第二段"));
    booth.seat().live_stop(()).unwrap();

    let cases = booth.seat().list_cases(all_cases()).unwrap().rows;
    let other = cases.iter().find(|c| c.case.id != status.case.id).unwrap();
    assert_eq!((cases.len(), other.case.title.as_str()), (2, "退货（2）"));
    let started = |c: &Case| c.started_at.unwrap();
    assert_eq!(started(&other.case) - started(&status.case), 10_000);
    let further = booth
        .seat()
        .get_case(other.case.id)
        .unwrap()
        .recording
        .unwrap();
    assert_eq!(
        (booth.recording(id).duration_ms, further.duration_ms),
        (10_000, 20_000)
    );

    let marks_of = |case| {
        let marks = booth.seat().observations_of(case).unwrap();
        let told = marks
            .iter()
            .map(|m| (m.observation.id, m.observation.raw_mark_ms));
        told.collect::<Vec<_>>()
    };
    assert_eq!(marks_of(status.case.id), [(first.id, 10_000)]);
    assert_eq!(marks_of(other.case.id), [(second.id, 20_000)]);
    let notes = booth.seat().seat_notes_of(other.case.id).unwrap();
    assert_eq!((notes.len(), notes[0].note.at_ms), (1, 20_000));
    assert_eq!(text_of(&booth, id), ["第一段"]);
    assert_eq!(text_of(&booth, further.id), ["第二段"]);
    assert_eq!(booth.seat().list_jobs(()).unwrap().len(), 2);
    booth.stage.app.drain_jobs().unwrap();
}

fn all_cases() -> CaseQuery {
    CaseQuery {
        text: String::new(),
        business_line: String::new(),
        sort: CaseSort::Imported,
        offset: 0,
        limit: 50,
    }
}

#[test]
fn a_call_of_a_session_is_on_its_list_and_its_marks_belong_to_it() {
    let booth = Booth::new();
    let session = booth
        .seat()
        .add_session(session("退货的边界"))
        .unwrap()
        .session;
    let begin = LiveBegin {
        session_id: Some(session.id),
        ..call(ListenMode::ClockOnly)
    };
    let status = booth.seat().live_begin(begin).unwrap();
    booth.clock.pass(3_000);
    assert_eq!(booth.mark(0).session_id, Some(session.id));
    let view = booth.seat().get_session(session.id).unwrap();
    assert_eq!(view.row.session.cases, [status.case.id]);
}

fn session(title: &str) -> NewSession {
    NewSession {
        title: title.into(),
        theme: String::new(),
        question: String::new(),
        place: String::new(),
        starts_at: None,
        facilitator_id: None,
        people: vec![],
        cases: vec![],
    }
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
    let kept = booth.seat().live_begin(begin).unwrap().call.anchor;
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
    let title = booth.seat().live_begin(begin).unwrap().case.title;
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
    assert_eq!(refused(booth.seat().live_begin(begin)), no);
    assert_eq!(refused(booth.seat().live_check(lanes)), no);
}

#[test]
fn a_check_moves_levels_keeps_a_test_and_ends_when_the_call_begins() {
    let booth = Booth::new();
    let lanes = call(ListenMode::Record).lanes;
    assert_eq!(code(booth.seat().live_test(())), codes::LIVE_NOT_RUNNING);
    booth.seat().live_check(lanes.clone()).unwrap();
    booth.seat().live_check(lanes).unwrap();
    assert_eq!(booth.sound.state.lock().begun, 1);
    booth.sound.pass(100);
    let levels = booth.told(|e| matches!(e, AppEvent::LiveLevels { levels } if levels.position_ms == 0 && levels.lanes.len() == 2));
    assert_eq!(levels, 1);
    assert_eq!(booth.seat().live_test(()).unwrap().duration_ms, 5_000);
    assert_eq!(booth.sound_files(), 1);
    booth.seat().live_test(()).unwrap();
    assert_eq!(booth.sound_files(), 1);
    booth.begin(ListenMode::ClockOnly);
    assert_eq!(booth.sound.state.lock().open, 0);
    assert_eq!(booth.sound_files(), 0);
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
    ) -> AppResult<()> {
        self.begun.fetch_add(1, Ordering::SeqCst);
        on_event(TranscribeEvent::Progress { permille: 300 });
        while !self.free.load(Ordering::SeqCst) {
            if cancel.is_cancelled() {
                return Err(AppError::new(codes::CANCELLED));
            }
            std::thread::yield_now();
        }
        Ok(())
    }
}

#[test]
fn work_in_the_background_makes_room_for_a_call_and_goes_on_after_it() {
    let slow = Arc::new(Slow::default());
    let worker = slow.clone();
    let booth = Booth::at(tempfile::tempdir().unwrap(), move |ports| {
        ports.transcriber = worker;
    });
    let (case, _) = booth.stage.case("earlier");
    let app = booth.stage.app.clone();
    let runner = std::thread::spawn(move || app.run_jobs());
    let begun = || slow.begun.load(Ordering::SeqCst);
    until("the job runs", || begun() == 1);
    booth.begin(ListenMode::Record);
    let job = || booth.store().newest_job_of(case).unwrap().unwrap();
    until("the job is put back", || job().state == JobState::Queued);
    assert_eq!(job().progress_permille, 0);
    slow.free.store(true, Ordering::SeqCst);
    booth.sound.pass(1_000);
    assert_eq!(begun(), 1);
    booth.seat().live_stop(()).unwrap();
    until("the job is done", || job().state == JobState::Done);
    booth.stage.app.stop_jobs();
    runner.join().unwrap().unwrap();
}

#[test]
fn leaving_the_workspace_ends_the_call_in_good_order() {
    let booth = Booth::new();
    let status = booth.begin(ListenMode::Record);
    booth.sound.pass(4_000);
    booth.stage.app.leave_live(Duration::from_secs(20));
    assert_eq!(booth.live_call(status.call.id).state, LiveState::Ended);
    assert!(booth.recording(status.call.recording_id).has_audio());
}

#[test]
fn a_moment_may_be_edited_beyond_now_while_the_call_goes_on_and_ends_with_it() {
    let booth = Booth::new();
    booth.begin(ListenMode::Record);
    booth.sound.pass(20_000);
    let mark = booth.mark(0);
    let patch = ObservationPatch {
        id: mark.id,
        rev: mark.meta.rev,
        start_ms: Some(19_000),
        end_ms: Some(90_000),
        kind: None,
        axis: None,
        text: None,
        tags: None,
        severity: None,
    };
    let edited = booth.seat().update_observation(patch).unwrap().observation;
    assert_eq!((edited.start_ms, edited.end_ms), (19_000, 30_000));
    let ended = booth.seat().live_stop(()).unwrap();
    let marks = booth.seat().observations_of(ended.case_id).unwrap();
    assert_eq!(marks[0].observation.end_ms, 20_000);
}

#[test]
fn a_stage_that_captures_nothing_still_has_a_clock() {
    let stage = Stage::new();
    assert!(stage.seat.live_choices(()).unwrap().sources.is_empty());
    let begin = call(ListenMode::Record);
    assert_eq!(
        code(stage.seat.live_begin(begin)),
        codes::LIVE_SOURCE_MISSING
    );
    stage.seat.live_begin(call(ListenMode::ClockOnly)).unwrap();
    assert!(!stage.seat.live_stop(()).unwrap().has_audio);
}
