//! A case of several contacts: told in one line by the first of them, found by all.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use common::*;
use qinting_app::*;
use qinting_domain::*;

/// A chat of somebody's in a case.
fn chat(base: &TestWorkspace, case: CaseId, customer: &str, began_at: Option<UnixMs>) -> Contact {
    let contact = Contact {
        id: ContactId(new_id()),
        kind: ContactKind::Chat,
        began_at,
        ..base.contact_of(case, customer)
    };
    Contact::from_record(base.save(Action::ContactAdd, contact)).unwrap()
}

fn row(base: &TestWorkspace, case: CaseId) -> CaseRow {
    let rows = base.store.cases(&CaseQuery::default()).unwrap().rows;
    rows.into_iter().find(|r| r.case.id == case).unwrap()
}

#[test]
fn the_first_contact_is_the_earliest_that_is_known() {
    let base = TestWorkspace::new();
    let (case, _) = base.call("退款来电", 1);
    let phone = base.store.contacts_of(case).unwrap().remove(0);
    let unknown = chat(&base, case, "", None);
    let early = chat(&base, case, "王先生", phone.began_at.map(|at| at - 5));
    let same = chat(&base, case, "", early.began_at);
    let ids: Vec<_> = base.store.contacts_of(case).unwrap();
    let ids: Vec<_> = ids.into_iter().map(|c| c.id).collect();
    assert_eq!(ids, [early.id, same.id, phone.id, unknown.id]);
    assert_eq!(row(&base, case).contact, Some(early.clone()));
    base.delete(EntityKind::Contact, early.id.0);
    assert_eq!(row(&base, case).contact, Some(same));
    base.delete(EntityKind::Case, case.0);
    let bin = BinQuery {
        offset: 0,
        limit: 9,
    };
    let binned = base.store.bin(&bin).unwrap().rows.remove(0);
    assert_eq!(binned.contact.map(|c| c.agent), Some("工号1024".into()));
}

#[test]
fn a_case_is_found_once_by_whoever_spoke_in_any_of_its_contacts() {
    let base = TestWorkspace::new();
    let case = base.call_by("退款来电", "王先生", 1).0;
    let chat = chat(&base, case, "李女士", None);
    let hits = base.find_in("李女士", &[SearchScope::Case]);
    assert_eq!(hits.len(), 1);
    assert!(hits[0].excerpt.contains("李女士"), "{}", hits[0].excerpt);
    assert_eq!(base.find_in("王先生 李女士", &[SearchScope::Case]).len(), 1);
    let renamed = Contact {
        customer: "周女士".into(),
        ..chat.clone()
    };
    base.save(Action::ContactEdit, renamed);
    let found = |typed: &str| base.find_in(typed, &[SearchScope::Case]).len();
    assert_eq!(["李女士", "周女士", "王先生"].map(found), [0, 1, 1]);
    base.delete(EntityKind::Contact, chat.id.0);
    assert_eq!(["周女士", "王先生"].map(found), [0, 1]);
    base.delete(EntityKind::Case, case.0);
    assert_eq!(found("王先生"), 0);
    base.restore(EntityKind::Case, case.0);
    assert_eq!(found("王先生"), 1);
}

#[test]
fn an_issue_reaches_the_customers_of_all_contacts() {
    let base = TestWorkspace::new();
    let call = base.call_by("退款来电", "王先生", 1);
    let other = base.call_by("又一通", "王先生", 2);
    chat(&base, call.0, "李女士", None);
    chat(&base, call.0, "", None);
    let unnamed = base.call("没名字的", 3);
    chat(&base, unnamed.0, "", None);
    let issue = base.issue("退款慢");
    for call in [call, other, unnamed] {
        let mark = base.mark(call, 100, "记");
        base.link(issue.id, mark.id);
    }
    let row = base.store.issue_row(issue.id).unwrap().unwrap();
    assert_eq!((row.case_count, row.customer_count), (3, 3));
}
