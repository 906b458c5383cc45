//! 清除: what is taken away for good is nowhere any more, and what says so can be proven.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::common::markers::{MARK, Markers, seeded, traces};
use crate::common::*;
use qinting_app::*;
use qinting_domain::*;
use qinting_store::{copies_of, restore};
use std::fs;

/// Nobody has the first turn any more.
const LATER: UnixMs = 1 << 40;

/// Takes something away and sees it through.
fn purge(base: &TestWorkspace, kind: EntityKind, id: uuid::Uuid) -> Purge {
    let purge = begin(base, kind, id);
    for _ in 0..100 {
        if let Scrubbed::Done(ends) = base.store.scrub(LATER).unwrap() {
            let end = ends.into_iter().find(|e| e.purge == purge.id).unwrap();
            return told(base, &purge, &end);
        }
    }
    panic!("it does not come to an end")
}

fn begin(base: &TestWorkspace, kind: EntityKind, id: uuid::Uuid) -> Purge {
    let new = Purge::of(
        PurgeId(new_id()),
        (kind, id),
        "客户要求".into(),
        base.meta(),
    );
    match base.save(Action::Purge, new) {
        Record::Purge(purge) => purge,
        other => panic!("a certificate came back as {other:?}"),
    }
}

fn told(base: &TestWorkspace, purge: &Purge, end: &PurgeEnd) -> Purge {
    let finished = Purge {
        copies_rewritten: Some(end.copies_rewritten),
        copies_dropped: Some(end.copies_dropped),
        looked_for: end.looked_for,
        still_found: end.still_found,
        finished_at: Some(9),
        ..purge.clone()
    };
    match base.save(Action::PurgeFinish, finished) {
        Record::Purge(purge) => purge,
        other => panic!("a certificate came back as {other:?}"),
    }
}

/// Words of another call, and of an issue: they stay.
fn neighbour(base: &TestWorkspace) -> (CaseId, RecordingId) {
    let call = base.call("另一通电话", 3);
    base.transcript(call.1, &[(0, 900, 0, "另一位客户说的话")]);
    base.mark(call, 0, "另一通里听到的");
    call
}

fn statuses(base: &TestWorkspace) -> Vec<(String, usize)> {
    let mut counts = std::collections::BTreeMap::new();
    for issue in base.store.issues(&IssueQuery::default()).unwrap().rows {
        let status = format!("{:?}", issue.issue.status);
        *counts.entry(status).or_insert(0) += 1;
    }
    counts.into_iter().collect()
}

#[test]
fn a_thousand_markers_in_every_field_and_file_are_nowhere_after_a_purge() {
    let base = TestWorkspace::new();
    let mut m = Markers::default();
    let other = neighbour(&base);
    let early = base.call("早就有的", 4);
    assert!(
        base.store.copy_daily(1, &Cancel::default()).unwrap(),
        "before it came"
    );
    let (case, recording) = seeded(&base, &mut m);
    assert!(m.0 >= 1_000, "{} markers", m.0);
    let issue = base.issue("退款要等七天");
    let mark = base.store.observations_of(case).unwrap().remove(0);
    base.link(issue.id, mark.observation.id);
    let in_days = |days: i64| now_ms() + days * 86_400_000 + 1_000;
    assert!(
        base.store
            .copy_daily(in_days(1), &Cancel::default())
            .unwrap()
    );
    assert!(
        base.store
            .copy_daily(in_days(3), &Cancel::default())
            .unwrap()
    );
    let folder = base.dir.path().to_owned();
    let broken = folder.join("backups/workspace-000000000000001-v19.db");
    fs::write(&broken, m.next().repeat(500)).unwrap();
    let before = statuses(&base);
    assert!(traces(&folder).len() >= 9, "{:?}", traces(&folder));

    let purge = purge(&base, EntityKind::Case, case.0);
    let left = traces(&folder);
    assert!(left.is_empty(), "{left:?}");
    assert!(!broken.exists());
    let copies = (purge.copies_rewritten, purge.copies_dropped);
    assert_eq!(
        copies,
        (Some(2), Some(1)),
        "one of before it came stays as it was"
    );
    assert_eq!((purge.lines, purge.files), (150, 5));
    assert!(purge.values > 400 && purge.records > 120, "{purge:?}");
    assert!(purge.looked_for.unwrap() > 20 && purge.still_found == Some(0));

    // What is counted stays.
    let gone = base
        .store
        .record(EntityKind::Observation, mark.observation.id.0)
        .unwrap();
    let Some(Record::Observation(gone)) = gone else {
        panic!("its id stays")
    };
    assert_eq!((&*gone.text, &*gone.quote), ("", ""));
    assert_eq!(
        (gone.kind, gone.start_ms),
        (mark.observation.kind, mark.observation.start_ms)
    );
    assert_eq!(statuses(&base), before);
    assert!(base.store.segments(recording, 0, 9).unwrap().is_empty());
    let log = base.store.verify_log().unwrap();
    assert_eq!(
        (log.fault_count, log.erased),
        (0, i64::from(purge.values)),
        "{:?}",
        log.faults
    );
    let report = base.store.check_database(true).unwrap();
    assert!(report.sound, "{:?}", report.problems);
    // What is another's stays.
    assert_eq!(base.find("另一位客户说的话").len(), 1);
    assert_eq!(base.store.observations_of(other.0).unwrap().len(), 1);
    assert!(
        base.store
            .record(EntityKind::Case, early.0.0)
            .unwrap()
            .is_some()
    );

    // A copy can still be gone back to, and holds the rest.
    let newest = copies_of(&folder).unwrap().remove(0);
    drop(base.store);
    restore(&folder, &newest.name, &qinting_store::Device::passing()).unwrap();
    let back = open_here(&folder).unwrap();
    assert_eq!(back.observations_of(other.0).unwrap().len(), 1);
    assert!(back.is_purged(case.0).unwrap());
    let log = back.verify_log().unwrap();
    assert_eq!(log.fault_count, 0, "{:?}", log.faults);
    assert!(traces(&folder).is_empty());
}

fn now_ms() -> i64 {
    let since = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap();
    i64::try_from(since.as_millis()).unwrap()
}

#[test]
fn a_recording_goes_alone_and_its_case_keeps_what_is_its_own() {
    let base = TestWorkspace::new();
    let mut m = Markers::default();
    let (case, recording) = seeded(&base, &mut m);
    let purge = purge(&base, EntityKind::Recording, recording.0);
    assert_eq!((purge.lines, purge.files), (150, 5));
    let Some(Record::Case(case)) = base.store.record(EntityKind::Case, case.0).unwrap() else {
        panic!("the case stays")
    };
    assert!(case.meta.deleted_at.is_none() && case.title.starts_with(MARK));
    assert!(base.store.recordings_of(case.id).unwrap().is_empty());
    assert!(base.store.observations_of(case.id).unwrap().is_empty());
    assert_eq!(base.store.verify_log().unwrap().fault_count, 0);
}

#[test]
fn a_person_goes_by_name_and_stays_by_what_they_did() {
    let base = TestWorkspace::new();
    let person = Person {
        id: PersonId(new_id()),
        name: format!("{MARK}王五"),
        roles: [Role::Mentor].into(),
        org_unit: format!("{MARK}三部"),
        merged_into: None,
        meta: base.meta(),
    };
    let Record::Person(person) = base.save(Action::PersonAdd, person) else {
        panic!("nobody")
    };
    let mut issue = base.new_issue("七天");
    issue.owner_id = Some(person.id);
    let issue = base.save_issue(issue);
    let found = || base.find_in("王五", &[SearchScope::Person]).len();
    assert_eq!(found(), 1);
    let purge = purge(&base, EntityKind::Person, person.id.0);
    assert!(purge.values >= 2);
    assert_eq!(found(), 0);
    assert!(traces(base.dir.path()).is_empty());
    let Some(Record::Issue(after)) = base.store.record(EntityKind::Issue, issue.id.0).unwrap()
    else {
        panic!("the issue stays")
    };
    assert_eq!(after, issue);
    assert_eq!(base.store.verify_log().unwrap().fault_count, 0);
}

#[test]
fn nothing_is_written_to_what_went_nor_comes_to_lie_in_it() {
    let base = TestWorkspace::new();
    let call = neighbour(&base);
    let mark = base.store.observations_of(call.0).unwrap().remove(0);
    purge(&base, EntityKind::Case, call.0.0);
    let refused = |record: Record| {
        let commit = base.operation(Action::TranscriptWrite, vec![record]);
        base.store.commit(commit).unwrap_err().code().to_owned()
    };
    let gone = base
        .store
        .record(EntityKind::Observation, mark.observation.id.0)
        .unwrap();
    assert_eq!(refused(gone.unwrap()), codes::NOT_FOUND);
    assert_eq!(
        refused(base.new_mark(call, 0, "又来").into()),
        codes::NOT_FOUND
    );
    let lines = base.lines(&[(0, 900, 0, "转写还在跑")]);
    assert_eq!(
        base.draft(call.1, &lines).unwrap_err().code(),
        codes::NOT_FOUND
    );
    assert!(base.text(call.1, &lines).is_err());
    let again = Purge::of(
        PurgeId(new_id()),
        (EntityKind::Case, call.0.0),
        "再来".into(),
        base.meta(),
    );
    base.save(Action::Purge, again);
    assert_eq!(
        base.store.verify_log().unwrap().fault_count,
        0,
        "twice is as good as once"
    );
}

#[test]
fn a_value_that_no_certificate_accounts_for_is_missed() {
    let base = TestWorkspace::new();
    let (case, _) = neighbour(&base);
    let (kept, _) = base.call("留着的", 9);
    let purge = purge(&base, EntityKind::Case, case.0);
    let conn = rusqlite::Connection::open(base.dir.path().join("workspace.db")).unwrap();
    let of = "SELECT seq FROM change WHERE entity_id = ?1";
    let change: i64 = conn
        .query_row(of, [kept.0.as_bytes()], |r| r.get(0))
        .unwrap();
    let fields: i64 = conn
        .query_row(
            "SELECT count(*) FROM erased WHERE purge = ?1",
            [purge.id.0.as_bytes()],
            |r| r.get(0),
        )
        .unwrap();
    assert!(fields > 0);
    // Somebody takes the words of another call out, and hides it among those of the certificate.
    conn.execute("DELETE FROM said WHERE change = ?1", [change])
        .unwrap();
    conn.execute(
        "INSERT INTO erased (purge, change) VALUES (?1, ?2)",
        rusqlite::params![purge.id.0.as_bytes(), change],
    )
    .unwrap();
    conn.close().unwrap();
    let log = base.store.verify_log().unwrap();
    assert!(log.fault_count > 0);
    assert!(log.faults.iter().any(|f| f.what == LogFaultKind::ValueGone));
}

#[test]
fn what_was_killed_in_between_is_seen_through_at_the_next_start() {
    let base = TestWorkspace::new();
    let mut m = Markers::default();
    let (case, _) = seeded(&base, &mut m);
    assert!(
        base.store
            .copy_daily(now_ms() + 1, &Cancel::default())
            .unwrap()
    );
    let purge = begin(&base, EntityKind::Case, case.0);
    let base = base.reopened();
    assert!(
        !traces(base.dir.path()).is_empty(),
        "files and copy are there"
    );
    let end = loop {
        match base.store.scrub(LATER).unwrap() {
            Scrubbed::GoesOn => {}
            Scrubbed::Done(mut ends) => break ends.remove(0),
        }
    };
    assert_eq!((end.purge, end.looked_for), (purge.id, None));
    told(&base, &purge, &end);
    let left = traces(base.dir.path());
    assert!(left.is_empty(), "{left:?}");
    assert_eq!(base.store.scrub(LATER).unwrap(), Scrubbed::Done(Vec::new()));
}
