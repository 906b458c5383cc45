//! What was known under two names: people who turn out to be one, and issues that get other numbers.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::common::{FIRST_PERSON, Stage, code, person, refused, session};
use qinting_desk::*;
use qinting_domain::*;
use serde_json::json;

/// Somebody who was there twice, and what they did under the first name.
struct Twice {
    stage: Stage,
    from: PersonId,
    into: PersonId,
    issue: IssueId,
    session: SessionId,
    mark: ObservationId,
    promise: uuid::Uuid,
}

fn twice() -> Twice {
    let stage = Stage::new();
    let (case, recording) = stage.case("call");
    let mut new = person("周以宁 ");
    new.roles = [Role::Mentor].into();
    let from = stage.at_desk.add_person(new).unwrap().id;
    let into = stage.at_desk.add_person(person("周以宁")).unwrap().id;
    let as_them = AtDesk::new(stage.desk.clone(), from);
    let planned = NewSession {
        facilitator_id: Some(from),
        people: vec![from, FIRST_PERSON, into],
        ..session("专场", &[case])
    };
    let session = as_them.add_session(planned).unwrap().session.id;
    let mark = as_them
        .mark(MarkRequest::at(recording, 5_000))
        .unwrap()
        .observation
        .id;
    let issue = stage.issue("七天", vec![mark]).issue;
    let owned = RecordPatch::of(&issue, [("owner_id", json!(from))]);
    stage.at_desk.edit_record(owned).unwrap();
    let promise = [
        ("issue_id", json!(issue.id)),
        ("promise", json!("两周内改")),
        ("person_id", json!(from)),
    ];
    let promise = NewRecord::of(EntityKind::Commitment, promise);
    let promise = stage.at_desk.add_record(promise).unwrap().uuid();
    Twice {
        from,
        into,
        issue: issue.id,
        session,
        mark,
        promise,
        stage,
    }
}

impl Twice {
    fn merge(&self) -> AppResult<Vec<Person>> {
        self.stage.at_desk.merge_people(PersonMerge {
            from: self.from,
            into: self.into,
        })
    }

    /// Who leads the session, who sits in it, whose the issue and the promise are.
    fn named(&self) -> (Option<PersonId>, Vec<PersonId>, Option<PersonId>, PersonId) {
        let at_desk = &self.stage.at_desk;
        let session = at_desk.get_session(self.session).unwrap().row.session;
        let issue = at_desk.get_issue(self.issue).unwrap().row.issue;
        let store = &self.stage.store;
        let promise = store.record(EntityKind::Commitment, self.promise).unwrap();
        let promise = Commitment::from_record(promise.unwrap()).unwrap();
        (
            session.facilitator_id,
            session.people,
            issue.owner_id,
            promise.person_id,
        )
    }
}

#[test]
fn whoever_was_there_twice_is_one_afterwards_and_two_again_after_undo() {
    let t = twice();
    let before = t.named();
    let (from, into) = (t.from, t.into);
    let first = (Some(from), vec![from, FIRST_PERSON, into], Some(from), from);
    assert_eq!(before, first);
    let people = t.merge().unwrap();
    assert!(people.iter().all(|p| p.id != from));
    let one = people.iter().find(|p| p.id == into).unwrap();
    assert_eq!(one.roles, [Role::Mentor, Role::Participant].into());
    // Each is named once, where the other stood.
    let merged = (Some(into), vec![FIRST_PERSON, into], Some(into), into);
    assert_eq!(t.named(), merged);
    // What they said before is told as theirs, and who wrote it stays on record.
    let views = t.stage.at_desk.get_issue(t.issue).unwrap().evidence;
    assert_eq!(views[0].author, "周以宁");
    let mark = t.stage.store.record(EntityKind::Observation, t.mark.0);
    assert_eq!(mark.unwrap().unwrap().meta().created_by, from);

    let undone = t.stage.at_desk.undo(()).unwrap();
    assert_eq!(undone.action, "person.merge");
    assert_eq!(t.named(), before);
    assert_eq!(
        t.stage.at_desk.list_people(()).unwrap().len(),
        people.len() + 1
    );
}

#[test]
fn whoever_is_merged_while_they_sit_here_sits_here_as_the_other() {
    let t = twice();
    t.stage.at_desk.switch_person(t.from).unwrap();
    t.merge().unwrap();
    assert_eq!(t.stage.at_desk.actor(), t.into);
    assert_eq!(t.stage.desk.whoever_sits_here().unwrap(), t.into);
    let gone = t.stage.at_desk.switch_person(t.from);
    assert_eq!(code(gone), codes::NOT_FOUND);
}

#[test]
fn nobody_is_merged_with_themselves_nor_with_whoever_is_another_already() {
    let t = twice();
    let merge = |from, into| t.stage.at_desk.merge_people(PersonMerge { from, into });
    let into = (codes::INVALID.to_owned(), "into".to_owned());
    assert_eq!(refused(merge(t.from, t.from)), into);
    merge(t.from, t.into).unwrap();
    assert_eq!(refused(merge(FIRST_PERSON, t.from)), into);
    // Whoever led to one that goes leads straight to the one that stays.
    merge(t.into, FIRST_PERSON).unwrap();
    let record = t.stage.store.record(EntityKind::Person, t.from.0).unwrap();
    let first = Person::from_record(record.unwrap()).unwrap();
    assert_eq!(first.merged_into, Some(FIRST_PERSON));
    assert_eq!(t.stage.store.names().unwrap()[&t.from], "本机");
}

#[test]
fn only_who_gives_roles_says_that_two_are_one_and_they_stay_with_whoever_it_is() {
    let t = twice();
    let mut new = person("管");
    new.roles = [Role::Administrator].into();
    let boss = t.stage.at_desk.add_person(new).unwrap().id;
    assert_eq!(code(t.merge()), codes::ROLE_NEEDED);
    let merged = AtDesk::new(t.stage.desk.clone(), boss).merge_people(PersonMerge {
        from: boss,
        into: t.into,
    });
    merged.unwrap();
    // The last one who may do everything does not go with that.
    let them = AtDesk::new(t.stage.desk.clone(), t.into);
    them.add_person(person("新来的")).unwrap();
    let held = AtDesk::new(t.stage.desk.clone(), boss).add_person(person("也新来的"));
    assert!(held.is_ok(), "whoever sat there as the first is the second");
    assert_eq!(
        code(t.stage.at_desk.add_person(person("谁"))),
        codes::ROLE_NEEDED
    );
}

#[test]
fn an_issue_with_a_new_number_is_found_under_the_old_one_too() {
    let stage = Stage::new();
    let ids = ["七天", "铰链", "包装"].map(|title| stage.issue(title, vec![]).issue.id);
    let at_desk = &stage.at_desk;
    let numbers = || {
        let mut all = stage.store.all_of(EntityKind::Issue).unwrap();
        all.retain(|r| ids.iter().any(|id| id.0 == r.uuid()));
        all.sort_by_key(|r| ids.iter().position(|id| id.0 == r.uuid()));
        let all = all.into_iter().filter_map(Issue::from_record);
        all.map(|issue| (issue.number, issue.former_numbers))
            .collect::<Vec<_>>()
    };
    let renumbered = at_desk.renumber_issues(500).unwrap();
    assert_eq!(renumbered.len(), 3);
    let new = vec![(501, vec![1]), (502, vec![2]), (503, vec![3])];
    assert_eq!(numbers(), new);
    let found = |number| stage.store.issue_by_number(number).unwrap().map(|i| i.id);
    assert_eq!([found(2), found(502)], [Some(ids[1]); 2]);
    assert_eq!(found(4), None);
    // The next one is beyond all that were ever given.
    assert_eq!(stage.issue("发票", vec![]).issue.number, 504);
    // An edit keeps the number, whatever it says.
    let issue = at_desk.get_issue(ids[0]).unwrap().row.issue;
    let odd = Issue { number: 7, ..issue };
    at_desk.commit(Action::IssueEdit, vec![odd.into()]).unwrap();
    assert_eq!(numbers()[0].0, 501);

    // Another list had no more than this one: the numbers still go up.
    at_desk.renumber_issues(3).unwrap();
    assert_eq!(numbers()[0], (505, vec![1, 501]));
    assert_eq!(found(1), Some(ids[0]));
    let undone = at_desk.undo(()).unwrap();
    assert_eq!(undone.action, "issue.renumber");
    assert_eq!(numbers(), new);
}
