//! What cases told of queue and wrap-up code, until version 22.

use super::*;

/// Somebody, and calls as version 22 kept them: one that began with a chat, one in the bin, one whose first contact was
/// taken away, and one of which nothing was said. `@1` is the id 1.
const CALLS: &str = r##"
    DROP TABLE change_unchained; DROP TABLE settings_of_all; DROP TABLE heard_before; DROP TABLE named_by_hash;
    DROP TABLE case_before;
    INSERT INTO workspace (row, id) VALUES (1, @f);
    INSERT INTO person (row, id, name, roles, org_unit, created_at, created_by, updated_at, rev) VALUES
        (1, @1, '林夕', '["participant"]', '', 1, @1, 1, 1);
    INSERT INTO "case" (row, id, title, business_line, queue, customer_tier, disposition, external_id, language,
            created_at, created_by, updated_at, rev, deleted_at) VALUES
        (1, @2, '退款', '', '大家电售后', '', '已补发', '', 'zh', 10, @1, 30, 3, NULL),
        (2, @3, '扔掉', '', '夜班', '', '', '', 'zh', 13, @1, 60, 2, 60),
        (3, @4, '换过', '', '', '', '转主管', '', 'zh', 14, @1, 14, 1, NULL),
        (4, @5, '不知', '', '', '', '', '', 'zh', 15, @1, 15, 1, NULL);
    INSERT INTO contact VALUES
        (1, @a, @2, 'phone', 9, NULL, '云起', '王先生', 10, @1, 10, 1, NULL),
        (2, @b, @2, 'chat', 3, NULL, '', '王先生', 20, @1, 20, 1, NULL),
        (3, @c, @3, 'phone', NULL, NULL, '', '', 13, @1, 13, 1, NULL),
        (4, @d, @4, 'chat', 1, NULL, '', '', 14, @1, 40, 2, 40),
        (5, @e, @4, 'phone', 2, NULL, '', '', 14, @1, 14, 1, NULL);
    INSERT INTO bin (case_id, since, seen_ms) VALUES (@3, 60, 0);
"##;

fn opened() -> (tempfile::TempDir, tempfile::TempDir, Workspace) {
    let (data, dir) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let device = Device::kept_in(data.path());
    let known = migrations().get_migrations().clone();
    let steps = Runner::new(&known[..22]);
    let begun = super::super::super::open(dir.path(), &steps, &Medium::Writable, &|| {}).unwrap();
    let rows = (1..16u128).fold(CALLS.to_owned(), |sql, n| {
        sql.replace(&format!("@{n:x}"), &format!("x'{n:032x}'"))
    });
    begun
        .write(|tx| {
            tx.execute_batch(&rows)?;
            Ok(())
        })
        .unwrap();
    drop(begun);
    let workspace = Workspace::open_on(dir.path(), &device, &Medium::Writable).unwrap();
    (data, dir, workspace)
}

fn contact(workspace: &Workspace, id: u128) -> Contact {
    let record = workspace.record(EntityKind::Contact, Uuid::from_u128(id));
    Contact::from_record(record.unwrap().unwrap()).unwrap()
}

#[test]
fn what_was_said_of_a_case_is_said_of_its_first_contact() {
    let (_data, dir, workspace) = opened();
    let told = [0xa, 0xb, 0xc, 0xd, 0xe].map(|id| {
        let contact = contact(&workspace, id);
        (contact.queue, contact.disposition)
    });
    let of = |queue: &str, disposition: &str| (queue.to_owned(), disposition.to_owned());
    let wanted = [
        of("", ""),
        of("大家电售后", "已补发"),
        of("夜班", ""),
        of("", ""),
        of("", "转主管"),
    ];
    assert_eq!(told, wanted);
    // The rest of it is as it was.
    let first = contact(&workspace, 0xb);
    assert_eq!((first.began_at, &*first.customer), (Some(3), "王先生"));
    assert_eq!((first.meta.rev, first.meta.created_at), (2, 20));

    // It is told as an operation of the machine, in a log that holds, and found as before.
    let history = workspace.history(EntityKind::Contact, first.id.0).unwrap();
    let said: Vec<_> = history
        .iter()
        .map(|c| (c.action.as_str(), c.origin, c.fields.len()))
        .collect();
    assert_eq!(said, [("workspace.renew", Origin::Machine, 2)]);
    assert!(workspace.verify_log().unwrap().is_sound());
    let hits = workspace.search(&SearchQuery::of("大家电")).unwrap().hits;
    assert_eq!(hits.len(), 1);
    let report = workspace.check_database(true).unwrap();
    assert!(report.sound, "{:?}", report.problems);
    drop(workspace);
    let conn = Connection::open(dir.path().join(DATABASE)).unwrap();
    assert!(!super::super::wrap_up::is_due(&conn).unwrap());
}
