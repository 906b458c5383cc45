//! A database is opened where it is made as ours are, and refused as it lies where it is not.

use super::super::older::workspace_of;
use super::super::tests::{newest, open, open_here};
use super::super::{DATABASE, migrations};
use super::*;
use crate::medium::Medium;
use crate::{Device, Workspace, copies, restore, salvage};
use qinting_app::*;
use qinting_testkit::files::snapshot;
use rstest::rstest;
use std::fs;
use std::path::Path;

/// What somebody may have put into a database who knows how it is made.
const TRIGGER: &str = "CREATE TRIGGER odd AFTER INSERT ON job BEGIN DELETE FROM \"case\"; END";

fn altered_by(folder: &Path, sql: &str) {
    let conn = Connection::open(folder.join(DATABASE)).unwrap();
    conn.execute_batch(sql).unwrap();
    conn.close().unwrap();
}

fn rewritten(folder: &Path, sql: &str) {
    altered_by(
        folder,
        &format!("PRAGMA writable_schema = ON; {sql}; PRAGMA writable_schema = OFF"),
    );
}

fn refused_untouched(folder: &Path) -> AppError {
    let before = snapshot(folder);
    for medium in [Medium::Writable, Medium::ReadOnly] {
        let opened = Workspace::open_on(folder, &Device::passing(), &medium);
        let refused = opened.err().expect("this workspace must be refused");
        assert_eq!(refused.code(), codes::WORKSPACE_ALTERED);
        assert_eq!(snapshot(folder), before);
    }
    let opened = open_here(folder);
    opened.err().expect("this workspace must be refused")
}

#[rstest]
#[case::a_trigger(TRIGGER, "odd")]
#[case::a_view("CREATE VIEW odd AS SELECT * FROM job", "odd")]
#[case::a_table("CREATE TABLE odd (x)", "odd")]
#[case::a_virtual_table("CREATE VIRTUAL TABLE odd USING fts5 (x)", "odd")]
#[case::an_index("CREATE INDEX odd ON job (state)", "odd")]
#[case::a_column("ALTER TABLE tag ADD COLUMN odd TEXT", "tag")]
#[case::an_index_less("DROP INDEX op_by_id", "op_by_id")]
#[case::a_table_less("DROP TABLE capture_gap", "capture_gap")]
#[case::a_view_for_a_table(
    "DROP TABLE capture_part; CREATE VIEW capture_part AS SELECT * FROM job",
    "capture_part"
)]
#[case::a_name_like_sqlites(
    "CREATE TABLE odd (x); PRAGMA writable_schema = ON;
    UPDATE sqlite_schema SET name = 'sqlite_stat9', tbl_name = 'sqlite_stat9',
        sql = 'CREATE TABLE sqlite_stat9(x)' WHERE name = 'odd'",
    "sqlite_stat9"
)]
fn a_database_that_is_made_otherwise_is_refused_untouched(#[case] sql: &str, #[case] name: &str) {
    let dir = tempfile::tempdir().unwrap();
    drop(open_here(dir.path()).unwrap());
    altered_by(dir.path(), sql);
    assert!(refused_untouched(dir.path()).note.args["name"].starts_with(name));
}

#[rstest]
#[case::without_its_rules(
    "UPDATE sqlite_schema SET sql = replace(sql, 'STRICT', '') WHERE name = 'tag'"
)]
#[case::by_one_blank("UPDATE sqlite_schema SET sql = sql || ' ' WHERE name = 'tag'")]
fn a_table_under_other_rules_is_refused_untouched(#[case] sql: &str) {
    let dir = tempfile::tempdir().unwrap();
    drop(open_here(dir.path()).unwrap());
    rewritten(dir.path(), sql);
    refused_untouched(dir.path());
}

#[rstest]
fn an_older_one_is_refused_before_it_is_brought_along(#[values(1, 2, 10)] version: usize) {
    let dir = tempfile::tempdir().unwrap();
    workspace_of(dir.path(), version);
    altered_by(dir.path(), TRIGGER);
    refused_untouched(dir.path());
}

#[test]
fn one_that_was_never_begun_holds_nothing_but_its_history() {
    let dir = tempfile::tempdir().unwrap();
    let begun = "CREATE TABLE refinery_schema_history(
             version int4 PRIMARY KEY,
             name VARCHAR(255),
             applied_on VARCHAR(255),
             checksum VARCHAR(255))";
    altered_by(dir.path(), begun);
    let trigger = "CREATE TRIGGER odd AFTER INSERT ON refinery_schema_history
        BEGIN SELECT 1; END";
    altered_by(dir.path(), trigger);
    refused_untouched(dir.path());
    altered_by(dir.path(), "DROP TRIGGER odd");
    open_here(dir.path()).unwrap();
}

#[rstest]
#[case::counted("ANALYZE")]
#[case::packed("VACUUM")]
fn what_other_programs_do_to_a_database_as_it_is_harms_nothing(#[case] sql: &str) {
    let dir = tempfile::tempdir().unwrap();
    drop(open_here(dir.path()).unwrap());
    altered_by(dir.path(), sql);
    open_here(dir.path()).unwrap();
}

#[test]
fn from_whichever_version_it_comes_it_is_made_alike() {
    let known = migrations().get_migrations().clone();
    for version in 1..=known.len() {
        let dir = tempfile::tempdir().unwrap();
        drop(open(dir.path(), &Runner::new(&known[..version])).unwrap());
        drop(open_here(dir.path()).unwrap());
        let workspace = open_here(dir.path()).unwrap();
        let report = workspace.check_database(false).unwrap();
        assert_eq!(
            (report.sound, report.schema_version),
            (true, newest()),
            "from {version}"
        );
    }
}

/// Holds one person, and a trigger.
fn tampered() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    workspace_of(dir.path(), 2);
    drop(open_here(dir.path()).unwrap());
    altered_by(dir.path(), TRIGGER);
    dir
}

#[test]
fn its_records_are_read_out_of_it_and_nothing_else() {
    let dir = tampered();
    refused_untouched(dir.path());
    salvage(dir.path(), &Device::passing()).unwrap();
    let workspace = open_here(dir.path()).unwrap();
    assert_eq!(workspace.issue_by_number(7).unwrap().unwrap().title, "七天");
}

#[test]
fn a_copy_that_is_made_otherwise_does_not_take_its_place() {
    let dir = tampered();
    let copy = copies::list(dir.path()).unwrap().remove(0);
    let file = copies::folder_of(dir.path()).join(&copy.name);
    let file = if file.exists() {
        file
    } else {
        file.with_extension("db")
    };
    fs::copy(dir.path().join(DATABASE), file).unwrap();
    let before = fs::read(dir.path().join(DATABASE)).unwrap();
    let refused = restore(dir.path(), &copy.name, &Device::passing()).unwrap_err();
    assert_eq!(refused.code(), codes::WORKSPACE_ALTERED);
    assert_eq!(fs::read(dir.path().join(DATABASE)).unwrap(), before);
}

#[test]
fn the_check_up_says_it_too() {
    let dir = tempfile::tempdir().unwrap();
    let workspace = open_here(dir.path()).unwrap();
    assert!(workspace.check_database(false).unwrap().sound);
    altered_by(dir.path(), TRIGGER);
    let report = workspace.check_database(false).unwrap();
    assert!(!report.sound && report.problems.iter().any(|p| p.contains("odd")));
}
#[test]
fn what_this_version_makes_is_known_without_making_it() {
    let dir = tempfile::tempdir().unwrap();
    drop(open_here(dir.path()).unwrap());
    let conn = Connection::open(dir.path().join(DATABASE)).unwrap();
    let made = digest(&things(&conn).unwrap().unwrap());
    assert_eq!(
        made, AS_MADE_NOW,
        "a migration came: this is AS_MADE_NOW now"
    );
}
