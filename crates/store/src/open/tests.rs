//! What happens before a workspace is open.

use super::*;
use crate::{Workspace, medium_of};
use qinting_app::*;
use qinting_testkit::files::snapshot;
use refinery::Migration;
use rstest::rstest;

/// A workspace as an installation takes it up that was never there.
pub(super) fn open_here(folder: &Path) -> AppResult<Workspace> {
    Workspace::open_on(folder, &crate::Device::passing(), &medium_of(folder))
}

/// The version this program makes.
pub(super) fn newest() -> u32 {
    known_version(&migrations())
}

pub(super) fn open(folder: &Path, migrations: &Runner) -> Outcome<Connections> {
    super::open(folder, migrations, &Medium::Writable, &|| {})
}

/// A later version of the schema, which does not exist yet.
fn later(sql: &str) -> Runner {
    let mut all = migrations().get_migrations().clone();
    let next = newest() + 1;
    all.push(Migration::unapplied(&format!("V{next}__later"), sql).unwrap());
    Runner::new(&all)
}

fn refusal(folder: &Path) -> AppError {
    let opened: AppResult<Workspace> = open_here(folder);
    opened.err().expect("this workspace must be refused")
}

#[test]
fn a_new_folder_becomes_a_workspace_with_safe_settings() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("a b/工作区#1%");
    let workspace = open_here(&folder).unwrap();
    assert_eq!(
        workspace.check_database(true).unwrap().schema_version,
        newest()
    );
    let conn = connection::open(&folder.join(DATABASE), OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    let pragma = |name: &str| -> String {
        conn.pragma_query_value(None, name, |r| {
            r.get::<_, rusqlite::types::Value>(0)
                .map(|v| format!("{v:?}"))
        })
        .unwrap()
    };
    assert_eq!(pragma("journal_mode"), r#"Text("wal")"#);
    assert_eq!(pragma("synchronous"), "Integer(2)");
    assert_eq!(pragma("foreign_keys"), "Integer(1)");
    assert_eq!(pragma("trusted_schema"), "Integer(0)");
    assert_eq!(pragma("cell_size_check"), "Integer(1)");
    assert_eq!(pragma("busy_timeout"), "Integer(5000)");
    assert_eq!(pragma("user_version"), format!("Integer({})", newest()));
    drop(workspace);
    open_here(&folder).unwrap();
    assert!(
        !copies::folder_of(&folder).exists(),
        "nothing was migrated, nothing was copied"
    );
}

#[rstest]
#[case::by_header("PRAGMA user_version = 99")]
#[case::by_history(
    "INSERT INTO refinery_schema_history VALUES (99, 'later', '2027-01-01T00:00:00Z', '1')"
)]
fn a_newer_workspace_is_refused_untouched(#[case] sql: &str) {
    let dir = tempfile::tempdir().unwrap();
    drop(open_here(dir.path()).unwrap());
    let conn = Connection::open(dir.path().join(DATABASE)).unwrap();
    conn.execute_batch(sql).unwrap();
    conn.pragma_update(None, "application_id", LEVEL_MARK | 99)
        .unwrap();
    conn.close().unwrap();
    let before = snapshot(dir.path());
    let refused = refusal(dir.path());
    assert_eq!(refused.code(), codes::WORKSPACE_NEWER);
    assert_eq!(refused.note.args["found"], "99");
    let known = known_version(&migrations()).to_string();
    assert_eq!(refused.note.args["known"], known);
    assert_eq!(snapshot(dir.path()), before);
}

#[test]
fn what_a_newer_version_lets_this_one_read_is_read_and_left_untouched() {
    let dir = tempfile::tempdir().unwrap();
    super::older::workspace_of(dir.path(), 2);
    let newer = later(
        "ALTER TABLE issue ADD COLUMN mood TEXT; INSERT INTO change_unchained
        (at, actor, action, op_id, entity, entity_id, created, fields) VALUES
        (1, zeroblob(16), 'mood.set', randomblob(16), 'mood', randomblob(16), 1, '{}')",
    );
    drop(open(dir.path(), &newer).unwrap());
    let before = snapshot(dir.path());
    let workspace = open_here(dir.path()).unwrap();
    assert_eq!(workspace.issue_by_number(7).unwrap().unwrap().title, "七天");
    assert_eq!(
        workspace
            .history(EntityKind::Issue, uuid::Uuid::from_u128(7))
            .unwrap(),
        []
    );
    let refused = workspace.mark_demo().unwrap_err();
    assert_eq!(refused.code(), codes::WORKSPACE_NEWER_READ);
    drop(workspace);
    assert_eq!(snapshot(dir.path()), before);
}

#[test]
fn a_newer_workspace_that_is_open_elsewhere_is_refused_too() {
    let dir = tempfile::tempdir().unwrap();
    drop(open_here(dir.path()).unwrap());
    let conn = Connection::open(dir.path().join(DATABASE)).unwrap();
    // The newer version stands in the write-ahead log only.
    conn.execute_batch("PRAGMA wal_autocheckpoint = 0; PRAGMA user_version = 99")
        .unwrap();
    conn.pragma_update(None, "application_id", LEVEL_MARK | 99)
        .unwrap();
    let before = snapshot(dir.path());
    assert_eq!(refusal(dir.path()).code(), codes::WORKSPACE_NEWER);
    let database = dir.path().join(DATABASE);
    assert_eq!(snapshot(dir.path())[&database], before[&database]);
}

#[rstest]
#[case::text(b"this is not a database, it is a letter to somebody".repeat(40))]
#[case::zeroes(vec![0; 8_192])]
fn a_file_that_is_not_a_database_is_refused_untouched(#[case] bytes: Vec<u8>) {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join(DATABASE), bytes).unwrap();
    let before = snapshot(dir.path());
    assert_eq!(refusal(dir.path()).code(), codes::WORKSPACE_UNUSABLE);
    assert_eq!(snapshot(dir.path()), before);
}

#[rstest]
#[case::text(b"this is not a database any more".repeat(400))]
#[case::zeroes(vec![0; 8_192])]
fn beside_recordings_a_file_that_is_no_database_was_one(#[case] bytes: Vec<u8>) {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join(DATABASE), bytes).unwrap();
    fs::create_dir_all(dir.path().join("media/ab")).unwrap();
    fs::write(dir.path().join("media/ab").join("ab".repeat(32)), "sound").unwrap();
    let before = snapshot(dir.path());
    assert_eq!(refusal(dir.path()).code(), codes::WORKSPACE_DAMAGED);
    assert_eq!(snapshot(dir.path()), before);
}

#[test]
fn a_database_of_something_else_is_refused_untouched() {
    let dir = tempfile::tempdir().unwrap();
    let conn = Connection::open(dir.path().join(DATABASE)).unwrap();
    conn.execute_batch("CREATE TABLE theirs (x); PRAGMA user_version = 1")
        .unwrap();
    conn.close().unwrap();
    let before = snapshot(dir.path());
    assert_eq!(refusal(dir.path()).code(), codes::WORKSPACE_UNUSABLE);
    assert_eq!(snapshot(dir.path()), before);
}

#[test]
fn a_folder_that_cannot_be_made_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("file"), "x").unwrap();
    assert_eq!(
        refusal(&dir.path().join("file")).code(),
        codes::WORKSPACE_UNUSABLE
    );
}

#[test]
fn a_start_that_was_cut_off_is_simply_begun_again() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join(DATABASE), "").unwrap();
    drop(open_here(dir.path()).unwrap());
    assert!(open_here(dir.path()).unwrap().people().unwrap().is_empty());
}

#[test]
fn a_damaged_database_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let workspace = open_here(dir.path()).unwrap();
    drop(workspace);
    let file = dir.path().join(DATABASE);
    let mut bytes = fs::read(&file).unwrap();
    // The first page holds the schema and stays; every later page loses its header.
    for page in bytes.chunks_mut(4_096).skip(1) {
        page[..64].fill(0xA5);
    }
    fs::write(&file, bytes).unwrap();
    assert_eq!(refusal(dir.path()).code(), codes::WORKSPACE_DAMAGED);
}

#[test]
fn a_migration_keeps_the_data_and_a_copy_of_what_was() {
    let dir = tempfile::tempdir().unwrap();
    let workspace = open_here(dir.path()).unwrap();
    let person = qinting_domain::PersonId(uuid::Uuid::now_v7());
    workspace.save_seated(person).unwrap();
    drop(workspace);

    let connections = open(dir.path(), &later("CREATE TABLE extra (x INTEGER) STRICT;")).unwrap();
    let (version, seated) = connections
        .read(|c| Ok((stored_version(c)?, crate::library::seated(c)?)))
        .unwrap();
    assert_eq!((version, seated), (newest() + 1, Some(person)));
    drop(connections);
    let only_read = open_here(dir.path()).unwrap().only_read().unwrap();
    assert_eq!(only_read.args["found"], (newest() + 1).to_string());

    let copies: Vec<PathBuf> = fs::read_dir(copies::folder_of(dir.path()))
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| p.extension().is_some_and(|e| e == "db"))
        .collect();
    assert_eq!(copies.len(), 1);
    let restored = tempfile::tempdir().unwrap();
    fs::copy(&copies[0], restored.path().join(DATABASE)).unwrap();
    assert_eq!(
        open_here(restored.path()).unwrap().seated().unwrap(),
        Some(person)
    );
}

#[test]
fn a_migration_that_fails_changes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    drop(open_here(dir.path()).unwrap());
    let broken = later("CREATE TABLE extra (x INTEGER) STRICT; INSERT INTO nowhere VALUES (1);");
    assert!(open(dir.path(), &broken).is_err());
    let workspace = open_here(dir.path()).unwrap();
    assert_eq!(
        workspace.check_database(true).unwrap().schema_version,
        newest()
    );
}

#[test]
fn only_the_newest_copies_are_kept() {
    let dir = tempfile::tempdir().unwrap();
    drop(open_here(dir.path()).unwrap());
    let backups = copies::folder_of(dir.path());
    fs::create_dir(&backups).unwrap();
    for n in 0..9 {
        fs::write(backups.join(format!("workspace-{n:015}-v0.db")), "old").unwrap();
    }
    drop(open(dir.path(), &later("CREATE TABLE extra (x INTEGER) STRICT;")).unwrap());
    let mut names: Vec<String> = snapshot(&backups)
        .keys()
        .map(|p| p.file_name().unwrap().to_string_lossy().into_owned())
        .filter(|name| name.ends_with(".db"))
        .collect();
    names.sort();
    assert_eq!(names.len(), 7);
    assert!(
        names[0].contains("000000000000003") && names[6].ends_with(&format!("-v{}.db", newest())),
        "{names:?}"
    );
}

#[test]
fn many_may_open_a_new_workspace_at_once() {
    let dir = tempfile::tempdir().unwrap();
    std::thread::scope(|scope| {
        let opening: Vec<_> = (0..8)
            .map(|_| scope.spawn(|| open_here(dir.path()).map(drop)))
            .collect();
        for one in opening {
            one.join().unwrap().unwrap();
        }
    });
}

#[test]
fn a_database_that_went_missing_beside_its_recordings_is_damage_and_no_new_workspace() {
    for lost in [None, Some(b"".as_slice())] {
        let dir = tempfile::tempdir().unwrap();
        drop(open_here(dir.path()).unwrap());
        let file = dir.path().join(DATABASE);
        fs::remove_file(&file).unwrap();
        if let Some(left) = lost {
            fs::write(&file, left).unwrap();
        }
        let shelf = dir.path().join("media/ab");
        fs::create_dir_all(&shelf).unwrap();
        let name = "ab".repeat(32);
        fs::write(shelf.join(&name), "声音").unwrap();
        assert_eq!(refusal(dir.path()).code(), codes::WORKSPACE_DAMAGED);
        assert!(shelf.join(&name).is_file());
        // Without any there is nothing to lose.
        fs::remove_file(shelf.join(&name)).unwrap();
        assert!(open_here(dir.path()).is_ok());
    }
}
