//! Moments that were marked before the text came get its words once it is whole.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::common::{Stage, code};
use qinting_desk::*;
use qinting_domain::*;

const WORDS: &[(u64, u64, u16, &str)] = &[
    (10_000, 14_000, 1, "我要退款"),
    (15_000, 19_000, 0, "好的"),
    (50_000, 52_000, 1, "再见"),
];

fn over(recording: RecordingId, start_ms: u64, end_ms: u64) -> MarkRequest {
    MarkRequest {
        range: Some(Span { start_ms, end_ms }),
        ..MarkRequest::at(recording, end_ms)
    }
}

fn note(read: &Observation, text: &str) -> RecordPatch {
    RecordPatch::of(read, [("text", text.into())])
}

fn quotes(stage: &Stage, case: CaseId) -> Vec<String> {
    let views = stage.at_desk.observations_of(case).unwrap();
    views.into_iter().map(|v| v.observation.quote).collect()
}

#[test]
fn early_marks_get_the_words_in_their_range_everywhere() {
    let stage = Stage::new();
    stage.says(WORDS);
    let (case, recording) = stage.case("call");
    let early = stage.at_desk.mark(over(recording, 9_000, 16_000)).unwrap();
    stage.at_desk.mark(over(recording, 30_000, 31_000)).unwrap();
    let o = early.observation;
    assert_eq!(o.quote, "");
    stage.events.lock().clear();
    stage.desk.drain_jobs().unwrap();
    assert_eq!(quotes(&stage, case), ["我要退款 好的", ""]);
    let hits = stage.at_desk.search(SearchQuery::of("退款")).unwrap().hits;
    assert!(hits.iter().any(|h| {
        matches!(h.target, SearchTarget::Observation { observation_id, .. } if observation_id == o.id)
    }));
    let issue = stage.issue("退款", vec![o.id]).issue.id;
    let view = stage.at_desk.get_issue(issue).unwrap();
    assert_eq!(view.evidence[0].observation.quote, "我要退款 好的");

    // One operation for all of them, told like every other, and nobody's to take back.
    let told: Vec<_> = stage
        .events
        .lock()
        .iter()
        .filter_map(|e| match e {
            AppEvent::Record(RecordEvent::Changed {
                touched,
                op_id,
                action,
                undoable,
            }) if *action == Action::ObservationQuote => Some((touched.clone(), *op_id, *undoable)),
            _ => None,
        })
        .collect();
    let [(touched, op, undoable)] = told.as_slice() else {
        panic!("told {} times", told.len())
    };
    assert_eq!(
        (touched.len(), touched[0].id, *undoable),
        (1, o.id.0, false)
    );
    assert_eq!(code(stage.at_desk.undo_op(*op)), codes::NOTHING_TO_UNDO);
}

#[test]
fn words_that_are_there_stay_when_the_text_is_made_anew() {
    let stage = Stage::new();
    stage.says(WORDS);
    let (case, recording) = stage.case("call");
    stage.desk.drain_jobs().unwrap();
    stage.at_desk.mark(over(recording, 10_000, 14_000)).unwrap();
    stage.says(&[(10_000, 14_000, 1, "我要退宽")]);
    let again = crate::common::text_of(case);
    stage.at_desk.transcribe(again).unwrap();
    stage.desk.drain_jobs().unwrap();
    assert_eq!(quotes(&stage, case), ["我要退款"]);
}

#[test]
fn ctrl_z_takes_back_the_mark_and_not_the_words_it_was_given() {
    let stage = Stage::new();
    stage.says(WORDS);
    let (case, recording) = stage.case("call");
    stage.at_desk.mark(over(recording, 10_000, 14_000)).unwrap();
    let edited = stage.at_desk.mark(over(recording, 50_000, 52_000)).unwrap();
    let written = note(&edited.observation, "草草收场");
    stage.at_desk.edit_record(written).unwrap();
    stage.desk.drain_jobs().unwrap();
    assert_eq!(stage.at_desk.undo(()).unwrap().action, "observation.edit");
    assert_eq!(
        quotes(&stage, case),
        ["我要退款", "再见"],
        "the note goes, the words stay"
    );
    assert_eq!(stage.at_desk.undo(()).unwrap().action, "observation.mark");
    assert_eq!(stage.at_desk.undo(()).unwrap().action, "observation.mark");
    assert!(quotes(&stage, case).is_empty());
}

#[test]
fn who_writes_while_the_words_come_hears_of_no_conflict() {
    let stage = Stage::new();
    stage.says(WORDS);
    let (case, recording) = stage.case("call");
    let mark = stage.at_desk.mark(over(recording, 10_000, 14_000)).unwrap();
    let read = mark.observation;
    stage.desk.drain_jobs().unwrap();
    let kept = stage.at_desk.edit_record(note(&read, "先写的"));
    let kept = Observation::from_record(kept.unwrap()).unwrap();
    assert_eq!(
        (kept.text.as_str(), kept.quote.as_str()),
        ("先写的", "我要退款")
    );
    // Words of a person are another matter.
    let stale = stage.at_desk.edit_record(note(&read, "后写的"));
    assert_eq!(code(stale), codes::CONFLICT);
    assert_eq!(quotes(&stage, case), ["我要退款"]);
}

#[test]
fn a_mark_that_was_taken_away_gets_no_words() {
    let stage = Stage::new();
    stage.says(WORDS);
    let (case, recording) = stage.case("call");
    let gone = stage.at_desk.mark(over(recording, 10_000, 14_000)).unwrap();
    stage
        .at_desk
        .delete_observation(gone.observation.id)
        .unwrap();
    stage.desk.drain_jobs().unwrap();
    stage.at_desk.undo(()).unwrap();
    assert_eq!(quotes(&stage, case), [""]);
}

#[test]
fn a_text_that_breaks_off_gives_no_words() {
    let stage = Stage::new();
    stage.says(WORDS);
    *stage.script.dies.lock() = true;
    let (case, recording) = stage.case("call");
    stage.at_desk.mark(over(recording, 10_000, 14_000)).unwrap();
    stage.desk.drain_jobs().unwrap();
    assert_eq!(quotes(&stage, case), [""]);
}

#[test]
fn only_the_words_are_written_and_not_what_the_list_shows_of_the_tags() {
    let stage = Stage::new();
    stage.says(WORDS);
    let (case, recording) = stage.case("call");
    let tags = stage.at_desk.list_tags(()).unwrap();
    let (from, into) = (tags[0].id, tags[1].id);
    let tagged = MarkRequest {
        tags: vec![from],
        ..over(recording, 10_000, 14_000)
    };
    stage.at_desk.mark(tagged).unwrap();
    stage.at_desk.merge_tags(TagMerge { from, into }).unwrap();
    stage.desk.drain_jobs().unwrap();
    assert_eq!(quotes(&stage, case), ["我要退款"]);
    stage.at_desk.undo(()).unwrap();
    let views = stage.at_desk.observations_of(case).unwrap();
    assert_eq!(views[0].observation.tags, [from]);
}
