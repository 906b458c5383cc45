//! Records of the plain kinds, by what they declare alone: made, listed, found, told in history, exported,
//! taken away, brought back.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::common::{FIRST_PERSON, Stage, code, session};
use qinting_desk::*;
use qinting_domain::*;
use serde_json::{Value, json};
use uuid::Uuid;

/// Something that records may belong to.
struct Owners {
    stage: Stage,
    of: Vec<(EntityKind, Uuid)>,
}

fn owners() -> Owners {
    let stage = Stage::new();
    let (case, recording) = stage.case("call");
    stage.mark(recording, 5_000);
    let issue = stage.issue("七天", vec![]).issue.id;
    let session = stage.at_desk.add_session(session("专场", &[])).unwrap();
    let of = vec![
        (EntityKind::Issue, issue.0),
        (EntityKind::Session, session.session.id.0),
        (EntityKind::Case, case.0),
    ];
    Owners { stage, of }
}

/// What somebody says of a record of a kind that belongs to `owner`.
fn said(kind: EntityKind, field: &str, owner: Uuid) -> Vec<(String, Value)> {
    let mut values = vec![(field.to_owned(), json!(owner))];
    for rule in kind.fields().iter().filter(|r| r.edit || r.given) {
        let value = match rule.shape {
            Shape::Line | Shape::Prose => json!("零九的承诺"),
            Shape::One(EntityKind::Person) => json!(FIRST_PERSON),
            _ if rule.name == "kind" => json!("chat"),
            _ => continue,
        };
        values.push((rule.name.to_owned(), value));
    }
    values
}

/// Each plain kind with each field by which it belongs to something.
fn each() -> impl Iterator<Item = (EntityKind, &'static str, EntityKind)> {
    let plain = EntityKind::ALL.into_iter().filter(|k| k.is_plain());
    plain.flat_map(|kind| {
        kind.fields().iter().filter_map(move |f| match f.shape {
            Shape::One(owner) if f.belongs => Some((kind, f.name, owner)),
            _ => None,
        })
    })
}

#[test]
fn a_plain_record_is_made_listed_found_exported_taken_away_and_brought_back() {
    let owners = owners();
    let (at_desk, store) = (&owners.stage.at_desk, &owners.stage.store);
    let mut count = 0;
    for (kind, field, owner_kind) in each() {
        let what = format!("{}.{field}", kind.as_str());
        let (_, owner) = *owners.of.iter().find(|(k, _)| *k == owner_kind).unwrap();
        let query = RecordQuery {
            kind,
            field: Some(field.into()),
            id: Some(owner),
        };
        // A case has a contact of its own.
        let there = at_desk.list_records(query.clone()).unwrap();
        let made = NewRecord::of(kind, said(kind, field, owner));
        let made = at_desk.add_record(made).unwrap();
        let listed = || {
            let mut all = at_desk.list_records(query.clone()).unwrap();
            all.retain(|r| !there.contains(r));
            all
        };
        assert_eq!(listed(), std::slice::from_ref(&made), "{what}");
        let told = store.history(owner_kind, owner).unwrap();
        assert!(told.iter().any(|c| c.entity_id == made.uuid()), "{what}");
        let is_found = || {
            let hits = at_desk.search(SearchQuery::of("零九")).unwrap().hits;
            hits.iter()
                .any(|h| matches!(h.target, SearchTarget::Record { record, .. } if record == kind))
        };
        let is_searched = kind.fields().iter().any(|f| f.search);
        assert_eq!(is_found(), is_searched, "{what}");
        for format in [ExportFormat::Json, ExportFormat::Md] {
            let bytes = at_desk.render_findings(format).unwrap();
            let text = String::from_utf8(bytes).unwrap();
            assert!(text.contains("零九的承诺"), "{what}: {text}");
        }
        let gone = RecordRef {
            kind,
            id: made.uuid(),
        };
        if at_desk.remove_record(gone).is_ok() {
            assert_eq!((listed().len(), is_found()), (0, false), "{what}");
            at_desk.undo(()).unwrap();
            assert_eq!((listed().len(), is_found()), (1, is_searched), "{what}");
            count += 1;
        }
        at_desk.undo(()).unwrap();
        assert!(listed().is_empty(), "{what} is undone");
    }
    assert!(
        count >= 2,
        "a promise of an issue and of a session at least"
    );
}

#[test]
fn a_record_that_says_too_little_or_too_much_is_refused_by_its_field() {
    let owners = owners();
    let (_, issue) = owners.of[0];
    let at_desk = &owners.stage.at_desk;
    let whole = || said(EntityKind::Commitment, "issue_id", issue);
    let without = |name: &str| {
        let mut values = whole();
        values.retain(|(n, _)| n != name);
        values
    };
    let with = |name: &str, value: Value| {
        let mut values = without(name);
        values.push((name.to_owned(), value));
        values
    };
    let table = [
        ("promise", without("promise")),
        ("person_id", without("person_id")),
        ("issue_id", without("issue_id")),
        ("issue_id", with("session_id", json!(owners.of[1].1))),
        ("issue_id", with("issue_id", json!(Uuid::from_u128(9)))),
        ("due", with("due", json!("tomorrow"))),
        ("rev", with("rev", json!(7))),
        ("nothing", with("nothing", json!(7))),
    ];
    for (field, values) in table {
        let refused = at_desk.add_record(NewRecord::of(EntityKind::Commitment, values));
        let note = refused.unwrap_err().note;
        let told = note.args.get("field").map(String::as_str);
        assert_eq!((note.code.as_str(), told), (codes::INVALID, Some(field)));
    }
    for kind in EntityKind::ALL.into_iter().filter(|k| !k.is_plain()) {
        let made = at_desk.add_record(NewRecord::of(kind, whole()));
        assert_eq!(code(made), codes::INVALID, "{}", kind.as_str());
    }
}
