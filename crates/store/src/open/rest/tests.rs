//! What older versions called the same in every workspace.

use super::super::tests::open_here;
use super::super::*;
use super::identities;
use crate::device::{Chain, Device};
use crate::field::uuid_at;
use crate::{Workspace, log};
use qinting_app::*;
use qinting_domain::*;
use rstest::rstest;
use uuid::Uuid;

/// As an older version began a workspace, and what was done in it: `@02` is the id 2, `#02` the same as text.
const BEGUN: &str = r##"
    INSERT INTO person (row, id, name, roles, org_unit, created_at, created_by, updated_at, rev) VALUES
        (1, @0002, '本机', '["participant"]', '', @AT, @0002, 7, 1),
        (2, @0099, '林夕', '[]', '', 8, @0002, 8, 1);
    INSERT INTO tag VALUES
        (1, @1000, NULL, '规则', '[]', '', 'info', 0, 'active', NULL, 7, @0002, 7, 1, NULL),
        (2, @100b, @1000, '发货', '[]', '', 'info', 11, 'merged_into', @1000, 7, @0002, 7, 1, NULL),
        (3, @2000, NULL, '自己的', '[]', '', 'ink', 12, 'active', NULL, 9, @0099, 9, 1, NULL);
    INSERT INTO "case" VALUES (1, @CASE, '退款', '', '', '', '', '', NULL, '', '', 'zh', 9, @0002, 9, 1, NULL);
    INSERT INTO recording VALUES
        (1, @00a2, @CASE, '[]', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
            'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb', 8000, 1, 8000, 1000, '["agent"]', 0, 9, @0002, 9, 1, NULL, '[]', 0);
    INSERT INTO observation VALUES
        (1, @00a3, @CASE, @00a2, 0, 9, 9, 0, 'problem', 'none', '', '', 0, 9, @0002, 9, 1, NULL, NULL);
    INSERT INTO observation_tag VALUES (@00a3, @100b, '80000000');
    INSERT INTO session VALUES (1, @00a4, '专场', '', '', '', NULL, @0002, 9, @0002, 9, 1, NULL);
    INSERT INTO session_person VALUES (@00a4, @0002, '80000000'), (@00a4, @0099, '80000001');
    INSERT INTO issue VALUES
        (1, @00a5, 1, '七天', '', '', '', @0002, '', 0, 0, 'new', '', NULL, NULL, NULL, 9, @0002, 9, 1, NULL);
    INSERT INTO change VALUES
        (1, 7, @0002, 'workspace.seed', @0003, 'person', @0002, 1, '{"name":{"before":null,"after":"本机"}}',
            NULL, 'machine', NULL),
        (2, 7, @0002, 'workspace.seed', @0003, 'tag', @100b, 1,
            '{"parent_id":{"before":null,"after":"#1000"}}', NULL, 'machine', NULL),
        (3, 9, @0002, 'session.add', @00b1, 'session', @00a4, 1,
            '{"people":{"before":null,"after":["#0002","#0099"]}}', NULL, 'person', @00d1),
        (4, 9, @0099, 'undo', @00b2, 'session', @00a4, 0, '{"title":{"before":"","after":"专场"}}',
            @00b1, 'undo', @00d1);
    INSERT INTO listen_state VALUES (@CASE, @0002, 400, 1.5, 1);
    INSERT INTO seat VALUES (1, @0002);
"##;

/// A folder with a workspace as version 11 left it.
fn begun(folder: &Path, at: i64, case: u128) {
    let known = migrations().get_migrations().clone();
    drop(
        super::super::open(
            folder,
            &Runner::new(&known[..11]),
            &Medium::Writable,
            &|| {},
        )
        .unwrap(),
    );
    let conn = Connection::open(folder.join(DATABASE)).unwrap();
    let ids = [
        2, 3, 0x99, 0xa2, 0xa3, 0xa4, 0xa5, 0xb1, 0xb2, 0xd1, 0x1000, 0x100b, 0x2000,
    ];
    let rows = BEGUN
        .replace("@AT", &at.to_string())
        .replace("@CASE", &format!("x'{case:032x}'"));
    let rows = ids.into_iter().fold(rows, |sql, n: u128| {
        let text = Uuid::from_u128(n).to_string();
        sql.replace(&format!("@{n:04x}"), &format!("x'{n:032x}'"))
            .replace(&format!("#{n:04x}"), &text)
    });
    conn.execute_batch(&rows).unwrap();
    conn.close().unwrap();
}

/// The log of version 11 in its chain, as version 12 left it: written by `device`, before there were other ids.
fn chained(folder: &Path, device: &Device) {
    let connections = super::super::open(folder, &migrations(), &Medium::Writable, &|| {}).unwrap();
    let carried = connections.write(|tx| {
        let chain = Chain::take_up(device, folder, tx)?;
        let end = log::chaining::carry_over(tx, &chain)?;
        Ok((chain, end.expect("something was there")))
    });
    let (chain, (n, head)) = carried.unwrap();
    chain.keep(n, &head);
}

fn first_of(workspace: &Workspace) -> PersonId {
    let people = workspace.people().unwrap();
    people.iter().find(|p| p.name == "本机").unwrap().id
}

/// Every place where an id of before still stands, in whatever column.
fn left_over(folder: &Path) -> Vec<String> {
    let conn = Connection::open(folder.join(DATABASE)).unwrap();
    let sql = "SELECT t.name, c.name FROM pragma_table_list t, pragma_table_info(t.name) c
        WHERE t.schema = 'main' AND t.type = 'table' AND c.type IN ('BLOB', 'TEXT')";
    let mut statement = conn.prepare(sql).unwrap();
    let columns = statement.query_map([], |r| Ok((r.get(0)?, r.get(1)?)));
    let columns: Vec<(String, String)> = columns.unwrap().map(Result::unwrap).collect();
    let found = columns.into_iter().filter(|(table, column)| {
        let fixed = [2u128, 3, 0x1000, 0x100b].map(|n| {
            let text = Uuid::from_u128(n);
            let blob = Uuid::from_u128(n).simple().to_string();
            format!(
                "instr(hex(\"{column}\"), upper('{blob}')) OR instr(CAST(\"{column}\" AS TEXT), '{text}')"
            )
        });
        let sql = format!(
            "SELECT EXISTS (SELECT 1 FROM \"{table}\" WHERE {})",
            fixed.join(" OR ")
        );
        conn.query_row(&sql, [], |r| r.get(0)).unwrap()
    });
    found
        .map(|(table, column)| format!("{table}.{column}"))
        .collect()
}

#[rstest]
#[case::before_chains(false)]
#[case::in_its_chain(true)]
fn what_every_workspace_called_the_same_gets_ids_of_its_own(#[case] was_chained: bool) {
    let (data, dir) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let device = Device::kept_in(data.path());
    begun(dir.path(), 7, 0xa1);
    if was_chained {
        chained(dir.path(), &device);
    }
    let workspace = Workspace::open_on(dir.path(), &device, &Medium::Writable).unwrap();
    assert_eq!(left_over(dir.path()), Vec::<String>::new());
    assert!(workspace.check_database(true).unwrap().sound);

    let me = first_of(&workspace);
    assert_eq!(workspace.seated().unwrap(), Some(me));
    let record = |kind, n| workspace.record(kind, Uuid::from_u128(n)).unwrap().unwrap();
    let session = ListeningSession::from_record(record(EntityKind::Session, 0xa4)).unwrap();
    let guest = PersonId(Uuid::from_u128(0x99));
    assert_eq!(
        (
            session.facilitator_id,
            session.people,
            session.meta.created_by
        ),
        (Some(me), vec![me, guest], me)
    );
    let issue = Issue::from_record(record(EntityKind::Issue, 0xa5)).unwrap();
    assert_eq!(issue.owner_id, Some(me));
    let starter = starter_tags();
    let (rule, shipping) = (starter[0].id, starter[11].id);
    let mark = Observation::from_record(record(EntityKind::Observation, 0xa3)).unwrap();
    assert_eq!(mark.tags, [shipping]);
    let tags = workspace.tags().unwrap();
    let ids: Vec<TagId> = tags.iter().map(|t| t.id).collect();
    assert_eq!(ids, [rule, shipping, TagId(Uuid::from_u128(0x2000))]);
    assert_eq!(tags[1].status, TagStatus::MergedInto(rule));

    // The log says the same of them, and stands in a chain that holds.
    let told = workspace.history(EntityKind::Session, Uuid::from_u128(0xa4));
    let told = told.unwrap();
    assert_eq!((told[0].actor, told[1].actor), (me, guest));
    let people = told[0].fields["people"].after().unwrap();
    assert_eq!(people, &serde_json::json!([me, guest]));
    let named = workspace.history(EntityKind::Tag, shipping.0).unwrap();
    assert_eq!(
        named[0].fields["parent_id"].after().unwrap(),
        &serde_json::json!(rule)
    );
    assert!(workspace.verify_log().unwrap().is_sound());

    // It goes on, and what this installation wrote here is found again.
    workspace.mark_demo().unwrap();
    drop(workspace);
    let again = Workspace::open_on(dir.path(), &device, &Medium::Writable).unwrap();
    assert!(again.verify_log().unwrap().is_sound());
    assert_eq!(first_of(&again), me);
}

#[test]
fn two_workspaces_have_different_people_in_them_and_two_copies_of_one_the_same() {
    let of = |at, case| {
        let dir = tempfile::tempdir().unwrap();
        begun(dir.path(), at, case);
        let workspace = open_here(dir.path()).unwrap();
        (first_of(&workspace), id_in(dir.path()))
    };
    let one = of(7, 0xa1);
    assert_eq!(of(7, 0xa1), one);
    assert_ne!(one.0.0, one.1);
    for other in [of(8, 0xa1), of(7, 0xa2)] {
        assert!(other.0 != one.0 && other.1 != one.1);
    }
}

fn id_in(folder: &Path) -> Uuid {
    let conn = Connection::open(folder.join(DATABASE)).unwrap();
    conn.query_row("SELECT id FROM workspace", [], |r| uuid_at(r, 0))
        .unwrap()
}

#[test]
fn what_is_done_once_is_not_done_again() {
    let dir = tempfile::tempdir().unwrap();
    drop(open_here(dir.path()).unwrap());
    let id = id_in(dir.path());
    drop(open_here(dir.path()).unwrap());
    assert_eq!(id_in(dir.path()), id);
    let conn = Connection::open(dir.path().join(DATABASE)).unwrap();
    assert!(!identities::are_due(&conn).unwrap());
}

#[test]
fn the_settings_of_before_become_everybodys_own() {
    let dir = tempfile::tempdir().unwrap();
    super::super::older::workspace_of(dir.path(), 10);
    let workspace = open_here(dir.path()).unwrap();
    let all = |kind| workspace.all_of(kind).unwrap();
    let lags = all(EntityKind::PersonSettings).into_iter().map(|record| {
        let own = PersonSettingsRecord::from_record(record).unwrap();
        (own.id.0.as_u128(), own.values.mark_lag_ms)
    });
    // Whoever was taken away has none.
    let lags: std::collections::BTreeSet<_> = lags.collect();
    assert_eq!(lags, [(1, 1_500), (2, 1_500)].into());
    let of_workspace =
        WorkspaceSettingsRecord::from_record(all(EntityKind::WorkspaceSettings).remove(0));
    let of_workspace = of_workspace.unwrap();
    assert_eq!(of_workspace.id.0, id_in(dir.path()));
    assert_eq!(of_workspace.values, WorkspaceSettings::default());
    let of_device = DeviceSettingsRecord::from_record(all(EntityKind::DeviceSettings).remove(0));
    assert_eq!(of_device.unwrap().id, workspace.device());
    let told = workspace.history(EntityKind::PersonSettings, Uuid::from_u128(1));
    let told = told.unwrap().remove(0);
    assert_eq!(
        (told.action.as_str(), told.origin),
        ("workspace.renew", Origin::Machine)
    );
    assert_eq!(told.fields["mark_lag_ms"].after().unwrap(), 1_500);
    assert!(workspace.verify_log().unwrap().is_sound());
}

#[test]
fn who_had_listened_is_known_still() {
    let dir = tempfile::tempdir().unwrap();
    super::super::older::workspace_of(dir.path(), 10);
    let workspace = open_here(dir.path()).unwrap();
    assert_eq!(
        workspace
            .listener_count(CaseId(Uuid::from_u128(8)))
            .unwrap(),
        2
    );
    let all = workspace.all_of(EntityKind::Listening).unwrap();
    let heard = all.into_iter().filter_map(Listening::from_record);
    let heard: Vec<_> = heard
        .map(|l| (l.person_id.0.as_u128(), l.to_ms, l.played_ms, l.ended_at))
        .collect();
    // How much of it sounded, nobody measured then.
    assert_eq!(heard, [(1, 400, None, 1), (2, 0, None, 2)]);
    let place = workspace.listen_state(CaseId(Uuid::from_u128(8)), PersonId(Uuid::from_u128(1)));
    assert_eq!(place.unwrap().unwrap().position_ms, 400);
}

#[test]
fn what_recordings_kept_under_its_hash_is_theirs_alone() {
    let ids_of = || {
        let dir = tempfile::tempdir().unwrap();
        super::super::older::workspace_of(dir.path(), 10);
        let conn = Connection::open(dir.path().join(DATABASE)).unwrap();
        let sound = |letter: &str| letter.repeat(64);
        // One sound in two recordings, and one another took the place of.
        conn.execute(
            "UPDATE recording SET audio_sha256 = ?1 WHERE row IN (1, 2)",
            [sound("a")],
        )
        .unwrap();
        let fields = format!(
            r#"{{"audio_sha256":{{"before":"{}","after":"{}"}}}}"#,
            sound("f"),
            sound("a")
        );
        conn.execute(
            "INSERT INTO change (at, actor, action, op_id, entity, entity_id, created, fields, origin)
             SELECT 9, id, 'recording.retake', randomblob(16), 'recording', id, 0, ?1, 'person'
             FROM recording WHERE row = 1",
            [fields],
        )
        .unwrap();
        conn.close().unwrap();
        let workspace = open_here(dir.path()).unwrap();
        let blobs = workspace.blobs().unwrap();
        let told = blobs.into_iter().map(|b| {
            let holds = b.sha256[..1].to_owned();
            ((b.recording_id.0.as_u128(), b.role, holds), (b.id, b.bytes))
        });
        told.collect::<std::collections::BTreeMap<_, _>>()
    };
    let found = ids_of();
    let keys: Vec<_> = found.keys().cloned().collect();
    let of = |recording, role, holds: &str| (recording, role, holds.to_owned());
    assert_eq!(
        keys,
        [
            of(0xc, BlobRole::Source, "c"),
            of(0xc, BlobRole::Audio, "a"),
            of(0xc, BlobRole::Audio, "f"),
            of(0xc, BlobRole::Peaks, "b"),
            of(0xd, BlobRole::Audio, "a"),
            of(0xd, BlobRole::Peaks, "d"),
        ]
    );
    assert_eq!(found[&of(0xc, BlobRole::Source, "c")].1, Some(44));
    // An older copy of the database that is put back finds them again.
    assert_eq!(ids_of(), found);
}

mod contacts;
mod wrap_up;
