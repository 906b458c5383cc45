//! What cases told of who spoke and when, until version 19.

use super::*;
use crate::log::{Operation, Touch};
use std::collections::BTreeMap;

/// Somebody, and calls as version 19 kept them: one in the library, one of which nothing is known, one in the bin, one
/// that was taken away for good, and one without a recording. `@1` is the id 1.
const CALLS: &str = r##"
    DROP TABLE change_unchained; DROP TABLE settings_of_all; DROP TABLE heard_before; DROP TABLE named_by_hash;
    INSERT INTO workspace (row, id) VALUES (1, @f);
    INSERT INTO person (row, id, name, roles, org_unit, created_at, created_by, updated_at, rev) VALUES
        (1, @1, '林夕', '["participant"]', '', 1, @1, 1, 1);
    INSERT INTO "case" VALUES
        (1, @2, '退款', '', '', '工号一零二四', '王先生', '', 5, '', '', 'zh', 10, @1, 11, 3, NULL),
        (2, @3, '不知', '', '', '', '', '', NULL, '', '', 'zh', 12, @1, 12, 1, NULL),
        (3, @4, '扔掉', '', '', '坐席甲', '李女士', '', 7, '', '', 'zh', 13, @1, 60, 2, 60),
        (4, @5, '', '', '', '', '', '', 8, '', '', 'zh', 14, @1, 70, 3, 70),
        (5, @6, '没录', '', '', '坐席乙', '', '', 9, '', '', 'zh', 15, @1, 15, 1, NULL);
    INSERT INTO recording VALUES
        (1, @7, @2, '[]', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
            'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb', 8000, 1, 8000, 1000, '["agent"]', 0, 10, @1, 10, 1, NULL, '[]', 0),
        (2, @8, @3, '[]', 'b', 'q', 8000, 1, 8000, 1000, '["agent"]', 0, 12, @1, 12, 1, NULL, '[]', 0),
        (3, @9, @4, '[]', 'c', 'r', 8000, 1, 8000, 1000, '["agent"]', 0, 13, @1, 13, 1, NULL, '[]', 0),
        (4, @a, @5, '[]', 'd', 's', 8000, 1, 8000, 1000, '["agent"]', 0, 14, @1, 70, 2, 70, '[]', 0);
    INSERT INTO case_text (rowid, body) VALUES (1, '王先 先生');
    INSERT INTO bin (case_id, since, seen_ms) VALUES (@4, 60, 0);
    INSERT INTO purged VALUES (@5, @b), (@a, @b);
"##;

const CASES: std::ops::RangeInclusive<u128> = 2..=6;

/// A folder with them, and with what somebody once said of the first.
fn of_nineteen(folder: &Path, device: &Device) {
    let known = migrations().get_migrations().clone();
    let steps = Runner::new(&known[..19]);
    let connections = super::super::super::open(folder, &steps, &Medium::Writable, &|| {}).unwrap();
    let rows = (1..16u128).fold(CALLS.to_owned(), |sql, n| {
        sql.replace(&format!("@{n:x}"), &format!("x'{n:032x}'"))
    });
    let logged = connections.write(|tx| {
        tx.execute_batch(&rows)?;
        let chain = Chain::take_up(device, folder, tx)?;
        let told = |before: serde_json::Value, after: &str| FieldChange::Told {
            before,
            after: after.into(),
        };
        let fields = [
            ("agent".to_owned(), told("".into(), "工号一零二四")),
            ("customer".to_owned(), told("".into(), "王先生")),
            ("started_at".to_owned(), told(5.into(), "")),
        ];
        let case = Uuid::from_u128(2);
        let op = Operation {
            op_id: OpId(Uuid::from_u128(0xe0)),
            actor: PersonId(Uuid::from_u128(1)),
            at: 11,
            device: None,
            origin: Origin::Person,
            action: "case.edit".into(),
            undoes: None,
        };
        let touch = Touch {
            seq: None,
            entity: "case".into(),
            entity_id: case,
            created: false,
            fields: fields.into(),
            whom: vec![case],
        };
        let logged = log::append(tx, &chain, &op, &[touch])?;
        Ok((chain, logged.n, logged.head))
    });
    let (chain, n, head) = logged.unwrap();
    chain.keep(n, &head);
}

/// Opens them as this version does.
fn opened() -> (tempfile::TempDir, tempfile::TempDir, Workspace) {
    let (data, dir) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let device = Device::kept_in(data.path());
    of_nineteen(dir.path(), &device);
    let workspace = Workspace::open_on(dir.path(), &device, &Medium::Writable).unwrap();
    (data, dir, workspace)
}

fn contact_of(workspace: &Workspace, case: u128) -> Contact {
    let id = ContactId::only_of(CaseId(Uuid::from_u128(case)));
    let record = workspace.record(EntityKind::Contact, id.0).unwrap();
    Contact::from_record(record.unwrap()).unwrap()
}

fn purge(workspace: &Workspace, of: (EntityKind, Uuid)) -> Purge {
    let by = PersonId(Uuid::from_u128(1));
    let purge = Purge::of(
        PurgeId(Uuid::now_v7()),
        of,
        "客户要求".into(),
        Meta::new(90, by),
    );
    let done = workspace.commit(Commit {
        op_id: OpId(Uuid::now_v7()),
        actor: by,
        at: 90,
        origin: Origin::Person,
        action: Action::Purge,
        records: vec![purge.into()],
        undoes: None,
        jobs: Vec::new(),
        blobs: Vec::new(),
    });
    Purge::from_record(done.unwrap().records.remove(0)).unwrap()
}

#[test]
fn whoever_spoke_in_a_case_spoke_in_its_contact() {
    let (_data, dir, workspace) = opened();
    let told = CASES.map(|case| {
        let c = contact_of(&workspace, case);
        assert_eq!((c.case_id.0.as_u128(), c.kind), (case, ContactKind::Phone));
        let is_gone = c.meta.deleted_at.is_some();
        (c.agent, c.customer, c.began_at, is_gone)
    });
    let of = |agent: &str, customer: &str, began_at, is_gone| {
        (agent.to_owned(), customer.to_owned(), began_at, is_gone)
    };
    let wanted = [
        of("工号一零二四", "王先生", Some(5), false),
        of("", "", None, false),
        of("坐席甲", "李女士", Some(7), false),
        of("", "", Some(8), true),
        of("坐席乙", "", Some(9), false),
    ];
    assert_eq!(told.collect::<Vec<_>>(), wanted);
    for (recording, case) in (7..=0xa).zip(CASES) {
        let record = workspace.record(EntityKind::Recording, Uuid::from_u128(recording));
        let recording = Recording::from_record(record.unwrap().unwrap()).unwrap();
        assert_eq!(recording.contact_id, contact_of(&workspace, case).id);
    }
    let gone = contact_of(&workspace, 5);
    assert!(workspace.is_purged(gone.id.0).unwrap());

    // It is told as an operation of the machine, in a log that holds, and by those who made the cases.
    let first = contact_of(&workspace, 2);
    let by = PersonId(Uuid::from_u128(1));
    assert_eq!((first.meta.created_at, first.meta.created_by), (10, by));
    let history = workspace.history(EntityKind::Contact, first.id.0).unwrap();
    let said: Vec<_> = history
        .iter()
        .map(|c| (c.action.as_str(), c.origin))
        .collect();
    assert_eq!(said, [("workspace.renew", Origin::Machine)]);
    assert!(workspace.verify_log().unwrap().is_sound());
    let report = workspace.check_database(true).unwrap();
    assert!(report.sound, "{:?}", report.problems);
    // Found as before, shown as before.
    let hits = workspace.search(&SearchQuery::of("王先生")).unwrap().hits;
    let case_id = first.case_id;
    assert_eq!(hits[0].target, SearchTarget::Case { case_id });
    let bin = workspace.bin(&BinQuery {
        offset: 0,
        limit: 9,
    });
    let binned = bin.unwrap().rows.remove(0).contact.unwrap();
    assert_eq!(binned.customer, "李**", "as it is shown in a list");
    drop(workspace);
    let conn = Connection::open(dir.path().join(DATABASE)).unwrap();
    assert!(!crate::contacts::are_due(&conn).unwrap());
}

#[test]
fn what_was_once_said_of_a_case_goes_with_it() {
    let (_data, dir, workspace) = opened();
    let case = Uuid::from_u128(2);
    let contact = contact_of(&workspace, 2).id;
    let said = |kind, id| -> BTreeMap<String, FieldChange> {
        let changes = workspace.history(kind, id).unwrap();
        let mut own = changes.into_iter().filter(|c| c.entity_id == id);
        own.next().unwrap().fields
    };
    assert_eq!(
        said(EntityKind::Case, case)["agent"].after().unwrap(),
        "工号一零二四"
    );
    // A recording that goes alone leaves what is said of the call.
    purge(&workspace, (EntityKind::Recording, Uuid::from_u128(7)));
    assert_eq!(contact_of(&workspace, 2).customer, "王先生");

    let purge = purge(&workspace, (EntityKind::Case, case));
    assert!(purge.values >= 5, "{purge:?}");
    for (kind, id) in [(EntityKind::Case, case), (EntityKind::Contact, contact.0)] {
        for name in ["agent", "customer"] {
            assert_eq!(said(kind, id)[name], FieldChange::ERASED, "{kind:?}.{name}");
        }
    }
    let gone = contact_of(&workspace, 2);
    assert_eq!((&*gone.agent, &*gone.customer), ("", ""));
    assert_eq!((gone.began_at, gone.meta.deleted_at), (Some(5), Some(90)));
    assert!(workspace.verify_log().unwrap().is_sound());
    assert!(
        workspace
            .search(&SearchQuery::of("王先生"))
            .unwrap()
            .hits
            .is_empty()
    );
    drop(workspace);
    let conn = Connection::open(dir.path().join(DATABASE)).unwrap();
    let left = "SELECT count(*) FROM said WHERE instr(fields, CAST('王先生' AS BLOB))";
    let left: i64 = conn.query_row(left, [], |r| r.get(0)).unwrap();
    assert_eq!(left, 0);
}

#[test]
fn what_is_read_out_of_a_hurt_database_of_before_has_its_contacts_too() {
    let (data, dir) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let device = Device::kept_in(data.path());
    of_nineteen(dir.path(), &device);
    crate::salvage(dir.path(), &device).unwrap();
    let workspace = Workspace::open_on(dir.path(), &device, &Medium::Writable).unwrap();
    let told = contact_of(&workspace, 2);
    assert_eq!((&*told.agent, told.began_at), ("工号一零二四", Some(5)));
    let recordings = workspace.recordings_of(told.case_id).unwrap();
    assert_eq!(recordings[0].contact_id, told.id);
}

#[test]
fn a_contact_that_was_lost_takes_no_recording_along() {
    let (data, dir, workspace) = opened();
    drop(workspace);
    let conn = Connection::open(dir.path().join(DATABASE)).unwrap();
    conn.execute_batch(
        "PRAGMA foreign_keys = OFF; DELETE FROM contact WHERE agent = '工号一零二四'",
    )
    .unwrap();
    conn.close().unwrap();
    let device = Device::kept_in(data.path());
    crate::salvage(dir.path(), &device).unwrap();
    let workspace = Workspace::open_on(dir.path(), &device, &Medium::Writable).unwrap();
    let case = CaseId(Uuid::from_u128(2));
    let contact = workspace.contacts_of(case).unwrap().remove(0);
    assert_eq!((&*contact.agent, contact.began_at), ("", None));
    let recordings = workspace.recordings_of(case).unwrap();
    assert_eq!(recordings[0].contact_id, contact.id);
}
