use super::*;
use crate::{CaseId, ContactId, Direction, FactOrigin, FactPlace, HandledBy, Meta, PersonId};
use rstest::rstest;
use serde_json::json;
use uuid::Uuid;

fn telling() -> Telling {
    let one = Uuid::from_u128(1);
    let meta = Meta::new(1, PersonId(one));
    Telling {
        case: Case::titled(CaseId(one), "call-0341", meta.clone()),
        contact: Contact::phone(ContactId(one), CaseId(one), meta),
        is_called_by_file: true,
    }
}

fn said(known: impl IntoIterator<Item = (FactKey, FactValue)>) -> ContactFacts {
    let place = FactPlace::Name;
    let mut facts = ContactFacts::of(FactOrigin { source: 0, place });
    facts.known = known.into_iter().collect();
    facts
}

fn text(text: &str) -> FactValue {
    FactValue::Text(text.into())
}

#[rstest]
#[case::nothing_stood_there(json!(""), None, json!("夜班"))]
#[case::no_time_was_known(json!(null), None, json!("夜班"))]
#[case::nobody_touched_what_was_said_before(json!("早班"), Some(json!("早班")), json!("夜班"))]
#[case::it_is_said_again(json!("夜班"), Some(json!("夜班")), json!("夜班"))]
#[case::somebody_wrote_it_first(json!("中班"), None, json!("中班"))]
#[case::somebody_wrote_over_it(json!("中班"), Some(json!("早班")), json!("中班"))]
#[case::somebody_cleared_it(json!(""), Some(json!("早班")), json!(""))]
fn what_a_person_wrote_is_never_written_over(
    #[case] now: Value,
    #[case] before: Option<Value>,
    #[case] holds: Value,
) {
    assert_eq!(merge(&now, before.as_ref(), &json!("夜班")), holds);
}

#[test]
fn each_fact_comes_to_its_field_and_said_again_nothing_changes() {
    let mut telling = telling();
    let mut facts = said([
        (FactKey::FileName, text("a.wav")),
        (FactKey::CallId, text("  C-1 ")),
        (FactKey::PreviousCallId, text("C-0")),
        (FactKey::CaseNumber, text("WO-7")),
        (FactKey::OrderNumber, text("2026")),
        (FactKey::Title, text("退货\n被拒")),
        (FactKey::BeganAt, FactValue::At(5)),
        (FactKey::WaitMs, FactValue::Ms(900)),
        (FactKey::Transfers, FactValue::Count(2)),
        (FactKey::Direction, FactValue::Direction(Direction::Inbound)),
        (
            FactKey::HandledBy,
            FactValue::HandledBy(HandledBy::HandedOver),
        ),
    ]);
    facts.rest.insert("IVR".into(), json!({ "menu": [1, 2] }));
    assert_eq!(telling.hear(&facts), Unheard::default());
    let (case, contact) = (&telling.case, &telling.contact);
    assert_eq!((&*case.title, &*case.external_id), ("退货 被拒", "WO-7"));
    assert_eq!(case.order_number, "2026");
    assert_eq!(
        (&*contact.external_id, &*contact.previous_id),
        ("C-1", "C-0")
    );
    assert_eq!((contact.began_at, contact.wait_ms), (Some(5), Some(900)));
    assert_eq!(contact.transfers, Some(2));
    assert_eq!(contact.direction, Some(Direction::Inbound));
    assert_eq!(contact.handled_by, Some(HandledBy::HandedOver));
    assert_eq!(contact.facts.words(), ["1", "2"]);
    assert_eq!(contact.told.all().count(), 10, "a file's name is no field");
    assert_eq!(telling.differences(), []);
    let before = telling.clone();
    telling.hear(&facts);
    assert_eq!(telling, before);
}

#[test]
fn a_persons_word_stays_and_the_imports_is_kept_beside_it() {
    let mut telling = telling();
    telling.contact.queue = "我写的".into();
    telling.is_called_by_file = false;
    telling.hear(&said([
        (FactKey::Queue, text("早班")),
        (FactKey::Title, text("退货")),
        (FactKey::Csat, text("5")),
    ]));
    telling.contact.csat.clear();
    telling.hear(&said([(FactKey::Queue, text("夜班"))]));
    assert_eq!(telling.contact.queue, "我写的");
    let differences = telling.differences().into_iter();
    let told: Vec<_> = differences.map(|d| (d.key, d.mine, d.told)).collect();
    let wanted = [
        (FactKey::Csat, json!(""), json!("5")),
        (FactKey::Queue, json!("我写的"), json!("夜班")),
        (FactKey::Title, json!("call-0341"), json!("退货")),
    ];
    assert_eq!(told, wanted);
}

#[test]
fn times_that_stand_against_a_persons_are_told_and_not_taken() {
    let mut telling = telling();
    telling.contact.ended_at = Some(10);
    let unheard = telling.hear(&said([
        (FactKey::BeganAt, FactValue::At(20)),
        (FactKey::Agent, text("1024")),
    ]));
    assert_eq!(unheard.keys, [FactKey::BeganAt]);
    assert_eq!(
        (telling.contact.began_at, &*telling.contact.agent),
        (None, "1024")
    );
    let [difference] = &telling.differences()[..] else {
        panic!("one difference")
    };
    assert_eq!(
        (&difference.mine, &difference.told),
        (&json!(null), &json!(20))
    );
}

#[rstest]
#[case::too_long(FactKey::Queue, text(&"长".repeat(MAX_TOLD)))]
#[case::nothing_in_it(FactKey::Queue, text(" \n"))]
#[case::of_another_kind(FactKey::BeganAt, text("昨天"))]
#[case::longer_than_time(FactKey::WaitMs, FactValue::Ms(u64::MAX))]
fn what_is_no_value_of_a_field_is_not_told_of_it(#[case] key: FactKey, #[case] value: FactValue) {
    let mut telling = telling();
    let before = telling.clone();
    assert_eq!(telling.hear(&said([(key, value)])).keys, [key]);
    assert_eq!(telling, before);
}

#[test]
fn more_than_a_contact_keeps_is_left_out_whole() {
    let mut telling = telling();
    let mut deep = json!(1);
    for _ in 0..crate::DEEPEST_OBJECT {
        deep = json!([deep]);
    }
    for rest in [json!("长".repeat(crate::MAX_OBJECT)), deep] {
        let mut facts = said([(FactKey::Queue, text("夜班"))]);
        facts.rest.insert("note".into(), rest);
        assert!(telling.hear(&facts).rest);
        assert!(telling.contact.facts.0.is_empty());
        assert_eq!(telling.contact.queue, "夜班");
    }
}
