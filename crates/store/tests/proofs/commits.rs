//! One operation: all of it or nothing, with its trace in the change log.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::common::*;
use qinting_app::*;
use qinting_domain::*;

#[test]
fn a_record_comes_back_as_it_was_written() {
    let base = TestWorkspace::new();
    let call = base.call("退款来电", 1);
    let mut mark = base.mark(call, 4_000, "客户很急");
    mark.tags = vec![base.tag("情绪", 1).id, base.tag("规则", 2).id];
    let stored = base.save(Action::CaseEdit, mark.clone());
    mark.meta = stored.meta().clone();
    assert_eq!(stored, mark.clone().into());
    let base = base.reopened();
    let found = base
        .store
        .record(EntityKind::Observation, mark.id.0)
        .unwrap();
    assert_eq!(found, Some(mark.into()));
    assert_eq!(base.store.record(EntityKind::Case, new_id()).unwrap(), None);
}

#[test]
fn every_kind_of_record_survives_a_restart() {
    let base = TestWorkspace::new();
    let call = base.call("来电", 1);
    base.transcript(call.1, &[(0, 900, 0, "您好")]);
    let root = base.tag("规则", 1);
    let session = base.session("专场", &[call.0]);
    let mut mark = base.mark(call, 0, "一");
    mark.session_id = Some(session.id);
    base.save(Action::ObservationEdit, mark.clone());
    let (a, b) = (base.issue("甲"), base.issue("乙"));
    let link = base.link(a.id, mark.id);
    let comment = base.comment(a.id, "看过了");
    let mut leaf = base.tag("退款", 2);
    leaf.parent_id = Some(root.id);
    leaf.aliases = vec!["退钱".into()];
    leaf.status = TagStatus::MergedInto(root.id);
    let leaf = base.save(Action::TagMerge, leaf);
    let mut merged = b.clone();
    merged.status = IssueStatus::Merged;
    merged.status_before_merge = Some(IssueStatus::New);
    merged.merged_into = Some(a.id);
    merged.owner_id = Some(base.person);
    merged.due = Some(86_400_000);
    let merged = base.save_issue(merged);
    let settings = PersonSettingsRecord {
        id: base.person,
        values: PersonSettings {
            mark_lag_ms: 1_200,
            ..PersonSettings::default()
        },
        meta: base.meta(),
    };
    base.save(Action::CaseEdit, settings);
    let segment = base.store.segments(call.1, 0, 1).unwrap().remove(0);

    let expected = [
        (EntityKind::Person, base.person.0),
        (EntityKind::Tag, leaf.uuid()),
        (EntityKind::Case, call.0.0),
        (EntityKind::Recording, call.1.0),
        (EntityKind::Segment, segment.id.0),
        (EntityKind::Observation, mark.id.0),
        (EntityKind::Issue, merged.id.0),
        (EntityKind::IssueLink, link.0),
        (EntityKind::Comment, comment.0),
        (EntityKind::Session, session.id.0),
        (EntityKind::PersonSettings, base.person.0),
    ]
    .map(|(kind, id)| base.store.record(kind, id).unwrap().unwrap());
    assert!(expected.contains(&leaf) && expected.contains(&merged.into()));
    let base = base.reopened();
    for record in expected {
        assert_eq!(
            base.store.record(record.kind(), record.uuid()).unwrap(),
            Some(record)
        );
    }
}

#[test]
fn a_commit_raises_the_revision_and_leaves_a_trace() {
    let base = TestWorkspace::new();
    let before = base.store.head_seq().unwrap();
    let mut tag = base.tag("物流", 1);
    assert_eq!(tag.meta.rev, 1);
    tag.name = "快递".into();
    let stored = base.save(Action::TagEdit, tag.clone());
    assert_eq!(stored.meta().rev, 2);
    assert!(stored.meta().updated_at > tag.meta.updated_at);
    assert_eq!(base.store.head_seq().unwrap(), before + 2);

    let history = base.store.history(EntityKind::Tag, tag.id.0).unwrap();
    let [made, renamed] = history.as_slice() else {
        panic!("two changes, not {history:?}")
    };
    assert!(made.created && !renamed.created);
    assert_eq!(
        (renamed.actor, renamed.action.as_str(), renamed.origin),
        (base.person, "tag.edit", Origin::Person)
    );
    assert_eq!(renamed.device, Some(base.device.id()));
    let fields: Vec<&str> = renamed.fields.keys().map(String::as_str).collect();
    assert_eq!(fields, ["name"]);
    let told = renamed.fields["name"].told().unwrap();
    assert_eq!(
        (told.0.as_str(), told.1.as_str()),
        (Some("物流"), Some("快递"))
    );
}

#[test]
fn a_stale_revision_is_refused_and_nothing_of_the_operation_stays() {
    let base = TestWorkspace::new();
    let tag = base.tag("物流", 1);
    base.save(
        Action::TagEdit,
        Tag {
            name: "快递".into(),
            ..tag.clone()
        },
    );
    let head = base.store.head_seq().unwrap();
    let fresh = base.case_of("新案");
    let fresh_id = fresh.id;
    let stale = Tag {
        name: "运输".into(),
        ..tag
    };
    let operation = base.operation(Action::TagEdit, vec![fresh.into(), stale.into()]);
    assert_eq!(
        base.store.commit(operation).unwrap_err().code(),
        codes::CONFLICT
    );
    assert_eq!(
        base.store.record(EntityKind::Case, fresh_id.0).unwrap(),
        None
    );
    assert_eq!(base.store.head_seq().unwrap(), head);
}

#[test]
fn a_record_that_was_never_stored_cannot_be_changed() {
    let base = TestWorkspace::new();
    let mut case = base.case_of("不在");
    case.meta.rev = 3;
    let operation = base.operation(Action::CaseEdit, vec![case.into()]);
    assert_eq!(
        base.store.commit(operation).unwrap_err().code(),
        codes::NOT_FOUND
    );
}

#[test]
fn a_record_cannot_rest_on_one_that_is_not_there() {
    let base = TestWorkspace::new();
    let recording = base.recording_of(CaseId(new_id()), 1);
    let id = recording.id;
    let operation = base.operation(Action::CaseImport, vec![recording.into()]);
    assert_eq!(
        base.store.commit(operation).unwrap_err().code(),
        codes::NOT_FOUND
    );
    assert_eq!(
        base.store.record(EntityKind::Recording, id.0).unwrap(),
        None
    );
}

#[test]
fn the_order_of_records_in_an_operation_does_not_matter() {
    let base = TestWorkspace::new();
    let case = base.case_of("来电");
    let contact = base.contact_of(case.id, "");
    let recording = base.recording_of(case.id, 1);
    let records = vec![recording.into(), contact.into(), case.into()];
    let operation = base.operation(Action::CaseImport, records);
    assert_eq!(base.store.commit(operation).unwrap().records.len(), 3);
}

#[test]
fn what_does_not_differ_leaves_no_trace() {
    let base = TestWorkspace::new();
    let tag = base.tag("物流", 1);
    let head = base.store.head_seq().unwrap();
    let done = base
        .store
        .commit(base.operation(Action::TagEdit, vec![tag.clone().into()]))
        .unwrap();
    assert_eq!((done.seq, done.records), (head, vec![tag.into()]));
    assert_eq!(base.store.head_seq().unwrap(), head);
}

#[test]
fn a_repeated_operation_is_written_once() {
    let base = TestWorkspace::new();
    let operation = base.operation(Action::CaseImport, vec![base.case_of("来电").into()]);
    let first = base.store.commit(operation.clone()).unwrap();
    let again = base.store.commit(operation.clone()).unwrap();
    assert_eq!((first.seq, first.records), (again.seq, again.records));
    assert_eq!(base.store.changes_of_op(operation.op_id).unwrap().len(), 1);
    let base = base.reopened();
    assert_eq!(base.store.commit(operation).unwrap().seq, again.seq);
}

#[test]
fn issues_are_numbered_in_turn_and_a_number_is_never_given_twice() {
    let base = TestWorkspace::new();
    let (one, two) = (base.issue("甲"), base.issue("乙"));
    assert_eq!((one.number, two.number), (1, 2));
    base.delete(EntityKind::Issue, two.id.0);
    assert_eq!(base.issue("丙").number, 3);
    let renumbered = base.save_issue(Issue {
        number: 99,
        title: "甲甲".into(),
        ..one.clone()
    });
    assert_eq!(renumbered.number, 1);
    assert_eq!(
        base.store.issue_by_number(1).unwrap().unwrap().title,
        "甲甲"
    );
    assert_eq!(base.store.issue_by_number(2).unwrap(), None);
}

#[test]
fn the_history_of_an_issue_tells_of_its_evidence_and_comments_too() {
    let base = TestWorkspace::new();
    let call = base.call("来电", 1);
    let mark = base.mark(call, 0, "一");
    let (a, b) = (base.issue("甲"), base.issue("乙"));
    let link = base.link(a.id, mark.id);
    base.comment(a.id, "看过了");
    let Some(Record::IssueLink(moved)) = base.store.record(EntityKind::IssueLink, link.0).unwrap()
    else {
        panic!("the link is there")
    };
    base.save(
        Action::IssueMerge,
        IssueLink {
            issue_id: b.id,
            moved_from: Some(a.id),
            ..moved
        },
    );
    let actions = |id: IssueId| -> Vec<String> {
        let history = base.store.history(EntityKind::Issue, id.0).unwrap();
        history.into_iter().map(|c| c.action).collect()
    };
    assert_eq!(
        actions(a.id),
        ["issue.create", "issue.attach", "comment.add", "issue.merge"]
    );
    assert_eq!(
        actions(b.id),
        ["issue.create", "issue.attach", "issue.merge"]
    );
}

#[test]
fn undo_is_offered_for_the_newest_own_operation_that_was_not_undone() {
    let base = TestWorkspace::new();
    let since = base.store.head_seq().unwrap();
    let undoable = || base.store.last_undoable(base.person, since).unwrap();
    assert_eq!(undoable(), None);
    let tag = base.tag("物流", 1);
    let rename = base.operation(
        Action::TagEdit,
        vec![
            Tag {
                name: "快递".into(),
                ..tag
            }
            .into(),
        ],
    );
    let renamed = base.store.commit(rename.clone()).unwrap();
    assert_eq!(undoable(), Some(rename.op_id));

    let Record::Tag(now) = renamed.records[0].clone() else {
        panic!("a tag")
    };
    let mut undo = base.operation(
        Action::Undo,
        vec![
            Tag {
                name: "物流".into(),
                ..now
            }
            .into(),
        ],
    );
    undo.undoes = Some(rename.op_id);
    base.store.commit(undo).unwrap();
    let made = base
        .store
        .history(EntityKind::Tag, renamed.records[0].uuid())
        .unwrap()[0]
        .op_id;
    assert_eq!(undoable(), Some(made));

    let call = base.call("来电", 1);
    let import = undoable();
    base.transcript(call.1, &[(0, 10, 0, "您好")]);
    assert_eq!(
        undoable(),
        import,
        "what a machine wrote is not taken back by Ctrl+Z"
    );
    let head = base.store.head_seq().unwrap();
    assert_eq!(base.store.last_undoable(base.person, head).unwrap(), None);
    assert_eq!(
        base.store.last_undoable(PersonId(new_id()), 0).unwrap(),
        None
    );
}

#[test]
fn people_and_tags_are_listed_in_order_without_what_was_taken_away() {
    let base = TestWorkspace::new();
    let (b, a, gone) = (base.tag("乙", 2), base.tag("甲", 1), base.tag("丙", 3));
    base.delete(EntityKind::Tag, gone.id.0);
    let names: Vec<String> = base
        .store
        .tags()
        .unwrap()
        .into_iter()
        .map(|t| t.name)
        .collect();
    assert_eq!(names, [a.name, b.name]);
    let people: Vec<String> = base
        .store
        .people()
        .unwrap()
        .into_iter()
        .map(|p| p.name)
        .collect();
    assert_eq!(people, ["林夕"]);
    assert!(
        base.store
            .record(EntityKind::Tag, gone.id.0)
            .unwrap()
            .is_some()
    );
    assert_eq!(base.store.seated().unwrap(), None);
    base.store.save_seated(base.person).unwrap();
    assert_eq!(base.store.seated().unwrap(), Some(base.person));
}
