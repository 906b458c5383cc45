//! A workspace that cannot be written, or lies on another machine, is read; nothing of it changes.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::common::{TestWorkspace, hex, open_here};
use qinting_app::*;
use qinting_domain::PersonId;
use qinting_store::{Device, Medium, Workspace};
use qinting_testkit::files::snapshot;
use rstest::rstest;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use tempfile::TempDir;

fn nfs() -> Medium {
    Medium::Network { fs: "nfs".into() }
}

/// A call that was marked, in a workspace nobody has open.
fn archive() -> TempDir {
    let base = TestWorkspace::new();
    let call = base.call("退款来电", 1);
    base.transcript(call.1, &[(0, 900, 1, "我要退款")]);
    base.mark(call, 500, "很急");
    fs::create_dir_all(base.dir.path().join("media/aa")).unwrap();
    fs::write(base.dir.path().join("media/aa").join(&*hex(b"a")), "sound").unwrap();
    let TestWorkspace { dir, store, .. } = base;
    drop(store);
    dir
}

fn code<T>(answer: AppResult<T>) -> String {
    answer.err().unwrap().code().to_owned()
}

fn finds(store: &Workspace, text: &str) -> usize {
    store.search(&SearchQuery::of(text)).unwrap().hits.len()
}

#[rstest]
#[case::archive(Medium::ReadOnly, codes::WORKSPACE_READ_ONLY)]
#[case::share(nfs(), codes::WORKSPACE_NETWORK)]
fn what_is_not_written_is_read_and_left_as_it_was(#[case] medium: Medium, #[case] why: &str) {
    let dir = archive();
    let before = snapshot(dir.path());
    let store = Workspace::open_on(dir.path(), &Device::passing(), &medium).unwrap();
    assert_eq!(store.only_read().unwrap().code, why);
    assert_eq!(store.cases(&CaseQuery::default()).unwrap().total, 1);
    assert_eq!(finds(&store, "退款"), 2);
    assert_eq!(store.findings().unwrap().observations.len(), 1);
    assert!(store.check_database(true).unwrap().sound);

    assert_eq!(code(store.save_seated(PersonId(uuid::Uuid::nil()))), why);
    assert_eq!(code(store.media().work_dir()), why);
    assert_eq!(code(store.media().sweep(&[])), why);
    drop(store);
    assert!(snapshot(dir.path()) == before, "something was written");
}

/// A copy of a workspace that somebody had open: the last change stands in the log alone.
#[rstest]
#[case::archive(Medium::ReadOnly)]
#[case::share(nfs())]
fn what_stands_in_the_log_alone_is_read_too(#[case] medium: Medium) {
    let base = TestWorkspace::new();
    base.call("退款来电", 1);
    let copy = tempfile::tempdir().unwrap();
    for name in ["workspace.db", "workspace.db-wal"] {
        fs::copy(base.dir.path().join(name), copy.path().join(name)).unwrap();
    }
    let before = snapshot(copy.path());
    assert!(!before[&copy.path().join("workspace.db-wal")].is_empty());
    let store = Workspace::open_on(copy.path(), &Device::passing(), &medium).unwrap();
    assert_eq!(store.cases(&CaseQuery::default()).unwrap().total, 1);
    assert!(snapshot(copy.path()) == before, "something was written");
}

#[test]
fn what_another_machine_writes_meanwhile_does_not_reach_who_reads() {
    let dir = archive();
    let reading = Workspace::open_on(dir.path(), &Device::passing(), &nfs()).unwrap();
    let writing = open_here(dir.path()).unwrap();
    let person = PersonId(uuid::Uuid::from_u128(7));
    writing.save_seated(person).unwrap();
    drop(writing);
    assert_eq!(reading.seated().unwrap(), None);
    assert!(reading.check_database(true).unwrap().sound);
}

#[test]
fn no_workspace_is_made_on_another_machine() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("new");
    let refused = Workspace::open_on(&folder, &Device::passing(), &nfs())
        .err()
        .unwrap();
    assert_eq!(refused.code(), codes::WORKSPACE_NETWORK);
    assert_eq!(refused.note.args["fs"], "nfs");
    assert!(!folder.exists());
}

#[rstest]
#[case::archive(Medium::ReadOnly)]
#[case::share(nfs())]
#[case::own(Medium::Writable)]
fn a_copy_here_holds_everything_and_is_written(#[case] medium: Medium) {
    let dir = archive();
    fs::create_dir(dir.path().join("runners")).unwrap();
    fs::write(dir.path().join("in-use.lock"), "").unwrap();
    let store = Workspace::open_on(dir.path(), &Device::passing(), &medium).unwrap();
    let here = tempfile::tempdir().unwrap();
    let target = here.path().join("我的/案卷");
    let copied = store.copy_to(&target).unwrap();
    assert_eq!(copied.files, 3, "two of sound, one of text");
    let copy = open_here(&target).unwrap();
    assert_eq!(copy.only_read(), None);
    assert_eq!(finds(&copy, "退款"), 2);
    assert_eq!(
        fs::read(target.join("media/aa").join(&*hex(b"a"))).unwrap(),
        b"sound"
    );
    assert!(!target.join("in-use.lock").exists() && !target.join("runners").exists());
    // Nothing is left of the way there.
    assert_eq!(fs::read_dir(target.parent().unwrap()).unwrap().count(), 1);
}

#[test]
fn a_copy_takes_nobodys_place() {
    let dir = archive();
    let store = open_here(dir.path()).unwrap();
    let taken = tempfile::tempdir().unwrap();
    fs::write(taken.path().join("letter.txt"), "yours").unwrap();
    assert_eq!(code(store.copy_to(taken.path())), codes::WORKSPACE_NOT_ONE);
    assert_eq!(fs::read_dir(taken.path()).unwrap().count(), 1);
}

/// A mount that is read-only, where one may be made: root is refused there as anybody is.
struct Locked(PathBuf);

impl Locked {
    fn mount(folder: &Path) -> Option<Self> {
        let run = |args: &[&str]| {
            let command = Command::new("mount").args(args).arg(folder).output();
            command.is_ok_and(|o| o.status.success())
        };
        let path = folder.to_str().unwrap().to_owned();
        run(&["--bind", &path])
            .then(|| Self(folder.to_owned()))
            .filter(|_| run(&["-o", "remount,bind,ro"]))
    }
}

impl Drop for Locked {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).output();
    }
}

#[test]
fn a_medium_that_is_really_read_only_opens_to_read() {
    let dir = archive();
    let before = snapshot(dir.path());
    let Some(_locked) = Locked::mount(dir.path()) else {
        println!("SKIPPED: nothing may be mounted here; the word of the caller stands in for it");
        return;
    };
    let store = open_here(dir.path()).unwrap();
    assert_eq!(store.only_read().unwrap().code, codes::WORKSPACE_READ_ONLY);
    assert_eq!(finds(&store, "退款"), 2);
    drop(store);
    assert!(snapshot(dir.path()) == before);
    // There a new one cannot be made, and the reason is the medium.
    let refused = open_here(&dir.path().join("new")).err().unwrap();
    assert_eq!(refused.code(), codes::DISK_READ_ONLY);
}

/// Rights bind everybody but root.
#[cfg(unix)]
#[test]
fn a_folder_somebody_else_keeps_closed_opens_to_read() {
    use std::os::unix::fs::PermissionsExt;
    let dir = archive();
    let rights = |mode| fs::set_permissions(dir.path(), fs::Permissions::from_mode(mode)).unwrap();
    rights(0o555);
    if fs::write(dir.path().join("probe"), "").is_ok() {
        println!("SKIPPED: rights do not bind whoever runs this test");
        return rights(0o755);
    }
    let only_read = open_here(dir.path()).unwrap().only_read();
    rights(0o755);
    assert_eq!(only_read.unwrap().code, codes::WORKSPACE_READ_ONLY);
}

#[test]
fn a_copy_is_whole_while_files_come_and_go_beside_it() {
    let base = TestWorkspace::new();
    base.mark(base.call("退款来电", 1), 500, "很急");
    let beside = base.dir.path().join("backups");
    fs::create_dir_all(&beside).unwrap();
    let over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        // As a copy of the day is made, and a list of what was read: another name, then its own.
        scope.spawn(|| {
            while !over.load(Ordering::SeqCst) {
                for (passing, lasting) in [(".tmpA", "readings"), ("c.part", "c.db")] {
                    fs::write(beside.join(passing), "x").unwrap();
                    fs::rename(beside.join(passing), beside.join(lasting)).unwrap();
                    fs::remove_file(beside.join(lasting)).unwrap();
                }
            }
        });
        let place = tempfile::tempdir().unwrap();
        for n in 0..60 {
            let to = place.path().join(n.to_string());
            let copied = base.store.copy_to(&to);
            if copied.is_err() || n == 59 {
                over.store(true, Ordering::SeqCst);
            }
            copied.unwrap();
            assert!(to.join("workspace.db").is_file());
            assert!(!to.join("backups/c.part").exists(), "half a copy is none");
        }
    });
}

#[test]
fn what_nobody_wants_any_more_is_not_read_to_its_end() {
    let base = TestWorkspace::new();
    let call = base.call("长电话", 1);
    let lines: Vec<_> = (0..2_000)
        .map(|n| (n * 100, n * 100 + 90, 1, "我要退款"))
        .collect();
    base.transcript(call.1, &lines);
    let all = || base.store.segments(call.1, 0, 10_000);
    let stop = Cancel::default();
    assert_eq!(stop.over(all).unwrap().len(), 500);
    stop.cancel();
    assert_eq!(stop.over(all).unwrap_err().code(), codes::CANCELLED);
    // Only that call: the connection reads on for others, and what is written is written.
    assert_eq!(all().unwrap().len(), 500);
    stop.over(|| base.mark(call, 500, "很急"));
    assert_eq!(base.store.observations_of(call.0).unwrap().len(), 1);
}
