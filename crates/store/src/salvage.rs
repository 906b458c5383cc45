//! Reading out a hurt database: every table row by row, past what cannot be read, into a new one.

use crate::connection;
use crate::fault::Outcome;
use crate::open::{bring_up_to_date, migrations, stored_version};
use crate::restore::open_hurt;
use crate::{cases, contacts, index, table};
use qinting_app::Salvaged;
use qinting_domain::{EntityKind, Record};
use refinery::Runner;
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Row, params_from_iter};
use std::path::Path;
use uuid::Uuid;

/// So many row numbers in a row are tried one by one behind one that cannot be read; then the steps
/// double.
const ONE_BY_ONE: i64 = 10_000;
/// A lost record takes others along that belong to it, and those others again.
const ROUNDS: usize = 8;

/// What is taken from a copy where it was lost: records, and which bytes are whose. Text is not: a copy may hold
/// an older run of it.
const FROM_COPY: [&str; 23] = [
    "person",
    "tag",
    "case",
    "contact",
    "recording",
    "blob",
    "listening",
    "unmasking",
    "transcript",
    "speaker_change",
    "hold",
    "purge",
    "erased",
    "purged",
    "workspace_settings",
    "person_settings",
    "device_settings",
    "session",
    "observation",
    "issue",
    "issue_link",
    "comment",
    "live_call",
];

/// A table as both databases know it.
struct Table {
    name: String,
    columns: Vec<String>,
    has_rowid: bool,
}

impl Table {
    fn select(&self) -> String {
        self.columns.join(", ")
    }

    fn insert(&self) -> String {
        let marks = vec!["?"; self.columns.len()].join(", ");
        let (name, columns) = (&self.name, self.select());
        format!("INSERT OR IGNORE INTO \"{name}\" ({columns}) VALUES ({marks})")
    }
}

/// Makes `whole` out of what can be read of `hurt`, and out of `copy` what is missing then.
pub(crate) fn salvage(hurt: &Path, whole: &Path, copy: Option<&Path>) -> Outcome<Salvaged> {
    let hurt = open_hurt(hurt)?;
    let mut target = Connection::open(whole)?;
    // The schema both have: what older rows lack is then brought along by the migrations.
    let known = migrations().get_migrations().clone();
    let version = stored_version(&hurt).unwrap_or(u32::MAX);
    let steps: Vec<_> = known
        .iter()
        .filter(|m| u32::try_from(m.version()).is_ok_and(|step| step <= version.max(1)))
        .cloned()
        .collect();
    Runner::new(&steps).run(&mut target)?;
    target.pragma_update(None, "foreign_keys", false)?;
    let mut told = Salvaged::default();
    let tx = target.transaction()?;
    for table in tables(&tx, &hurt)? {
        let (saved, passed) = transfer(&hurt, &tx, &table)?;
        let lost = counted_by_index(&hurt, &table).map_or(passed, |all| all.saturating_sub(saved));
        told.saved += saved;
        told.lost += lost;
        if lost > 0 && FROM_COPY.contains(&table.name.as_str()) {
            told.from_copy += copy.map_or(Ok(0), |copy| fill_up(copy, &tx, &table))?;
        }
    }
    tx.commit()?;
    bring_up_to_date(&mut target, &migrations())?;
    let tx = target.transaction()?;
    contacts::name_missing(&tx)?;
    told.left_out = leave_out_unreadable(&tx)? + leave_out_orphans(&tx)?;
    put_into_index(&tx)?;
    tx.commit()?;
    target.close().map_err(|(_, e)| e)?;
    Ok(told)
}

/// Tables of both. How far an index was renewed, and what the library counts by, is not theirs: here it is written anew.
fn tables(target: &Connection, hurt: &Connection) -> Outcome<Vec<Table>> {
    let sql = "SELECT name, wr FROM pragma_table_list WHERE schema = 'main' AND type = 'table'
        AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
        AND name NOT IN ('refinery_schema_history', 'index_state', 'library')";
    let mut statement = target.prepare(sql)?;
    let found: Vec<(String, bool)> = statement
        .query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?
        .collect::<Result<_, _>>()?;
    let mut all = Vec::new();
    for (name, without_rowid) in found {
        let theirs = columns_of(hurt, &name)?;
        let columns: Vec<String> = columns_of(target, &name)?
            .into_iter()
            .filter(|c| theirs.contains(c))
            .map(|c| format!("\"{c}\""))
            .collect();
        if !columns.is_empty() {
            all.push(Table {
                name,
                columns,
                has_rowid: !without_rowid,
            });
        }
    }
    Ok(all)
}

/// None where something else than a table goes by its name.
fn columns_of(conn: &Connection, table: &str) -> Outcome<Vec<String>> {
    let sql = "SELECT name FROM pragma_table_info(?1) WHERE EXISTS
        (SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?1)";
    let mut statement = conn.prepare(sql)?;
    let names = statement.query_map([table], |r| r.get(0))?;
    Ok(names.collect::<Result<_, _>>()?)
}

/// Rows that came over, and row numbers that were passed by.
fn transfer(hurt: &Connection, target: &Connection, table: &Table) -> Outcome<(u64, u64)> {
    let mut saved = 0;
    let mut insert = target.prepare(&table.insert())?;
    let mut keep = |row: &Row<'_>, first: usize| -> Outcome<()> {
        let values: Result<Vec<Value>, _> = (first..first + table.columns.len())
            .map(|i| row.get(i))
            .collect();
        // A value the strict table does not take is damage too.
        if let Ok(values) = values {
            saved += insert.execute(params_from_iter(values)).unwrap_or(0) as u64;
        }
        Ok(())
    };
    let passed = if table.has_rowid {
        by_number(hurt, table, &mut keep)?
    } else {
        by_key(hurt, table, &mut keep)?
    };
    Ok((saved, passed))
}

type Keep<'a> = &'a mut dyn FnMut(&Row<'_>, usize) -> Outcome<()>;

/// Reads in the order of row numbers. Behind a row that cannot be read the next one that can is looked
/// for; gives how many were passed by.
fn by_number(hurt: &Connection, table: &Table, keep: Keep<'_>) -> Outcome<u64> {
    let (name, columns) = (&table.name, table.select());
    let read = format!("SELECT rowid, {columns} FROM \"{name}\" WHERE rowid > ?1 ORDER BY rowid");
    let look = format!("SELECT rowid FROM \"{name}\" WHERE rowid > ?1 ORDER BY rowid LIMIT 1");
    let (mut after, mut passed) = (0, 0);
    let (mut read, mut look) = (hurt.prepare(&read)?, hurt.prepare(&look)?);
    loop {
        let mut rows = read.query([after])?;
        let broke_off = loop {
            match rows.next() {
                Ok(Some(row)) => {
                    keep(row, 1)?;
                    after = row.get(0)?;
                }
                Ok(None) => break false,
                Err(_) => break true,
            }
        };
        if !broke_off {
            return Ok(passed);
        }
        let mut tried = 0i64;
        loop {
            let next: Result<Option<i64>, _> = look.query_row([after], |r| r.get(0)).optional();
            match next {
                Ok(None) => return Ok(passed),
                // It is there, and its values are not to be had.
                Ok(Some(row)) if tried == 0 => {
                    passed += 1;
                    after = row;
                    break;
                }
                Ok(Some(_)) => break,
                Err(_) => {
                    let step = if tried < ONE_BY_ONE { 1 } else { tried };
                    passed += u64::from(tried < ONE_BY_ONE);
                    tried = tried.saturating_add(step);
                    let Some(further) = after.checked_add(step) else {
                        return Ok(passed);
                    };
                    after = further;
                }
            }
        }
    }
}

/// Reads a table without row numbers from both ends, as far as either goes.
fn by_key(hurt: &Connection, table: &Table, keep: Keep<'_>) -> Outcome<u64> {
    let key = "SELECT group_concat('\"' || name || '\" DESC', ', ')
        FROM (SELECT name FROM pragma_table_info(?1) WHERE pk > 0 ORDER BY pk)";
    let backwards: String = hurt.query_row(key, [&table.name], |r| r.get(0))?;
    let forwards = backwards.replace(" DESC", "");
    let mut broke_off = 0;
    for order in [forwards, backwards] {
        let (columns, name) = (table.select(), &table.name);
        let sql = format!("SELECT {columns} FROM \"{name}\" ORDER BY {order}");
        let mut statement = hurt.prepare(&sql)?;
        let mut rows = statement.query([])?;
        loop {
            match rows.next() {
                Ok(Some(row)) => keep(row, 0)?,
                Ok(None) => return Ok(broke_off),
                Err(_) => break,
            }
        }
        broke_off = 1;
    }
    Ok(broke_off)
}

/// How many rows the index of the ids knows, which is another tree than the rows'.
fn counted_by_index(hurt: &Connection, table: &Table) -> Option<u64> {
    let name = &table.name;
    let sql = format!("SELECT count(*) FROM \"{name}\" INDEXED BY \"sqlite_autoindex_{name}_1\"");
    let counted = hurt.query_row(&sql, [], |r| r.get::<_, i64>(0)).ok()?;
    u64::try_from(counted).ok()
}

/// Takes from a copy what is not there. What was taken away by a person is a row too, so nothing of
/// that kind comes back.
fn fill_up(copy: &Path, target: &Connection, table: &Table) -> Outcome<u64> {
    let copy = connection::open_unchanging(copy)?;
    if columns_of(&copy, &table.name)?.len() != columns_of(target, &table.name)?.len() {
        return Ok(0);
    }
    let mut filled = 0;
    let mut insert = target.prepare(&table.insert())?;
    let mut statement = copy.prepare(&format!(
        "SELECT {} FROM \"{}\"",
        table.select(),
        table.name
    ))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let values: Vec<Value> = (0..table.columns.len())
            .map(|i| row.get(i))
            .collect::<Result<_, _>>()?;
        filled += insert.execute(params_from_iter(values))? as u64;
    }
    Ok(filled)
}

fn ids(tx: &Connection, kind: EntityKind) -> Outcome<Vec<Vec<u8>>> {
    let mut statement = tx.prepare(&format!("SELECT id FROM \"{}\"", kind.as_str()))?;
    let ids = statement.query_map([], |r| r.get(0))?;
    Ok(ids.collect::<Result<_, _>>()?)
}

fn record(tx: &Connection, kind: EntityKind, id: &[u8]) -> Option<Record> {
    let id = Uuid::from_slice(id).ok()?;
    table::read(tx, kind, id).ok().flatten()
}

/// Reads every record once, as the app will: what is no record any more goes.
fn leave_out_unreadable(tx: &Connection) -> Outcome<u64> {
    let mut left_out = 0;
    for kind in EntityKind::ALL {
        for id in ids(tx, kind)? {
            if record(tx, kind, &id).is_none() {
                let sql = format!("DELETE FROM \"{}\" WHERE id = ?1", kind.as_str());
                left_out += tx.execute(&sql, [&id])? as u64;
            }
        }
    }
    Ok(left_out)
}

fn put_into_index(tx: &Connection) -> Outcome<()> {
    // Rows of cases that were left out lie there, where a migration filled it.
    cases::index::empty(tx)?;
    for kind in EntityKind::ALL {
        for id in ids(tx, kind)? {
            if let Some(record) = record(tx, kind, &id) {
                index::refresh(tx, None, &record)?;
            }
        }
    }
    Ok(())
}

/// What leads to a record that is lost leads nowhere, or goes where it cannot be without.
fn leave_out_orphans(tx: &Connection) -> Outcome<u64> {
    let sql = "SELECT t.name, f.\"from\", f.\"table\", f.\"to\", c.\"notnull\"
        FROM pragma_table_list t JOIN pragma_foreign_key_list(t.name) f
        JOIN pragma_table_info(t.name) c ON c.name = f.\"from\"
        WHERE t.schema = 'main' AND t.type = 'table'";
    let mut statement = tx.prepare(sql)?;
    let links: Vec<(String, String, String, String, bool)> = statement
        .query_map([], |r| {
            Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?, r.get(4)?))
        })?
        .collect::<Result<_, _>>()?;
    let mut left_out = 0;
    for _ in 0..ROUNDS {
        let mut gone = 0;
        for (table, from, other, to, is_needed) in &links {
            let lost = format!(
                "\"{from}\" IS NOT NULL AND NOT EXISTS
                    (SELECT 1 FROM \"{other}\" o WHERE o.\"{to}\" = \"{table}\".\"{from}\")"
            );
            if *is_needed {
                gone += tx.execute(&format!("DELETE FROM \"{table}\" WHERE {lost}"), [])?;
            } else {
                let sql = format!("UPDATE \"{table}\" SET \"{from}\" = NULL WHERE {lost}");
                tx.execute(&sql, [])?;
            }
        }
        left_out += gone as u64;
        if gone == 0 {
            break;
        }
    }
    Ok(left_out)
}
