//! The text of a call that is heard as it happens: drafts, finals, and the full pass at its end.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::common::code;
use crate::common::live::*;
use qinting_desk::*;
use qinting_domain::*;
use rstest::rstest;
use std::sync::atomic::Ordering;
use std::time::Instant;

fn text_of(booth: &Booth, recording_id: RecordingId) -> Vec<String> {
    let all = SegmentQuery {
        recording_id,
        offset: 0,
        limit: 500,
    };
    let segments = booth.at_desk().segments(all).unwrap();
    segments.into_iter().map(|s| s.text).collect()
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
    let ended = booth.at_desk().live_stop(()).unwrap();
    assert_eq!((ended.duration_ms, ended.has_audio), (30_000, true));
    assert_eq!(text_of(&booth, id), ["你好请听", "再见"]);

    let recording = booth.recording(id);
    assert_eq!((recording.frames, recording.channels), (30_000, 2));
    assert_eq!(recording.roles, [ChannelRole::Agent, ChannelRole::Customer]);
    assert!(booth.store().parts_of(id).unwrap().is_empty());
    let call = booth.live_call(status.call.id);
    assert_eq!(call.state, LiveState::Ended);
    assert!(call.ended_at.is_some());
    let marks = booth.at_desk().observations_of(status.case.id).unwrap();
    let mark = &marks[0].observation;
    assert_eq!((mark.start_ms, mark.end_ms), (23_000, 30_000));

    booth.stage.desk.drain_jobs().unwrap();
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
    booth.at_desk().live_stop(()).unwrap();
    booth.stage.desk.drain_jobs().unwrap();
    let marks = booth.at_desk().observations_of(status.case.id).unwrap();
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
    let ended = booth.at_desk().live_stop(()).unwrap();
    assert_eq!((ended.duration_ms, ended.has_audio), (20_000, false));
    assert_eq!(booth.sound_files(), 0);
    assert_eq!(text_of(&booth, status.call.recording_id), ["我要退货"]);
    let marks = booth.at_desk().observations_of(status.case.id).unwrap();
    assert_eq!(marks[0].observation.quote, "我要退货");
    assert!(booth.at_desk().list_jobs(()).unwrap().is_empty());
    let ask = OpenPlayer {
        case_id: status.case.id,
        at_ms: None,
    };
    // This stage has no player; the refusal of the text says why there is nothing to play.
    assert_eq!(
        code(booth.at_desk().player_open(ask)),
        codes::AUDIO_NO_DEVICE
    );
    let ask = crate::common::text_of(status.case.id);
    assert_eq!(code(booth.at_desk().transcribe(ask)), codes::MEDIA_MISSING);
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
    assert!(booth.at_desk().live_stop(()).unwrap().has_audio);
    assert!(booth.at_desk().list_jobs(()).unwrap().is_empty());
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
    let booth = Booth::at(tempfile::tempdir().unwrap(), |given| {
        given.models = shelf(std::path::Path::new("models"), models);
    });
    let mut settings = booth.at_desk().get_settings(()).unwrap();
    settings.device.live.draft_model = chosen.map(str::to_owned);
    settings.device.default_model = Some(models[0].0.to_owned());
    booth.at_desk().update_settings(settings).unwrap();
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
fn finals_appear_once_and_say_what_stands_in_the_transcript() {
    let booth = Booth::new();
    let id = booth.begin(ListenMode::Record).call.recording_id;
    for _ in 0..3 {
        booth.ears.say(spoken(0, 0, 900, "您好"));
    }
    booth.ears.say(spoken(1, 1_000, 1_500, ""));
    let finals = || booth.told(|e| matches!(e, AppEvent::Desk(DeskEvent::LiveFinal { .. })));
    until("both are told", || finals() == 2);
    booth.at_desk().live_stop(()).unwrap();
    assert_eq!(finals(), 2);
    assert_eq!(text_of(&booth, id), ["您好"]);
    let said = booth.told(|e| match e {
        AppEvent::Desk(DeskEvent::LiveFinal { segments, .. }) => {
            segments.iter().any(|s| s.text == "您好")
        }
        _ => false,
    });
    assert_eq!(said, 1);
}

#[test]
fn what_is_doubtful_stands_until_it_is_settled_and_is_not_found_as_certain() {
    let booth = Booth::new();
    let id = booth.begin(ListenMode::Record).call.recording_id;
    let open = || booth.at_desk().live_status(()).unwrap().unwrap().drafts;
    booth.ears.draft(0, "我要", "退");
    booth.ears.doubt(0, "我药腿货");
    until("it stands in doubt", || {
        open().first().is_some_and(|d| d.over)
    });
    booth.ears.draft(0, "我要退货", "吗");
    booth.ears.doubt(0, "我要退货");
    until("the second one stands for the first", || {
        open()[0].tentative == "我要退货"
    });
    let stands = open().remove(0);
    assert_eq!((stands.committed.as_str(), stands.end_ms), ("", 1_200));
    let is_doubt =
        |e: &AppEvent| matches!(e, AppEvent::Desk(DeskEvent::LiveDraft { draft }) if draft.over);
    until("both were told", || booth.told(is_doubt) == 2);

    let mut last = spoken(0, 0, 1_200, "我要退货");
    if let LiveHeard::Final { segments, .. } = &mut last {
        segments[0].confidence = 0.3;
    }
    booth.ears.say(last);
    booth.ears.say(spoken(1, 1_500, 2_000, "可以退货"));
    until("both are there", || text_of(&booth, id).len() == 2);
    assert!(open().is_empty());
    let found = booth.at_desk().search(SearchQuery {
        scopes: vec![SearchScope::Segment],
        ..SearchQuery::of("退货")
    });
    let hits = found.unwrap().hits;
    let found = hits.iter().map(|h| {
        let doubtful = matches!(h.target, SearchTarget::Segment { doubtful: true, .. });
        (h.excerpt.as_str(), doubtful)
    });
    assert_eq!(
        found.collect::<Vec<_>>(),
        [("可以退货", false), ("我要退货", true)]
    );
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
    let is_last = |e: &AppEvent| matches!(e, AppEvent::Desk(DeskEvent::LiveDraft { draft }) if draft.tentative == "9999");
    until("the last one is told", || booth.told(is_last) == 1);
    let most = begin.elapsed().as_millis() as usize / 100 + 2;
    let told = booth.told(|e| matches!(e, AppEvent::Desk(DeskEvent::LiveDraft { .. })));
    assert!(told <= most, "{told} drafts in {most} tenths of a second");
    let mut longest = 0;
    for event in booth.stage.events.lock().iter() {
        if let AppEvent::Desk(DeskEvent::LiveDraft { draft }) = event {
            assert!(draft.committed.len() >= longest);
            longest = draft.committed.len();
        }
    }
    let open = booth.at_desk().live_status(()).unwrap().unwrap().drafts;
    assert_eq!((open.len(), open[0].committed.chars().count()), (1, 10));
}

#[test]
fn ears_that_fail_are_said_and_the_sound_goes_on() {
    let booth = Booth::new();
    let status = booth.begin(ListenMode::Record);
    booth.ears.draft(0, "", "半句");
    booth.ears.say(LiveHeard::Failed {
        note: ErrorNote::new(codes::SPEECH_WORKER_DIED),
    });
    let now = || booth.at_desk().live_status(()).unwrap().unwrap();
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
    booth.at_desk().add_seat_note(note).unwrap();
    booth.ears.say(spoken(0, 1_000, 2_000, "第一段"));
    booth.ears.say(spoken(1, 12_000, 13_000, "第二段"));
    booth.at_desk().live_stop(()).unwrap();

    let cases = booth
        .at_desk()
        .list_cases(CaseQuery::default())
        .unwrap()
        .rows;
    let other = cases.iter().find(|c| c.case.id != status.case.id).unwrap();
    assert_eq!((cases.len(), other.case.title.as_str()), (2, "退货（2）"));
    let began = |c: &Contact| c.began_at.unwrap();
    let contact = other.contact.as_ref().unwrap();
    assert_eq!(began(contact) - began(&status.contact), 10_000);
    assert!(contact.ended_at > contact.began_at);
    assert_ne!(contact.id, status.contact.id);
    let further = booth
        .at_desk()
        .get_case(other.case.id)
        .unwrap()
        .recording
        .unwrap();
    assert_eq!(
        (booth.recording(id).duration_ms, further.duration_ms),
        (10_000, 20_000)
    );

    let marks_of = |case| {
        let marks = booth.at_desk().observations_of(case).unwrap();
        let told = marks
            .iter()
            .map(|m| (m.observation.id, m.observation.raw_mark_ms));
        told.collect::<Vec<_>>()
    };
    assert_eq!(marks_of(status.case.id), [(first.id, 10_000)]);
    assert_eq!(marks_of(other.case.id), [(second.id, 20_000)]);
    let notes = booth.at_desk().seat_notes_of(other.case.id).unwrap();
    assert_eq!((notes.len(), notes[0].note.at_ms), (1, 20_000));
    assert_eq!(text_of(&booth, id), ["第一段"]);
    assert_eq!(text_of(&booth, further.id), ["第二段"]);
    assert_eq!(booth.at_desk().list_jobs(()).unwrap().len(), 2);
    booth.stage.desk.drain_jobs().unwrap();
}
