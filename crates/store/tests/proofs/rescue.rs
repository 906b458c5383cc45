//! The way back from damage: copies of the database, going back to one, and reading out what is left.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::common::{TestWorkspace, open_here};
use qinting_app::*;
use qinting_domain::{EntityKind, PersonId};
use qinting_store::{Device, Workspace, copies_of, restore, salvage};
use rstest::rstest;
use std::fs::{self, File};
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tempfile::TempDir;

fn put_back(folder: &Path, name: &str) -> AppResult<()> {
    restore(folder, name, &Device::passing())
}

fn read_out(folder: &Path) -> AppResult<Salvaged> {
    salvage(folder, &Device::passing())
}

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

fn now_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    i64::try_from(since.as_millis()).unwrap()
}

fn in_days(days: i64) -> i64 {
    now_ms() + days * i64::try_from(DAY.as_millis()).unwrap() + 1_000
}

/// Calls, words, marks, an issue that rests on them: what a person would miss.
fn story() -> (TempDir, PersonId) {
    let base = TestWorkspace::new();
    let issue = base.issue("退款要等七天");
    for n in 0..12u8 {
        let call = base.call(&format!("来电 {n}"), n);
        let lines: Vec<(u64, u64, u16, String)> = (0..40)
            .map(|i| (i * 200, i * 200 + 150, 1, format!("第 {i} 句，我要退款")))
            .collect();
        let lines: Vec<_> = lines
            .iter()
            .map(|(a, b, c, t)| (*a, *b, *c, t.as_str()))
            .collect();
        base.transcript(call.1, &lines);
        for i in 0..6 {
            let mark = base.mark(call, 200 * i, &format!("很急 {i}"));
            base.link(issue.id, mark.id);
        }
    }
    base.comment(issue.id, "看过了");
    let TestWorkspace {
        dir, store, person, ..
    } = base;
    drop(store);
    (dir, person)
}

/// Everything exports would hold, as text.
fn all_of(store: &Workspace) -> String {
    let findings = Findings {
        at: 0,
        ..store.findings().unwrap()
    };
    format!("{findings:?}")
}

fn found(store: &Workspace, text: &str) -> usize {
    store.search(&SearchQuery::of(text)).unwrap().hits.len()
}

fn copy_of(dir: &Path, days: i64) -> bool {
    let store = open_here(dir).unwrap();
    store.copy_daily(in_days(days), &Cancel::default()).unwrap()
}

fn hurt(dir: &Path, how: &dyn Fn(&mut Vec<u8>)) {
    let file = dir.join("workspace.db");
    let mut bytes = fs::read(&file).unwrap();
    how(&mut bytes);
    fs::write(&file, bytes).unwrap();
}

fn every_later_page(bytes: &mut [u8]) {
    for page in bytes.chunks_mut(4_096).skip(1) {
        page[..64].fill(0xA5);
    }
}

#[test]
fn a_copy_is_made_once_a_day_and_only_of_something() {
    let empty = tempfile::tempdir().unwrap();
    assert!(!copy_of(empty.path(), 0), "there is nothing to lose yet");
    let (dir, _) = story();
    assert!(copy_of(dir.path(), 0));
    assert!(!copy_of(dir.path(), 0), "today's is there");
    assert!(copy_of(dir.path(), 1));
    assert!(
        copy_of(dir.path(), -3),
        "a clock that was set back starts no long silence"
    );
    let copies = copies_of(dir.path()).unwrap();
    let held: Vec<_> = copies
        .iter()
        .map(|c| (c.readable, c.cases, c.observations, c.issues))
        .collect();
    assert_eq!(held, [(true, 12, 72, 1); 3]);
}

#[test]
fn seven_are_kept_in_the_order_of_their_making_and_the_newest_always() {
    let (dir, _) = story();
    let mut names = Vec::new();
    // The clock goes back and forth; the order does not.
    for day in [0, 9, 2, 400, 5, 6, 7, 8, 30] {
        assert!(copy_of(dir.path(), day));
        names.insert(0, copies_of(dir.path()).unwrap()[0].name.clone());
    }
    names.truncate(7);
    let kept: Vec<_> = copies_of(dir.path())
        .unwrap()
        .into_iter()
        .map(|c| c.name)
        .collect();
    assert_eq!(kept, names);
}

#[test]
fn a_copy_holds_one_moment_while_others_write_and_nobody_waits() {
    let (dir, person) = story();
    let store = open_here(dir.path()).unwrap();
    std::thread::scope(|scope| {
        let copying = scope.spawn(|| store.copy_daily(now_ms(), &Cancel::default()).unwrap());
        while !copying.is_finished() {
            store.save_seated(person).unwrap();
        }
        assert!(copying.join().unwrap());
    });
    drop(store);
    assert!(copies_of(dir.path()).unwrap()[0].readable);
}

#[test]
fn a_copy_that_is_stopped_leaves_nothing() {
    let (dir, _) = story();
    let store = open_here(dir.path()).unwrap();
    let stopped = Cancel::default();
    stopped.cancel();
    assert!(!store.copy_daily(now_ms(), &stopped).unwrap());
    assert_eq!(copies_of(dir.path()).unwrap(), []);
    let left = fs::read_dir(dir.path().join("backups")).unwrap().flatten();
    assert!(
        left.into_iter()
            .all(|e| !e.file_name().to_string_lossy().ends_with(".part"))
    );
}

#[test]
fn a_damaged_database_pushes_no_good_copy_out() {
    let (dir, _) = story();
    let store = open_here(dir.path()).unwrap();
    assert!(store.copy_daily(in_days(0), &Cancel::default()).unwrap());
    let before = copies_of(dir.path()).unwrap();
    hurt(dir.path(), &|bytes: &mut Vec<u8>| every_later_page(bytes));
    assert!(store.copy_daily(in_days(1), &Cancel::default()).is_err());
    drop(store);
    assert_eq!(copies_of(dir.path()).unwrap(), before);
}

/// The drill: damaged in several ways, and back to what the copy holds.
#[rstest]
#[case::pages(&|bytes: &mut Vec<u8>| every_later_page(bytes))]
#[case::header(&|bytes: &mut Vec<u8>| bytes[..100].fill(0))]
#[case::cut_off(&|bytes: &mut Vec<u8>| bytes.truncate(bytes.len() / 2))]
#[case::another_file(&|bytes: &mut Vec<u8>| *bytes = b"a letter".repeat(2_000))]
fn a_copy_brings_back_what_it_holds_and_what_was_hurt_stays_beside(
    #[case] how: &dyn Fn(&mut Vec<u8>),
) {
    let (dir, _) = story();
    assert!(copy_of(dir.path(), 0));
    let before = all_of(&open_here(dir.path()).unwrap());
    hurt(dir.path(), how);
    let bytes = fs::read(dir.path().join("workspace.db")).unwrap();
    let refused = open_here(dir.path()).err().unwrap();
    assert_eq!(refused.code(), codes::WORKSPACE_DAMAGED);

    put_back(dir.path(), &copies_of(dir.path()).unwrap()[0].name).unwrap();
    let store = open_here(dir.path()).unwrap();
    assert_eq!(all_of(&store), before);
    assert!(store.check_database(true).unwrap().sound);
    assert_eq!(found(&store, "退款"), 101);

    let aside = copies_of(dir.path())
        .unwrap()
        .into_iter()
        .find(|c| c.is_aside)
        .unwrap();
    let kept = fs::read(dir.path().join("backups").join(aside.name)).unwrap();
    assert_eq!(kept.len(), bytes.len());
    assert!(kept == bytes);
    // Nothing is left of the work.
    assert!(
        fs::read_dir(dir.path())
            .unwrap()
            .flatten()
            .all(|e| !e.file_name().to_string_lossy().starts_with(".restore"))
    );
}

#[test]
fn what_was_done_since_the_copy_can_be_gone_back_to_as_well() {
    let (dir, _) = story();
    assert!(copy_of(dir.path(), 0));
    let later = PersonId(uuid::Uuid::from_u128(77));
    let store = open_here(dir.path()).unwrap();
    store.save_seated(later).unwrap();
    drop(store);
    put_back(dir.path(), &copies_of(dir.path()).unwrap()[0].name).unwrap();
    assert_ne!(
        open_here(dir.path()).unwrap().seated().unwrap(),
        Some(later)
    );
    let aside = copies_of(dir.path())
        .unwrap()
        .into_iter()
        .find(|c| c.is_aside)
        .unwrap();
    put_back(dir.path(), &aside.name).unwrap();
    assert_eq!(
        open_here(dir.path()).unwrap().seated().unwrap(),
        Some(later)
    );
}

#[test]
fn recordings_only_the_database_put_aside_knows_are_not_swept() {
    let (dir, _) = story();
    assert!(copy_of(dir.path(), 0));
    let shelf = dir.path().join("media/07");
    fs::create_dir_all(&shelf).unwrap();
    let newer = shelf.join("07".repeat(16));
    fs::write(&newer, "sound").unwrap();
    put_back(dir.path(), &copies_of(dir.path()).unwrap()[0].name).unwrap();
    let store = open_here(dir.path()).unwrap();
    assert_eq!(store.media().sweep(&store.blobs().unwrap()).unwrap(), 0);
    assert!(newer.exists());
}

#[test]
fn a_copy_that_is_hurt_itself_takes_nobodys_place() {
    let (dir, _) = story();
    assert!(copy_of(dir.path(), 0));
    let name = copies_of(dir.path()).unwrap()[0].name.clone();
    let copy = dir.path().join("backups").join(&name);
    let mut bytes = fs::read(&copy).unwrap();
    every_later_page(&mut bytes);
    fs::write(&copy, bytes).unwrap();
    let before = fs::read(dir.path().join("workspace.db")).unwrap();
    assert_eq!(
        put_back(dir.path(), &name).err().unwrap().code(),
        codes::WORKSPACE_DAMAGED
    );
    assert_eq!(
        put_back(dir.path(), "../workspace.db")
            .err()
            .unwrap()
            .code(),
        codes::NOT_FOUND
    );
    assert!(fs::read(dir.path().join("workspace.db")).unwrap() == before);
    assert!(copies_of(dir.path()).unwrap().iter().all(|c| !c.is_aside));
}

#[test]
fn a_sound_database_is_read_out_without_a_loss() {
    let (dir, _) = story();
    let cases = |store: &Workspace| store.cases(&CaseQuery::default()).unwrap();
    let (before, listed) = {
        let store = open_here(dir.path()).unwrap();
        (all_of(&store), cases(&store))
    };
    let told = read_out(dir.path()).unwrap();
    assert_eq!((told.lost, told.left_out), (0, 0));
    assert!(told.saved > 700, "{told:?}");
    let store = open_here(dir.path()).unwrap();
    assert_eq!(all_of(&store), before);
    assert_eq!(cases(&store), listed);
    assert_eq!(found(&store, "退款"), 101);
    assert!(store.check_database(true).unwrap().sound);
}

/// Every page but those of the schema is lost in turn; whatever is left makes a sound workspace again.
#[test]
fn whichever_page_is_lost_the_rest_is_read_out() {
    let (dir, _) = story();
    let whole = fs::read(dir.path().join("workspace.db")).unwrap();
    let schema_pages = schema_pages(&dir.path().join("workspace.db"));
    let pages = whole.len() / 4_096;
    let mut most_lost = 0;
    for page in (1..pages)
        .filter(|page| !schema_pages.contains(page))
        .step_by(5)
    {
        let other = tempfile::tempdir().unwrap();
        let mut bytes = whole.clone();
        bytes[page * 4_096..(page + 1) * 4_096].fill(0xA5);
        fs::write(other.path().join("workspace.db"), bytes).unwrap();
        let told = read_out(other.path()).unwrap();
        most_lost = most_lost.max(told.lost);
        let store = open_here(other.path()).unwrap();
        let report = store.check_database(true).unwrap();
        assert!(report.sound, "page {page}: {:?}", report.problems);
    }
    assert!(most_lost > 0, "no page held a row");
}

/// Pages of the table of contents: without them nothing can be found.
fn schema_pages(file: &Path) -> Vec<usize> {
    let conn = rusqlite::Connection::open(file).unwrap();
    let sql = "SELECT pageno - 1 FROM dbstat WHERE name = 'sqlite_schema'";
    let mut statement = conn.prepare(sql).unwrap();
    let pages = statement.query_map([], |r| r.get::<_, i64>(0)).unwrap();
    pages
        .map(|page| usize::try_from(page.unwrap()).unwrap())
        .collect()
}

#[test]
fn what_was_lost_comes_from_the_newest_copy() {
    let (dir, person) = story();
    assert!(copy_of(dir.path(), 0));
    let before = all_of(&open_here(dir.path()).unwrap());
    lose(dir.path(), "case");
    let told = read_out(dir.path()).unwrap();
    assert_eq!((told.lost, told.from_copy, told.left_out), (12, 12, 0));
    let store = open_here(dir.path()).unwrap();
    assert_eq!(store.cases(&CaseQuery::default()).unwrap().total, 12);
    assert_eq!(all_of(&store), before);
    assert!(
        store
            .record(EntityKind::Person, person.0)
            .unwrap()
            .is_some()
    );
}

/// The first page of a table is lost.
fn lose(folder: &Path, table: &str) {
    let conn = rusqlite::Connection::open(folder.join("workspace.db")).unwrap();
    let sql = "SELECT rootpage FROM sqlite_schema WHERE name = ?1";
    let root: i64 = conn.query_row(sql, [table], |r| r.get(0)).unwrap();
    conn.close().unwrap();
    let at = (usize::try_from(root).unwrap() - 1) * 4_096;
    hurt(folder, &|bytes| bytes[at..at + 4_096].fill(0xA5));
}

#[test]
fn which_bytes_are_whose_comes_from_the_newest_copy_too() {
    let (dir, _) = story();
    let conn = rusqlite::Connection::open(dir.path().join("workspace.db")).unwrap();
    let sealed = "INSERT INTO blob (id, recording_id, role, format, sha256)
        SELECT randomblob(16), id, 'audio', 0, hex(id) FROM recording";
    assert_eq!(conn.execute(sealed, []).unwrap(), 12);
    conn.close().unwrap();
    let before = open_here(dir.path()).unwrap().blobs().unwrap();
    assert!(copy_of(dir.path(), 0));
    lose(dir.path(), "blob");
    let back = read_out(dir.path()).unwrap().from_copy;
    assert_eq!(back as usize, before.len());
    let after = open_here(dir.path()).unwrap().blobs().unwrap();
    assert!(before.iter().all(|blob| after.contains(blob)));
}

#[test]
fn the_doctor_makes_nobody_wait() {
    let (dir, person) = story();
    let store = open_here(dir.path()).unwrap();
    // Another process is in the middle of writing.
    let other = rusqlite::Connection::open(dir.path().join("workspace.db")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let before = SystemTime::now();
    assert!(store.check_database(true).unwrap().sound);
    assert!(before.elapsed().unwrap() < Duration::from_secs(4));
    other.execute_batch("ROLLBACK").unwrap();
    store.save_seated(person).unwrap();
}

#[test]
fn the_doctor_finds_an_index_that_is_hurt() {
    let (dir, _) = story();
    let conn = rusqlite::Connection::open(dir.path().join("workspace.db")).unwrap();
    conn.execute_batch("UPDATE segment_text_data SET block = x'0000' WHERE id > 10")
        .unwrap();
    conn.close().unwrap();
    File::open(dir.path()).unwrap();
    let report = open_here(dir.path()).map(|s| s.check_database(true).unwrap().sound);
    assert_ne!(report.ok(), Some(true));
}
