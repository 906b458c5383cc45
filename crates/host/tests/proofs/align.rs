//! Marks that were made without sound move onto the recording of that call, and back.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::common::align::*;
use crate::common::code;
use crate::common::live::{Booth, call, spoken, until};
use qinting_desk::*;
use qinting_domain::*;
use rstest::rstest;

/// Start, end and key press of every mark.
fn times(view: &AlignView) -> Vec<(u64, u64, u64)> {
    let marks = view.marks.iter().map(|m| &m.observation);
    marks
        .map(|o| (o.start_ms, o.end_ms, o.raw_mark_ms))
        .collect()
}

/// What a person sees of everything the call left.
fn seen(booth: &Booth, call: &LiveCall) -> Vec<Record> {
    let at_desk = booth.at_desk();
    let store = booth.store();
    let mut ids = vec![
        (EntityKind::Case, call.case_id.0),
        (EntityKind::Recording, call.recording_id.0),
        (EntityKind::LiveCall, call.id.0),
    ];
    let marks = at_desk.observations_of(call.case_id).unwrap();
    ids.extend(
        marks
            .iter()
            .map(|m| (EntityKind::Observation, m.observation.id.0)),
    );
    let notes = at_desk.seat_notes_of(call.case_id).unwrap();
    ids.extend(notes.iter().map(|n| (EntityKind::SeatNote, n.note.id.0)));
    let record = |(kind, id)| {
        let mut record = store.record(kind, id).unwrap().unwrap();
        let meta = record.meta_mut();
        (meta.rev, meta.updated_at) = (0, 0);
        record
    };
    ids.into_iter().map(record).collect()
}

#[rstest]
#[case::clock_only(ListenMode::ClockOnly)]
#[case::text_only(ListenMode::TextOnly)]
fn marks_go_onto_the_recording_and_undo_brings_everything_back(#[case] mode: ListenMode) {
    let booth = Booth::new();
    let call = heard(&booth, call(mode));
    let target = import(&booth, TEN_SECONDS_BEFORE, 150);
    let before = seen(&booth, &call);

    let waiting = booth.at_desk().live_waiting(()).unwrap();
    let best = &waiting[0].candidates[0];
    assert_eq!(
        (best.recording_id, best.offset_ms, best.method),
        (target.id, 10_000, AlignMethod::Clock)
    );
    let found = align(&booth, &call, &target, best.offset_ms);
    assert_eq!(
        times(&found),
        [(33_000, 48_000, 40_000), (93_000, 108_000, 100_000)]
    );
    let notes = booth.at_desk().seat_notes_of(target.case_id).unwrap();
    assert_eq!(
        (notes[0].note.at_ms, notes[0].note.recording_id),
        (70_000, target.id)
    );
    let aligned = found.call.alignment.unwrap();
    assert_eq!(
        (aligned.case_id, aligned.offset_ms),
        (target.case_id, 10_000)
    );
    assert_eq!(
        code(booth.at_desk().get_case(call.case_id)),
        codes::NOT_FOUND
    );
    assert!(booth.at_desk().live_waiting(()).unwrap().is_empty());
    let listed = booth.at_desk().observations_of(target.case_id).unwrap();
    assert_eq!(listed.len(), 2);

    assert_eq!(booth.at_desk().undo(()).unwrap().action, "live.align");
    assert_eq!(seen(&booth, &call), before);
    assert_eq!(booth.at_desk().live_waiting(()).unwrap().len(), 1);
    assert!(
        booth
            .at_desk()
            .observations_of(target.case_id)
            .unwrap()
            .is_empty()
    );
}

#[rstest]
#[case::inside(&[10_000])]
#[case::and_on(&[10_000, 25_000])]
#[case::there_and_back(&[10_000, -5_000, 10_000])]
#[case::once_before_the_beginning(&[-600_000, 10_000])]
#[case::once_past_the_end(&[600_000, 10_000])]
#[case::out_on_both_sides(&[600_000, -600_000, 600_000, 10_000])]
#[case::partly_outside(&[-40_000, 100_000, 10_000])]
fn where_marks_end_up_does_not_depend_on_the_way_there(#[case] offsets: &[i64]) {
    let booth = Booth::new();
    let call = silent(&booth);
    let first = import(&booth, "first", 150);
    let second = import(&booth, "second", 150);
    let mut last = None;
    for (turn, offset) in offsets.iter().enumerate() {
        let to = if turn % 2 == 0 { &first } else { &second };
        let view = align(&booth, &call, to, *offset);
        assert_eq!(view.marks.len(), 2, "nothing is dropped");
        last = Some(view);
    }
    let by = *offsets.last().unwrap() as u64;
    let expected = [23_000, 83_000].map(|at: u64| (at + by, at + by + 15_000, at + by + 7_000));
    assert_eq!(times(&last.unwrap()), expected);
    for _ in offsets {
        booth.at_desk().undo(()).unwrap();
    }
    let back = booth.at_desk().align_view(call.id).unwrap();
    assert_eq!(
        times(&back),
        [23_000, 83_000].map(|at| (at, at + 15_000, at + 7_000))
    );
}

#[test]
fn an_undone_move_does_not_spoil_the_next_ones() {
    let booth = Booth::new();
    let call = silent(&booth);
    let target = import(&booth, "call", 150);
    align(&booth, &call, &target, -600_000);
    booth.at_desk().undo(()).unwrap();
    align(&booth, &call, &target, 600_000);
    let found = align(&booth, &call, &target, 0);
    assert_eq!(times(&found)[0], (23_000, 38_000, 30_000));
}

#[test]
fn marks_outside_the_recording_stand_at_its_edge() {
    let booth = Booth::new();
    let call = silent(&booth);
    let short = import(&booth, "short", 60);
    let found = align(&booth, &call, &short, 0);
    assert_eq!(
        times(&found),
        [(23_000, 38_000, 30_000), (59_800, 60_000, 60_000)]
    );
    let notes = booth.at_desk().seat_notes_of(short.case_id).unwrap();
    assert_eq!(notes[0].note.at_ms, 60_000);
}

#[test]
fn a_mark_of_the_whole_stands_on_the_whole_recording_wherever_the_call_lies_in_it() {
    let booth = Booth::new();
    let call = silent(&booth);
    let mark = booth.at_desk().observations_of(call.case_id).unwrap();
    let patch = RecordPatch::of(&mark[0].observation, [("anchor", "whole".into())]);
    booth.at_desk().edit_record(patch).unwrap();
    let target = import(&booth, "call", 150);
    let found = align(&booth, &call, &target, 10_000);
    let whole = found
        .marks
        .iter()
        .find(|m| m.observation.id == mark[0].observation.id);
    let o = &whole.unwrap().observation;
    assert_eq!(
        (o.anchor, o.start_ms, o.end_ms),
        (Anchor::Whole, 0, 150_000)
    );
    assert_eq!(o.quote, "");
}

#[test]
fn what_a_person_set_right_after_a_move_moves_on_from_there() {
    let booth = Booth::new();
    let call = silent(&booth);
    let target = import(&booth, "call", 150);
    let moved = align(&booth, &call, &target, 10_000)
        .marks
        .remove(0)
        .observation;
    let range = [("start_ms", 50_000.into()), ("end_ms", 55_000.into())];
    let patch = RecordPatch::of(&moved, range);
    booth.at_desk().edit_record(patch).unwrap();
    let found = align(&booth, &call, &target, 12_000);
    assert_eq!(times(&found)[0], (52_000, 57_000, 42_000));
}

#[test]
fn marks_of_others_on_the_recording_stay_where_they_are() {
    let booth = Booth::new();
    let call = silent(&booth);
    let target = import(&booth, "call", 150);
    let others = booth.stage.mark(target.id, 40_000).observation;
    let noted = note(&booth, target.id, Some(40_000), "别人的");
    align(&booth, &call, &target, 10_000);
    let found = align(&booth, &call, &target, 20_000);
    assert!(found.marks.iter().all(|m| m.observation.id != others.id));
    let now = booth.at_desk().observations_of(target.case_id).unwrap();
    let stays = now.iter().find(|m| m.observation.id == others.id).unwrap();
    assert_eq!(stays.observation, others);
    let notes = booth.at_desk().seat_notes_of(target.case_id).unwrap();
    assert!(notes.iter().any(|n| n.note == noted));
}

#[test]
fn an_issue_keeps_its_evidence_through_the_move() {
    let booth = Booth::new();
    let call = silent(&booth);
    let target = import(&booth, "call", 150);
    let marked = booth
        .at_desk()
        .observations_of(call.case_id)
        .unwrap()
        .remove(0);
    let issue = booth
        .stage
        .issue("退款", vec![marked.observation.id])
        .issue
        .id;
    align(&booth, &call, &target, 10_000);
    let evidence = booth.at_desk().get_issue(issue).unwrap().evidence;
    let o = &evidence[0].observation;
    assert_eq!(
        (o.case_id, o.recording_id, o.start_ms),
        (target.case_id, target.id, 33_000)
    );
}

#[test]
fn a_link_into_the_call_leads_to_the_recording_from_then_on() {
    let booth = Booth::new();
    let call = silent(&booth);
    let target = import(&booth, "call", 150);
    let link = Link::Moment(MomentLink {
        start_ms: Some(23_000),
        end_ms: Some(38_000),
        ..MomentLink::to(call.case_id)
    });
    let url = booth.at_desk().link_to(link).unwrap();
    let opened = || booth.at_desk().resolve_link(url.clone());
    assert_eq!(opened().unwrap(), link);
    align(&booth, &call, &target, 10_000);
    let there = Link::Moment(MomentLink {
        start_ms: Some(33_000),
        end_ms: Some(48_000),
        ..MomentLink::to(target.case_id)
    });
    assert_eq!(opened().unwrap(), there);
    booth.at_desk().delete_case(target.case_id).unwrap();
    assert_eq!(code(opened()), codes::NOT_FOUND);
    booth.at_desk().undo(()).unwrap();
    booth.at_desk().undo(()).unwrap();
    assert_eq!(opened().unwrap(), link);
}

#[test]
fn the_session_hears_the_recording_in_the_place_of_the_call() {
    let booth = Booth::new();
    let first = import(&booth, "first", 150);
    let new = crate::common::session("退款专场", &[first.case_id]);
    let session = booth.at_desk().add_session(new).unwrap().session;
    let begin = LiveBegin {
        session_id: Some(session.id),
        ..call(ListenMode::ClockOnly)
    };
    let call = heard(&booth, begin);
    let (wrong, right) = (import(&booth, "wrong", 150), import(&booth, "right", 150));
    let cases = || -> Vec<CaseId> {
        let view = booth.at_desk().get_session(session.id).unwrap();
        view.row.session.cases
    };
    assert_eq!(cases(), [first.case_id, call.case_id]);
    align(&booth, &call, &wrong, 0);
    assert_eq!(cases(), [first.case_id, wrong.case_id]);
    align(&booth, &call, &right, 0);
    assert_eq!(cases(), [first.case_id, right.case_id]);
    // On a recording that is heard anyway, the place is not taken twice.
    align(&booth, &call, &first, 0);
    assert_eq!(cases(), [first.case_id]);
    for _ in 0..3 {
        booth.at_desk().undo(()).unwrap();
    }
    assert_eq!(cases(), [first.case_id, call.case_id]);
}

fn quotes(view: &AlignView) -> Vec<&str> {
    let marks = view.marks.iter();
    marks.map(|m| m.observation.quote.as_str()).collect()
}

#[test]
fn moved_marks_get_the_words_that_are_heard_there() {
    let booth = Booth::new();
    booth.stage.says(&[
        (35_000, 45_000, 1, "我要退款"),
        (100_000, 105_000, 0, "好的"),
        (130_000, 140_000, 1, "再见"),
    ]);
    let call = silent(&booth);
    let target = import(&booth, "call", 150);
    booth.stage.desk.drain_jobs().unwrap();
    let found = align(&booth, &call, &target, 10_000);
    assert_eq!(quotes(&found), ["我要退款", "好的"]);
    // Moved on, they get other words: nobody wrote the first ones.
    let found = align(&booth, &call, &target, 50_000);
    assert_eq!(quotes(&found), ["", "再见"]);
    booth.at_desk().undo(()).unwrap();
    booth.at_desk().undo(()).unwrap();
    let back = booth.at_desk().align_view(call.id).unwrap();
    assert_eq!(quotes(&back), ["", ""]);
}

#[test]
fn words_that_come_after_the_move_do_not_keep_it_from_being_undone() {
    let booth = Booth::new();
    booth.stage.says(&[(35_000, 45_000, 1, "我要退款")]);
    let call = silent(&booth);
    let target = import(&booth, "call", 150);
    align(&booth, &call, &target, 10_000);
    booth.stage.desk.drain_jobs().unwrap();
    let found = booth.at_desk().align_view(call.id).unwrap();
    assert_eq!(quotes(&found), ["我要退款", ""]);
    assert_eq!(booth.at_desk().undo(()).unwrap().action, "live.align");
    let found = align(&booth, &call, &target, 100_000);
    assert_eq!(
        quotes(&found),
        ["", ""],
        "words of another place do not stay"
    );
}

#[test]
fn what_was_heard_live_is_not_overwritten() {
    let booth = Booth::new();
    booth.stage.says(&[(20_000, 40_000, 1, "别的话")]);
    booth.begin(ListenMode::TextOnly);
    booth.sound.pass(10_000);
    booth.ears.say(spoken(0, 7_000, 9_500, "我要退款"));
    until("the words are written down", || {
        booth.told(|e| matches!(e, AppEvent::Desk(DeskEvent::LiveFinal { .. }))) > 0
    });
    let marked = booth.mark(0);
    assert_eq!(marked.quote, "我要退款");
    booth.at_desk().live_stop(()).unwrap();
    let call = booth.store().live_calls().unwrap().remove(0);
    let target = import(&booth, "call", 60);
    booth.stage.desk.drain_jobs().unwrap();
    let found = align(&booth, &call, &target, 20_000);
    assert_eq!(quotes(&found), ["我要退款"]);
    let drafts = booth.at_desk().search(SearchQuery::of("我要退款")).unwrap();
    assert!(
        drafts
            .hits
            .iter()
            .all(|h| h.target.scope() != SearchScope::Segment),
        "the drafts went with the empty case"
    );
}
