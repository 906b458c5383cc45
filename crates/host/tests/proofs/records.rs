//! What holds for records of every kind, by what their fields declare: set, stale, undone, found,
//! told in history.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::common::{FIRST_PERSON, Stage, code};
use qinting_desk::*;
use qinting_domain::*;
use serde_json::{Value, json};
use uuid::Uuid;

/// One record of each kind a person edits.
struct Each {
    stage: Stage,
    of: Vec<(EntityKind, Uuid)>,
}

fn each() -> Each {
    let stage = Stage::new();
    let (case, recording) = stage.case("call");
    let at_desk = &stage.at_desk;
    let contact = at_desk.get_case(case).unwrap().contacts[0].id.0;
    let person = NewPerson {
        name: "陆鸣".into(),
        roles: [Role::Participant].into(),
        org_unit: String::new(),
    };
    let person = at_desk.add_person(person).unwrap().id;
    let tag = NewTag {
        name: "包装".into(),
        colour: TagColour::Ink,
        parent_id: None,
    };
    let tag = at_desk.add_tag(tag).unwrap().id;
    let session = crate::common::session("专场", &[]);
    let session = at_desk.add_session(session).unwrap().session.id;
    let mark = stage.mark(recording, 5_000).observation.id;
    let issue = stage.issue("七天", vec![mark]).issue.id;
    let promise = [
        ("issue_id", json!(issue)),
        ("promise", json!("两周内改")),
        ("person_id", json!(FIRST_PERSON)),
        ("word", json!("先这样")),
    ];
    let promise = NewRecord::of(EntityKind::Commitment, promise);
    let promise = at_desk.add_record(promise).unwrap().uuid();
    let speaker = [
        ("recording_id", json!(recording)),
        ("channel", json!(0)),
        ("start_ms", json!(0)),
        ("end_ms", json!(900)),
        ("role", json!("agent")),
    ];
    let speaker = NewRecord::of(EntityKind::SpeakerChange, speaker);
    let speaker = at_desk.add_record(speaker).unwrap().uuid();
    let of = vec![
        (EntityKind::Commitment, promise),
        (EntityKind::SpeakerChange, speaker),
        (EntityKind::Person, person.0),
        (EntityKind::Tag, tag.0),
        (EntityKind::Case, case.0),
        (EntityKind::Contact, contact),
        (EntityKind::Session, session.0),
        (EntityKind::Observation, mark.0),
        (EntityKind::Issue, issue.0),
    ];
    Each { stage, of }
}

impl Each {
    fn read(&self, kind: EntityKind, id: Uuid) -> Record {
        self.stage.store.record(kind, id).unwrap().unwrap()
    }

    fn set(&self, read: &Record, field: &str, value: Value) -> AppResult<Record> {
        let patch = by_record!(read, r => RecordPatch::of(r, [(field, value)]));
        self.stage.at_desk.edit_record(patch)
    }

    fn id_of(&self, kind: EntityKind) -> Uuid {
        self.of.iter().find(|(k, _)| *k == kind).unwrap().1
    }

    /// A value the field takes and does not have.
    fn value_for(&self, kind: EntityKind, rule: &FieldRule) -> Value {
        match (rule.shape, rule.name) {
            (Shape::Line, _) => json!("改过的零九"),
            (Shape::Prose, _) => json!("改过的零九。\n第二行"),
            (Shape::Day, _) => json!(86_400_000i64 * 20_000),
            (Shape::Most(most), _) => json!(most),
            (Shape::OneOf(words), _) => json!(words.last().unwrap()),
            (Shape::One(named), _) => json!(self.id_of(named)),
            (Shape::Set(named) | Shape::Ordered(named), _) => json!([self.id_of(named)]),
            (Shape::Words, _) => json!(["mentor"]),
            (_, "colour") => json!("danger"),
            (_, "status") => json!({ "state": "retired" }),
            (_, "starts_at" | "began_at") => json!(1_700_000_000_000i64),
            (_, "answered_at") => json!(1_700_000_008_000i64),
            (_, "ended_at") => json!(1_700_000_060_000i64),
            (_, "wait_ms" | "talk_ms" | "hold_ms") => json!(8_000),
            (_, "transfers") => json!(2),
            (_, "direction") => json!("outbound"),
            (_, "handled_by") => json!("handed_over"),
            (_, "start_ms") => json!(1_000),
            (_, "end_ms") => json!(50_000),
            (_, "anchor") => json!("whole"),
            (_, "kind") if kind == EntityKind::Contact => json!("chat"),
            (_, "kind") => json!("quote"),
            (_, "axis") => json!("feeling"),
            (_, "kept") => json!(false),
            (_, "role") => json!("customer"),
            (_, name) => panic!("no value is known for {name}"),
        }
    }
}

fn editable() -> impl Iterator<Item = (EntityKind, &'static FieldRule)> {
    let of = |kind: EntityKind| kind.fields().iter().map(move |f| (kind, f));
    EntityKind::ALL
        .into_iter()
        .flat_map(of)
        .filter(|(_, f)| f.edit)
}

#[test]
fn every_field_a_person_may_set_is_set_told_in_history_found_and_undone() {
    let each = each();
    for (kind, rule) in editable() {
        let (id, name) = (each.id_of(kind), rule.name);
        let what = format!("{}.{name}", kind.as_str());
        let before = each.read(kind, id);
        let value = each.value_for(kind, rule);
        let set = each.set(&before, name, value.clone()).expect(&what);
        assert_eq!(set.to_fields()[name], value, "{what}");
        assert_eq!(each.read(kind, id), set, "{what} is read as it was told");

        let history = each.stage.store.history(kind, id).unwrap();
        let last = history.iter().rfind(|c| c.entity_id == id).unwrap();
        assert_eq!(
            *last.fields[name].after().unwrap(),
            value,
            "{what} stands in history"
        );
        if rule.search {
            let found = each
                .stage
                .at_desk
                .search(SearchQuery::of("改过的零九"))
                .unwrap();
            assert_eq!(found.hits.len(), 1, "{what} is found");
        }

        each.stage.at_desk.undo(()).expect(&what);
        let undone = each.read(kind, id).to_fields();
        assert_eq!(undone[name], before.to_fields()[name], "{what} is undone");
        if rule.search {
            let found = each
                .stage
                .at_desk
                .search(SearchQuery::of("改过的零九"))
                .unwrap();
            assert!(found.hits.is_empty(), "{what} is not found any more");
        }
    }
}

#[test]
fn a_field_somebody_changed_is_a_conflict_and_another_one_is_not() {
    let each = each();
    for (kind, rule) in editable() {
        let (id, name) = (each.id_of(kind), rule.name);
        let what = format!("{}.{name}", kind.as_str());
        let read = each.read(kind, id);
        each.set(&read, name, each.value_for(kind, rule))
            .expect(&what);
        // Where a mark stands says what plays for it.
        let goes_along = |f: &FieldRule| name == "anchor" && f.name.ends_with("_ms");
        let is_other = |f: &FieldRule| f.name != name && !goes_along(f);
        let other = editable().find(|(k, f)| *k == kind && is_other(f));
        let as_it_was = read.to_fields();
        let overtaken = each.set(&read, name, as_it_was[name].clone());
        match rule.shape.lists() {
            Some(_) => {
                let now = overtaken.expect(&what).to_fields();
                assert_eq!(
                    now[name],
                    each.value_for(kind, rule),
                    "{what}: nothing was done to it"
                );
            }
            None => assert_eq!(code(overtaken), codes::CONFLICT, "{what}"),
        }
        if let Some((_, FieldRule { name: other, .. })) = other {
            each.set(&read, other, as_it_was[*other].clone())
                .expect("nobody touched it");
        }
        each.stage.at_desk.undo(()).expect(&what);
    }
}

#[test]
fn no_field_takes_a_value_of_another_type() {
    let each = each();
    for (kind, rule) in editable() {
        let read = each.read(kind, each.id_of(kind));
        let refused = each.set(&read, rule.name, json!({ "neither": 1 }));
        let refused = refused.expect_err(rule.name);
        assert_eq!(refused.code(), codes::INVALID);
        assert_eq!(refused.note.args["field"], rule.name);
    }
}

#[test]
fn what_a_record_is_made_of_makes_it_again() {
    let each = each();
    for (kind, id) in &each.of {
        let record = each.read(*kind, *id);
        let again = Record::from_fields(*kind, record.to_fields()).unwrap();
        assert_eq!(again, record);
    }
}

#[test]
fn a_record_names_only_what_is_there() {
    let each = each();
    let nobody = Uuid::from_u128(9);
    for (kind, rule) in editable() {
        let value = match rule.shape {
            Shape::One(_) => json!(nobody),
            Shape::Set(_) | Shape::Ordered(_) => json!([nobody]),
            _ => continue,
        };
        let read = each.read(kind, each.id_of(kind));
        let refused = each.set(&read, rule.name, value).expect_err(rule.name);
        assert_eq!(refused.code(), codes::INVALID, "{}", rule.name);
        assert_eq!(refused.note.args["field"], rule.name);
    }
}

#[test]
fn a_tag_that_comes_back_finds_its_name_free() {
    let each = each();
    let at_desk = &each.stage.at_desk;
    let id = each.id_of(EntityKind::Tag);
    let retired = json!({ "state": "retired" });
    let tag = each.set(&each.read(EntityKind::Tag, id), "status", retired);
    let namesake = NewTag {
        name: "包装".into(),
        colour: TagColour::Ink,
        parent_id: None,
    };
    at_desk.add_tag(namesake).unwrap();
    let back = each.set(&tag.unwrap(), "status", json!({ "state": "active" }));
    assert_eq!(code(back), codes::NAME_TAKEN);
}

#[test]
fn an_operation_that_is_asked_for_twice_is_done_once() {
    let stage = Stage::new();
    let (case, recording) = stage.case("call");
    let (id, op_id) = (
        ObservationId(uuid::Uuid::now_v7()),
        OpId(uuid::Uuid::now_v7()),
    );
    let request = MarkRequest {
        id: Some(id),
        op_id: Some(op_id),
        ..MarkRequest::at(recording, 5_000)
    };
    stage.events.lock().clear();
    let first = stage.at_desk.mark(request.clone()).unwrap();
    let again = stage.at_desk.mark(request).unwrap();
    assert_eq!((first.observation.id, &first), (id, &again));
    assert_eq!(stage.at_desk.observations_of(case).unwrap().len(), 1);

    let patch = RecordPatch {
        op_id: Some(OpId(uuid::Uuid::now_v7())),
        ..RecordPatch::of(&first.observation, [("text", "没写厚度".into())])
    };
    let set = stage.at_desk.edit_record(patch.clone()).unwrap();
    assert_eq!(stage.at_desk.edit_record(patch.clone()).unwrap(), set);

    let events = stage.events.lock();
    let told = events.iter().filter_map(|e| match e {
        AppEvent::Record(RecordEvent::Changed { op_id, .. }) => Some(*op_id),
        _ => None,
    });
    let told: Vec<OpId> = told.collect();
    assert_eq!(
        told,
        [op_id, patch.op_id.unwrap()],
        "each is told of once, by its name"
    );
}
