//! Calls come in with what tables and side-cars tell of them; of calls that are here already it is put down, too.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::common::plain_facts::PlainFacts;
use crate::common::{Stage, code};
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

/// Somebody drops these files.
fn dropped(stage: &Stage, files: &[(&str, &str)]) -> Ticket {
    let paths = files
        .iter()
        .map(|(name, text)| stage.file(name, text).into());
    stage.tickets.give(ChosenFor::Recordings, paths.collect())
}

/// Brings in all that a plan of it has, once it was looked at.
fn start(stage: &Stage, ticket: Ticket) -> (FactsPlan, ImportBatch) {
    start_on(stage, ticket, ("", ""))
}

/// The same, on a basis and with a notice.
fn start_on(stage: &Stage, ticket: Ticket, said: (&str, &str)) -> (FactsPlan, ImportBatch) {
    let plan = stage.at_desk.import_plan(stage.plan_of(&ticket)).unwrap();
    let call = |call: &PlannedFacts| ImportCall {
        files: call.files.iter().map(|file| file.at).collect(),
        title: call.title.clone(),
        decided: Vec::new(),
    };
    let calls = plan.calls.iter().map(call).collect();
    let id = stage.at_desk.import_start(all_of(ticket, calls, said));
    let batch = stage.at_desk.import_wait(id.unwrap()).unwrap();
    (plan, batch)
}

fn all_of(ticket: Ticket, calls: Vec<ImportCall>, (basis, notice): (&str, &str)) -> ImportStart {
    ImportStart {
        ticket,
        calls,
        basis: basis.into(),
        notice: notice.into(),
    }
}

#[test]
fn what_an_import_rests_on_is_kept_with_every_new_call_and_those_that_are_here_keep_theirs() {
    let stage = reading();
    let (_, first) = start(&stage, dropped(&stage, &[("a.wav", "a")]));
    let files = [
        ("a.wav", "a"),
        ("b.wav", "b"),
        ("c_agent.wav", "c"),
        ("c_caller.wav", "d"),
        ("11月.csv", "a.wav,林小满,\nb.wav,陈立,"),
    ];
    let told = ("同意\n", " 通话开头语音告知，2026 版");
    let (_, second) = start_on(&stage, dropped(&stage, &files), told);
    let of = |file| {
        let contact = case_of(&stage, file).contacts.remove(0);
        (contact.agent, contact.basis, contact.notice)
    };
    let on = |agent: &str, basis: &str, notice: &str| {
        (agent.to_owned(), basis.to_owned(), notice.to_owned())
    };
    assert_eq!(of(&first.files[0]), on("林小满", "", ""));
    let notice = "通话开头语音告知，2026 版";
    let new: Vec<_> = second.files[1..].iter().map(of).collect();
    let [b, c] = [on("陈立", "同意", notice), on("", "同意", notice)];
    assert_eq!(new, [b, c.clone(), c]);
}

#[test]
fn what_contradicts_itself_comes_in_as_somebody_decided() {
    for (decided, agent) in [(None, "陈立"), (Some(1), "陈立"), (Some(0), "林小满")] {
        let stage = reading();
        let files = [("a.wav", "a"), ("11月.csv", "a.wav,林小满,\na.wav,陈立,")];
        let ticket = dropped(&stage, &files);
        let plan = stage.at_desk.import_plan(stage.plan_of(&ticket)).unwrap();
        let doubts = &plan.calls[0].contradictions;
        assert_eq!((doubts.len(), doubts[0].key), (1, FactKey::Agent));
        let shown: Vec<_> = doubts[0]
            .said
            .iter()
            .map(|(value, _)| value.clone())
            .collect();
        let text = |text: &str| FactValue::Text(text.into());
        assert_eq!(shown, [text("林**"), text("陈**")]);
        let asked = |decided: Option<(FactKey, u32)>| {
            let decided = decided.into_iter();
            let call = ImportCall {
                files: vec![0],
                title: "a".into(),
                decided: decided
                    .map(|(key, said)| FactDecided { key, said })
                    .collect(),
            };
            all_of(ticket.clone(), vec![call], ("", ""))
        };
        for nothing in [(FactKey::Agent, 2), (FactKey::Queue, 0)] {
            let refused = stage
                .at_desk
                .import_start(asked(Some(nothing)))
                .unwrap_err();
            assert_eq!(refused.note.args["field"], "decided");
        }
        let decided = decided.map(|said| (FactKey::Agent, said));
        let id = stage.at_desk.import_start(asked(decided)).unwrap();
        let batch = stage.at_desk.import_wait(id).unwrap();
        assert_eq!(case_of(&stage, &batch.files[0]).contacts[0].agent, agent);
    }
}

#[test]
fn too_long_a_basis_is_refused_by_its_name_and_uses_nothing_up() {
    let stage = reading();
    let ticket = dropped(&stage, &[("a.wav", "a")]);
    stage.at_desk.import_plan(stage.plan_of(&ticket)).unwrap();
    let calls = || {
        vec![ImportCall {
            files: vec![0],
            title: "a".into(),
            decided: Vec::new(),
        }]
    };
    let long = "长".repeat(BASIS_CHARS + 1);
    for (field, said) in [("basis", (&*long, "")), ("notice", ("", &*long))] {
        let asked = all_of(ticket.clone(), calls(), said);
        let refused = stage.at_desk.import_start(asked).unwrap_err();
        assert_eq!(refused.note.args["field"], field);
    }
    let just = &long[..long.len() - "长".len()];
    let asked = all_of(ticket, calls(), (just, just));
    stage.at_desk.import_start(asked).unwrap();
}

#[test]
fn what_a_plan_showed_masked_comes_in_whole() {
    let stage = reading();
    let files = [("a.wav", "a"), ("11月.csv", "a.wav,林小满,要求回电")];
    let (plan, batch) = start(&stage, dropped(&stage, &files));
    let shown = &plan.calls[0].known[&FactKey::Agent];
    assert_eq!(*shown, FactValue::Text("林**".into()));
    let contact = case_of(&stage, &batch.files[0]).contacts.remove(0);
    assert_eq!(contact.agent, "林小满");
    assert_eq!(contact.facts.0["备注"], "要求回电");
}

#[test]
fn a_table_that_comes_alone_tells_of_calls_that_are_here() {
    let stage = reading();
    let files = [("a.wav", "a"), ("b.wav", "b")];
    let (_, first) = start(&stage, dropped(&stage, &files));
    let table = [("11月.csv", "a.wav,林小满,\nc.wav,陈立,")];
    let ticket = dropped(&stage, &table);
    let (plan, batch) = start(&stage, ticket.clone());
    assert_eq!(
        (plan.calls.len(), plan.here_count, plan.without_call_count),
        (0, 1, 1)
    );
    assert_eq!(Some(plan.here[0].case_id), first.files[0].case_id);
    assert_eq!(
        plan.here[0].known[&FactKey::Agent],
        FactValue::Text("林**".into())
    );
    assert_eq!(batch.applied.unwrap().contacts, 1);
    let agents = [&first.files[0], &first.files[1]]
        .map(|file| case_of(&stage, file).contacts.remove(0).agent);
    assert_eq!(agents, ["林小满", ""]);
    let again = all_of(ticket, vec![], ("", ""));
    assert_eq!(code(stage.at_desk.import_start(again)), codes::TICKET_SPENT);
}

#[test]
fn files_that_are_here_already_need_not_come_again_to_have_their_facts() {
    let stage = reading();
    let (_, first) = start(&stage, dropped(&stage, &[("a.wav", "a")]));
    let ticket = dropped(&stage, &[("a.wav", "a"), ("11月.csv", "a.wav,林小满,")]);
    let plan = stage.at_desk.import_plan(stage.plan_of(&ticket)).unwrap();
    assert_eq!(plan.here_count, 1);
    let started = stage.at_desk.import_start(all_of(ticket, vec![], ("", "")));
    let batch = stage.at_desk.import_wait(started.unwrap()).unwrap();
    assert_eq!((batch.files.len(), batch.applied.unwrap().contacts), (0, 1));
    assert_eq!(case_of(&stage, &first.files[0]).contacts[0].agent, "林小满");
}

#[test]
fn a_name_of_another_month_is_another_call() {
    let stage = reading();
    let (_, first) = start(&stage, dropped(&stage, &[("0001.wav", "a")]));
    let contact = case_of(&stage, &first.files[0]).contacts.remove(0);
    let october = 1_792_800_000_000_i64;
    let began = RecordPatch::of(&contact, [("began_at", json!(october))]);
    stage.at_desk.edit_record(began).unwrap();
    let month = 30 * 86_400_000;
    for (at, told) in [(october + month, 0), (october + 40_000, 1)] {
        let table = [("t.csv", &*format!("0001.wav,林小满,,{at}"))];
        let ticket = dropped(&stage, &table);
        let plan = stage.at_desk.import_plan(stage.plan_of(&ticket)).unwrap();
        assert_eq!((plan.here_count, plan.without_call_count), (told, 1 - told));
    }
}

fn reading() -> Stage {
    Stage::with(tempfile::tempdir().unwrap(), |given| {
        given.machine.facts = PlainFacts::of();
    })
}

#[test]
fn the_source_of_a_call_is_the_profile_its_facts_were_read_by() {
    let stage = reading();
    for (n, profile) in [None, Some("我们的")].into_iter().enumerate() {
        let name = format!("{n}.wav");
        let ticket = dropped(
            &stage,
            &[(&*name, &*name), ("11月.csv", &*format!("{name},林小满,"))],
        );
        stage.at_desk.import_plan(stage.plan_of(&ticket)).unwrap();
        let named = profile.map(|name| ProfileNamed::Named(name.into()));
        let source = SourceAsked {
            source: 0,
            profile: named,
            table: TableWays::default(),
        };
        let asked = ImportPlanRequest {
            sources: vec![source],
            ..stage.plan_of(&ticket)
        };
        stage.at_desk.import_plan(asked).unwrap();
        let files = ImportCall {
            files: vec![0],
            title: name,
            decided: Vec::new(),
        };
        let id = stage
            .at_desk
            .import_start(all_of(ticket, vec![files], ("", "")));
        let batch = stage.at_desk.import_wait(id.unwrap()).unwrap();
        let sides = batch.files[0].sides.as_ref().unwrap();
        assert_eq!(sides.source, profile.unwrap_or_default());
    }
}
