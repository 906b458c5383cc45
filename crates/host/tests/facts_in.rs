//! Calls come in with what tables and side-cars tell of them; of calls that are here already it is put down, too.

mod common;

use common::Stage;
use qinting_desk::*;
use qinting_domain::*;
use serde_json::json;
use std::sync::Arc;

fn told(known: &[(FactKey, &str)]) -> Option<Arc<ContactFacts>> {
    let mut facts = ContactFacts::of(FactOrigin {
        source: 0,
        place: FactPlace::Line { line: 2 },
    });
    let text = |text: &str| FactValue::Text(text.into());
    facts.known = known.iter().map(|(key, said)| (*key, text(said))).collect();
    facts.rest.insert("随路数据".into(), json!({ "vip": 1 }));
    Some(Arc::new(facts))
}

fn call(path: String, title: &str, facts: Option<Arc<ContactFacts>>) -> CallFiles {
    CallFiles {
        paths: vec![path.into()],
        title: title.into(),
        facts,
        ..CallFiles::default()
    }
}

fn bring_in(stage: &Stage, calls: Vec<CallFiles>) -> ImportBatch {
    let id = stage.at_desk.bring_in(calls).unwrap();
    stage.at_desk.import_wait(id).unwrap()
}

fn case_of(stage: &Stage, file: &ImportFile) -> CaseView {
    stage.at_desk.get_case(file.case_id.unwrap()).unwrap()
}

#[test]
fn a_call_comes_in_with_its_facts_as_one_operation() {
    let stage = Stage::new();
    let facts = told(&[
        (FactKey::Agent, "8841"),
        (FactKey::CaseNumber, "WO-7"),
        (FactKey::Title, "退货-超期"),
    ]);
    let batch = bring_in(
        &stage,
        vec![
            call(
                stage.file("call_0341.wav", "one"),
                "call 0341",
                facts.clone(),
            ),
            call(stage.file("call_0342.wav", "two"), "冰箱想退", facts),
            call(stage.file("call_0343.wav", "three"), "call 0343", None),
        ],
    );
    let facts: Vec<u32> = batch.files.iter().map(|file| file.facts).collect();
    assert_eq!((facts, batch.applied), (vec![3, 3, 0], None));
    let first = case_of(&stage, &batch.files[0]);
    assert_eq!(
        (
            &*first.case.title,
            &*first.case.external_id,
            &*first.contacts[0].agent
        ),
        ("退货-超期", "WO-7", "8841")
    );
    assert_eq!(first.contacts[0].facts.0["随路数据"]["vip"], 1);
    // A title somebody thought of in the plan stays, and the other one can be seen.
    let second = case_of(&stage, &batch.files[1]);
    assert_eq!(second.case.title, "冰箱想退");
    let differing = stage.at_desk.told_differences(second.case.id).unwrap();
    assert_eq!(differing.len(), 1);
    assert_eq!(differing[0].told, json!("退货-超期"));

    let history = stage
        .store
        .history(EntityKind::Contact, first.contacts[0].id.0);
    let actions: Vec<_> = history.unwrap().into_iter().map(|c| c.action).collect();
    assert_eq!(actions, ["case.import"]);
}

#[test]
fn what_a_new_call_cannot_take_is_said_with_its_file() {
    let stage = Stage::new();
    let long = "长".repeat(MAX_TOLD);
    let facts = told(&[(FactKey::Agent, "8841"), (FactKey::Queue, &long)]);
    let batch = bring_in(&stage, vec![call(stage.file("a.wav", "a"), "a", facts)]);
    assert_eq!(batch.files[0].outcome, Some(ImportOutcome::Imported));
    assert_eq!(batch.files[0].unheard, [FactKey::Queue]);
    assert_eq!(batch.files[0].facts, 1);
}

#[test]
fn facts_of_calls_that_are_here_already_are_put_down_at_the_end_and_undone_at_once() {
    let stage = Stage::new();
    let [a, b] = ["a", "b"].map(|name| stage.file(&format!("{name}.wav"), name));
    let first = bring_in(
        &stage,
        vec![call(a.clone(), "a", None), call(b.clone(), "b", None)],
    );
    let of_a = case_of(&stage, &first.files[0]).contacts.remove(0);
    let wrote = RecordPatch::of(&of_a, [("queue", json!("我写的"))]);
    stage.at_desk.edit_record(wrote).unwrap();

    let facts = told(&[(FactKey::Queue, "夜班"), (FactKey::Csat, "5")]);
    let again = bring_in(
        &stage,
        vec![call(a, "a", facts.clone()), call(b, "b", facts)],
    );
    assert_eq!(again.files[0].outcome, Some(ImportOutcome::Duplicate));
    let applied = again.applied.unwrap();
    assert_eq!((applied.contacts, applied.differences), (2, 1));
    let queues = || {
        let of = |file| case_of(&stage, file).contacts.remove(0).queue;
        [&first.files[0], &first.files[1]].map(of)
    };
    assert_eq!(queues(), ["我写的", "夜班"]);
    stage.at_desk.undo_op(applied.op_id.unwrap()).unwrap();
    assert_eq!(queues(), ["我写的", ""]);
}
