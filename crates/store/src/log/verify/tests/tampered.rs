//! Ten thousand things somebody could do to the rows of the log, and each of them found.

use super::super::*;
use super::{Desk, TIMES};
use crate::Device;
use crate::device::Chain;
use crate::log::{self, Operation};
use qinting_domain::*;
use qinting_testkit::dice::Dice;
use rusqlite::params;
use rusqlite::types::Value;

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
