//! Many calls at once: one operation, one way back, all or nothing.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::common::Stage;
use qinting_desk::*;
use qinting_domain::*;
use rstest::rstest;

fn edit(which: CasesMeant) -> CasesEdit {
    CasesEdit {
        which,
        business_line: None,
        customer_tier: None,
        agent: None,
        queue: None,
        disposition: None,
    }
}

fn these(ids: &[CaseId]) -> CasesMeant {
    CasesMeant::Ids { ids: ids.to_vec() }
}

/// Business line and queue of calls.
fn told(stage: &Stage, cases: &[CaseId]) -> Vec<(String, String)> {
    let told = cases.iter().map(|id| {
        let mut view = stage.at_desk.get_case(*id).unwrap();
        (view.case.business_line, view.contacts.remove(0).queue)
    });
    told.collect()
}

fn titles(stage: &Stage, query: CaseQuery) -> Vec<String> {
    let rows = stage.at_desk.list_cases(query).unwrap().rows;
    rows.into_iter().map(|row| row.case.title).collect()
}

fn on_queue(queue: &str) -> CaseQuery {
    CaseQuery {
        filters: vec![CaseFilter::OneOf {
            fact: CaseFact::Queue,
            values: vec![queue.into()],
        }],
        ..CaseQuery::default()
    }
}

#[test]
fn facts_of_many_calls_are_set_in_one_operation_and_undone_in_one() {
    let stage = Stage::new();
    let ids = ["甲", "乙", "丙"].map(|title| stage.case(title).0);
    let before = told(&stage, &ids);
    let two = CasesEdit {
        business_line: Some(" 家电 ".into()),
        queue: Some("夜班".into()),
        ..edit(these(&[ids[0], ids[1], ids[0]]))
    };
    // A case and its contact each.
    assert_eq!(stage.at_desk.edit_cases(two.clone()).unwrap(), 4);
    let now = told(&stage, &ids);
    let set = ("家电".to_owned(), "夜班".to_owned());
    assert_eq!(now, [set.clone(), set, before[2].clone()]);
    assert_eq!(titles(&stage, on_queue("夜班")), ["乙", "甲"]);
    assert_eq!(
        stage.at_desk.edit_cases(two).unwrap(),
        0,
        "it stands already"
    );
    let undone = stage.at_desk.undo(()).unwrap();
    assert_eq!(undone.action, Action::CasesEdit.as_str());
    assert_eq!(told(&stage, &ids), before);
    assert!(titles(&stage, on_queue("夜班")).is_empty());
}

#[test]
fn all_that_a_query_finds_is_meant_as_long_as_it_is_what_was_seen() {
    let stage = Stage::new();
    let ids = ["甲", "乙", "丙"].map(|title| stage.case(title).0);
    let night = CasesEdit {
        queue: Some("夜班".into()),
        ..edit(these(&ids[..2]))
    };
    stage.at_desk.edit_cases(night).unwrap();
    let found = |count| CasesMeant::Query {
        query: on_queue("夜班"),
        count,
    };
    let moved = |count| CasesEdit {
        queue: Some("白班".into()),
        ..edit(found(count))
    };
    let refused = stage.at_desk.edit_cases(moved(3)).unwrap_err();
    assert_eq!(refused.code(), codes::CONFLICT);
    assert_eq!(titles(&stage, on_queue("夜班")).len(), 2);
    assert_eq!(stage.at_desk.edit_cases(moved(2)).unwrap(), 2);
    assert_eq!(titles(&stage, on_queue("白班")), ["乙", "甲"]);
    let refused = stage
        .at_desk
        .delete_cases(found(MOST_CASES_AT_ONCE + 1))
        .unwrap_err();
    assert_eq!(refused.code(), codes::CASES_TOO_MANY);
}

#[test]
fn many_calls_go_into_the_bin_and_come_back_together() {
    let stage = Stage::new();
    let ids = ["甲", "乙", "丙"].map(|title| stage.case(title).0);
    assert_eq!(stage.at_desk.delete_cases(these(&ids[1..])).unwrap(), 2);
    assert_eq!(titles(&stage, CaseQuery::default()), ["甲"]);
    stage.at_desk.undo(()).unwrap();
    let back = titles(&stage, CaseQuery::default());
    assert_eq!(back, ["丙", "乙", "甲"]);
}

#[test]
fn one_that_is_refused_refuses_all_and_is_named() {
    let stage = Stage::new();
    let ids = ["甲", "乙", "丙"].map(|title| stage.case(title).0);
    stage.at_desk.delete_case(ids[1]).unwrap();
    let before = stage.store.head_seq().unwrap();
    let line = CasesEdit {
        business_line: Some("家电".into()),
        ..edit(these(&ids))
    };
    for refused in [
        stage.at_desk.edit_cases(line).unwrap_err(),
        stage.at_desk.delete_cases(these(&ids)).unwrap_err(),
    ] {
        assert_eq!(refused.code(), codes::CASE_IN_BIN);
        assert_eq!(refused.note.args["case_id"], ids[1].to_string());
    }
    assert_eq!(stage.store.head_seq().unwrap(), before);
    assert_eq!(titles(&stage, CaseQuery::default()), ["丙", "甲"]);
}

#[test]
fn who_may_change_their_own_changes_no_others_among_many() {
    let stage = Stage::new();
    let theirs = stage.case("别人的").0;
    let new = |name: &str, role| NewPerson {
        name: name.into(),
        roles: [role].into(),
        org_unit: String::new(),
    };
    let one = stage
        .at_desk
        .add_person(new("来", Role::Participant))
        .unwrap();
    let boss = new("管", Role::Administrator);
    stage.at_desk.add_person(boss).unwrap();
    let at_desk = AtDesk::new(stage.desk.clone(), one.id);
    let line = CasesEdit {
        business_line: Some("家电".into()),
        ..edit(these(&[theirs]))
    };
    let refused = at_desk.edit_cases(line).unwrap_err();
    assert_eq!(refused.code(), codes::ROLE_NEEDED);
    assert_eq!(refused.note.args["case_id"], theirs.to_string());
}

#[rstest]
#[case::a_length_by_words(CaseFilter::OneOf { fact: CaseFact::Wait, values: vec!["1".into()] })]
#[case::a_word_by_bounds(CaseFilter::Between { fact: CaseFact::Queue, from: Some(1), to: None })]
fn what_cannot_be_asked_is_refused_wherever_it_is_asked(#[case] filter: CaseFilter) {
    let stage = Stage::new();
    let query = CaseQuery {
        filters: vec![filter],
        ..CaseQuery::default()
    };
    let values = CaseValues {
        query: query.clone(),
        fact: CaseFact::Queue,
        part: String::new(),
    };
    let which = CasesMeant::Query {
        query: query.clone(),
        count: 0,
    };
    for refused in [
        stage.at_desk.list_cases(query).unwrap_err(),
        stage.at_desk.case_values(values).unwrap_err(),
        stage.at_desk.delete_cases(which).unwrap_err(),
    ] {
        assert_eq!(refused.code(), codes::INVALID);
        assert_eq!(refused.note.args["field"], "filters");
    }
}
