//! Listening sessions: planned, changed, listened in.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::common::{FIRST_PERSON, Stage, code, person, refused};
use qinting_desk::*;
use qinting_domain::*;
use rstest::rstest;
use serde_json::{Map, Value, json};
use uuid::Uuid;

fn plan(title: &str, cases: &[CaseId]) -> NewSession {
    NewSession {
        theme: " 退货 ".into(),
        question: "七天从哪天算起？".into(),
        starts_at: Some(1_763_800_000_000),
        facilitator_id: Some(FIRST_PERSON),
        people: vec![FIRST_PERSON],
        ..crate::common::session(title, cases)
    }
}

fn patch(row: &SessionRow, fields: Value) -> RecordPatch {
    let Value::Object(fields) = fields else {
        panic!("fields are an object")
    };
    RecordPatch::of(&row.session, fields)
}

fn mark_in(recording: RecordingId, session: SessionId) -> MarkRequest {
    MarkRequest {
        session_id: Some(session),
        ..MarkRequest::at(recording, 5_000)
    }
}

#[test]
fn a_session_is_planned_listened_in_and_shows_what_came_of_it() {
    let stage = Stage::new();
    let ((a, _), (b, heard)) = (stage.case("a"), stage.case("b"));
    let row = stage
        .at_desk
        .add_session(plan(" 七天专场 ", &[b, a, b]))
        .unwrap();
    assert_eq!(
        (row.session.title.as_str(), row.session.theme.as_str()),
        ("七天专场", "退货")
    );
    assert_eq!(row.session.cases, [b, a], "each call once, at its place");
    assert_eq!((row.case_count, row.duration_ms), (2, 120_000));
    assert_eq!(row.facilitator.as_deref(), Some("本机"));

    let o = stage.at_desk.mark(mark_in(heard, row.session.id)).unwrap();
    assert_eq!(o.observation.session_id, Some(row.session.id));
    stage.mark(heard, 20_000);
    let issue = stage.issue("七天怎么算", vec![o.observation.id]).issue;
    let view = stage.at_desk.get_session(row.session.id).unwrap();
    let moments: Vec<_> = view.observations.iter().map(|v| v.observation.id).collect();
    assert_eq!(
        moments,
        [o.observation.id],
        "only what was marked in the session"
    );
    assert_eq!(view.issues[0].issue.id, issue.id);
    assert_eq!(view.people[0].id, FIRST_PERSON);
    assert_eq!(stage.at_desk.list_sessions(()).unwrap(), [view.row]);
}

#[rstest]
#[case::no_title(|new: &mut NewSession| new.title = " \n ".into(), "title")]
#[case::a_person_who_is_not_here(
    |new: &mut NewSession| new.people.push(PersonId(Uuid::from_u128(77))), "people")]
#[case::a_call_that_is_not_here(
    |new: &mut NewSession| new.cases.push(CaseId(Uuid::from_u128(77))), "cases")]
#[case::nobody_leads_under_this_id(
    |new: &mut NewSession| new.facilitator_id = Some(PersonId(Uuid::from_u128(77))), "facilitator_id")]
fn a_session_names_only_what_is_there(#[case] spoil: fn(&mut NewSession), #[case] field: &str) {
    let stage = Stage::new();
    let mut new = plan("专场", &[]);
    spoil(&mut new);
    assert_eq!(
        refused(stage.at_desk.add_session(new)),
        (codes::INVALID.into(), field.into())
    );
    assert!(stage.at_desk.list_sessions(()).unwrap().is_empty());
}

#[test]
fn a_session_is_changed_field_by_field_and_cleared_with_null() {
    let stage = Stage::new();
    let (case, _) = stage.case("a");
    let row = stage.at_desk.add_session(plan("专场", &[])).unwrap();
    let changed = edited(
        &stage,
        &row,
        json!({ "place": " 三楼 ", "cases": [case, case] }),
    );
    assert_eq!(changed.session.place, "三楼");
    assert_eq!(
        (changed.session.cases.as_slice(), changed.case_count),
        (&[case][..], 1)
    );
    assert_eq!(changed.session.question, "七天从哪天算起？", "stays");
    let cleared = edited(
        &stage,
        &changed,
        json!({ "starts_at": null, "facilitator_id": null }),
    );
    assert_eq!(
        (cleared.session.starts_at, cleared.facilitator),
        (None, None)
    );
    let stale = json!({ "place": "五楼", "title": "晚了" });
    let stale = stage.at_desk.edit_record(patch(&row, stale));
    assert_eq!(code(stale), codes::CONFLICT, "somebody has set the place");
    let other = edited(&stage, &row, json!({ "title": "七天" }));
    assert_eq!(
        (other.session.title.as_str(), other.session.place.as_str()),
        ("七天", "三楼"),
        "what somebody else set stays, and is no conflict"
    );
    let same = edited(&stage, &row, json!({ "place": "三楼" }));
    assert_eq!(same.session.meta.rev, other.session.meta.rev, "they agree");
    let foreign = json!({ "created_by": Uuid::nil() });
    assert_eq!(
        refused(stage.at_desk.edit_record(patch(&row_now(&stage), foreign))),
        (codes::INVALID.into(), "created_by".into())
    );
    let empty = json!({ "title": "" });
    assert_eq!(
        refused(stage.at_desk.edit_record(patch(&row_now(&stage), empty))),
        (codes::INVALID.into(), "title".into())
    );
}

fn edited(stage: &Stage, read: &SessionRow, fields: Value) -> SessionRow {
    stage.at_desk.edit_record(patch(read, fields)).unwrap();
    row_now(stage)
}

fn row_now(stage: &Stage) -> SessionRow {
    stage.at_desk.list_sessions(()).unwrap().remove(0)
}

#[test]
fn a_mark_belongs_only_to_a_session_that_plays_its_call() {
    let stage = Stage::new();
    let ((on_list, heard), (_, other)) = (stage.case("a"), stage.case("b"));
    let id = stage
        .at_desk
        .add_session(plan("专场", &[on_list]))
        .unwrap()
        .session
        .id;
    let refusal = (codes::INVALID.to_owned(), "session_id".to_owned());
    assert_eq!(refused(stage.at_desk.mark(mark_in(other, id))), refusal);
    let nowhere = SessionId(Uuid::from_u128(77));
    assert_eq!(
        refused(stage.at_desk.mark(mark_in(heard, nowhere))),
        refusal
    );
    stage.at_desk.mark(mark_in(heard, id)).unwrap();
    stage.at_desk.delete_session(id).unwrap();
    assert_eq!(refused(stage.at_desk.mark(mark_in(heard, id))), refusal);
    let left = stage.at_desk.observations_of(on_list).unwrap();
    assert_eq!(left.len(), 1, "what was marked in it stays");
}

#[test]
fn what_was_done_to_a_session_is_told_after_the_commit_and_can_be_undone() {
    let stage = Stage::new();
    let (case, _) = stage.case("a");
    let row = stage.at_desk.add_session(plan("专场", &[case])).unwrap();
    stage.events.lock().clear();
    let fields = json!({ "cases": [], "people": [] });
    stage.at_desk.edit_record(patch(&row, fields)).unwrap();
    let told = stage.events.lock().iter().any(|e| {
        matches!(e, AppEvent::Record(RecordEvent::Changed { touched, action, undoable: true, .. })
            if action == "session.edit" && touched[0].kind == EntityKind::Session)
    });
    assert!(told);
    stage.at_desk.delete_session(row.session.id).unwrap();
    assert_eq!(
        code(stage.at_desk.get_session(row.session.id)),
        codes::NOT_FOUND
    );
    assert_eq!(stage.at_desk.undo(()).unwrap().action, "session.delete");
    assert!(row_now(&stage).session.cases.is_empty());
    stage.at_desk.undo(()).unwrap();
    let back = row_now(&stage).session;
    assert_eq!((back.cases, back.people), (vec![case], vec![FIRST_PERSON]));
    assert_eq!(stage.at_desk.undo(()).unwrap().action, "session.add");
    assert!(stage.at_desk.list_sessions(()).unwrap().is_empty());
}

#[test]
fn a_session_stays_readable_and_editable_when_what_it_names_is_taken_away() {
    let stage = Stage::new();
    let ((gone, _), (kept, _)) = (stage.case("a"), stage.case("b"));
    let guest = stage.at_desk.add_person(person("陆鸣")).unwrap();
    let row = stage
        .at_desk
        .add_session(NewSession {
            people: vec![guest.id, FIRST_PERSON],
            facilitator_id: Some(guest.id),
            ..plan("专场", &[gone, kept])
        })
        .unwrap();
    stage.at_desk.delete_case(gone).unwrap();
    let joined = stage
        .at_desk
        .add_person(person("丁"))
        .map(|p| p.id)
        .unwrap();
    let view = stage.at_desk.get_session(row.session.id).unwrap();
    assert_eq!((view.row.case_count, view.cases[0].case.id), (1, kept));
    // Somebody adds a person and leaves everything else as it stands in the record.
    let fields = json!({
        "people": [guest.id, FIRST_PERSON, joined],
        "cases": view.row.session.cases,
    });
    let row = edited(&stage, &view.row, fields);
    assert_eq!(row.people, ["陆鸣", "本机", "丁"]);
    stage.at_desk.undo(()).unwrap();
    stage.at_desk.undo(()).unwrap();
    assert_eq!(
        stage.at_desk.undo(()).unwrap().action,
        "case.delete",
        "the call comes back…"
    );
    let view = stage.at_desk.get_session(row.session.id).unwrap();
    let heard: Vec<_> = view.cases.iter().map(|c| c.case.id).collect();
    assert_eq!(heard, [gone, kept], "…at its place");
}

#[test]
fn text_of_a_session_is_text_and_bounded() {
    let stage = Stage::new();
    let hostile = "<script>alert(1)</script>'; DROP TABLE session; --\u{202e}";
    let row = stage.at_desk.add_session(plan(hostile, &[])).unwrap();
    assert_eq!(row.session.title, hostile);
    let long = Map::from_iter([("question".to_owned(), Value::from("长".repeat(100_000)))]);
    let too_long = stage
        .at_desk
        .edit_record(RecordPatch::of(&row.session, long));
    assert_eq!(
        refused(too_long),
        (codes::INVALID.into(), "question".into())
    );
}
