//! A case of several contacts: told in one line by the first of them, found by all.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::common::*;
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

/// What a source said of a contact.
fn said(values: serde_json::Value) -> SourceFacts {
    SourceFacts(values.as_object().cloned().unwrap())
}

#[test]
fn a_case_is_found_by_whatever_a_source_said_of_its_contacts_and_told_by_the_one_value() {
    let base = TestWorkspace::new();
    let case = base.call_by("退款来电", "王先生", 1).0;
    let contact = Contact {
        number: "13800138000".into(),
        external_id: "e7a1-0042".into(),
        facts: said(serde_json::json!({
            "Attributes": { "诉求": ["冰箱进不了厨房", 365] }, "同意": true, "长": "长".repeat(20_000), "尾": "压缩机异响",
        })),
        ..base.store.contacts_of(case).unwrap().remove(0)
    };
    let contact = Contact::from_record(base.save(Action::FactsApply, contact)).unwrap();
    let excerpt = |typed: &str| {
        let hits = base.find_in(typed, &[SearchScope::Case]);
        hits.first().map(|hit| hit.excerpt.clone())
    };
    assert_eq!(excerpt("进不了厨房").as_deref(), Some("冰箱进不了厨房"));
    assert_eq!(
        excerpt("压缩机").as_deref(),
        Some("压缩机异响"),
        "however much was said before"
    );
    assert_eq!(excerpt("13800138000").as_deref(), Some("13800138000"));
    assert!(excerpt("e7a1-0042").is_some() && excerpt("365").is_some());
    // Who looks for somebody is not shown their number.
    let shown = excerpt("王先生").unwrap();
    assert!(shown.contains("热线") && !shown.contains("138"), "{shown}");
    assert_eq!(
        excerpt("诉求"),
        None,
        "names of values are no words of the case"
    );
    let other = Contact {
        facts: said(serde_json::json!({ "诉求": "退货" })),
        ..contact
    };
    base.save(Action::FactsApply, other);
    assert_eq!(excerpt("进不了厨房"), None);
}

#[test]
fn a_list_tells_the_first_contact_without_all_that_was_said_of_it() {
    let base = TestWorkspace::new();
    let case = base.call("退款来电", 1).0;
    let contact = Contact {
        facts: said(serde_json::json!({ "IVR": "2" })),
        told: Told(said(serde_json::json!({ "queue": "热线" })).0),
        csat: "5".into(),
        ..base.store.contacts_of(case).unwrap().remove(0)
    };
    base.save(Action::FactsApply, contact.clone());
    let listed = row(&base, case).contact.unwrap();
    assert_eq!((&*listed.queue, &*listed.csat), ("热线", "5"));
    assert_eq!((listed.facts, listed.told), Default::default());
    let whole = base.store.contacts_of(case).unwrap().remove(0);
    assert_eq!((whole.facts, whole.told), (contact.facts, contact.told));
}
