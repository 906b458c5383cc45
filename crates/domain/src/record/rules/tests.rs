use super::*;
use crate::*;
use rstest::rstest;
use serde_json::json;

fn issue() -> Record {
    let owner = PersonId(Uuid::from_u128(2));
    let mut issue = Issue::new(IssueId(Uuid::from_u128(1)), "七天", Meta::new(1, owner));
    issue.number = 3;
    issue.owner_id = Some(owner);
    issue.meta.rev = 1;
    issue.into()
}

fn edited(field: &str, value: Value) -> Result<Value, Unfit> {
    let edited = issue().edited(BTreeMap::from([(field.to_owned(), value)]))?;
    Ok(edited.to_fields()[field].clone())
}

#[rstest]
#[case::a_line_is_one_line("title", json!(" 退款\n规则 "), json!("退款 规则"))]
#[case::prose_stays_as_it_is_written("statement", json!("一。\n二。 "), json!("一。\n二。 "))]
#[case::without_nul("statement", json!("一\0二"), json!("一二"))]
#[case::a_value_is_cleared("owner_id", json!(null), json!(null))]
#[case::a_day_is_its_midnight("due", json!(86_400_000 + 5), json!(86_400_000))]
#[case::the_highest_number("urgency", json!(4), json!(4))]
fn a_value_is_kept_as_its_field_declares(
    #[case] field: &str,
    #[case] value: Value,
    #[case] kept: Value,
) {
    assert_eq!(edited(field, value), Ok(kept));
}

#[rstest]
#[case::a_title_says_something("title", json!(" \n"))]
#[case::too_long("statement", json!("长".repeat(MAX_TEXT / 3 + 1)))]
#[case::too_much("urgency", json!(5))]
#[case::of_another_type("urgency", json!("now"))]
#[case::a_text_is_not_cleared("title", json!(null))]
#[case::what_only_the_store_gives("number", json!(9))]
#[case::what_has_a_door_of_its_own("status", json!("claimed"))]
#[case::what_every_record_carries("rev", json!(9))]
#[case::what_is_no_field("no_field", json!(1))]
fn what_a_field_does_not_take_is_refused_by_its_name(#[case] field: &str, #[case] value: Value) {
    assert_eq!(
        edited(field, value),
        Err(Unfit {
            field: field.into()
        })
    );
}

#[test]
fn a_record_is_asked_only_for_those_it_names_anew() {
    let before = issue();
    assert_eq!(before.newly_named(Some(&before)), []);
    let owner = ("owner_id", EntityKind::Person, Uuid::from_u128(2));
    assert_eq!(before.newly_named(None), [owner]);
    let other = BTreeMap::from([("owner_id".into(), json!(Uuid::from_u128(5)))]);
    let other = before.edited(other).expect("an owner");
    let named = ("owner_id", EntityKind::Person, Uuid::from_u128(5));
    assert_eq!(other.newly_named(Some(&before)), [named]);
}

#[test]
fn a_set_in_another_order_is_the_set_as_it_is() {
    let id = |n: u128| Uuid::from_u128(n);
    let session = ListeningSession {
        id: SessionId(id(1)),
        title: "专场".into(),
        theme: String::new(),
        question: String::new(),
        place: String::new(),
        starts_at: None,
        facilitator_id: None,
        people: vec![PersonId(id(2)), PersonId(id(3))],
        cases: vec![CaseId(id(2)), CaseId(id(3))],
        meta: Meta::new(1, PersonId(id(2))),
    };
    let session = Record::from(session);
    let set = |field: &str, ids: &[u128]| {
        let ids: Vec<Uuid> = ids.iter().map(|n| id(*n)).collect();
        let edited = session.edited(BTreeMap::from([(field.to_owned(), json!(ids))]));
        edited.expect("a list").to_fields()[field].clone()
    };
    assert_eq!(set("people", &[3, 2]), json!([id(2), id(3)]));
    assert_eq!(set("people", &[4, 3, 3]), json!([id(4), id(3)]));
    assert_eq!(set("cases", &[3, 2, 3]), json!([id(3), id(2)]));
}

/// Whoever adds a field that holds what people said adds it here too.
#[test]
fn what_may_hold_words_or_names_of_people_is_declared() {
    let of = |kind: EntityKind| {
        let personal = kind.fields().iter().filter(|f| f.personal);
        personal.map(move |f| format!("{}.{}", kind.as_str(), f.name))
    };
    let all: Vec<String> = EntityKind::ALL.into_iter().flat_map(of).collect();
    assert_eq!(
        all.join(" "),
        "person.name case.title case.external_id case.order_number contact.external_id contact.agent contact.customer \
         contact.number contact.previous_id contact.facts contact.told recording.sources segment.text segment.text_original observation.text observation.quote issue.external_owner \
         live_call.anchor live_call.lanes seat_note.text unmasking.reason"
    );
}

#[test]
fn what_a_person_writes_is_bounded() {
    for kind in EntityKind::ALL {
        let written = kind.fields().iter().filter(|f| f.required || f.search);
        for field in written.filter(|f| f.name != "quote") {
            let is_text = matches!(field.shape, Shape::Line | Shape::Prose);
            assert!(is_text, "{}.{}", kind.as_str(), field.name);
        }
    }
}

/// A month is counted from what is never erased.
#[test]
fn what_is_personal_is_words_and_nothing_that_is_counted() {
    for kind in EntityKind::ALL {
        for field in kind.fields().iter().filter(|f| f.personal) {
            let name = format!("{}.{}", kind.as_str(), field.name);
            let is_words = matches!(
                field.shape,
                Shape::Line | Shape::Prose | Shape::Plain | Shape::Object
            );
            assert!(
                is_words && !field.owner && !field.under && !field.belongs,
                "{name}"
            );
            let is_counted = |word: &&str| field.name.contains(word);
            let counted = ["status", "state", "_at", "tag", "due", "kind", "line"];
            assert!(!counted.iter().any(is_counted), "{name} is counted by");
        }
    }
}
