//! Whatever is done to the log behind the program's back is found.

use super::*;
use crate::log;
use crate::{Device, Medium, Workspace};
use qinting_app::{Commit, Store};
use qinting_domain::*;
use std::path::Path;
use tempfile::TempDir;

/// How often something is done to the log.
const TIMES: usize = 10_000;

/// A folder, and an installation that keeps what it wrote there.
struct Desk {
    folder: TempDir,
    data: TempDir,
    device: Device,
}

impl Desk {
    fn new() -> Self {
        let data = tempfile::tempdir().unwrap();
        Self {
            folder: tempfile::tempdir().unwrap(),
            device: Device::kept_in(data.path()),
            data,
        }
    }

    fn open(&self) -> Workspace {
        Workspace::open(self.folder.path(), &self.device).unwrap()
    }

    /// A log of two chains: what another installation wrote, and what this one did since.
    fn with_log() -> Self {
        let desk = Self::new();
        let (there, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let other = Workspace::open_on(
            there.path(),
            &Device::kept_in(elsewhere.path()),
            &Medium::Writable,
        )
        .unwrap();
        let mut story = Story::default();
        (0..6).for_each(|_| story.goes_on(&other));
        other.copy_to(desk.folder.path()).unwrap();
        crate::adopt(desk.folder.path(), &desk.device).unwrap();
        let here = desk.open();
        (0..14).for_each(|_| story.goes_on(&here));
        desk
    }

    fn check(&self) -> LogCheckup {
        self.open().verify_log().unwrap()
    }

    fn connection(&self) -> Connection {
        crate::connection::open(
            &self.folder.path().join("workspace.db"),
            rusqlite::OpenFlags::SQLITE_OPEN_READ_WRITE,
        )
        .unwrap()
    }

    fn wrote(&self) -> Vec<Witness> {
        self.device.wrote(self.folder.path()).unwrap()
    }

    fn found_in(&self, conn: &Connection) -> LogCheckup {
        verify(conn, &self.device, &self.wrote()).unwrap()
    }
}

/// Records that are made and edited one after the other.
#[derive(Default)]
struct Story {
    step: i64,
    cases: Vec<Case>,
}

impl Story {
    fn goes_on(&mut self, workspace: &Workspace) {
        self.step += 1;
        let by = PersonId(Uuid::from_u128(7));
        let records: Vec<Record> = match self.step % 3 {
            1 => {
                let id = CaseId(Uuid::now_v7());
                let title = format!("来电 {}", self.step);
                let case = qinting_testkit::records::case(id, &title, Meta::new(self.step, by));
                vec![case.into()]
            }
            2 => {
                let mut case = self.cases[0].clone();
                case.external_id = format!("EXT {}", self.step);
                case.order_number = format!("{}", self.step);
                vec![case.into()]
            }
            _ => {
                let mut cases = self.cases.clone();
                cases
                    .iter_mut()
                    .for_each(|c| c.title = format!("来电 {}", self.step));
                cases.into_iter().map(Record::from).collect()
            }
        };
        let done = workspace.commit(Commit {
            op_id: OpId(Uuid::now_v7()),
            actor: by,
            at: self.step,
            origin: Origin::Person,
            action: Action::CaseEdit,
            records,
            undoes: None,
            jobs: Vec::new(),
            blobs: Vec::new(),
        });
        for record in done.unwrap().records {
            let Record::Case(case) = record else {
                panic!("a case became something else")
            };
            match self.cases.iter_mut().find(|c| c.id == case.id) {
                Some(stands) => *stands = case,
                None => self.cases.push(case),
            }
        }
    }
}

#[test]
fn an_untouched_log_is_sound_and_says_whose_it_is() {
    let desk = Desk::with_log();
    let found = desk.check();
    assert_eq!(found.faults, []);
    assert!(found.is_sound());
    assert_eq!(found.operations, 20);
    let ours: Vec<(bool, i64)> = found
        .chains
        .iter()
        .map(|c| (c.ours, c.operations))
        .collect();
    assert_eq!(ours, [(false, 6), (true, 14)]);
}

#[test]
fn a_copy_that_was_put_back_by_hand_begins_a_chain_and_is_told() {
    let desk = Desk::with_log();
    let db = desk.folder.path().join("workspace.db");
    let before = std::fs::read(&db).unwrap();
    let mut story = Story::default();
    story.goes_on(&desk.open());
    let wrote = desk.wrote()[0];
    std::fs::write(&db, before).unwrap();
    let found = desk.check();
    let told = |f: &LogFault| (f.what, f.replica, f.count);
    assert_eq!(
        found.faults.iter().map(told).collect::<Vec<_>>(),
        [(LogFaultKind::Cut, Some(wrote.replica), 1)]
    );
    Story::default().goes_on(&desk.open());
    let found = desk.check();
    assert_eq!(
        found.chains.len(),
        3,
        "what comes now stands in a chain of its own"
    );
    assert_eq!(found.fault_count, 1, "and the cut stays told");
}

#[test]
fn a_copy_we_put_back_ourselves_is_no_fault() {
    let desk = Desk::new();
    let mut story = Story::default();
    let workspace = desk.open();
    story.goes_on(&workspace);
    assert!(
        workspace
            .copy_daily(1, &qinting_app::Cancel::default())
            .unwrap()
    );
    story.goes_on(&workspace);
    drop(workspace);
    let copy = crate::copies_of(desk.folder.path()).unwrap().remove(0);
    crate::restore(desk.folder.path(), &copy.name, &desk.device).unwrap();
    Story::default().goes_on(&desk.open());
    let found = desk.check();
    assert_eq!((found.fault_count, found.chains.len()), (0, 2));
}

#[test]
fn a_folder_found_elsewhere_is_taken_up_by_a_replica_of_its_own() {
    let desk = Desk::with_log();
    let mine = desk.wrote()[0].replica;
    let moved = tempfile::tempdir().unwrap();
    let copied = |from: &Path, to: &Path| {
        std::fs::copy(from.join("workspace.db"), to.join("workspace.db")).unwrap();
    };
    copied(desk.folder.path(), moved.path());
    for device in [
        desk.device.clone(),
        Device::kept_in(tempfile::tempdir().unwrap().path()),
    ] {
        let there = Workspace::open_on(moved.path(), &device, &Medium::Writable).unwrap();
        Story::default().goes_on(&there);
        let found = there.verify_log().unwrap();
        assert!(found.is_sound());
        assert_ne!(found.chains.last().unwrap().replica, mine);
    }
    // The folder it comes from goes on where it was.
    Story::default().goes_on(&desk.open());
    assert_eq!(desk.check().chains.len(), 2);
}

#[test]
fn several_processes_of_one_installation_write_one_chain() {
    let desk = Desk::new();
    let mut story = Story::default();
    let (one, other) = (desk.open(), desk.open());
    for _ in 0..3 {
        story.goes_on(&one);
        story.goes_on(&other);
    }
    let found = desk.check();
    assert!(found.is_sound());
    assert_eq!(found.chains.len(), 1);
    drop((one, other));
    assert_eq!(desk.wrote()[0].n, 6);
}

#[test]
fn what_was_written_after_the_installation_last_kept_it_is_no_fault() {
    let desk = Desk::new();
    let mut story = Story::default();
    story.goes_on(&desk.open());
    let files = || std::fs::read_dir(desk.data.path().join("replicas")).unwrap();
    let kept: Vec<_> = files().map(|f| f.unwrap().path()).collect();
    let before: Vec<_> = kept.iter().map(|f| std::fs::read(f).unwrap()).collect();
    story.goes_on(&desk.open());
    for (file, bytes) in kept.iter().zip(before) {
        std::fs::write(file, bytes).unwrap();
    }
    story.goes_on(&desk.open());
    let found = desk.check();
    assert!(found.is_sound(), "{:?}", found.faults);
    assert_eq!(found.chains.len(), 1);
}

#[test]
fn a_value_that_was_taken_out_reads_as_erased() {
    let desk = Desk::with_log();
    let conn = desk.connection();
    let sql = "SELECT o.op_id FROM op o JOIN change c ON c.op = o.seq WHERE c.seq = 2";
    let op = OpId(
        conn.query_row(sql, [], |r| crate::field::uuid_at(r, 0))
            .unwrap(),
    );
    conn.execute("DELETE FROM said WHERE change = 2", [])
        .unwrap();
    let changes = log::of_op(&conn, op).unwrap();
    let fields = &changes[0].fields;
    assert!(fields.contains_key("external_id"));
    assert!(fields.values().all(|f| *f == FieldChange::ERASED));
}

mod tampered;
