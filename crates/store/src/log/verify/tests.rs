//! Whatever is done to the log behind the program's back is found.

use super::*;
use crate::device::Chain;
use crate::log::{self, Operation};
use crate::{Device, Workspace};
use qinting_app::{Commit, Store};
use qinting_domain::*;
use qinting_testkit::dice::Dice;
use rusqlite::params;
use rusqlite::types::Value;
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
        let other = Workspace::open(there.path(), &Device::kept_in(elsewhere.path())).unwrap();
        let mut story = Story::default();
        (0..6).for_each(|_| story.goes_on(&other));
        other.copy_to(desk.folder.path()).unwrap();
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
                case.customer = format!("王先生 {}", self.step);
                case.queue = format!("{}", self.step);
                vec![case.into()]
            }
            _ => {
                let mut cases = self.cases.clone();
                cases
                    .iter_mut()
                    .for_each(|c| c.agent = format!("工号 {}", self.step));
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
    assert_eq!(found.erased, 0);
}

/// Columns of the log, each with the table it stands in; `rowid` of `said_of` there is none.
const COLUMNS: [(&str, &[&str]); 4] = [
    (
        "op",
        &[
            "seq", "op_id", "replica", "n", "version", "at", "actor", "device", "origin", "action",
            "undoes", "seen", "first", "touched", "head", "vouched",
        ],
    ),
    (
        "change",
        &["seq", "op", "entity", "entity_id", "created", "proof"],
    ),
    ("said", &["change", "fields"]),
    ("said_of", &["whom", "change"]),
];

fn key_of(table: &str) -> &'static str {
    match table {
        "said" => "change",
        "said_of" => "hex(whom) || change",
        _ => "seq",
    }
}

/// A row of a table, by its key.
fn any_row(conn: &Connection, table: &str, dice: &mut Dice) -> Value {
    let sql = format!("SELECT {} FROM {table}", key_of(table));
    let mut statement = conn.prepare(&sql).unwrap();
    let keys = statement.query_map([], |r| r.get(0)).unwrap();
    let keys: Vec<Value> = keys.map(Result::unwrap).collect();
    keys[dice.below(keys.len())].clone()
}

fn other_than(value: &Value, dice: &mut Dice) -> Value {
    match value {
        Value::Null => Value::Blob(vec![1; 16]),
        Value::Integer(n) => {
            Value::Integer(n + 1 + dice.below(3) as i64 * if *n > 3 { -1 } else { 1 })
        }
        Value::Text(text) => Value::Text(format!("{text}.")),
        Value::Blob(bytes) => {
            let mut bytes = bytes.clone();
            let at = dice.below(bytes.len());
            bytes[at] ^= 1 << dice.below(8);
            Value::Blob(bytes)
        }
        Value::Real(n) => Value::Real(n + 1.0),
    }
}

/// What another installation says with its key only that one can tell from nonsense.
fn is_word_of_another(conn: &Connection, table: &str, column: &str, row: &Value) -> bool {
    let sql = "SELECT replica = (SELECT replica FROM op WHERE seq = 1) FROM op WHERE seq = ?1";
    table == "op" && column == "vouched" && conn.query_row(sql, [row], |r| r.get(0)).unwrap()
}

/// What was done; `None` where it came to nothing.
fn edit(conn: &Connection, dice: &mut Dice) -> Option<String> {
    let (table, columns) = COLUMNS[dice.below(COLUMNS.len())];
    let column = columns[dice.below(columns.len())];
    let (key, row) = (key_of(table), any_row(conn, table, dice));
    let sql = format!("SELECT {column} FROM {table} WHERE {key} = ?1");
    let value: Value = conn.query_row(&sql, [&row], |r| r.get(0)).unwrap();
    let other = other_than(&value, dice);
    let sql = format!("UPDATE OR IGNORE {table} SET {column} = ?2 WHERE {key} = ?1");
    if is_word_of_another(conn, table, column, &row) {
        return None;
    }
    let done = conn.execute(&sql, params![row, other]).unwrap();
    (done > 0 && value != other).then(|| format!("{table}.{column} {value:?} → {other:?}"))
}

fn delete(conn: &Connection, dice: &mut Dice) -> Option<String> {
    let (table, _) = COLUMNS[dice.below(COLUMNS.len())];
    let row = any_row(conn, table, dice);
    let sql = format!("DELETE FROM {table} WHERE {} = ?1", key_of(table));
    conn.execute(&sql, [&row]).unwrap();
    Some(format!("a row of {table} is gone: {row:?}"))
}

/// An operation is gone with everything it did.
fn delete_whole(conn: &Connection, dice: &mut Dice) -> Option<String> {
    let Value::Integer(seq) = any_row(conn, "op", dice) else {
        return None;
    };
    take_out(conn, "op = ", seq);
    conn.execute("DELETE FROM op WHERE seq = ?1", [seq])
        .unwrap();
    Some(format!("operation {seq} is gone"))
}

fn take_out(conn: &Connection, which: &str, seq: i64) {
    for (table, key) in [("said", "change"), ("said_of", "change"), ("change", "seq")] {
        let of = format!("SELECT seq FROM change WHERE {which} ?1");
        let sql = format!("DELETE FROM {table} WHERE {key} IN ({of})");
        conn.execute(&sql, [seq]).unwrap();
    }
}

/// Two rows hold each other's value.
fn swap(conn: &Connection, dice: &mut Dice) -> Option<String> {
    let (table, columns) = COLUMNS[dice.below(3)];
    // Whoever swaps both numbers of two rows has swapped nothing.
    let columns: Vec<&str> = columns
        .iter()
        .copied()
        .filter(|c| *c != key_of(table))
        .collect();
    let column = columns[dice.below(columns.len())];
    let (key, one, other) = (
        key_of(table),
        any_row(conn, table, dice),
        any_row(conn, table, dice),
    );
    let read = format!("SELECT {column} FROM {table} WHERE {key} = ?1");
    let value = |row| {
        conn.query_row(&read, [row], |r| r.get::<_, Value>(0))
            .unwrap()
    };
    let (a, b) = (value(&one), value(&other));
    let of_others = [&one, &other].map(|row| is_word_of_another(conn, table, column, row));
    if a == b || column == "op_id" || of_others == [true; 2] {
        return None;
    }
    let write = format!("UPDATE {table} SET {column} = ?2 WHERE {key} = ?1");
    conn.execute(&write, params![one, b]).unwrap();
    conn.execute(&write, params![other, a]).unwrap();
    Some(format!(
        "{table}.{column} of {one:?} and {other:?} are swapped"
    ))
}

/// Everything from some operation of ours on is gone.
fn cut(conn: &Connection, dice: &mut Dice) -> Option<String> {
    let seq = 7 + dice.below(14) as i64;
    take_out(conn, "op >= ", seq);
    conn.execute("DELETE FROM op WHERE seq >= ?1", [seq])
        .unwrap();
    Some(format!("cut before {seq}"))
}

/// After a cut others stand where ours stood, in a chain that fits together: as somebody makes it who
/// knows everything but the key.
fn fork(conn: &Connection, dice: &mut Dice, desk: &Desk) -> Option<String> {
    let told = cut(conn, dice)?;
    let ours = desk.wrote()[0].replica;
    let forged = Chain::of(&Device::passing(), ours);
    let steps = 1 + dice.below(18);
    for _ in 0..steps {
        let op = Operation {
            op_id: OpId(Uuid::now_v7()),
            actor: PersonId(Uuid::from_u128(8)),
            at: 1,
            device: Some(desk.device.id()),
            origin: Origin::Person,
            action: "case.edit".into(),
            undoes: None,
        };
        let text = |t: &str| serde_json::Value::from(t);
        let field = FieldChange::Told {
            before: text("a"),
            after: text("b"),
        };
        let touch = log::Touch {
            seq: None,
            entity: "case".into(),
            entity_id: Uuid::from_u128(3),
            created: false,
            fields: [("title".to_owned(), field)].into(),
            whom: vec![Uuid::from_u128(3)],
        };
        log::append(conn, &forged, &op, &[touch]).unwrap();
    }
    Some(format!("{told}, {steps} others in the place"))
}

#[test]
fn every_edit_deletion_swap_cut_and_fork_is_found() {
    let desk = Desk::with_log();
    let conn = desk.connection();
    let mut dice = Dice::new(12);
    let mut done = std::collections::BTreeMap::<usize, usize>::new();
    while done.values().sum::<usize>() < TIMES {
        let tx = conn.unchecked_transaction().unwrap();
        let how = dice.below(6);
        let told = match how {
            0 => edit(&tx, &mut dice),
            1 => delete(&tx, &mut dice),
            2 => delete_whole(&tx, &mut dice),
            3 => swap(&tx, &mut dice),
            4 => cut(&tx, &mut dice),
            _ => fork(&tx, &mut dice, &desk),
        };
        if let Some(told) = told {
            *done.entry(how).or_default() += 1;
            assert!(!desk.found_in(&tx).is_sound(), "not found: {told}");
        }
        tx.rollback().unwrap();
    }
    assert!(done.values().all(|n| *n > TIMES / 12), "{done:?}");
    assert!(desk.found_in(&conn).is_sound(), "nothing of it stays");
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
        let there = Workspace::open(moved.path(), &device).unwrap();
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
    assert!(fields.contains_key("customer"));
    assert!(fields.values().all(|f| *f == FieldChange::ERASED));
}
