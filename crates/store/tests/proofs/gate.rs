//! The gate, asked of the database and of a heap of documents: one verdict. And what somebody reads is
//! what it lets them see.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::common::documents::{Both, WORD, both};
use crate::common::*;
use qinting_app::*;
use qinting_domain::*;
use qinting_testkit::records;
use rstest::rstest;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::convert::Infallible;
use uuid::Uuid;

fn roles_to_try() -> Vec<Vec<Role>> {
    let alone = Role::ALL.into_iter().map(|r| vec![r]);
    let more = [vec![], vec![Role::Guest, Role::Participant]];
    alone.chain(more).collect()
}

/// States somebody might bring: each field with another value, gone, back, and as a record of its own.
fn states_of(record: &Record, others: &[Record]) -> Vec<Record> {
    let mut states = Vec::new();
    let own = record.to_fields();
    let values = [
        json!(""),
        json!(WORD),
        json!(2),
        json!(null),
        json!("merged"),
        json!("verified_closed"),
        json!({ "state": "retired" }),
        json!(["guest"]),
        json!(new_id()),
    ];
    let ids = others.iter().map(|o| json!(o.uuid()));
    let values: Vec<Value> = values.into_iter().chain(ids).collect();
    for name in own.keys().filter(|name| *name != "id") {
        for value in values.iter().flat_map(|v| [v.clone(), json!([v])]) {
            let mut fields = own.clone();
            fields.insert(name.clone(), value);
            states.extend(Record::from_fields(record.kind(), fields));
        }
    }
    let mut copy = own.clone();
    copy.insert("id".into(), json!(new_id()));
    states.extend(Record::from_fields(record.kind(), copy));
    states
}

#[test]
fn documents_and_the_database_get_one_verdict_whatever_is_brought() {
    let mut both = both();
    let ids = [
        &[][..],
        &[Role::Participant],
        &[Role::Guest],
        &[Role::Curator],
    ];
    let mut actors = vec![Actor::free(both.base.person)];
    for roles in ids {
        let id = both.somebody(roles);
        actors.push(
            Actor::of(id, &both.documents).unwrap_or_else(|never: Infallible| match never {}),
        );
        assert_eq!(
            Actor::of(id, both.reads()).unwrap(),
            *actors.last().unwrap()
        );
    }
    let all = both.documents.all();
    let mut seen = BTreeMap::<String, u32>::new();
    for record in &all {
        let own_edit = format!("{}.edit", record.kind().as_str()).parse();
        for state in states_of(record, &all) {
            for actor in &actors {
                for action in [Action::IssueMerge, Action::TagMerge, Action::Undo]
                    .into_iter()
                    .chain(own_edit.clone())
                    .chain([Action::IssueStatus])
                {
                    let said = both.verdict(actor, action, &state);
                    let said = said.map_or_else(|r| r.note().code, |()| "yes".into());
                    *seen.entry(said).or_default() += 1;
                }
            }
        }
    }
    for word in [
        "yes",
        "invalid",
        "not_found",
        "role.needed",
        "issue.merge_target",
        "name.taken",
    ] {
        assert!(seen.contains_key(word), "{word} was never said: {seen:?}");
    }
}

#[test]
fn what_somebody_reads_is_what_the_gate_lets_them_see() {
    let mut both = both();
    for roles in roles_to_try() {
        let who = both.somebody(&roles);
        let Ok(actor) = Actor::of(who, &both.documents);
        for record in both.documents.all() {
            let Ok(sight) = see(&actor, &record, &both.documents);
            let wanted = match sight {
                Sight::Whole => Some(record.clone()),
                Sight::Stub => Some(record.stub().unwrap()),
                Sight::Hidden => None,
            };
            let found = read_as(&both.base, who, |r| r.record(record.kind(), record.uuid()));
            assert_eq!(found, wanted, "{} for {roles:?}", record.kind().as_str());
            let history = read_as(&both.base, who, |r| r.history(record.kind(), record.uuid()));
            let own = history.iter().any(|c| c.entity_id == record.uuid());
            let has_one = !both
                .reads()
                .history(record.kind(), record.uuid())
                .unwrap()
                .is_empty();
            assert_eq!(
                own,
                sight == Sight::Whole && has_one,
                "history of {record:?}"
            );
        }
    }
}

fn read_as<T>(base: &TestWorkspace, who: PersonId, ask: impl Fn(&dyn Reads) -> AppResult<T>) -> T {
    let mut found = None;
    base.store
        .read(who, &mut |_, reads| {
            found = Some(ask(reads)?);
            Ok(())
        })
        .unwrap();
    found.unwrap()
}

#[rstest]
#[case::insider(&[Role::Participant], 9)]
#[case::guest(&[Role::Guest], 0)]
#[case::nobody(&[], 0)]
fn lists_counts_and_searches_hold_what_is_seen(#[case] roles: &[Role], #[case] hits: usize) {
    let mut both = both();
    let who = both.somebody(roles);
    let base = &both.base;
    let is_in = hits > 0;
    let found = read_as(base, who, |r| r.search(&SearchQuery::of(WORD)));
    // The codebook is everybody's; of people a guest is told of nobody but themselves.
    let is_open = |target: &SearchTarget| match target {
        SearchTarget::Tag { .. } => true,
        SearchTarget::Person { person_id } => *person_id == who,
        _ => false,
    };
    assert!(found.hits.iter().any(|h| is_open(&h.target)));
    assert_eq!(found.hits.iter().any(|h| !is_open(&h.target)), is_in);
    let cases = read_as(base, who, |r| r.cases(&CaseQuery::default()));
    assert_eq!((cases.total > 0, !cases.rows.is_empty()), (is_in, is_in));
    let marked = CaseQuery {
        filters: vec![CaseFilter::Is {
            state: CaseState::Marked,
            yes: true,
        }],
        sort: CaseSort::Marks,
        ..CaseQuery::default()
    };
    let cases = read_as(base, who, |r| r.cases(&marked));
    assert_eq!((cases.total > 0, !cases.rows.is_empty()), (is_in, is_in));
    let queues = CaseValues {
        query: CaseQuery::default(),
        fact: CaseFact::Queue,
        part: String::new(),
    };
    let queues = read_as(base, who, |r| r.case_values(&queues));
    assert_eq!(queues.iter().any(|one| one.value == WORD), is_in);
    let issues = read_as(base, who, |r| r.issues(&issues_query()));
    assert_eq!((issues.total > 0, !issues.rows.is_empty()), (is_in, is_in));
    let facets = read_as(base, who, |r| r.issue_facets(who, 0));
    assert_eq!(
        serde_json::to_string(&facets).unwrap().contains(WORD),
        is_in
    );
    assert_eq!(
        read_as(base, who, |r| r.business_lines()).is_empty(),
        !is_in
    );
    let findings = read_as(base, who, |r| r.findings());
    assert_eq!(findings.observations.is_empty(), !is_in);
    let sessions = read_as(base, who, |r| r.sessions());
    assert_eq!(sessions.is_empty(), !is_in);
    assert_eq!(read_as(base, who, |r| r.live_calls()).is_empty(), !is_in);
}

#[test]
fn of_a_colleague_a_guest_sees_the_name_and_no_more() {
    let mut both = both();
    let who = both.somebody(&[Role::Guest]);
    let people = read_as(&both.base, who, |r| r.people());
    assert!(people.len() > 2 && people.iter().all(|p| !p.name.is_empty()));
    let told = people
        .iter()
        .filter(|p| !p.org_unit.is_empty() || !p.roles.is_empty());
    assert_eq!(
        told.map(|p| p.id).collect::<Vec<_>>(),
        [who],
        "only their own"
    );
}

#[test]
fn a_guest_sees_the_session_they_sit_in_and_none_of_its_calls() {
    let mut both = both();
    let who = both.somebody(&[Role::Guest]);
    let session = both.reads().sessions().unwrap().remove(0).session;
    let seated = ListeningSession {
        people: vec![who],
        ..session
    };
    both.save(Action::SessionEdit, seated.clone());
    let view = read_as(&both.base, who, |r| r.session_view(seated.id)).unwrap();
    assert_eq!((view.row.session.people, view.cases.len()), (vec![who], 0));
}

/// The record under an id, changed.
fn with(both: &Both, kind: EntityKind, id: Uuid, change: impl FnOnce(&mut Record)) -> Record {
    let mut record = both.reads().record(kind, id).unwrap().unwrap();
    change(&mut record);
    record
}

#[test]
fn roles_are_given_by_who_administers() {
    let mut both = both();
    let (lead, plain) = (both.somebody(&[Role::Facilitator]), both.somebody(&[]));
    let raised = with(&both, EntityKind::Person, plain.0, |r| {
        if let Record::Person(p) = r {
            p.roles.insert(Role::Administrator);
        }
    });
    let renamed = with(&both, EntityKind::Person, plain.0, |r| {
        if let Record::Person(p) = r {
            p.name = "新名".into();
        }
    });
    let needs = Err(Refusal::Role(vec![Role::Administrator]));
    for (who, after, said) in [
        (lead, &raised, needs.clone()),
        (plain, &raised, needs),
        (lead, &renamed, Ok(())),
        (plain, &renamed, Ok(())),
    ] {
        let Ok(actor) = Actor::of(who, &both.documents);
        assert_eq!(both.verdict(&actor, Action::PersonEdit, after), said);
    }
}

#[test]
fn until_somebody_administers_roles_are_only_words() {
    let mut both = both();
    let id = PersonId(new_id());
    let guest = records::person(id, "客", &[Role::Guest], both.base.meta());
    let guest = both.save(Action::PersonAdd, guest);
    let actor = Actor::of(PersonId(guest.uuid()), both.reads()).unwrap();
    assert_eq!(actor.rights, Rights::Everything);
    both.somebody(&[]);
    let actor = Actor::of(PersonId(guest.uuid()), both.reads()).unwrap();
    assert_eq!(actor.rights, Rights::Of([Role::Guest].into()));
}

/// A session that is not there yet, with somebody at its head.
fn led_by(both: &Both, who: PersonId) -> ListeningSession {
    let other = both.reads().sessions().unwrap().remove(0).session;
    ListeningSession {
        id: SessionId(new_id()),
        facilitator_id: Some(who),
        meta: both.base.meta(),
        ..other
    }
}

#[test]
fn naming_oneself_at_its_head_lets_nobody_make_a_session() {
    let mut both = both();
    let who = both.somebody(&[Role::Participant]);
    let own = led_by(&both, who);
    let Ok(actor) = Actor::of(who, &both.documents);
    let refused = both.verdict(&actor, Action::SessionAdd, &own.into());
    let needed = vec![Role::Facilitator, Role::Administrator];
    assert_eq!(refused, Err(Refusal::Role(needed)));
}

#[test]
fn who_leads_a_session_may_change_it_and_no_other() {
    let mut both = both();
    let who = both.somebody(&[Role::Participant]);
    let other = both.reads().sessions().unwrap().remove(0).session;
    let own = led_by(&both, who);
    let own = both.save(Action::SessionAdd, own);
    let Ok(actor) = Actor::of(who, &both.documents);
    let moved = |id: Uuid| {
        with(&both, EntityKind::Session, id, |r| {
            if let Record::Session(s) = r {
                s.place = "四楼".into();
            }
        })
    };
    assert_eq!(
        both.verdict(&actor, Action::SessionEdit, &moved(own.uuid())),
        Ok(())
    );
    let refused = both.verdict(&actor, Action::SessionEdit, &moved(other.id.0));
    assert_eq!(
        refused,
        Err(Refusal::Role(vec![Role::Facilitator, Role::Administrator]))
    );
}

#[test]
fn a_recording_lies_in_the_case_of_its_contact_and_no_contact_leaves_a_gap() {
    let mut both = both();
    let free = Actor::free(both.base.person);
    let refused = |field: &str| Err(Refusal::Unfit(Unfit::of(field)));
    let heard = both.reads().all_of(EntityKind::Recording).unwrap();
    let Record::Recording(heard) = heard[0].clone() else {
        panic!("a recording")
    };
    let empty = both.base.case_of("还没有录音");
    let only = both.base.contact_of(empty.id, "");
    let chat = Contact {
        id: ContactId(new_id()),
        ..both.base.contact_of(heard.case_id, "")
    };
    both.save(Action::CaseImport, empty.clone());
    both.save(Action::ContactAdd, only.clone());
    both.save(Action::ContactAdd, chat.clone());

    for (case, contact, said) in [
        (empty.id, heard.contact_id, refused("contact_id")),
        (heard.case_id, only.id, refused("contact_id")),
        (empty.id, only.id, Ok(())),
        (heard.case_id, chat.id, Ok(())),
    ] {
        let mut moved = heard.clone();
        (moved.case_id, moved.contact_id) = (case, contact);
        let verdict = both.verdict(&free, Action::RecordingRoles, &moved.into());
        assert_eq!(verdict, said);
    }
    for (contact, said) in [(heard.contact_id, refused("case_id")), (chat.id, Ok(()))] {
        let moved = with(&both, EntityKind::Contact, contact.0, |r| {
            if let Record::Contact(c) = r {
                c.case_id = empty.id;
            }
        });
        let verdict = both.verdict(&free, Action::ContactEdit, &moved);
        assert_eq!(verdict, said);
    }
    for (contact, said) in [
        (heard.contact_id, refused("contact_id")),
        (only.id, refused("case_id")),
        (chat.id, Ok(())),
    ] {
        let gone = with(&both, EntityKind::Contact, contact.0, |r| {
            r.meta_mut().deleted_at = Some(9);
        });
        for action in [Action::ContactDelete, Action::Undo] {
            assert_eq!(both.verdict(&free, action, &gone), said, "{action}");
        }
    }
}
