//! Listening sessions, and the mark of the demo.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::common::*;
use qinting_app::*;
use qinting_domain::*;

fn titles(rows: &[SessionRow]) -> Vec<&str> {
    rows.iter().map(|r| r.session.title.as_str()).collect()
}

fn person(base: &TestWorkspace, name: &str) -> PersonId {
    let person = Person {
        id: PersonId(new_id()),
        name: name.into(),
        roles: [Role::Participant].into(),
        org_unit: String::new(),
        merged_into: None,
        meta: base.meta(),
    };
    PersonId(base.save(Action::PersonAdd, person).uuid())
}

fn marked(
    base: &TestWorkspace,
    call: (CaseId, RecordingId),
    at: u64,
    session: SessionId,
) -> ObservationId {
    let mark = Observation {
        session_id: Some(session),
        ..base.new_mark(call, at, &at.to_string())
    };
    ObservationId(base.save(Action::ObservationMark, mark).uuid())
}

#[test]
fn a_session_keeps_its_people_and_calls_in_their_order() {
    let base = TestWorkspace::new();
    let (a, b, c) = (base.call("甲", 1), base.call("乙", 2), base.call("丙", 3));
    let guest = person(&base, "周以宁");
    let mut session = base.session("七天专场", &[c.0, a.0]);
    session.people = vec![guest, base.person];
    session.facilitator_id = Some(guest);
    session.starts_at = Some(5_000);
    let Record::Session(stored) = base.save(Action::SessionEdit, session.clone()) else {
        panic!("a session stays a session")
    };
    session.meta = stored.meta.clone();
    assert_eq!(stored, session);
    let base = base.reopened();
    session.cases = vec![b.0, c.0, a.0];
    base.save(Action::SessionEdit, session.clone());
    let row = base.store.session_row(session.id).unwrap().unwrap();
    assert_eq!(row.session.cases, session.cases);
    assert_eq!(row.people, ["周以宁", "林夕"]);
    assert_eq!(row.facilitator.as_deref(), Some("周以宁"));
    let history = base
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
    let base = TestWorkspace::new();
    for (title, starts_at) in [("早", Some(50)), ("晚", Some(9_000)), ("未定", None)] {
        let session = base.session(title, &[]);
        base.save(
            Action::SessionEdit,
            ListeningSession {
                starts_at,
                ..session
            },
        );
    }
    let gone = base.session("没了", &[]);
    base.delete(EntityKind::Session, gone.id.0);
    let rows = base.store.sessions().unwrap();
    // The one without a start was made when the clock stood between the other two.
    assert_eq!(titles(&rows), ["晚", "未定", "早"]);
    assert_eq!(base.store.session_row(gone.id).unwrap(), None);
    assert_eq!(base.store.session_view(gone.id).unwrap(), None);
}

#[test]
fn a_session_adds_up_what_was_marked_in_it_and_nothing_else() {
    let base = TestWorkspace::new();
    let (a, b, gone) = (base.call("甲", 1), base.call("乙", 2), base.call("丙", 3));
    let (here, there) = (
        base.session("这场", &[b.0, gone.0, a.0]),
        base.session("那场", &[a.0]),
    );
    let late = marked(&base, a, 9_000, here.id);
    let early = marked(&base, a, 1_000, here.id);
    let first = marked(&base, b, 5_000, here.id);
    let hidden = marked(&base, gone, 3_000, here.id);
    let elsewhere = marked(&base, a, 2_000, there.id);
    base.mark(a, 4_000, "无场");
    let removed = marked(&base, a, 6_000, here.id);
    let (one, two, three) = (base.issue("一"), base.issue("二"), base.issue("三"));
    base.link(two.id, late);
    base.link(one.id, late);
    base.link(one.id, first);
    base.link(three.id, elsewhere);
    base.link(three.id, hidden);
    base.link(three.id, removed);
    base.delete(EntityKind::Observation, removed.0);
    base.delete(EntityKind::Case, gone.0.0);

    let view = base.store.session_view(here.id).unwrap().unwrap();
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
    let rows = base.store.sessions().unwrap();
    assert!(
        rows.contains(row),
        "the list says what the page says: {rows:?}"
    );
}

#[test]
fn who_was_there_stays_readable_when_the_person_is_taken_away() {
    let base = TestWorkspace::new();
    let guest = person(&base, "陆鸣");
    let session = ListeningSession {
        people: vec![guest],
        facilitator_id: Some(guest),
        ..base.session("专场", &[])
    };
    base.save(Action::SessionEdit, session.clone());
    base.delete(EntityKind::Person, guest.0);
    let view = base.store.session_view(session.id).unwrap().unwrap();
    assert_eq!(view.row.facilitator.as_deref(), Some("陆鸣"));
    assert_eq!(
        (view.row.people, view.people[0].id),
        (vec!["陆鸣".into()], guest)
    );
}

#[test]
fn a_call_that_left_the_list_keeps_its_moments_in_the_session() {
    let base = TestWorkspace::new();
    let (a, b) = (base.call("甲", 1), base.call("乙", 2));
    let session = base.session("专场", &[a.0, b.0]);
    let kept = marked(&base, a, 1_000, session.id);
    let last = marked(&base, b, 500, session.id);
    base.save(
        Action::SessionEdit,
        ListeningSession {
            cases: vec![b.0],
            ..session.clone()
        },
    );
    let view = base.store.session_view(session.id).unwrap().unwrap();
    let moments: Vec<ObservationId> = view.observations.iter().map(|o| o.observation.id).collect();
    assert_eq!(moments, [last, kept]);
}

#[test]
fn findings_carry_the_sessions() {
    let base = TestWorkspace::new();
    let session = base.session("专场", &[]);
    let gone = base.session("没了", &[]);
    base.delete(EntityKind::Session, gone.id.0);
    assert_eq!(base.store.findings().unwrap().sessions, [session]);
}

#[test]
fn a_demo_stays_one_wherever_it_is_copied_and_no_other_workspace_becomes_one() {
    let base = TestWorkspace::new();
    assert!(!base.store.is_demo().unwrap());
    let before = base.store.head_seq().unwrap();
    base.store.mark_demo().unwrap();
    base.store.mark_demo().unwrap();
    assert_eq!(
        base.store.head_seq().unwrap(),
        before,
        "not part of the change log"
    );
    let base = base.reopened();
    assert!(base.store.is_demo().unwrap());
    let TestWorkspace { dir, store, .. } = base;
    drop(store);
    let copy = tempfile::tempdir().unwrap();
    std::fs::copy(
        dir.path().join("workspace.db"),
        copy.path().join("workspace.db"),
    )
    .unwrap();
    assert!(open_here(copy.path()).unwrap().is_demo().unwrap());
    assert!(!TestWorkspace::new().store.is_demo().unwrap());
}
