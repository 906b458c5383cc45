//! Listening sessions, and the mark of the demo.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use common::*;
use qinting_app::*;
use qinting_domain::*;
use qinting_store::Workspace;

fn titles(rows: &[SessionRow]) -> Vec<&str> {
    rows.iter().map(|r| r.session.title.as_str()).collect()
}

fn person(desk: &Desk, name: &str) -> PersonId {
    let person = Person {
        id: PersonId(new_id()),
        name: name.into(),
        roles: [Role::Participant].into(),
        org_unit: String::new(),
        meta: desk.meta(),
    };
    PersonId(desk.save(Action::PersonAdd, person).uuid())
}

fn marked(desk: &Desk, call: (CaseId, RecordingId), at: u64, session: SessionId) -> ObservationId {
    let mark = Observation {
        session_id: Some(session),
        ..desk.new_mark(call, at, &at.to_string())
    };
    ObservationId(desk.save(Action::ObservationMark, mark).uuid())
}

#[test]
fn a_session_keeps_its_people_and_calls_in_their_order() {
    let desk = Desk::new();
    let (a, b, c) = (desk.call("甲", 1), desk.call("乙", 2), desk.call("丙", 3));
    let guest = person(&desk, "周以宁");
    let mut session = desk.session("七天专场", &[c.0, a.0]);
    session.people = vec![guest, desk.person];
    session.facilitator_id = Some(guest);
    session.starts_at = Some(5_000);
    let Record::Session(stored) = desk.save(Action::SessionEdit, session.clone()) else {
        panic!("a session stays a session")
    };
    session.meta = stored.meta.clone();
    assert_eq!(stored, session);
    let desk = desk.reopened();
    session.cases = vec![b.0, c.0, a.0];
    desk.save(Action::SessionEdit, session.clone());
    let row = desk.store.session_row(session.id).unwrap().unwrap();
    assert_eq!(row.session.cases, session.cases);
    assert_eq!(row.people, ["周以宁", "林夕"]);
    assert_eq!(row.facilitator.as_deref(), Some("周以宁"));
    let history = desk
        .store
        .history(EntityKind::Session, session.id.0)
        .unwrap();
    assert_eq!(
        history.last().unwrap().fields.keys().collect::<Vec<_>>(),
        ["cases"]
    );
}

#[test]
fn the_newest_start_comes_first_and_what_was_taken_away_does_not_come() {
    let desk = Desk::new();
    for (title, starts_at) in [("早", Some(50)), ("晚", Some(9_000)), ("未定", None)] {
        let session = desk.session(title, &[]);
        desk.save(
            Action::SessionEdit,
            ListeningSession {
                starts_at,
                ..session
            },
        );
    }
    let gone = desk.session("没了", &[]);
    desk.delete(EntityKind::Session, gone.id.0);
    let rows = desk.store.sessions().unwrap();
    // The one without a start was made when the clock stood between the other two.
    assert_eq!(titles(&rows), ["晚", "未定", "早"]);
    assert_eq!(desk.store.session_row(gone.id).unwrap(), None);
    assert_eq!(desk.store.session_view(gone.id).unwrap(), None);
}

#[test]
fn a_session_adds_up_what_was_marked_in_it_and_nothing_else() {
    let desk = Desk::new();
    let (a, b, gone) = (desk.call("甲", 1), desk.call("乙", 2), desk.call("丙", 3));
    let (here, there) = (
        desk.session("这场", &[b.0, gone.0, a.0]),
        desk.session("那场", &[a.0]),
    );
    let late = marked(&desk, a, 9_000, here.id);
    let early = marked(&desk, a, 1_000, here.id);
    let first = marked(&desk, b, 5_000, here.id);
    let hidden = marked(&desk, gone, 3_000, here.id);
    let elsewhere = marked(&desk, a, 2_000, there.id);
    desk.mark(a, 4_000, "无场");
    let removed = marked(&desk, a, 6_000, here.id);
    let (one, two, three) = (desk.issue("一"), desk.issue("二"), desk.issue("三"));
    desk.link(two.id, late);
    desk.link(one.id, late);
    desk.link(one.id, first);
    desk.link(three.id, elsewhere);
    desk.link(three.id, hidden);
    desk.link(three.id, removed);
    desk.delete(EntityKind::Observation, removed.0);
    desk.delete(EntityKind::Case, gone.0.0);

    let view = desk.store.session_view(here.id).unwrap().unwrap();
    let heard: Vec<CaseId> = view.cases.iter().map(|c| c.case.id).collect();
    assert_eq!(heard, [b.0, a.0], "the list without the call that is gone");
    let moments: Vec<ObservationId> = view.observations.iter().map(|o| o.observation.id).collect();
    assert_eq!(
        moments,
        [first, early, late],
        "by the order of the calls, then by time"
    );
    let issues: Vec<&str> = view.issues.iter().map(|i| i.issue.title.as_str()).collect();
    assert_eq!(issues, ["一", "二"]);
    let row = &view.row;
    assert_eq!((row.case_count, row.duration_ms), (2, 20_000));
    assert_eq!((row.observation_count, row.issue_count), (3, 2));
    assert_eq!(row.session.cases.len(), 3, "the record forgets nothing");
    let rows = desk.store.sessions().unwrap();
    assert!(
        rows.contains(row),
        "the list says what the page says: {rows:?}"
    );
}

#[test]
fn who_was_there_stays_readable_when_the_person_is_taken_away() {
    let desk = Desk::new();
    let guest = person(&desk, "陆鸣");
    let session = ListeningSession {
        people: vec![guest],
        facilitator_id: Some(guest),
        ..desk.session("专场", &[])
    };
    desk.save(Action::SessionEdit, session.clone());
    desk.delete(EntityKind::Person, guest.0);
    let view = desk.store.session_view(session.id).unwrap().unwrap();
    assert_eq!(view.row.facilitator.as_deref(), Some("陆鸣"));
    assert_eq!(
        (view.row.people, view.people[0].id),
        (vec!["陆鸣".into()], guest)
    );
}

#[test]
fn a_call_that_left_the_list_keeps_its_moments_in_the_session() {
    let desk = Desk::new();
    let (a, b) = (desk.call("甲", 1), desk.call("乙", 2));
    let session = desk.session("专场", &[a.0, b.0]);
    let kept = marked(&desk, a, 1_000, session.id);
    let last = marked(&desk, b, 500, session.id);
    desk.save(
        Action::SessionEdit,
        ListeningSession {
            cases: vec![b.0],
            ..session.clone()
        },
    );
    let view = desk.store.session_view(session.id).unwrap().unwrap();
    let moments: Vec<ObservationId> = view.observations.iter().map(|o| o.observation.id).collect();
    assert_eq!(moments, [last, kept]);
}

#[test]
fn findings_carry_the_sessions() {
    let desk = Desk::new();
    let session = desk.session("专场", &[]);
    let gone = desk.session("没了", &[]);
    desk.delete(EntityKind::Session, gone.id.0);
    assert_eq!(desk.store.findings().unwrap().sessions, [session]);
}

#[test]
fn a_demo_stays_one_wherever_it_is_copied_and_no_other_workspace_becomes_one() {
    let desk = Desk::new();
    assert!(!desk.store.is_demo().unwrap());
    let before = desk.store.head_seq().unwrap();
    desk.store.mark_demo().unwrap();
    desk.store.mark_demo().unwrap();
    assert_eq!(
        desk.store.head_seq().unwrap(),
        before,
        "not part of the change log"
    );
    let desk = desk.reopened();
    assert!(desk.store.is_demo().unwrap());
    let Desk { dir, store, .. } = desk;
    drop(store);
    let copy = tempfile::tempdir().unwrap();
    std::fs::copy(
        dir.path().join("workspace.db"),
        copy.path().join("workspace.db"),
    )
    .unwrap();
    assert!(Workspace::open(copy.path()).unwrap().is_demo().unwrap());
    assert!(!Desk::new().store.is_demo().unwrap());
}
