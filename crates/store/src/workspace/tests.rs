//! Disk full: told at once, nothing half written, and well again when there is room.

use super::*;
use std::process::Command;

fn open_here(folder: &Path) -> AppResult<Workspace> {
    Workspace::open_on(folder, &Device::passing(), &Medium::Writable)
}

fn person(name: &str) -> Person {
    Person {
        id: PersonId(Uuid::now_v7()),
        name: name.to_owned(),
        roles: [Role::Participant].into(),
        org_unit: String::new(),
        merged_into: None,
        meta: Meta::new(1, PersonId(Uuid::nil())),
    }
}

fn operation(records: Vec<Record>) -> Commit {
    Commit {
        op_id: OpId(Uuid::now_v7()),
        actor: PersonId(Uuid::nil()),
        at: 1,
        origin: Origin::Person,
        action: Action::PersonAdd,
        records,
        undoes: None,
        jobs: Vec::new(),
        blobs: Vec::new(),
    }
}

/// Commits people until the disk is full; gives the operations that went through and the error.
fn fill(workspace: &Workspace, most: usize) -> (Vec<Commit>, AppError) {
    let mut stored = Vec::new();
    for _ in 0..most {
        let commit = operation(vec![person(&"满".repeat(2_000)).into()]);
        match workspace.commit(commit.clone()) {
            Ok(_) => stored.push(commit),
            Err(e) => return (stored, e),
        }
    }
    panic!("{most} operations went into a disk that was to be full");
}

fn holds_exactly(workspace: &Workspace, stored: &[Commit]) {
    let people = workspace.people().unwrap();
    assert_eq!(people.len(), stored.len());
    for commit in stored {
        assert_eq!(workspace.changes_of_op(commit.op_id).unwrap().len(), 1);
    }
    let report = workspace.check_database(true).unwrap();
    assert!(report.sound, "{:?}", report.problems);
    assert_eq!(report.counts["change"] as usize, stored.len());
}

fn limit_pages(workspace: &Workspace, pages: i64) {
    workspace
        .connections
        .with_writer(|writer| Ok(writer.pragma_update(None, "max_page_count", pages)?))
        .unwrap();
}

/// Every page of a commit is the one for which there is no room, in turn.
#[test]
fn a_commit_that_does_not_fit_leaves_no_trace_whichever_page_is_missing() {
    let dir = tempfile::tempdir().unwrap();
    let workspace = open_here(dir.path()).unwrap();
    let used = workspace
        .read(|c| Ok(c.query_row("PRAGMA page_count", [], |r| r.get(0))?))
        .unwrap();
    let big = operation(
        (0..20)
            .map(|n| person(&n.to_string().repeat(3_000)).into())
            .collect(),
    );
    let mut refusals = 0;
    for pages in used.. {
        limit_pages(&workspace, pages);
        match workspace.commit(big.clone()) {
            Err(e) => {
                assert_eq!(e.code(), codes::DISK_FULL);
                assert!(workspace.people().unwrap().is_empty());
                assert_eq!(workspace.head_seq().unwrap(), 0);
                refusals += 1;
            }
            Ok(_) => break,
        }
    }
    assert!(refusals > 10, "only {refusals} pages were missing in turn");
    assert_eq!(workspace.people().unwrap().len(), 20);
    assert!(workspace.check_database(true).unwrap().sound);
}

#[test]
fn a_full_disk_is_told_and_room_makes_it_well_again() {
    let dir = tempfile::tempdir().unwrap();
    let workspace = open_here(dir.path()).unwrap();
    limit_pages(&workspace, 200);
    let (mut stored, refused) = fill(&workspace, 1_000);
    assert_eq!(refused.code(), codes::DISK_FULL);
    holds_exactly(&workspace, &stored);
    limit_pages(&workspace, 1_000_000);
    let after = operation(vec![person("又有地方了").into()]);
    workspace.commit(after.clone()).unwrap();
    stored.push(after);
    holds_exactly(&workspace, &stored);
}

/// A small file system of its own, where this process may mount one.
struct SmallDisk(tempfile::TempDir);

impl SmallDisk {
    fn mount(megabytes: u32) -> Option<Self> {
        let dir = tempfile::tempdir().unwrap();
        let size = format!("size={megabytes}m");
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &size, "tmpfs"])
            .arg(dir.path())
            .output()
            .is_ok_and(|o| o.status.success());
        mounted.then_some(Self(dir))
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // A mount that stays is only memory, and gone with the machine.
        let _ = Command::new("umount").arg(self.0.path()).output();
    }
}

#[test]
fn a_disk_that_is_really_full_loses_nothing_either() {
    let Some(disk) = SmallDisk::mount(3) else {
        println!("SKIPPED: no small disk may be mounted here; the page limit stands in for it");
        return;
    };
    let folder = disk.0.path().join("workspace");
    let ballast = disk.0.path().join("ballast");
    std::fs::write(&ballast, vec![1; 600 << 10]).unwrap();
    let workspace = open_here(&folder).unwrap();
    let (mut stored, refused) = fill(&workspace, 10_000);
    assert_eq!(refused.code(), codes::DISK_FULL);
    assert!(!stored.is_empty());
    drop(workspace);
    std::fs::remove_file(&ballast).unwrap();
    let workspace = open_here(&folder).unwrap();
    let after = operation(vec![person("又有地方了").into()]);
    workspace.commit(after.clone()).unwrap();
    stored.push(after);
    holds_exactly(&workspace, &stored);
}
