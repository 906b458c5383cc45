//! The texts of a recording: which one is read, which one waits, and that none is lost.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::common::live::*;
use crate::common::{Stage, text_of};
use qinting_desk::*;
use qinting_domain::TranscriptStanding::{Beside, Past, Shown};
use qinting_domain::*;
use rstest::rstest;

const GOOD: &[(u64, u64, u16, &str)] = &[(0, 20_000, 0, "我要退款"), (20_000, 40_000, 1, "好的")];
const SHORT: &[(u64, u64, u16, &str)] = &[(0, 20_000, 0, "我要退宽")];

fn read(stage: &Stage, recording: RecordingId) -> Vec<String> {
    let all = stage.store.segments(recording, 0, 99).unwrap();
    all.into_iter().map(|s| s.text).collect()
}

fn texts(stage: &Stage, case: CaseId) -> Vec<Transcript> {
    stage.at_desk.get_case(case).unwrap().texts
}

fn standings(stage: &Stage, case: CaseId) -> Vec<TranscriptStanding> {
    texts(stage, case).iter().map(|t| t.standing).collect()
}

fn again(stage: &Stage, case: CaseId, lines: &[(u64, u64, u16, &str)]) {
    stage.says(lines);
    stage.at_desk.transcribe(text_of(case)).unwrap();
    stage.desk.drain_jobs().unwrap();
}

/// A call with the text of one run.
fn heard(stage: &Stage, lines: &[(u64, u64, u16, &str)]) -> (CaseId, RecordingId) {
    stage.says(lines);
    let ids = stage.case("call");
    stage.desk.drain_jobs().unwrap();
    ids
}

fn choose(stage: &Stage, text: &Transcript) -> Transcript {
    let choice = TranscriptChoice {
        id: text.id,
        rev: text.meta.rev,
    };
    stage.at_desk.choose_transcript(choice).unwrap()
}

#[test]
fn a_text_says_what_made_it_of_what_sound_and_how_much_it_heard() {
    let stage = Stage::new();
    let (case, recording) = heard(&stage, GOOD);
    let [text] = &texts(&stage, case)[..] else {
        panic!("one text")
    };
    let view = stage.at_desk.get_case(case).unwrap();
    let sound = view.recording.unwrap().audio_sha256;
    assert_eq!((&text.sound_sha256, text.recording_id), (&sound, recording));
    assert_eq!((&*text.engine, &*text.model), ("script", "tiny"));
    assert_eq!(
        (text.simplified, text.language.is_empty()),
        (Some(true), false)
    );
    assert_eq!((text.lines, text.doubtful, text.heard_ms), (2, 0, 40_000));
    assert!(text.began_at < text.ended_at && text.standing == Shown);
}

#[test]
fn a_better_text_takes_the_place_of_the_old_one_which_can_be_chosen_again_and_undone() {
    let stage = Stage::new();
    let (case, recording) = heard(&stage, SHORT);
    again(&stage, case, GOOD);
    assert_eq!(read(&stage, recording), ["我要退款", "好的"]);
    assert_eq!(standings(&stage, case), [Shown, Past]);

    choose(&stage, &texts(&stage, case)[1]);
    assert_eq!(read(&stage, recording), ["我要退宽"]);
    assert_eq!(standings(&stage, case), [Past, Shown]);
    stage.at_desk.undo(()).unwrap();
    assert_eq!(read(&stage, recording), ["我要退款", "好的"]);
    assert_eq!(standings(&stage, case), [Shown, Past]);
}

#[rstest]
#[case::less_speech(SHORT.to_vec(), 0.9)]
#[case::nothing(Vec::new(), 0.9)]
#[case::more_doubts(vec![(0, 40_000, 0, "呃")], 0.3)]
fn what_may_be_poorer_waits_beside_until_somebody_chooses(
    #[case] lines: Vec<(u64, u64, u16, &str)>,
    #[case] confidence: f32,
) {
    let stage = Stage::new();
    let (case, recording) = heard(&stage, GOOD);
    let rows = stage.store.segments(recording, 0, 9).unwrap();
    stage.says(&lines);
    for line in stage.script.says.lock().iter_mut() {
        line.confidence = confidence;
    }
    stage.at_desk.transcribe(text_of(case)).unwrap();
    stage.desk.drain_jobs().unwrap();
    assert_eq!(stage.store.segments(recording, 0, 9).unwrap(), rows);
    assert_eq!(standings(&stage, case), [Beside, Shown]);

    // To keep what is there is a choice as well.
    choose(&stage, &texts(&stage, case)[1]);
    assert_eq!(standings(&stage, case), [Past, Shown]);
    stage.at_desk.undo(()).unwrap();
    assert_eq!(standings(&stage, case), [Beside, Shown]);
    choose(&stage, &texts(&stage, case)[0]);
    let words: Vec<&str> = lines.iter().map(|l| l.3).collect();
    assert_eq!(read(&stage, recording), words);
    assert_eq!(standings(&stage, case), [Shown, Past]);
}

#[test]
fn a_correction_holds_in_every_text_and_what_was_heard_there_comes_back_with_its_undo() {
    let stage = Stage::new();
    let (case, recording) = heard(&stage, SHORT);
    let line = stage.store.segments(recording, 0, 1).unwrap().remove(0);
    let edit = SegmentEdit {
        id: line.id,
        rev: line.meta.rev,
        text: Some("我要退款！".into()),
    };
    stage.at_desk.edit_segment(edit).unwrap();
    again(&stage, case, GOOD);
    assert_eq!(read(&stage, recording), ["我要退款！", "好的"]);
    choose(&stage, &texts(&stage, case)[1]);
    assert_eq!(read(&stage, recording), ["我要退款！"]);
    stage.at_desk.undo(()).unwrap();
    assert_eq!(read(&stage, recording), ["我要退款！", "好的"]);
    // The one before it: the correction.
    stage.at_desk.undo(()).unwrap();
    assert_eq!(
        read(&stage, recording),
        ["我要退款", "好的"],
        "of the text that is read now"
    );
}

#[test]
fn what_a_run_left_half_done_is_no_text_and_goes_with_the_next_whole_one() {
    let stage = Stage::new();
    stage.says(SHORT);
    *stage.script.dies.lock() = true;
    let (case, recording) = stage.case("call");
    stage.desk.drain_jobs().unwrap();
    assert_eq!(
        read(&stage, recording),
        ["我要退宽"],
        "it may be read as it comes"
    );
    assert!(texts(&stage, case).is_empty());
    *stage.script.dies.lock() = false;
    again(&stage, case, &[(0, 5_000, 0, "您好")]);
    assert_eq!(read(&stage, recording), ["您好"]);
    assert_eq!(standings(&stage, case), [Shown]);
}

#[test]
fn the_text_of_an_older_version_becomes_bytes_of_its_recording_line_by_line() {
    let stage = Stage::new();
    let (case, recording) = stage.case("call");
    let line = |(start_ms, end_ms, channel, text): &(u64, u64, u16, &str)| TranscriptLine {
        id: SegmentId(stage.desk.id()),
        heard: qinting_testkit::records::heard(*start_ms, *end_ms, *channel, text),
    };
    let draft = TextDraft {
        recording_id: recording,
        actor: crate::common::FIRST_PERSON,
        at: 5,
        engine: "small-q5".into(),
        lines: GOOD.iter().map(line).collect(),
    };
    stage.store.draft_text(&draft).unwrap();
    let first = stage.store.segments(recording, 0, 1).unwrap().remove(0);
    let edit = SegmentEdit {
        id: first.id,
        rev: first.meta.rev,
        text: Some("改过".into()),
    };
    stage.at_desk.edit_segment(edit).unwrap();
    let rows = stage.store.segments(recording, 0, 9).unwrap();
    stage.desk.look_at_texts().unwrap();
    stage.desk.drain_beside().unwrap();
    assert!(
        texts(&stage, case).is_empty(),
        "nothing says that it is whole"
    );

    // So an older version said that it was.
    let mut whole = stage.at_desk.open_recording(recording).unwrap();
    whole.notices = vec![SoundNotice::SameOnBoth];
    let action = Action::TranscriptWrite;
    let said = Commit {
        op_id: OpId(stage.desk.id()),
        actor: crate::common::FIRST_PERSON,
        at: 6,
        origin: action.origin(),
        action,
        records: vec![whole.into()],
        undoes: None,
        jobs: Vec::new(),
        blobs: Vec::new(),
    };
    stage.store.commit(said).unwrap();
    stage.desk.look_at_texts().unwrap();
    stage.desk.drain_beside().unwrap();
    assert_eq!(stage.store.segments(recording, 0, 9).unwrap(), rows);
    let [text] = &texts(&stage, case)[..] else {
        panic!("one text")
    };
    assert_eq!(
        (&*text.model, text.standing, text.ended_at),
        ("small-q5", Shown, 5)
    );
    again(&stage, case, &[(0, 40_000, 0, "新的"), (0, 9_000, 1, "喂")]);
    assert_eq!(standings(&stage, case), [Shown, Past]);
    choose(&stage, &texts(&stage, case)[1]);
    let back = stage.store.segments(recording, 0, 9).unwrap();
    assert_eq!(back, rows, "value by value");
    stage.desk.sweep_media().unwrap();
    choose(&stage, &texts(&stage, case)[0]);
}

#[test]
fn what_was_heard_live_is_a_text_of_its_own_beside_the_whole_one() {
    let booth = Booth::new();
    booth.stage.says(&[(0, 2_000, 0, "您好，亲听。")]);
    let status = booth.begin(ListenMode::Record);
    booth.sound.pass(30_000);
    booth.ears.say(spoken(0, 0, 3_000, "你好请听"));
    let id = status.call.recording_id;
    until("the draft is there", || {
        read(&booth.stage, id) == ["你好请听"]
    });
    booth.stage.desk.look_at_texts().unwrap();
    booth.stage.desk.drain_beside().unwrap();
    assert!(
        booth.store().transcripts_of(id).unwrap().is_empty(),
        "it goes on"
    );
    booth.at_desk().live_stop(()).unwrap();
    booth.stage.desk.drain_beside().unwrap();
    let texts = booth.store().transcripts_of(id).unwrap();
    assert_eq!((&*texts[0].engine, texts[0].standing), (LIVE_ENGINE, Shown));
    booth.stage.desk.drain_jobs().unwrap();
    assert_eq!(read(&booth.stage, id), ["您好，亲听。"]);
    assert_eq!(standings(&booth.stage, status.case.id), [Shown, Past]);
}

#[test]
fn a_call_in_the_bin_keeps_no_other_text_from_becoming_bytes_and_its_own_waits() {
    let booth = Booth::new();
    let stage = &booth.stage;
    let [(binned, one), (there, other)] = ["binned", "there"].map(|name| stage.case(name));
    for recording in [one, other] {
        let heard = qinting_testkit::records::heard(0, 900, 0, "您好");
        let draft = TextDraft {
            recording_id: recording,
            actor: crate::common::FIRST_PERSON,
            at: 5,
            engine: LIVE_ENGINE.into(),
            lines: vec![TranscriptLine {
                id: SegmentId(stage.desk.id()),
                heard,
            }],
        };
        stage.store.draft_text(&draft).unwrap();
    }
    stage.at_desk.delete_case(binned).unwrap();
    stage.desk.look_at_texts().unwrap();
    stage.desk.drain_beside().unwrap();
    assert_eq!(standings(stage, there), [Shown]);
    assert!(stage.store.transcripts_of(one).unwrap().is_empty());
    stage.at_desk.restore_case(binned).unwrap();
    stage.desk.look_at_texts().unwrap();
    stage.desk.drain_beside().unwrap();
    assert_eq!(standings(stage, binned), [Shown]);
}
