//! Facts that come later: applied to calls that are in, as one operation; a person's word stays, and both can be seen.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::common::{Stage, code};
use qinting_desk::*;
use qinting_domain::*;
use serde_json::json;

fn text(text: &str) -> FactValue {
    FactValue::Text(text.into())
}

fn facts_of(
    contact_id: ContactId,
    known: impl IntoIterator<Item = (FactKey, FactValue)>,
) -> FactsOf {
    let place = FactPlace::Line { line: 2 };
    let mut facts = ContactFacts::of(FactOrigin { source: 0, place });
    facts.known = known.into_iter().collect();
    facts.rest.insert("呼叫结果".into(), json!({ "code": 7 }));
    FactsOf { contact_id, facts }
}

/// The first contact of a case.
fn contact(stage: &Stage, case: CaseId) -> Contact {
    stage.at_desk.get_case(case).unwrap().contacts.remove(0)
}

fn case_of(stage: &Stage, case: CaseId) -> Case {
    stage.at_desk.get_case(case).unwrap().case
}

fn edit<T: Kept>(stage: &Stage, read: &T, field: &str, value: &str) {
    let patch = RecordPatch::of(read, [(field, json!(value))]);
    stage.at_desk.edit_record(patch).unwrap();
}

fn differences(
    stage: &Stage,
    case: CaseId,
) -> Vec<(FactKey, serde_json::Value, serde_json::Value)> {
    let all = stage.at_desk.told_differences(case).unwrap().into_iter();
    all.map(|one| (one.key, one.mine, one.told)).collect()
}

#[test]
fn facts_of_many_calls_are_one_operation_that_is_undone_whole() {
    let stage = Stage::new();
    let cases: Vec<CaseId> = (0..4).map(|n| stage.case(&format!("call {n}")).0).collect();
    let before: Vec<_> = cases.iter().map(|id| contact(&stage, *id)).collect();
    let batch: Vec<FactsOf> = (0u32..)
        .zip(&before)
        .map(|(n, contact)| {
            facts_of(
                contact.id,
                [
                    (FactKey::Agent, text("工号1024")),
                    (FactKey::Transfers, FactValue::Count(n)),
                    (FactKey::CaseNumber, text(&format!("WO-{n}"))),
                    (FactKey::Title, text(&format!("退货 {n}"))),
                ],
            )
        })
        .collect();
    let applied = stage.at_desk.apply_facts(&batch).unwrap();
    assert_eq!((applied.contacts, applied.differences), (4, 0));
    assert_eq!((applied.gone, applied.unheard), (vec![], vec![]));
    let third = contact(&stage, cases[2]);
    assert_eq!((&*third.agent, third.transfers), ("工号1024", Some(2)));
    assert_eq!(third.facts.0["呼叫结果"]["code"], 7);
    let case = case_of(&stage, cases[2]);
    assert_eq!((&*case.title, &*case.external_id), ("退货 2", "WO-2"));
    let history = stage
        .store
        .history(EntityKind::Contact, third.id.0)
        .unwrap();
    let last = history.last().unwrap();
    assert_eq!(
        (last.op_id, last.origin),
        (applied.op_id.unwrap(), Origin::Import)
    );
    assert!(last.fields.contains_key("facts"));

    let undone = stage.at_desk.undo(()).unwrap();
    assert_eq!((undone.op_id, &*undone.action), (last.op_id, "facts.apply"));
    for (id, before) in cases.iter().zip(before) {
        let after = contact(&stage, *id);
        assert_eq!(
            Contact {
                meta: before.meta.clone(),
                ..after
            },
            before
        );
        assert!(case_of(&stage, *id).title.starts_with("call"));
    }
}

#[test]
fn the_same_again_changes_nothing_and_writes_no_operation() {
    let stage = Stage::new();
    let (case, _) = stage.case("call");
    let batch = [facts_of(
        contact(&stage, case).id,
        [(FactKey::Queue, text("夜班"))],
    )];
    // One row of a table and another one that says the same.
    let twice = [batch[0].clone(), batch[0].clone()];
    assert_eq!(stage.at_desk.apply_facts(&twice).unwrap().contacts, 1);
    let (seq, events) = (stage.store.head_seq().unwrap(), stage.events.lock().len());
    let again = stage.at_desk.apply_facts(&batch).unwrap();
    assert_eq!((again.op_id, again.contacts), (None, 0));
    assert_eq!(stage.store.head_seq().unwrap(), seq);
    assert_eq!(
        stage.events.lock().len(),
        events,
        "nobody is told of nothing"
    );
}

#[test]
fn what_a_person_wrote_stays_and_the_imports_word_is_taken_when_they_say_so() {
    let stage = Stage::new();
    let (case, _) = stage.case("call");
    let at_desk = &stage.at_desk;
    edit(&stage, &contact(&stage, case), "queue", "我写的");
    edit(&stage, &case_of(&stage, case), "title", "冰箱想退");
    let id = contact(&stage, case).id;
    let known = [
        (FactKey::Queue, text("夜班")),
        (FactKey::Title, text("退货")),
        (FactKey::Csat, text("满意")),
    ];
    let applied = at_desk.apply_facts(&[facts_of(id, known)]).unwrap();
    assert_eq!(applied.differences, 2);
    assert_eq!(contact(&stage, case).csat, "满意");
    let both = [
        (FactKey::Queue, json!("我写的"), json!("夜班")),
        (FactKey::Title, json!("冰箱想退"), json!("退货")),
    ];
    assert_eq!(differences(&stage, case), both);

    let take = |keys: Option<Vec<FactKey>>| TakeTold {
        contact_id: id,
        keys,
    };
    let left = at_desk.take_told(take(Some(vec![FactKey::Title]))).unwrap();
    assert_eq!(left.len(), 1);
    assert_eq!(
        (left[0].kind, &*left[0].field),
        (EntityKind::Contact, "queue")
    );
    assert_eq!(case_of(&stage, case).title, "退货");
    assert_eq!(at_desk.take_told(take(None)).unwrap(), []);
    assert_eq!(contact(&stage, case).queue, "夜班");
    // A later import finds its own word there, and may put a newer one in its place.
    let known = [(FactKey::Queue, text("早班"))];
    at_desk.apply_facts(&[facts_of(id, known)]).unwrap();
    assert_eq!(contact(&stage, case).queue, "早班");
    for _ in 0..3 {
        at_desk.undo(()).unwrap();
    }
    assert_eq!(
        differences(&stage, case),
        both,
        "each is taken back by itself"
    );
}

#[test]
fn of_a_case_of_several_contacts_the_first_word_stands_and_another_differs() {
    let stage = Stage::new();
    let (case, _) = stage.case("call");
    let chat = [("case_id", json!(case)), ("kind", json!("chat"))];
    let chat = stage
        .at_desk
        .add_record(NewRecord::of(EntityKind::Contact, chat))
        .unwrap();
    let chat = ContactId(chat.uuid());
    let phone = contact(&stage, case).id;
    let of = |id, tier: &str| facts_of(id, [(FactKey::CustomerTier, text(tier))]);
    let batch = [of(phone, "老会员"), of(chat, "新会员")];
    assert_eq!(stage.at_desk.apply_facts(&batch).unwrap().differences, 1);
    assert_eq!(case_of(&stage, case).customer_tier, "老会员");
    let differing = stage.at_desk.told_differences(case).unwrap();
    assert_eq!(
        (differing[0].contact_id, &differing[0].told),
        (chat, &json!("新会员"))
    );
    assert_eq!(stage.at_desk.apply_facts(&batch).unwrap().op_id, None);
}

#[test]
fn what_cannot_be_taken_is_told_and_keeps_nothing_else_back() {
    let stage = Stage::new();
    let (binned, _) = stage.case("binned");
    let gone = contact(&stage, binned).id;
    let id = contact(&stage, stage.case("call").0).id;
    let case = contact_case(&stage, id);
    stage.at_desk.delete_case(binned).unwrap();
    let ended = RecordPatch::of(&contact(&stage, case), [("ended_at", json!(1_000))]);
    stage.at_desk.edit_record(ended).unwrap();
    let nobody = ContactId(uuid::Uuid::from_u128(9));
    let mut late = facts_of(
        id,
        [
            (FactKey::BeganAt, FactValue::At(2_000)),
            (FactKey::Agent, text("1024")),
        ],
    );
    late.facts
        .rest
        .insert("note".into(), json!("长".repeat(MAX_OBJECT)));
    let batch = [facts_of(gone, []), facts_of(nobody, []), late];
    let applied = stage.at_desk.apply_facts(&batch).unwrap();
    assert_eq!(applied.gone, [gone, nobody]);
    let unheard = &applied.unheard[0];
    assert_eq!(
        (unheard.contact_id, &unheard.keys[..]),
        (id, &[FactKey::BeganAt][..])
    );
    assert!(unheard.too_much);
    assert_eq!(contact(&stage, case).agent, "1024");
    assert_eq!(
        differences(&stage, case),
        [(FactKey::BeganAt, json!(null), json!(2_000))]
    );
    let take = TakeTold {
        contact_id: id,
        keys: None,
    };
    let refused = stage.at_desk.take_told(take).unwrap_err();
    assert_eq!(
        (refused.code(), &*refused.note.args["field"]),
        (codes::INVALID, "ended_at")
    );
    let of_binned = TakeTold {
        contact_id: gone,
        keys: None,
    };
    assert_eq!(code(stage.at_desk.take_told(of_binned)), codes::CASE_IN_BIN);
}

fn contact_case(stage: &Stage, id: ContactId) -> CaseId {
    let contact = stage
        .store
        .record(EntityKind::Contact, id.0)
        .unwrap()
        .unwrap();
    Contact::from_record(contact).unwrap().case_id
}

#[test]
fn undo_of_an_import_does_not_take_away_what_a_person_wrote_since() {
    let stage = Stage::new();
    let (case, _) = stage.case("call");
    let known = [(FactKey::Queue, text("夜班"))];
    let op = stage
        .at_desk
        .apply_facts(&[facts_of(contact(&stage, case).id, known)])
        .unwrap()
        .op_id;
    edit(&stage, &contact(&stage, case), "queue", "我写的");
    assert_eq!(
        code(stage.at_desk.undo_op(op.unwrap())),
        codes::UNDO_OVERWRITTEN
    );
    assert_eq!(contact(&stage, case).queue, "我写的");
}
